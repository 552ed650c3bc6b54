"""The captured mail: kept whole, taken apart, found again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import UnknownMessageError
from storage.mail_parts import take_apart
from storage.mail_store import MailQuery, MailStore


@pytest.fixture
def mail(database: Database) -> MailStore:
    return MailStore(database)


def message(subject: str = "Hello", *, number: int = 1, **headers: str) -> bytes:
    written = EmailMessage()
    written["From"] = "Tea Shop <tea@example.com>"
    written["To"] = "Ann <ann@example.com>"
    written["Subject"] = subject
    written["Message-ID"] = f"<{number}@example.com>"
    written["Date"] = "Mon, 05 Jan 2026 10:00:00 +0100"
    for name, value in headers.items():
        written[name.replace("_", "-")] = value
    written.set_content("Déjà vu in plain words")
    written.add_alternative("<p>Déjà vu</p>", subtype="html")
    return written.as_bytes()


def test_a_message_is_kept_whole_and_taken_apart(mail: MailStore) -> None:
    raw = message(
        "Ein Gruß 🎭",
        X_Rehearsal_Flow="F1",
        X_Rehearsal_Action="a7",
        X_Rehearsal_Profile="p9",
        X_Rehearsal_Run="r3",
    )
    kept = mail.get(mail.keep(raw, "bounce@example.com", ["ann@example.com"]))
    head = kept.head
    assert (kept.raw, kept.text.strip(), kept.html.strip()) == (
        raw, "Déjà vu in plain words", "<p>Déjà vu</p>",
    )  # fmt: skip
    assert (head.sender, head.recipients, head.subject) == (
        "Tea Shop <tea@example.com>", "ann@example.com", "Ein Gruß 🎭",
    )  # fmt: skip
    assert (head.flow_id, head.action_id, head.profile_id, head.run_id) == ("F1", "a7", "p9", "r3")
    assert head.sent_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert (head.message_id, head.size, head.unread, head.copies) == (
        "<1@example.com>", len(raw), True, 1,
    )  # fmt: skip
    assert mail.list().rows == (head,)


def test_the_same_message_id_twice_is_stored_once_and_counted(mail: MailStore) -> None:
    first = mail.keep(message("Once"))
    assert mail.keep(message("Twice")) == first
    assert (mail.count(), mail.get(first).head.copies) == (1, 2)
    assert mail.get(first).head.subject == "Once"


def test_messages_without_an_id_are_all_kept(mail: MailStore) -> None:
    raw = b"Subject: nameless\r\n\r\nbody"
    assert mail.keep(raw) != mail.keep(raw)
    assert mail.count() == 2


def test_lists_begin_with_the_latest_and_come_in_pages(mail: MailStore) -> None:
    for number in range(5):
        mail.keep(message(f"{number}", number=number))
    page = mail.list(MailQuery(offset=1, limit=2))
    assert ([one.subject for one in page.rows], page.total) == (["3", "2"], 5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (MailQuery(search="GRÜSSE"), ["Grüße"]),
        (MailQuery(search="100%"), ["100% off_now"]),
        (MailQuery(search="off_now"), ["100% off_now"]),
        (MailQuery(search="1%off"), []),
        (MailQuery(search="plain déjà"), ["100% off_now", "Grüße"]),
        (MailQuery(search="ann@example"), ["100% off_now", "Grüße"]),
        (MailQuery(run_id="r1"), ["Grüße"]),
        (MailQuery(flow_id="F1", profile_id="p1"), ["Grüße"]),
        (MailQuery(flow_id="F1", profile_id="p2"), []),
        (MailQuery(only_unread=True), ["100% off_now"]),
    ],
)
def test_messages_are_found(mail: MailStore, query: MailQuery, found: list[str]) -> None:
    about = {"X_Rehearsal_Flow": "F1", "X_Rehearsal_Profile": "p1", "X_Rehearsal_Run": "r1"}
    seen = mail.keep(message("Grüße", number=1, **about))
    mail.keep(message("100% off_now", number=2))
    mail.mark(seen)
    page = mail.list(query)
    assert ([one.subject for one in page.rows], page.total) == (found, len(found))


def test_looking_at_a_message_is_noted_and_can_be_taken_back(mail: MailStore) -> None:
    number = mail.keep(message())
    mail.keep(message(number=2))
    assert mail.unread() == 2
    mail.mark(number)
    assert (mail.unread(), mail.get(number).head.unread) == (1, False)
    mail.mark(number, unread=True)
    assert mail.unread() == 2


def test_messages_are_deleted_one_by_one_or_all(mail: MailStore) -> None:
    first = mail.keep(message())
    mail.keep(message(number=2))
    mail.keep(message(number=3))
    mail.delete(first)
    assert mail.count() == 2
    for call in (mail.get, mail.delete, mail.mark):
        with pytest.raises(UnknownMessageError, match="no message"):
            call(first)
    assert mail.delete_all() == 2
    assert (mail.count(), mail.list().rows) == (0, ())


@pytest.mark.parametrize(
    ("raw", "subject", "text", "html"),
    [
        (b"", "", "", ""),
        (b"no header at all", "", "no header at all", ""),
        (b"Subject: =?x-none?q?caf=E9?=\n\nhi", "=?x-none?q?caf=E9?=", "hi", ""),
        (b"Subject: =?utf-8?b?A?=\n\nhi", "=?utf-8?b?A?=", "hi", ""),
        (b"Subject: raw \xff byte\n\nhi", "raw \N{REPLACEMENT CHARACTER} byte", "hi", ""),
        (b"Subject: a\n folded\n line\n\nhi", "a folded line", "hi", ""),
        (b"Content-Type: text/html; charset=none\n\n<b>\xff</b>", "", "", "<b>\ufffd</b>"),
        (b"Content-Type: multipart/mixed; boundary=x\n\nnothing", "", "", ""),
        (b"Subject: n\x00l\n\na\x00b", "nl", "ab", ""),
    ],
)
def test_a_strange_message_is_kept_as_it_came(
    mail: MailStore, raw: bytes, subject: str, text: str, html: str
) -> None:
    kept = mail.get(mail.keep(raw))
    assert (kept.raw, kept.head.subject, kept.text, kept.html) == (raw, subject, text, html)


_lines = st.lists(
    st.tuples(
        st.sampled_from(
            [b"Subject", b"From", b"Date", b"Message-ID", b"Content-Type", b"Content-Disposition"]
        ),
        st.binary(max_size=40),
    ).map(b": ".join),
    max_size=6,
).map(b"\n".join)


@given(_lines, st.binary(max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_a_sender_writes_stops_the_inbox(headers: bytes, body: bytes) -> None:
    parts = take_apart(headers + b"\n\n" + body)
    for text in (parts.subject, parts.sender, parts.text, parts.html, parts.message_id):
        assert "\x00" not in text
        text.encode()
