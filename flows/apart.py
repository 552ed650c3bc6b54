"""Steps and paths that links could not tell apart get ids that no document holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flows.legible import legible
from flows.paths import path
from flows.problem import Problem

Json = dict[str, Any]
Told = tuple[Json, tuple[Problem, ...]]


def told_apart(content: Json) -> Told:
    """The same native document with an id of its own for every step and every path of a split.

    The first to have an id keeps it; it is there that links lead.
    """
    content, unlike = legible(content)
    actions = content.get("actions")
    if not isinstance(actions, list):
        return content, unlike
    keys = [_key(action) for action in actions]
    fresh = _fresh(keys, "step")
    if fresh == keys and not any(map(_branches, actions)):
        return content, unlike
    problems = list(unlike)
    told = [
        _step(action, i, key, problems) if isinstance(action, dict) else action
        for i, (action, key) in enumerate(zip(actions, _marked(keys, fresh), strict=True))
    ]
    return content | {"actions": told}, tuple(problems)


def _key(action: Any) -> str | None:
    """The id of a step, empty for none, and None for what is no step or no id at all."""
    if not isinstance(action, dict):
        return None
    key = action.get("id") or action.get("temporary_id") or ""
    return key if isinstance(key, str) else None


def _fresh(keys: Iterable[str | None], stem: str) -> list[str | None]:
    """The same keys, those that are empty or were there before replaced by new ones."""
    keys = list(keys)
    taken = {key for key in keys if key}
    seen: set[str] = set()
    made: list[str | None] = []
    for i, key in enumerate(keys):
        new = key
        if key is not None and (not key or key in seen):
            base = f"{key or stem}-{i + 1}"
            new = next(name for n in range(len(taken) + 1) if (name := base + "'" * n) not in taken)
            taken.add(new)
        seen.add(new or "")
        made.append(new)
    return made


def _marked(
    keys: list[str | None], fresh: list[str | None]
) -> list[tuple[str | None, str | None, int]]:
    """Each key with its new one, and how many share it."""
    often = Counter(keys)
    return [(key, new, often[key]) for key, new in zip(keys, fresh, strict=True)]


def _step(
    action: Json, i: int, mark: tuple[str | None, str | None, int], problems: list[Problem]
) -> Json:
    key, new, often = mark
    where = path("actions", i)
    if key == "":
        problems.append(_nameless(i, where, new))
    elif key is not None and often > 1:
        problems.append(_shared(often, key, where, new))
    if new != key:
        action = action | {"id": new}
    return _with_paths(action, where, problems)


def _branches(action: Any) -> list[Any]:
    """The paths of a multi split."""
    data = action.get("data") if isinstance(action, dict) else None
    branches = data.get("branches") if isinstance(data, dict) else None
    return branches if isinstance(branches, list) else []


def _with_paths(action: Json, where: str, problems: list[Problem]) -> Json:
    branches = _branches(action)
    ids = [branch.get("branch_id") if isinstance(branch, dict) else None for branch in branches]
    texts = [one if isinstance(one, str) else None for one in ids]
    fresh = _fresh(texts, "path")
    if fresh == texts:
        return action
    for name, times in Counter(texts).items():
        if name is not None and (times > 1 or not name):
            problems.append(_shared_path(name, where, str(action.get("id"))))
    named = [
        branch | {"branch_id": new} if isinstance(branch, dict) and new else branch
        for branch, new in zip(branches, fresh, strict=True)
    ]
    return action | {"data": action["data"] | {"branches": named}}


def _nameless(i: int, where: str, action_id: str | None) -> Problem:
    return Problem(
        code="D07",
        severity="error",
        where=where,
        text=f"Step {i + 1} has no id, so nothing can lead to it.",
        fix="Give every step an id of its own.",
        action_id=action_id,
    )


def _shared(often: int, key: str, where: str, action_id: str | None) -> Problem:
    return Problem(
        code="D08",
        severity="error",
        where=where,
        text=f"{often} steps have the id “{key}”.",
        fix="Give every step an id of its own.",
        action_id=action_id,
    )


def _shared_path(name: str, where: str, action_id: str) -> Problem:
    return Problem(
        code="D08",
        severity="error",
        where=where,
        text=f"Several ways out of “{action_id}” have the id “{name}”.",
        fix="Give every path an id of its own.",
        action_id=action_id,
    )
