"""The catalogue in the middle of a run: prices, stock, and who wants what (semantics B.9)."""

from simulator.goods.goods import NO_ITEM, Goods, Turn
from simulator.goods.interest import SHOP_METRICS, Interest, Offer
from simulator.goods.reading import mentions

__all__ = ["NO_ITEM", "SHOP_METRICS", "Goods", "Interest", "Offer", "Turn", "mentions"]
