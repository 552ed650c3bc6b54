"""Events with their properties: what the shop says of them, and what conditions compare."""

from __future__ import annotations

import numpy as np

from flows import metrics
from flows.columns import Column, Floats, Value
from flows.people import Events
from simulator import chance
from simulator.audience_settings import AudienceSettings
from simulator.synthetic import habits
from simulator.synthetic.habits import Habits
from simulator.synthetic.persons import without
from simulator.synthetic.streams import Stream
from simulator.synthetic.values import Span, draw, put_some
from simulator.synthetic.wanted import Compared

VALUE = "$value"


def events(made: Habits, metric: str, wanted: dict[str, Compared], span: Span) -> Events:
    """The events of a metric with the shop's properties and those that conditions compare."""
    stream = made.stream(metric)
    columns = _by_nature(made, made.like(metric), stream)
    values = stream.values
    for name, compared in wanted.items():
        if name == VALUE:
            values = _worth(made, metric, compared, span)
        else:
            columns[name] = _compared(made, metric, name, (compared, columns.get(name), span))
    return Events(metric, stream.rows, stream.times, values, columns)


def has_worth(like: str, settings: AudienceSettings) -> bool:
    """Whether events of the metric have a worth by nature."""
    worth = {
        metrics.PLACED_ORDER,
        metrics.STARTED_CHECKOUT,
        metrics.ADDED_TO_CART,
        metrics.VIEWED_PRODUCT,
        metrics.BACK_IN_STOCK,
    }
    return like in worth or like in settings.after_order


def _by_nature(made: Habits, like: str, stream: Stream) -> dict[str, Column]:
    if like == habits.JOINED:
        return {"List": Column(stream.baskets, tuple(made.joined))}
    shop, sold, times = made.shop, stream.baskets, stream.times
    if like == metrics.ADDED_TO_CART:
        return shop.cart(sold, times)
    if like == metrics.BACK_IN_STOCK and shop.moving:
        return shop.form(sold, times)
    if like in {metrics.VIEWED_PRODUCT, metrics.BACK_IN_STOCK}:
        return shop.product(sold, times, stream.keys(made.crowd, like) if shop.moving else None)
    if like == metrics.STARTED_CHECKOUT:
        return shop.checkout(sold, times, stream.keys(made.crowd, like))
    ordered = like == metrics.PLACED_ORDER or like in made.settings.after_order
    return shop.order(sold, times, stream.keys(made.crowd, like)) if ordered else {}


def _compared(
    made: Habits, metric: str, name: str, rest: tuple[Compared, Column | None, Span]
) -> Column:
    compared, base, span = rest
    share = made.settings.compared_of.get(f"{metric}/{name}", made.settings.compared)
    keys = made.stream(metric).keys(made.crowd, f"{metric}/{name}")
    if base is None:
        return draw(compared, keys, share, span)
    missing = tuple(value for value in compared.values if not _held(value, base.pool))
    if not missing:
        return base
    drawn = draw(Compared(compared.kind, missing), keys, 1.0, span)
    chosen = chance.uniform(keys, chance.name_key("chosen")) < share
    return put_some(base, without(drawn, ~chosen))


def _held(wanted: Value, pool: tuple[Value, ...]) -> bool:
    return any(wanted in value if isinstance(value, tuple) else wanted == value for value in pool)


def _worth(made: Habits, metric: str, compared: Compared, span: Span) -> Floats:
    """The worth that events have by nature; of others, numbers on both sides of those compared."""
    stream = made.stream(metric)
    if not np.isnan(stream.values).all():
        return stream.values
    share = made.settings.compared_of.get(f"{metric}/{VALUE}", made.settings.compared)
    keys = stream.keys(made.crowd, f"{metric}/{VALUE}")
    drawn = draw(Compared("numeric", compared.values), keys, share, span)
    return drawn.map(_number, np.float64).astype(np.float64)


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
