"""The ledger: who reserves first hands over, and what was answered stays."""

from __future__ import annotations

import threading

import pytest

from storage.database import Database
from storage.errors import SettledError, UnknownEntryError
from storage.ledger import LedgerStore


@pytest.fixture
def ledger(database: Database) -> LedgerStore:
    return LedgerStore(database)


def test_a_message_is_reserved_and_then_sent(ledger: LedgerStore) -> None:
    assert ledger.find("<1@x>") is None
    reserved = ledger.reserve("<1@x>", channel="email", run_id="r")
    assert (reserved.fresh, reserved.entry.state, reserved.entry.channel) == (
        True, "reserved", "email",
    )  # fmt: skip
    assert ledger.find("<1@x>") == reserved.entry
    ledger.settle("<1@x>", "sent", "250 Ok")
    entry = ledger.find("<1@x>")
    assert entry is not None
    assert (entry.state, entry.answer, entry.settled_at is not None) == ("sent", "250 Ok", True)


def test_a_second_reservation_learns_how_the_message_stands(ledger: LedgerStore) -> None:
    ledger.reserve("<1@x>", channel="email")
    assert ledger.reserve("<1@x>", channel="email").fresh is False
    ledger.settle("<1@x>", "failed", "550 No such user")
    again = ledger.reserve("<1@x>", channel="email")
    assert (again.fresh, again.entry.state, again.entry.answer) == (
        False, "failed", "550 No such user",
    )  # fmt: skip


def test_what_is_sent_stays_sent(ledger: LedgerStore) -> None:
    ledger.reserve("<1@x>", channel="email")
    ledger.settle("<1@x>", "sent")
    ledger.settle("<1@x>", "sent")
    with pytest.raises(SettledError, match="is sent; it cannot become failed"):
        ledger.settle("<1@x>", "failed")


def test_what_is_unknown_may_be_cleared_up(ledger: LedgerStore) -> None:
    ledger.reserve("<1@x>", channel="email")
    ledger.settle("<1@x>", "unknown", "dropped after the final dot")
    ledger.settle("<1@x>", "sent", "found at the receiver")
    assert ledger.find("<1@x>").state == "sent"  # type: ignore[union-attr]


def test_nothing_is_settled_that_was_not_reserved(ledger: LedgerStore) -> None:
    with pytest.raises(UnknownEntryError, match="was not reserved"):
        ledger.settle("<1@x>", "sent")


def test_after_a_crash_the_messages_in_flight_are_unknown_by_name(ledger: LedgerStore) -> None:
    for number in range(4):
        ledger.reserve(f"<{number}@x>", channel="email", run_id="r")
    ledger.reserve("<other@x>", channel="email", run_id="other")
    ledger.settle("<0@x>", "sent")
    ledger.settle("<1@x>", "failed")
    assert ledger.doubt("r") == 2
    assert [one.message_id for one in ledger.list("r", "unknown")] == ["<2@x>", "<3@x>"]
    assert ledger.counts("r") == {"sent": 1, "failed": 1, "unknown": 2}
    assert ledger.counts("other") == {"reserved": 1}


def test_of_many_at_once_one_reserves(ledger: LedgerStore) -> None:
    fresh: list[bool] = []
    start = threading.Barrier(8)

    def reserve() -> None:
        start.wait()
        fresh.append(ledger.reserve("<1@x>", channel="email").fresh)

    threads = [threading.Thread(target=reserve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fresh) == [False] * 7 + [True]
