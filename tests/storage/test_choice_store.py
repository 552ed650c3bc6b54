"""Who left by a link, who came back, and whose link is whose."""

from pathlib import Path

from simulator.channels.links import HEADER
from storage.choice_store import ChoiceStore, Link
from storage.database import open_database
from storage.mail_store import MailStore

LINK = Link(key="k1", address="Ann@Example.com", message_id="<m1@x>", profile_id="p1", run_id="r")


def test_a_key_stays_with_its_first_reader(tmp_path: Path) -> None:
    choices = ChoiceStore(open_database(tmp_path))
    other = Link(key="k1", address="thief@example.com", message_id="<m2@x>")
    choices.keep_links([LINK, other])
    found = choices.link("k1")
    assert found == Link(
        key="k1", address="ann@example.com", message_id="<m1@x>", profile_id="p1", run_id="r"
    )
    assert choices.link("k2") is None


def test_the_last_choice_of_an_address_holds_however_it_is_written(tmp_path: Path) -> None:
    choices = ChoiceStore(open_database(tmp_path))
    choices.keep_links([LINK])
    link = choices.link("k1")
    assert link is not None
    assert choices.latest() == 0
    choices.choose(link, {"email": False, "list:NEWS": False}, "preferences")
    left = choices.left(["ANN@example.com ", "bo@example.com"])
    assert list(left) == ["ann@example.com"]
    assert {key: one.wanted for key, one in choices.of("Ann@Example.com").items()} == {
        "email": False,
        "list:NEWS": False,
    }
    choices.choose(link, {"email": True}, "page")
    assert choices.left(["ann@example.com"]) == {}
    assert (choices.of("ann@example.com")["email"].how, choices.latest() > 0) == ("page", True)


def test_the_secret_of_a_database_is_made_once(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a")
    one, same = ChoiceStore(database).secret(), ChoiceStore(database).secret()
    other = ChoiceStore(open_database(tmp_path / "b")).secret()
    assert (len(one), one == same, one == other) == (32, True, False)


def test_a_captured_message_brings_its_links_along(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    raw = f"Message-ID: <m@x>\r\nX-Rehearsal-Profile: p9\r\n{HEADER}: abc123\r\n\r\nHi".encode()
    mail = MailStore(database)
    number = mail.keep(raw, "shop@example.com", ["Zoe@Example.com"])
    found = ChoiceStore(database).link("abc123")
    assert found == Link(
        key="abc123", address="zoe@example.com", message_id="<m@x>", profile_id="p9"
    )
    kept = mail.find("<m@x>")
    assert (kept and kept.head.id, mail.find("<other@x>")) == (number, None)
