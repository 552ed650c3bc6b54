"""Names of metrics that mean something to a shop's flows, as Klaviyo's integrations give them."""

ACTIVE_ON_SITE = "Active on Site"
VIEWED_PRODUCT = "Viewed Product"
ADDED_TO_CART = "Added to Cart"
STARTED_CHECKOUT = "Started Checkout"
PLACED_ORDER = "Placed Order"
BACK_IN_STOCK = "Subscribed to Back in Stock"
"""Asks to be told when an item can be bought again (semantics B.9)."""
