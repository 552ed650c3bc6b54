"""What shops sell, what it costs and how much is left of it, as columns for events."""

from simulator.catalogue.products import BASKETS, Facet, Product, pick, products
from simulator.catalogue.shop import Shop, shop_of, standing_shop

__all__ = [
    "BASKETS",
    "Facet",
    "Product",
    "Shop",
    "pick",
    "products",
    "shop_of",
    "standing_shop",
]
