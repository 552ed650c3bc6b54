"""Files that commands are given, read or refused by name and place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from app.commands.refusals import UnusableError
from flows.document import Flow
from flows.loading import Loaded, read
from flows.part import Part
from flows.problem import Problem
from simulator.behaviour import Behaviour
from storage.exchange.unknown import complaint, unknown_keys

Read = TypeVar("Read", bound=Part)


def read_text(path: Path) -> str:
    """A text file's content; UnusableError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UnusableError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnusableError(
            f"{path} is not UTF-8 text: byte {error.start} does not fit."
        ) from error


def load(path: Path) -> Loaded:
    """What a file holds, problems and all."""
    return read(read_text(path), where=str(path))


def load_flow(path: Path) -> Flow:
    """The flow in a file; UnusableError with the first part of it that cannot be read."""
    loaded = load(path)
    unread = [one for one in loaded.problems if one.severity == "error" and one.code[0] == "D"]
    if loaded.flow is None or unread:
        raise UnusableError(placed(str(path), (unread or loaded.problems)[0]))
    return loaded.flow


def placed(name: str, problem: Problem) -> str:
    """A problem of a file as one sentence that begins with the place."""
    where = problem.where if name in problem.where else f"{name}, {problem.where}"
    return f"{where}: {problem.text}"


def load_flows(paths: Sequence[Path]) -> tuple[Flow, ...]:
    """The flows of several files, each with an id of its own: its own, else its name."""
    flows: list[Flow] = []
    taken: set[str] = set()
    for path in paths:
        flow = load_flow(path)
        key = flow.key
        if key in taken:
            key = next(f"{key} ({i})" for i in count(2) if f"{key} ({i})" not in taken)
            flow = flow.model_copy(update={"id": key})
        taken.add(key)
        flows.append(flow)
    return tuple(flows)


def load_behaviour(name: str) -> Behaviour | None:
    """`none`, `default`, or the behaviour file of this path."""
    if name == "none":
        return None
    if name == "default":
        return Behaviour()
    path = Path(name)
    if not path.exists():
        raise UnusableError(
            f"There is no behaviour “{name}”: give `default`, `none`, or the path of a file."
        )
    behaviour = read_part(path, Behaviour)
    for place in unknown_keys(behaviour):
        raise UnusableError(f"{path}, {place}: nothing is known by this name.")
    return behaviour


def read_part(path: Path, kind: type[Read]) -> Read:
    """A JSON file as a part of this kind; UnusableError with the line or the JSON path."""
    try:
        return kind.model_validate(json.loads(read_text(path)))
    except json.JSONDecodeError as error:
        raise UnusableError(f"{path}:{error.lineno}: this is not JSON: {error.msg}.") from error
    except ValidationError as error:
        raise UnusableError(f"{path}, {complaint(error)}") from error
