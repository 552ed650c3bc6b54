"""Parts remember how they were written, and are otherwise what they were."""

import copy
import json
import pickle
from typing import Any

from flows.actions.send_webhook import SendWebhook
from flows.actions.time_delay import TimeDelay
from flows.digits import Digits, Source, write
from flows.kept import differences, misread, remember

RAW: dict[str, Any] = {
    "links": {"next": "b"},
    "x": [1, {"z": None, "a": True}],
    "data": {"value": 5.0, "unit": "days"},
    "id": "a",
    "type": "time-delay",
}


def delay(raw: dict[str, Any]) -> TimeDelay:
    """A wait that was read from this."""
    read = TimeDelay.model_validate(raw)
    remember(read, raw)
    return read


def test_a_part_that_was_read_equals_one_that_was_made() -> None:
    links, data = RAW["links"], RAW["data"]
    made = TimeDelay(id="a", links=links, data=data, x=RAW["x"])
    assert delay(RAW) == made
    assert list(made.to_json()) == ["type", "id", "links", "data", "x"]
    assert json.dumps(delay(RAW).to_json()) == json.dumps(RAW)


def test_what_a_part_gives_is_never_what_it_keeps() -> None:
    read = delay(RAW)
    read.to_json()["x"][1]["a"] = False
    assert read.to_json() == RAW


def test_a_copy_keeps_the_order_and_takes_the_change() -> None:
    changed = delay(RAW).model_copy(update={"id": "new", "temporary_id": "t"})
    assert json.dumps(changed.to_json()) == json.dumps(RAW | {"id": "new", "temporary_id": "t"})
    again = changed.model_copy(update={"id": "a"})
    assert again.to_json() == RAW | {"temporary_id": "t"}


def test_a_copy_by_other_ways_is_the_same_part() -> None:
    read = delay(RAW)
    assert pickle.loads(pickle.dumps(read)) == read
    assert copy.deepcopy(read) == read
    assert copy.copy(read).to_json() == RAW


def test_a_value_taken_for_another_is_a_difference_until_it_is_changed() -> None:
    raw = RAW | {"data": {"value": "5", "unit": "days"}}
    read = delay(raw)
    found = [(("data", "value"), "5", 5)]
    assert list(differences(read, raw)) == found
    assert list(misread(read)) == found
    assert list(misread(read.model_copy(update={"id": "b"}))) == found
    assert list(misread(read.model_copy(update={"data": read.data.model_copy()}))) == found
    mended = read.data.model_copy(update={"value": 6})
    assert list(misread(read.model_copy(update={"data": mended}))) == []


def test_a_whole_number_may_be_written_with_a_point_and_true_is_none() -> None:
    assert list(differences(delay(RAW), RAW)) == []
    yes = RAW | {"data": {"value": True, "unit": "days"}}
    assert [parts for parts, _, _ in differences(delay(yes), yes)] == [("data", "value")]


def test_keys_of_foreign_objects_keep_their_order() -> None:
    raw = {"type": "send-webhook", "data": {"message": {"headers": {"b": "1", "a": "2"}}}}
    read = SendWebhook.model_validate(raw)
    remember(read, raw)
    assert json.dumps(read.to_json()) == json.dumps(raw)


def test_numbers_are_written_as_they_were_read() -> None:
    text = "[\n  5.0,\n  1E3,\n  -0,\n  -0.0,\n  0.10,\n  12345678901234567890,\n  0.1\n]"
    read = Source().parse(text)
    assert write(read) == text
    assert read == [5.0, 1000.0, 0, 0.0, 0.1, 12345678901234567890, 0.1]
    assert [type(one) for one in read] == [float, Digits, Digits, float, Digits, int, float]
    assert pickle.loads(pickle.dumps(read[1])).text == "1E3"
    assert copy.deepcopy(read[4]).text == "0.10"


def test_readable_text_is_that_of_the_standard_library() -> None:
    document = {"a": [], "b": {}, "é": '\u2028\n"', "c": [1, [2.5, None]], "d": {"e": True}}
    assert write(document) == json.dumps(document, indent=2, ensure_ascii=False)


def test_the_first_key_that_stands_twice_is_told() -> None:
    source = Source()
    read = source.parse('{"a": {"b": 1, "c": 2, "b": 3}}')
    assert read == {"a": {"b": 3, "c": 2}}
    assert source.doubled == [({"b": 3, "c": 2}, "b")]
