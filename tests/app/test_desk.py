"""The desk over a real data folder: what it finds, fills, starts again and tells."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.comparison import earlier_run
from app.delivery import Sender, choose_people, links_of, respecting, write_sample
from app.desk import Desk, run_labels
from app.preferences import Outgoing, Preferences
from app.settings import Settings, prepare_folders
from app.sources import PeopleFiles, Upload, with_files
from simulator.channels.deliver import deliver
from simulator.channels.smtp_settings import SmtpSettings
from simulator.scenario import Scenario
from storage.run_store import UNDER_WAY, Run, RunFlow

PATIENCE = 60.0


def settings(folder: Path) -> Settings:
    made = Settings(data=folder, inbox_port=0)
    prepare_folders(made)
    return made


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = Desk(settings(tmp_path))
    await opened.open()
    yield opened
    await opened.close()


async def ended(desk: Desk, run_id: str) -> Run:
    """The run once it has ended."""
    async with asyncio.timeout(PATIENCE):
        while desk.runner.live(run_id) or desk.runs.get(run_id).state in UNDER_WAY:
            await asyncio.sleep(0)
    return desk.runs.get(run_id)


SMALL = Scenario(profiles=120, days=30)


async def test_an_empty_shelf_is_filled_with_the_samples_in_their_order(desk: Desk) -> None:
    assert [one.id for one in desk.flows.list()] == [flow.id for flow in desk.samples()]


async def test_samples_that_were_thrown_away_do_not_come_back(tmp_path: Path) -> None:
    first = Desk(settings(tmp_path))
    await first.open()
    for flow in first.flows.list():
        first.flows.delete(flow.id)
    await first.close()
    second = Desk(settings(tmp_path))
    await second.open()
    flows = second.flows.list()
    await second.close()
    assert flows == []


async def test_a_run_ends_with_a_summary_and_can_be_told_again(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["welcome-series"], SMALL))
    assert (run.state, run.title, run.error) == ("done", "Welcome series", "")
    done = desk.rehearsed(run.id)
    assert (done.summary.profiles, [flow.id for flow in done.flows]) == (120, ["welcome-series"])
    reached = choose_people(desk.runs, run.id, "first", 1)
    story = desk.story(run.id, reached[0])
    assert any(line.kind == "sent" for line in story.lines)


async def test_the_same_run_started_again_gives_the_same_figures(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["win-back"], SMALL))
    first = desk.rehearsed(run.id).summary
    desk.again(run.id)
    await ended(desk, run.id)
    second = desk.rehearsed(run.id).summary
    assert second.flows == first.flows


async def test_a_cancelled_run_says_so(desk: Desk) -> None:
    run_id = desk.rehearse(["welcome-series"], Scenario(profiles=500_000))
    desk.runner.cancel(run_id)
    assert (await ended(desk, run_id)).state == "cancelled"


async def test_people_from_a_file_take_part_and_bad_rows_are_kept_aside(desk: Desk) -> None:
    file = desk.settings.uploads / "people.csv"
    file.write_text("id,email,timezone\na,a@example.com,Europe/Paris\nb,b@example.com,Nowhere\n")
    files = PeopleFiles(profiles=Upload(file=file.name, name="people.csv"))
    run = await ended(desk, desk.rehearse(["welcome-series"], with_files(SMALL, files)))
    assert (run.state, desk.rehearsed(run.id).summary.profiles) == ("done", 1)
    assert "Nowhere" in (run.folder / "rejected.jsonl").read_text()


async def test_a_run_whose_file_is_gone_fails_in_plain_words(desk: Desk) -> None:
    files = PeopleFiles(profiles=Upload(file="gone.csv", name="people.csv"))
    run = await ended(desk, desk.rehearse(["welcome-series"], with_files(SMALL, files)))
    text = "The people in “people.csv” cannot be read: There is no such file."
    assert (run.state, run.error) == ("failed", text)


async def test_a_sample_reaches_the_inbox(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["welcome-series"], SMALL))
    people = choose_people(desk.runs, run.id, "random", 3)
    shares: list[float] = []
    sender = Sender(desk.preferences.account, desk.links())
    written = write_sample(run.folder, people, sender, run_id=run.id, watch=shares.append)
    channel, ledger = desk.outgoing()
    delivery = await deliver(written.emails, channel, ledger)
    assert (delivery.sent, shares[-1]) == (len(written.emails), 1.0)
    kept = desk.mail.list().rows
    assert {mail.profile_id for mail in kept} <= set(people)
    assert {mail.run_id for mail in kept} == {run.id}


async def test_whoever_left_by_a_link_gets_no_more_samples_but_receipts(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["welcome-series"], SMALL))
    (person,) = choose_people(desk.runs, run.id, "first", 1)
    sender = Sender(desk.preferences.account, desk.links())
    written = write_sample(run.folder, [person], sender, run_id=run.id, watch=lambda _: None)
    first = written.emails[0]
    receipt = replace(first, transactional=True)
    desk.choices.keep_links(links_of(written.emails))
    link = desk.choices.link(first.link_key)
    assert link is not None
    desk.choices.choose(link, {"email": False}, "page")
    kept = respecting(replace(written, emails=(first, receipt)), desk.choices)
    assert kept.emails == (receipt,)
    assert kept.left == (f"{link.address} unsubscribed just now: 1 email left out.",)
    desk.choices.choose(link, {"email": True}, "page")
    assert respecting(written, desk.choices) == written


async def test_preferences_are_kept_and_begin_the_next_rehearsal(desk: Desk) -> None:
    wanted = Preferences(
        outgoing=Outgoing(kind="smtp", smtp=SmtpSettings(host="localhost")), days=14
    )
    desk.preferences = wanted
    assert desk.preferences == wanted
    assert desk.scenario().days == 14


async def test_a_run_is_held_against_the_last_one_of_the_same_flows(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["win-back"], SMALL))
    other = (replace(run.flows[0], id="birthday"),)

    def made(day: int, flows: tuple[RunFlow, ...] = run.flows) -> Run:
        return replace(run, id=str(day), flows=flows, created_at=datetime(2026, 1, day, tzinfo=UTC))

    done = [made(4), made(3, other), made(2), made(1)]
    assert [earlier_run(one, done) for one in done] == ["2", "2", "1", ""]


async def test_runs_of_one_minute_are_told_apart_by_the_second(desk: Desk) -> None:
    run = await ended(desk, desk.rehearse(["win-back"], SMALL))
    at = [datetime(2026, 1, 5, 9, *time, tzinfo=UTC) for time in ((30, 4), (30, 9), (31, 0))]
    runs = [replace(run, id=str(i), created_at=time) for i, time in enumerate(at)]
    assert run_labels(runs) == {
        "0": "Win-back · Mon 5 Jan 2026, 09:30:04",
        "1": "Win-back · Mon 5 Jan 2026, 09:30:09",
        "2": "Win-back · Mon 5 Jan 2026, 09:31",
    }
