"""What is assumed of people beside who they are and what they buy, in numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from flows.part import Part
from simulator.behaviour_settings import Amount, Share


class Predicting(Part):
    """What stands in for predictions about people; they follow the orders before the run."""

    weeks: Amount = 52.0
    """How far ahead numbers of orders and their worth are predicted."""


class Owning(Part):
    """Custom objects: who has some, and how many."""

    owners: Share = 0.5
    """People who have objects of a type that a flow names."""
    owners_of: dict[str, Share] = Field(default_factory=dict)
    """The same for single types, by name or id."""
    another: Share = 0.3
    """Owners with a second object, and of those again with a third."""


class Details(Part):
    """How consent came about and ended; drawn only where a flow asks."""

    double_opt_in: Share = 0.35
    """Of subscribers."""
    rcs: Share = 0.6
    """People with a number whose telephone shows RCS."""
    transactional: Share = 0.15
    """People who take transactional messages, but no marketing."""
    implicitly_reachable: Share = 0.2
    """People reachable on WhatsApp who never said so."""
    bounced: Share = 0.5
    """Of those who are blocked for email: an address that does not exist."""
    invalid: Share = 0.15
    """Of the same: an address that cannot be one."""
    complained: Share = 0.1
    """Of the same: they marked an email as spam. The rest was blocked by hand."""


class Living(Part):
    """Where people live beside a place that a flow measures from."""

    near: Annotated[float, Field(ge=0, le=1)] = 0.5
    """People of the country who live within twice the distance that a flow asks for."""
