"""Whether filters can hold at all, always hold, or decide each other.

Each condition is a statement about one subject: a property, a count of events, a membership.
A subject is tried with every value that its statements compare with, the values around them and
none at all; what cannot be tried (patterns, dates, unknown parts) may be so or not, alike for
equal statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise, permutations, product

from flows.columns import Value
from flows.conditions import Filter
from flows.conditions.base import Condition
from flows.conditions.consent import ConsentAsked, MarketingConsentCondition, fits
from flows.conditions.distance import PostalCodeDistanceCondition
from flows.conditions.groups import GroupMembershipCondition
from flows.conditions.metrics import ProfileMetricCondition
from flows.conditions.objects import HasCustomObjectCondition
from flows.conditions.reading import ReadingCondition
from flows.conditions.sample import SampleCondition
from flows.document import canonical
from flows.filters import DateFilter, OpaqueFilter, ValueTest
from flows.filters.lists import ListLengthFilter
from flows.filters.numbers import NumericFilter, NumericRangeFilter, is_number
from flows.filters.text import PhoneCountryFilter, StringFilter, StringSetFilter
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED

Subject = tuple[str, ...]
Literals = tuple[tuple["Statement", bool], ...]
_MOST = 256
"""Combinations that are tried at most; beyond, a filter counts as one that can hold."""
_MOST_TEXTS = 6
_NEAR = (-1, 0, 1)
_FAR = 10**15
_LONGEST = 100


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What one condition says of its subject, and values worth trying."""

    subject: Subject
    accepts: Callable[[Value], bool]
    tries: tuple[Value, ...]
    compared: tuple[Value, ...] = ()
    """What values to try may be made of: parts of texts, items of lists, bounds of numbers."""


def can_hold(*wanted: tuple[Filter, bool]) -> bool:
    """Whether filters can give these answers for one person at one moment."""
    options = [_conjunctions(held, holds) for held, holds in wanted]
    size = 1
    for option in options:
        size *= len(option)
    if size > _MOST:
        return True
    return any(_possible(sum(combination, ())) for combination in product(*options))


def always_holds(held: Filter) -> bool:
    """Whether the filter is true for everybody, whatever they are or did."""
    return not can_hold((held, False))


def subjects(held: Filter) -> frozenset[Subject]:
    """What the filter's conditions are about: filters about quite other things decide nothing."""
    groups = held.condition_groups
    return frozenset(_statement(one).subject for group in groups for one in group.conditions)


def _conjunctions(held: Filter, holds: bool) -> list[Literals]:
    """The filter, or its opposite, as alternatives of statements that hold together."""
    groups = [[_statement(c) for c in group.conditions] for group in held.condition_groups]
    groups = [group for group in groups if group]
    if not holds:
        return [tuple((statement, False) for statement in group) for group in groups]
    size = 1
    for group in groups:
        size *= len(group)
    if size > _MOST:
        return [()]
    return [tuple((statement, True) for statement in chosen) for chosen in product(*groups)]


def _possible(literals: Literals) -> bool:
    subjects: dict[Subject, list[tuple[Statement, bool]]] = {}
    for statement, holds in literals:
        subjects.setdefault(statement.subject, []).append((statement, holds))
    return all(_some_value(group) for group in subjects.values())


def _some_value(group: Sequence[tuple[Statement, bool]]) -> bool:
    """Whether a value satisfies all; so, too, where there are too many texts to try."""

    def fits(value: Value) -> bool:
        return all(statement.accepts(value) == holds for statement, holds in group)

    if any(fits(value) for statement, _ in group for value in statement.tries):
        return True
    compared = [value for statement, _ in group for value in statement.compared]
    if not compared:
        return False
    texts = list(dict.fromkeys(value for value in compared if isinstance(value, str)))
    return len(texts) > _MOST_TEXTS or any(map(fits, _combined(texts, compared)))


def _combined(texts: Sequence[str], compared: Sequence[Value]) -> Iterator[Value]:
    """Values between the numbers, texts made of several, lists of some of them."""
    numbers = sorted(v for v in compared if isinstance(v, int | float) and abs(v) <= _FAR)
    lengths = {int(n) + more for n in numbers if n < _LONGEST for more in _NEAR}
    yield from ((low + high) / 2 for low, high in pairwise(numbers))
    for size in (2, 3):
        yield from ("".join(order) for order in permutations((*texts, "\0"), size))
    for size in range(len(texts) + 1):
        for some in combinations(texts, size):
            yield some
            yield from (some + ("\0",) * (n - size) for n in lengths if n > size)


