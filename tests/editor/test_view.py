"""What the cards of a flow say."""

from small_flows import delay, email, flow, paths, split

from editor.layout import lay_out
from editor.skeleton import TRIGGER
from editor.view import Card, View, capital, choices, picture
from flows.actions import ACTIONS
from flows.document import Flow
from flows.problem import Problem


def view_of(shown: Flow, *problems: Problem, revision: int = 0) -> View:
    return picture(shown, lay_out(shown), problems, revision)


def card(shown: Flow, action_id: str, *problems: Problem) -> Card:
    return view_of(shown, *problems).cards[action_id]


def test_a_card_says_what_the_step_does() -> None:
    shown = card(flow(email("a", name="Hello", subject_line="Hi", status="live")), "a")
    assert (shown.kind, shown.group, shown.icon) == ("card", "message", "mail")
    assert (shown.title, shown.text, shown.status) == ("Hello", "Hi", "live")


def test_a_card_names_a_status_that_is_not_the_flows() -> None:
    shown = flow(email("a", "b", status="live"), email("b", status="draft"))
    live = shown.model_copy(update={"status": "live"})
    assert [card(live, one).status for one in "ab"] == [None, "draft"]


def test_a_card_shows_a_message_as_people_read_it() -> None:
    subject = "Hi {{ first_name|default:'friend' }}, your {{ event.Product_Name }}"
    shown = card(flow(email("a", name="Hello", subject_line=subject)), "a")
    assert shown.text == "Hi friend, your [Product Name]"


def test_an_address_is_not_capitalised() -> None:
    assert [capital(text) for text in ("https://shop.example", "wait 1 day")] == [
        "https://shop.example",
        "Wait 1 day",
    ]


def test_a_step_that_waits_is_a_pill() -> None:
    shown = card(flow(delay("a", value=3)), "a")
    assert (shown.kind, shown.text) == ("pill", "Wait 3 days")


def test_a_split_carries_its_ways() -> None:
    assert card(flow(split("a", None, None)), "a").ways == (("true", "YES"), ("false", "NO"))


def test_a_flow_without_trigger_asks_for_one() -> None:
    shown = card(flow(email("a"), triggers=[]), TRIGGER)
    assert (shown.title, shown.icon) == ("Choose what starts this flow", "bolt")


def test_the_worst_problem_marks_the_card() -> None:
    hint = Problem(code="H1", severity="hint", where="$", text="Could be nicer.", action_id="a")
    error = Problem(code="E1", severity="error", where="$", text="Is broken.", action_id="a")
    shown = card(flow(email("a")), "a", hint, error)
    assert (shown.severity, shown.findings) == ("error", "Is broken.\nCould be nicer.")


def test_what_is_wrong_with_the_whole_flow_stands_on_the_trigger() -> None:
    error = Problem(code="E1", severity="error", where="$.triggers", text="No list.")
    assert card(flow(email("a")), TRIGGER, error).severity == "error"


def test_a_problem_of_a_step_that_is_gone_is_left_out() -> None:
    error = Problem(code="E1", severity="error", where="$", text="Old.", action_id="gone")
    cards = view_of(flow(email("a")), error).cards
    assert [one.severity for one in cards.values()] == [None, None, None]


def test_a_link_back_names_its_target() -> None:
    shown = card(flow(email("a", "b", name="Hello"), email("b", "a")), "b:next@")
    assert (shown.kind, shown.text, shown.target) == ("jump", "Goes to Hello", "a")


def test_branches_are_named_on_their_edges() -> None:
    edges = view_of(flow(paths("a", None, None))).edges
    assert [edge.label for edge in edges.values()][-1] == "Everyone else"


def test_every_type_of_step_can_be_chosen() -> None:
    types = [kind.model_fields["type"].default for kind in ACTIONS]
    assert [choice.type for choice in choices()] == types
    assert all(choice.label and choice.icon and choice.help for choice in choices())
