"""The condition on whether WhatsApp messages may reach a person, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from flows.columns import NEVER, Bools, Column
from flows.conditions.base import Answer, Condition, Names, Need
from flows.conditions.consent_forms import PERMISSION_FILTERS
from flows.conditions.details import Detail, detail_needs
from flows.conditions.known import Known, over
from flows.filters.allowed import not_asked_here
from flows.part import Part
from flows.problem import Problem
from flows.scene import NEVER_SUBSCRIBED, PERMISSIONS, STATUSES, Scene

_REACHABLE: dict[str, tuple[str, ...]] = {
    "explicitly_reachable": ("explicitly_reachable",),
    "implicitly_reachable": ("implicitly_reachable",),
    "implicitly_or_explicitly_reachable": ("implicitly_reachable", "explicitly_reachable"),
    "explicitly_unreachable": ("explicitly_unreachable",),
    "implicitly_unreachable": ("implicitly_unreachable",),
    "implicitly_or_explicitly_unreachable": ("implicitly_unreachable", "explicitly_unreachable"),
}
_WORDS = {
    "explicitly_reachable": "has allowed",
    "implicitly_reachable": "can be reached, without having said so, by",
    "implicitly_or_explicitly_reachable": "can be reached by",
    "explicitly_unreachable": "has refused",
    "implicitly_unreachable": "cannot be reached, without having said so, by",
    "implicitly_or_explicitly_unreachable": "cannot be reached by",
}
_CHANNELS = {
    "whatsapp_marketing": "marketing over WhatsApp",
    "whatsapp_transactional": "transactional messages over WhatsApp",
}
_OF_CONSENT = dict(zip(STATUSES, PERMISSIONS, strict=True))


class Permission(Part):
    """How a person can be reached, and filters on how that came about, which must all hold."""

    reachable_status: Literal[
        "explicitly_reachable",
        "implicitly_reachable",
        "implicitly_or_explicitly_reachable",
        "explicitly_unreachable",
        "implicitly_unreachable",
        "implicitly_or_explicitly_unreachable",
    ]
    filters: tuple[Detail, ...] | None = None


class PermissionsCondition(Condition):
    """Whether WhatsApp messages may reach a person, by their own word or without (A.7).

    Where `permission.<channel>` says nothing, consent decides (RULE): who subscribed is explicitly
    reachable, who left explicitly not, all others implicitly not; its date and method count too.
    """

    type: Literal["profile-permissions"]
    permission: Permission
    channel: Literal["whatsapp_marketing", "whatsapp_transactional"]
    label = "Can be reached over WhatsApp"

    @property
    def columns(self) -> dict[str, str]:
        """The reserved column of each field that filters may name."""
        own = f"permission.{self.channel}"
        return {
            "method": f"{own}.method",
            "method_detail": f"{own}.method_detail",
            "effective_date": f"{own}.effective_date",
            "recorded_date": f"{own}.recorded_date",
        }

    def held(self, scene: Scene) -> Column:
        """The permission of every row, in the words of `reachable_status`."""
        said = scene.column(f"permission.{self.channel}")
        if said.is_set().all():
            return said
        return over(said, _permission(self._consent(scene)))

    def _consent(self, scene: Scene) -> Column:
        """The status of consent that the channel goes by, in words."""
        status = scene.consent("whatsapp").status
        marketing = Column(status.astype(np.int32), STATUSES)
        if self.channel == "whatsapp_marketing":
            return marketing
        return over(scene.column("consent.whatsapp_transactional"), marketing)

    def _known(self, scene: Scene) -> Known:
        consent = scene.consent("whatsapp")
        since = np.where(consent.status == NEVER_SUBSCRIBED, NEVER, consent.since)
        return Known(
            scene,
            self.columns,
            {name: f"consent.whatsapp.{name}" for name in ("method", "method_detail")},
            {"effective_date": since, "recorded_date": since},
        )

    def test(self, scene: Scene) -> Bools:
        wanted = _REACHABLE[self.permission.reachable_status]
        found: Bools = self.held(scene).test(lambda value: value in wanted)
        for part in self.permission.filters or ():
            found &= part.holds(self._known(scene))
        return found

    def sentence(self, names: Names) -> str:
        details = "".join(part.sentence() for part in self.permission.filters or ())
        return f"{_WORDS[self.permission.reachable_status]} {_CHANNELS[self.channel]}{details}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        state = str(self.held(scene).values()[0]).replace("_", " ")
        known = self._known(scene)
        details = [one.found(known) for one in self.permission.filters or ()]
        found = "; ".join([f"{_CHANNELS[self.channel]}: {state}", *details])
        return Answer(bool(self.test(scene)[0]), f"{found}; wanted: {self.sentence(names)}")

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="consent-detail",
            name=f"permission.{self.channel}",
            values=_REACHABLE[self.permission.reachable_status],
        )
        yield from detail_needs(self.permission.filters or (), self.columns)

    def problems(self, where: str) -> Iterator[Problem]:
        explicit = self.permission.reachable_status.startswith("explicitly")
        for i, part in enumerate(self.permission.filters or ()):
            place = f"{where}.permission.filters[{i}]"
            yield from part.problems(place)
            known = part.key in PERMISSION_FILTERS or part.key.startswith("method")
            if not (explicit and known):
                allowed = [*sorted(PERMISSION_FILTERS), "subscribe_method"] if explicit else []
                yield not_asked_here(f"“{part.key}”", place, allowed)


def _permission(consent: Column) -> Column:
    pool = tuple(
        _OF_CONSENT.get(str(value), PERMISSIONS[NEVER_SUBSCRIBED]) for value in consent.pool
    )
    return Column(consent.codes, pool)
