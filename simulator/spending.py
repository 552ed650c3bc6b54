"""What orders are worth: gamma-gamma (Fader, Hardie and Lee 2005), scaled to an average."""

from __future__ import annotations

import numpy as np

from flows.columns import Floats, Keys
from simulator import chance
from simulator.behaviour_settings import Spend
from simulator.quantiles import gamma


def worths(people: Keys, each: Keys, spend: Spend, *, average: float) -> Floats:
    """An order's worth to the cent, a row each: the person's own level and the order around it."""
    level = gamma(spend.q).at(chance.uniform(people, chance.name_key("spend level")))
    size = gamma(spend.p).at(chance.uniform(each, chance.name_key("spend")))
    scale = average * (spend.q - 1) / spend.p
    worth: Floats = np.round(size / level * scale * 100) / 100
    return worth
