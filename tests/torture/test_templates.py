"""The hostile templates are the same every time, and a few of them are tried with the suite."""

from tests.torture.template_grammar import template
from tests.torture.template_trial import Watch, trial

SOME = range(60)


def test_a_template_is_made_by_its_number() -> None:
    assert [template(seed) for seed in SOME] == [template(seed) for seed in SOME]
    assert len({template(seed) for seed in SOME}) > 50


def test_none_reaches_out_or_holds_much() -> None:
    watch = Watch()
    trial("{{ 'warm'|upper }}", watch, weigh=False)
    told = {seed: trial(template(seed), watch, weigh=seed % 8 == 0).wrong for seed in SOME}
    assert {seed: wrong for seed, wrong in told.items() if wrong and "took" not in wrong} == {}


def test_the_look_out_notices_what_is_opened() -> None:
    watch = Watch()
    with watch.watching(), open("/dev/null", encoding="ascii"):
        pass
    assert [seen.partition(" ")[0] for seen in watch.seen] == ["open"]
