"""Run code that is kept elsewhere, and take what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from flows.actions.base import LinkedAction, Step, passing
from flows.conditions.base import Names
from flows.face import Face
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class Code(LinkedAction):
    """Run code that no definition carries; a stub of the flow says what it gives (B.11)."""

    type: Literal["code"] = "code"
    data: Any = None
    face = Face("Code", "code", "data", "Run code whose outputs you say")

    def sentence(self, names: Names) -> str:
        return "Runs code that is kept elsewhere"

    def advance(self, scene: Scene) -> Step:
        stub = scene.flow.stubs.get(self.key)
        return passing(scene, remember=stub.chosen(scene)) if stub else passing(scene)

    def explain(self, scene: Scene, names: Names) -> str:
        stub = scene.flow.stubs.get(self.key)
        if stub is None:
            return "Nobody has said what the code gives, so its outputs are not set."
        place = int(stub.chosen(scene)[0])
        if place == len(stub.cases):
            given = stub.outputs
            why = "No case holds" if stub.cases else "There are no cases"
        else:
            case = stub.cases[place]
            given = stub.outputs | case.outputs
            held = case.when.explain(scene, names, place=f"case-{place}:").why
            why = f"Case {place + 1} holds ({held})"
        told = ", ".join(f"{name} = {value}" for name, value in given.items())
        return f"{why}: {told or 'no outputs'}."

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        stub = flow.stubs.get(self.key)
        for i, case in enumerate(stub.cases if stub else ()):
            yield from case.when.problems(f"$.stubs.{self.key}.cases[{i}].when")
        if stub is None and any(action.type == "action-output-split" for action in flow.actions):
            yield Problem(
                code="R13",
                severity="warning",
                where=where,
                text="Nobody has said what the code gives, so splits on its outputs go NO.",
                fix="Say which outputs it gives.",
            )
