"""What is assumed because flows name it: metrics, lists, segments and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.conditions.base import Need
from simulator.assumed.lines import NO_SOURCE, Line, Unit
from simulator.audience_settings import AudienceSettings
from simulator.synthetic.habits import ANSWERS, OWN
from simulator.synthetic.happenings import VALUE, has_worth
from simulator.synthetic.persons import STANDARD
from simulator.synthetic.wanted import Compared, Wanted, gather
from simulator.world import CONSENT_EVENTS

METRICS, GROUPS, VALUES = "What people do", "Lists and segments", "Values that conditions compare"
_SHOWN = 4


def of_needs(
    settings: AudienceSettings, needs: Iterable[Need], names: Mapping[str, str]
) -> Iterator[Line]:
    """Lines for what these needs ask of people."""
    wanted = gather(needs, names)
    for metric in wanted.metrics:
        yield from _metric(settings, metric)
    yield from _groups(settings, wanted, names)
    yield from _values(settings, wanted)


def _line(path: tuple[str, ...], sentence: str, unit: Unit, usual: float | str) -> Line:
    group = {"rates": METRICS, "same_as": METRICS, "groups": GROUPS}.get(path[0], VALUES)
    return Line(("audience", *path), sentence, unit, NO_SOURCE, group, usual=usual)


def _metric(settings: AudienceSettings, metric: str) -> Iterator[Line]:
    like = settings.same_as.get(metric, metric)
    if like != metric:
        yield _line(("same_as", metric), f"“{metric}” happens as “{{}}” does", "", like)
    if like in settings.rates:
        when = " before the run" if like in ANSWERS else ""
        words = f"“{like}” happens {{}} times per person in 30 days{when}"
        yield _line(("rates", like), words, "per person in 30 days", 0.0)
    elif like not in {*OWN, *CONSENT_EVENTS, *settings.after_order}:
        words = f"“{like}” happens {{}} times per person in 30 days"
        line = _line(("rates", like), words, "per person in 30 days", settings.rate)
        note = "Nothing is known about this metric; give its name or set the rate."
        yield Line(line.path, words, line.unit, NO_SOURCE, METRICS, note, settings.rate)


def _groups(settings: AudienceSettings, wanted: Wanted, names: Mapping[str, str]) -> Iterator[Line]:
    groups = settings.groups
    for name in (*wanted.starting_lists, *wanted.starting_segments):
        shown = names.get(name, name)
        before = f"{{}} of those known before the run have been in “{shown}” since then"
        during = f"{{}} of people join “{shown}” in the course of the run"
        yield _line(("groups", "joined_before_of", name), before, "share", groups.joined_before)
        yield _line(("groups", "joins_during_of", name), during, "share", groups.joins_during)
    for name in (*wanted.lists, *wanted.segments):
        words = f"{{}} of those known before the run are in “{names.get(name, name)}”"
        yield _line(("groups", "member_of", name), words, "share", groups.member)
    if wanted.starting_lists:
        words = "{} of those who join a list that starts a flow subscribe to email"
        yield _line(("groups", "consents_on_joining"), words, "share", groups.consents_on_joining)


def _values(settings: AudienceSettings, wanted: Wanted) -> Iterator[Line]:
    for name, compared in wanted.properties.items():
        usual = settings.compared_standard if name in STANDARD else settings.compared
        if compared.kind != "date" and (compared.values or name not in STANDARD):
            words = f"{{}} of people have a “{name}” that conditions compare with{listed(compared)}"
            yield _line(("compared_of", name), words, "share", usual)
    for metric, properties in wanted.event_properties.items():
        natural = has_worth(settings.same_as.get(metric, metric), settings)
        for name, compared in properties.items():
            if name == VALUE and natural:
                continue
            words = f"{{}} of “{metric}” have a “{name}” that conditions compare with"
            path = ("compared_of", f"{metric}/{name}")
            yield _line(path, words + listed(compared), "share", settings.compared)


def listed(compared: Compared) -> str:
    """Some of the values, in brackets."""
    if not compared.values:
        return ""
    some = ", ".join(str(value) for value in compared.values[:_SHOWN])
    more = len(compared.values) - _SHOWN
    return f" ({some}{f' and {more} more' if more > 0 else ''})"
