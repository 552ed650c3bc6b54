"""How the made-up shop changes its prices and runs out of stock, in numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from flows.part import Part
from simulator.behaviour_settings import Amount, Share

PerItem = Annotated[float, Field(ge=0, le=100)]
"""Changes of an item in 30 days."""


class ShopSettings(Part):
    """The made-up shop; it moves only where a flow looks at prices or stock."""

    price_drops: PerItem = 0.6
    """Times in 30 days that an item is put on sale."""
    drop: Annotated[float, Field(ge=0, le=0.6)] = 0.20
    """How much cheaper a sale is on average; single ones are half as much to half as much again."""
    sale_days: Amount = 10.0
    """How long a sale lasts on average; then the old price holds again."""
    price_rises: PerItem = 0.1
    """Times in 30 days that an item becomes dearer for good."""
    rise: Annotated[float, Field(ge=0, le=1)] = 0.08
    """How much dearer on average."""
    variants: Share = 0.35
    """Products that come in two or three forms, each with stock of its own."""
    stock: Annotated[float, Field(ge=1, le=1_000_000)] = 60.0
    """How many there are of an item after new stock has come, on average."""
    stock_days: Amount = 30.0
    """How long that lasts on average."""
    sells_out: Share = 0.5
    """Stocks that are sold to the last piece; for the others more comes when a tenth is left."""
    restock_days: Amount = 8.0
    """How long a sold-out item is gone, on average."""
