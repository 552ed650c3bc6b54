"""Templates by people who mean no good, each made by its number."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from random import Random
from typing import Any

from flows.templates.account_tags import TAGS as ACCOUNT_TAGS
from flows.templates.filters import FILTERS
from flows.templates.tags import TAGS


def _takes(function: Callable[..., Any]) -> tuple[bool, bool]:
    """Whether a filter may have an argument, and whether it must."""
    taken = [
        parameter
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]
        if name not in {"autoescape", "now"}
    ]
    return bool(taken), bool(taken) and taken[0].default is inspect.Parameter.empty


TAKES = {name: _takes(function) for name, function in FILTERS.items()}
FILTER_NAMES = sorted(FILTERS)
TAG_NAMES = sorted(TAGS)
PATHS = (
    "person", "person.first_name", "person.name.first", "event.Items", "event.lines.0.title",
    "list", "text", "texts", "deep", "number", "huge", "bait", "bait.secret", "trap.secret",
    "trap.pop",
    "none.at.all", "organization.name", "feeds.weather", "object.x", "object_filter.Pet.x",
    "forloop.counter", "forloop.parentloop", "a", "b", "True", "None", "1", "-1.5",
    "1e999", "9" * 400, "'x'", "\"y\"", "'" + "z" * 300 + "'", "_('t')",
    "block.super", "settings.SECRET_KEY", "request",
)  # fmt: skip
REACHING = (
    "__class__", "__init__.__globals__", "__mro__", "_meta", "clear", "items", "keys.0", "pop",
    "format", "encode", "join", "0", "-1", "99999999999999999999", "func_globals", "__dict__",
)  # fmt: skip
ARGUMENTS = (
    "''", "'x'", "','", "'|'", "'x|yyyyyyyyyyyy'", "'200000000'", "'%s%s%n'", "'{0.__class__}'",
    "'Y-m-d'", "0", "1", "-1", "2.5", "999999999", "1e308", "text", "list", "texts", "deep", "bait",
    "huge", "a", "person", "'::-1'", "':9'", "'title=Assam'", "'<script>'", "'é\u202e🫖'", "'.99f'",
    "'999999d'", "'99gu'", "'\\x00'", "None",
)  # fmt: skip
UNKNOWN = (
    "include 'a'", "extends 'a'", "load x", "debug", "url 'x'", "lorem 99 p", "ssi '/etc/passwd'",
    "import os", "csrf_token", "ifchanged", "regroup list by x as y", "block a", "static 'x'",
    "trans 'x'", "cache 9 x", "now", "endif", "endfor", "else", "elif a", "empty", "endwith", "",
)  # fmt: skip
NOISE = (
    "{%", "%}", "{{", "}}", "{#", "#}", "{", "}", "|", ":", "'", '"', "\n", "\x00", "\\", "<style>",
    "{{{", "{%%}", "{{}}", "{# x", "\u2028", "ﷺ" * 40, "<b>&", "hello ", "%s", "\ud7ff", "\x1f" * 9,
)  # fmt: skip
PLAIN = ("hello ", "<b>&", "%s", "\x1f", "ﷺ" * 40, "\n", "<style>", "é", "}", "a b ")


class Grammar:
    """One template in the making."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.tame = self.chance.random() < 0.65
        """Whether all that is written can be read, so that more of it is run."""
        self.left = self.chance.choice((5, 20, 60, 200))
        """How many parts may still be made."""

    def template(self) -> str:
        """The whole text: a few parts, perhaps many times over, perhaps broken."""
        parts = [self.part(0) for _ in range(self.chance.randrange(1, 8))]
        made = "".join(parts)
        if self.chance.random() < 0.25:
            made = made[:13_000] * self.chance.choice((2, 10, 100, 1000, 5000))
        made = made[:66_000]
        if self.tame:
            return made
        for _ in range(self.chance.choice((0, 0, 0, 1, 3))):
            made = self.broken(made)
        return made

    def part(self, depth: int) -> str:
        """A piece of text, a value, a tag or a block."""
        self.left -= 1
        if self.left < 0 or depth > 45:
            return self.chance.choice(PLAIN if self.tame else NOISE)
        make: Callable[[int], str] = self.chance.choices(
            (self.noise, self.value, self.made, self.block, self.nested, self.greedy),
            (2, 5, 4, 6, 1, 1),
        )[0]
        return make(depth)

    def noise(self, depth: int) -> str:
        """Text that may or may not be a tag."""
        noise = self.chance.choice(PLAIN if self.tame else NOISE)
        return noise * self.chance.choice((1, 1, 1, 30, 3000))

    def path(self) -> str:
        """A value, and what one might reach from it."""
        path = self.chance.choice(PATHS)
        if self.tame:
            return path if "_(" not in path else "text"
        if self.chance.random() < 0.25:
            path += "." + self.chance.choice(REACHING)
        return path

    def expression(self) -> str:
        """A value with filters."""
        made = self.path()
        for _ in range(self.chance.choice((0, 1, 1, 2, 3, 12))):
            made += self.filter(self.chance.choice(FILTER_NAMES))
        return made

    def filter(self, name: str) -> str:
        """A filter with an argument, where it takes one."""
        may, must = TAKES[name]
        if not self.tame:
            may, must = True, self.chance.random() < 0.3
        if must or (may and self.chance.random() < 0.5):
            return f"|{name}:{self.chance.choice(ARGUMENTS)}"
        return f"|{name}"

    def value(self, depth: int) -> str:
        """A value printed."""
        return "{{ " + self.expression() + " }}"

    def made(self, depth: int) -> str:
        """A tag with whatever behind it."""
        if self.tame:
            name = self.chance.choice((*sorted(ACCOUNT_TAGS), "cycle", "firstof"))
            _, least, most = ACCOUNT_TAGS.get(name, (None, 2, 6))
            given = [self.path() for _ in range(self.chance.randint(least, most))]
            return "{% " + " ".join([name, *given]) + " %}"
        if self.chance.random() < 0.2:
            return "{% " + self.chance.choice(UNKNOWN) + " %}"
        words = [self.chance.choice(TAG_NAMES)]
        words += [self.expression() for _ in range(self.chance.randrange(4))]
        if self.chance.random() < 0.3:
            words += ["as", self.chance.choice(("a", "b", "person", "context", "_x", "x.y"))]
        return "{% " + " ".join(words) + " %}"

    def block(self, depth: int) -> str:
        """A block that is closed, mostly."""
        inside = "".join(self.part(depth + 1) for _ in range(self.chance.randrange(4)))
        head, end = self.chance.choice(
            (
                (f"if {self.condition()}", "endif"),
                (f"for a in {self.expression()}", "endfor"),
                (f"for a, b in {self.expression()}", "endfor"),
                (f"for b in {self.expression()} reversed", "endfor"),
                (f"with a={self.expression()}", "endwith"),
                (f"with {self.expression()} as b", "endwith"),
                (f"filter {self.chance.choice(FILTER_NAMES)}", "endfilter"),
                ("autoescape off", "endautoescape"),
                ("spaceless", "endspaceless"),
                ("verbatim", "endverbatim"),
                ("comment", "endcomment"),
                (f"catalog {self.expression()} unpublished='cancel'", "endcatalog"),
                (f"customobject id={self.expression()} as a", "endcustomobject"),
                ("customobjects object_type_title='Pet' as list", "endcustomobjects"),
            )
        )
        return "{% " + head + " %}" + inside + "{% " + end + " %}"

    def condition(self) -> str:
        """What an `if` may ask."""
        signs = ("==", "!=", "<", ">", "<=", ">=", "in", "not in", "and", "or", "is", "is not", "+")
        made = self.chance.choice(("", "not ", "not not ")) + self.expression()
        for _ in range(self.chance.choice((0, 1, 2, 9))):
            made += f" {self.chance.choice(signs[: 10 if self.tame else None])} {self.expression()}"
        return made

    def nested(self, depth: int) -> str:
        """The same block within itself, many times."""
        times = self.chance.choice((2, 4, 8, 39, 41, 400))
        head, end = self.chance.choice(
            (
                ("{% for a in list %}", "{% endfor %}"),
                ("{% with a=a|append:a %}", "{% endwith %}"),
                ("{% with a=a|concat:a %}", "{% endwith %}"),
                ("{% for a in a|make_list %}", "{% endfor %}"),
                ("{% filter force_escape %}", "{% endfilter %}"),
                ("{% if a < b %}", "{% endif %}"),
                ("{% spaceless %}", "{% endspaceless %}"),
            )
        )
        return head * times + self.part(depth + times) + end * times

    def greedy(self, depth: int) -> str:
        """One filter over what is large, again and again."""
        step = self.filter(self.chance.choice(FILTER_NAMES))
        start = self.chance.choice(("text", "texts", "list", "deep", "huge", "text|append:text"))
        inner = "{{ " + start + step * self.chance.choice((1, 5, 60)) + " }}"
        return self.chance.choice(
            (inner, inner * 200, "{% for i in list %}" + inner + "{% endfor %}")
        )

    def broken(self, made: str) -> str:
        """The text with a piece gone, doubled or moved."""
        if not made:
            return made
        start = self.chance.randrange(len(made))
        stop = min(len(made), start + self.chance.choice((1, 2, 9, 200)))
        piece = made[start:stop]
        return self.chance.choice(
            (made[:start] + made[stop:], made[:start] + piece + made[start:], piece + made)
        )


def template(seed: int) -> str:
    """The template with this number."""
    return Grammar(seed).template()
