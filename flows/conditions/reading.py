"""What conditions on one value of a person, an event or an object share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from flows.columns import Bools, Column
from flows.conditions.base import Answer, Condition, Names
from flows.filters import ValueTest
from flows.filters.allowed import FULL, Kinds, unusual
from flows.filters.words import value_words
from flows.problem import Problem
from flows.scene import Scene


class ReadingCondition(Condition):
    """The base of conditions that read one column and ask a value filter of it."""

    allowed: ClassVar[Kinds] = FULL
    """What the public definition lets the filter be."""

    @property
    @abstractmethod
    def asked(self) -> ValueTest:
        """The value filter."""

    @abstractmethod
    def read(self, scene: Scene) -> Column:
        """The value of every row."""

    @abstractmethod
    def subject(self, names: Names) -> str:
        """What is read, as the sentence names it."""

    @property
    @abstractmethod
    def topic(self) -> tuple[str, ...]:
        """What is read, as a key: conditions with one topic are about one value."""

    def described(self, names: Names) -> str:
        """What is read, with whose it is, as the explanation names it."""
        return self.subject(names)

    def test(self, scene: Scene) -> Bools:
        return self.asked.accepts(self.read(scene), scene.now)

    def sentence(self, names: Names) -> str:
        return f"{self.subject(names)} {self.asked.sentence()}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = value_words(self.read(scene).values()[0])
        text = f"{self.described(names)}: {found}; wanted: {self.asked.sentence()}"
        return Answer(bool(self.test(scene)[0]), text)

    def problems(self, where: str) -> Iterator[Problem]:
        yield from self.asked.problems(f"{where}.filter")
        yield from unusual(self.asked, self.allowed, f"{where}.filter")
