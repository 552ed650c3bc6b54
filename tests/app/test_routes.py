"""Downloads have names that every system takes; messages may show themselves and nothing else."""

import json

import pytest

from app.api.routes import attachment, file_name, policy, written
from flows.document import Flow


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Welcome series", "welcome-series"),
        ("../../etc/passwd", "etc-passwd"),
        ("Grüße: 10 %", "grüße-10"),
        ("…", "flow"),
    ],
)
def test_a_title_becomes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_download_is_kept_under_its_name() -> None:
    header = attachment("{}", "grüße.json").headers["content-disposition"]
    assert header == "attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.json"


def test_a_flow_is_written_in_either_form() -> None:
    flow = Flow(id="f", name="Welcome")
    native = json.loads(written(flow, "native"))
    klaviyo = json.loads(written(flow, "klaviyo"))
    assert (native["rehearsal"], native["name"]) == (1, "Welcome")
    assert (klaviyo["name"], "definition" in klaviyo) == ("Welcome", True)


def test_a_message_loads_pictures_only_where_asked_for() -> None:
    strict, loose = policy(images=False), policy(images=True)
    assert "img-src data:;" in f"{strict};"
    assert "img-src data: https: http:" in loose
    assert all(part in strict for part in ("sandbox", "default-src 'none'"))
