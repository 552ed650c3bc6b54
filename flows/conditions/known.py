"""What is known of how a person's consent came about: reserved columns (semantics A.7)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from flows.columns import NEVER, UNSET, Column, Times
from flows.moments import instants
from flows.scene import Scene

METHODS: dict[str, str] = {
    "api": "by API",
    "back_in_stock": "by asking for an item that was out of stock",
    "bigcommerce": "by BigCommerce",
    "bulk_remove": "by removal in bulk",
    "campaign_monitor": "by Campaign Monitor",
    "carrier_deactivation": "as the carrier gave the number up",
    "checkout": "at the checkout",
    "constant_contact": "by Constant Contact",
    "data_warehouse_import": "by import from a data warehouse",
    "exact_target": "by ExactTarget",
    "facebook": "by Facebook",
    "failed_age_gate": "as too young",
    "form": "by a form",
    "inbound_message": "by a message of theirs",
    "integration": "by an integration",
    "mad_mimi": "by Mad Mimi",
    "magento_two": "by Magento 2",
    "mailbox_provider": "at the mailbox provider",
    "manual_add": "by hand",
    "manual_import": "by import",
    "manual_remove": "by removal by hand",
    "message_blocked": "as a message was blocked",
    "netsuite": "by NetSuite",
    "one_click_unsubscribe": "by one click in the mail program",
    "preference_page": "on a preference page",
    "profile_modification": "by a change of the profile",
    "provided_landline": "as the number is a landline",
    "provided_no_age": "as no age was given",
    "sftp": "by SFTP",
    "shopify": "by Shopify",
    "social_instagram_message": "by a message on Instagram",
    "spam_complaint": "by a complaint about spam",
    "square": "by Square",
    "wix": "by Wix",
    "woocommerce": "by WooCommerce",
}
"""Every way by which consent comes or goes, in words."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The facts about one consent, by the field that filters name.

    A field is read from its column; where a row has nothing there, from the column `otherwise`
    names, or for a date from `dates`.
    """

    scene: Scene
    columns: dict[str, str]
    otherwise: dict[str, str] = field(default_factory=dict)
    dates: dict[str, Times] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.scene)

    def column(self, name: str) -> Column:
        """A fact as it is known of every row; unset where nobody knows."""
        found = self._read(self.columns.get(name))
        return over(found, self._read(self.otherwise[name])) if name in self.otherwise else found

    def times(self, name: str) -> Times:
        """A date of every row; NEVER where there is none."""
        if name not in self.columns:
            return self.dates[name] if name in self.dates else np.full(len(self), NEVER)
        found = instants(self.column(name))
        return np.where(found == NEVER, self.dates[name], found) if name in self.dates else found

    def _read(self, name: str | None) -> Column:
        return self.scene.column(name) if name else Column.unset(len(self))


def over(first: Column, second: Column) -> Column:
    """The first column, with the second where the first is unset."""
    rows = np.flatnonzero((first.codes == UNSET) & (second.codes != UNSET))
    return first.put(rows, second.take(rows)) if len(rows) else first