def _statement(condition: Condition) -> Statement:
    if isinstance(condition, ReadingCondition) and _can_try(condition.asked):
        return _of_value(condition.topic, condition.asked)
    if isinstance(condition, PostalCodeDistanceCondition):
        place = (condition.country_code, condition.postal_code, condition.unit)
        return _of_value(("distance", *place), condition.filter)
    if isinstance(condition, ProfileMetricCondition) and condition.measurement == "count":
        wanted = condition.measurement_filter
        if isinstance(wanted, NumericFilter | NumericRangeFilter):
            return Statement(_events(condition), wanted.passes, tuple(_counts(wanted)))
    if isinstance(condition, HasCustomObjectCondition):
        tests = canonical([test.to_json() for test in condition.filters])
        counted = ("objects", condition.object_type_id, tests)
        return Statement(counted, condition.filter.passes, tuple(_counts(condition.filter)))
    return _membership(condition)


def _membership(condition: Condition) -> Statement:
    if isinstance(condition, MarketingConsentCondition):
        asked = condition.consent
        if not asked.consent_status.filters:
            return Statement(("consent", asked.channel), partial(_fits, asked), _CONSENTS)
    if isinstance(condition, GroupMembershipCondition) and _is_plain(condition):
        member = condition.is_member
        return Statement(("group", *condition.group_ids), member.__eq__, (True, False))
    if isinstance(condition, SampleCondition):
        return _drawn(condition)
    return Statement(("other", canonical(condition.to_json())), True.__eq__, (True, False))


_CONSENTS: tuple[Value, ...] = tuple(product((NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED), (0, 1)))
"""Every state of consent: its code, and whether it is suppressed."""


def _fits(asked: ConsentAsked, state: Value) -> bool:
    status, suppressed = state if isinstance(state, tuple) else (NEVER_SUBSCRIBED, 0)
    return fits(asked, int(status or 0), bool(suppressed))


def _is_plain(condition: GroupMembershipCondition) -> bool:
    timed = condition.is_member and condition.timeframe_filter is not None
    return len(condition.group_ids) == 1 and not timed


def _drawn(condition: SampleCondition) -> Statement:
    """Every sample is drawn by itself, so one decides no other, however alike they are."""
    subject = ("sample", str(id(condition)))
    if 0 < condition.percentage < 100:
        return Statement(subject, True.__eq__, (True, False))
    answer = condition.percentage >= 100
    return Statement(subject, lambda _: answer, (None,))


def _events(condition: ProfileMetricCondition) -> Subject:
    asked = condition.to_json()
    return (
        "events",
        canonical(
            [asked["metric_id"], asked["timeframe_filter"], asked.get("metric_filters") or []]
        ),
    )


def _can_try(held: ValueTest) -> bool:
    pattern = isinstance(held, StringFilter) and (
        held.value is None or held.operator in {"regex", "nregex"}
    )
    long = isinstance(held, ListLengthFilter) and held.value >= _LONGEST
    other = isinstance(held, DateFilter | OpaqueFilter | PhoneCountryFilter)
    return not (pattern or long or other)


def _of_value(subject: Subject, held: ValueTest) -> Statement:
    compared = (held.value,) if isinstance(held, ListLengthFilter) else held.compared()
    whole = isinstance(held, StringSetFilter) or (
        isinstance(held, StringFilter) and held.operator in {"equals", "not-equals"}
    )
    return Statement(subject, held.passes, tuple(_around(compared)), () if whole else compared)


def _around(compared: tuple[Value, ...]) -> Iterator[Value]:
    """Values that a filter may tell apart: what it compares with, next to it, and quite others."""
    yield from (None, True, False, 0, "\0", (), ("\0",))
    for value in compared:
        yield value
        if is_number(value) and isinstance(value, int | float):
            yield from (value - 1, value + 1)
        elif isinstance(value, str):
            yield from (f"{value}\0", f"\0{value}", f"\0{value}\0", (value,))


def _counts(wanted: NumericFilter | NumericRangeFilter) -> Iterator[Value]:
    """Counts worth trying: nobody does a thing less than zero times, or half a time."""
    for value in (0, *wanted.compared()):
        if isinstance(value, int | float):
            yield from (max(0, int(value) + more) for more in (-1, 0, 1, 2))
