"""One hostile template tried out: what it reached, how long it took, how much it held."""

from __future__ import annotations

import copy
import gc
import re
import signal
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.templates import Occasion, TemplateProblemError, render, variables
from flows.templates.compiled import compile_template
from flows.templates.uses import uses

MOST_SECONDS = 0.1
MOST_BYTES = 64 * 2**20
TRIES = 3
"""The quickest counts: other programs use the machine too."""
_HANGS = 20.0
_LEAKS = re.compile(r"ESCAPED|<class '|<bound method|<function|<module| object at 0x")
_OWN = tuple(str(Path(place).resolve()) for place in {sys.prefix, sys.base_prefix})
_FORBIDDEN = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "exec", "compile")
_HARMLESS = ("os.listdir", "os.scandir")
"""What imports do."""


class Bait:
    """An object with something to steal; it notices who looks."""

    touched = False

    @property
    def secret(self) -> str:
        """What must not be seen."""
        Bait.touched = True
        return "ESCAPED"

    def method(self) -> str:
        """What must not be called."""
        Bait.touched = True
        return "ESCAPED"

    def __call__(self) -> str:
        return self.method()

    def __repr__(self) -> str:
        return "bait"


class Trap(dict):  # type: ignore[type-arg]
    """A dict that notices being called or reached into."""

    def __call__(self) -> str:
        Bait.touched = True
        return "ESCAPED"

    def secret(self) -> str:
        """What must not be called."""
        Bait.touched = True
        return "ESCAPED"


def context() -> dict[str, Any]:
    """Values to be greedy with."""
    deep: Any = "leaf"
    for _ in range(12):
        deep = [deep, {"next": deep}]
    return {
        "person": {"first_name": "Ann", "name": {"first": "A"}, "id": "p"},
        "event": {"Items": ["Oolong", "Assam"], "lines": [{"title": "Oolong", "price": "9.5"}]},
        "organization": {"name": "Juniper"},
        "feeds": {"weather": {"days": list(range(30))}},
        "object": {"x": "2026-01-01"},
        "object_filter": {"Pet": {"x": 1}},
        "list": list(range(1000)),
        "text": "x<y & z " * 7_500,
        "texts": ["word " * 200] * 50,
        "deep": deep,
        "number": 12.5,
        "huge": 10**140,
        "bait": Bait(),
        "trap": Trap(name="Ann"),
    }


@dataclass(frozen=True, slots=True)
class Cost:
    """What one trial took, and what is wrong with it; nothing if all is well."""

    seconds: float = 0.0
    bytes: int = 0
    wrong: str = ""
    rendered: bool = False


class Watch:
    """Notices files, sockets and programs being opened; one for a process, for it cannot end."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or not event.startswith(_FORBIDDEN) or event in _HARMLESS:
            return
        if event == "open" and str(arguments[0]).startswith(_OWN):
            return
        if event in {"exec", "compile"} and not _by_template(arguments):
            return
        self.seen.append(f"{event} {arguments!r:.80}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look on while the block runs."""
        self.on = True
        try:
            yield
        finally:
            self.on = False


def _by_template(arguments: tuple[Any, ...]) -> bool:
    """Whether code that is run comes from no file of Python's: imports run code too."""
    name = getattr(arguments[0], "co_filename", None) or str(arguments[-1])
    return not str(name).startswith(("<frozen", *_OWN))


def attempt(source: str) -> tuple[str | None, str]:
    """The text, or None and the reason; anything but our own error is a fault."""
    try:
        text = render(source, VALUES, html=True, occasion=Occasion())
    except TemplateProblemError as problem:
        told = str(problem)
        text = None
    else:
        told = ""
    try:
        variables(source)
        uses(source)
    except TemplateProblemError:
        pass
    return text, told


VALUES = context()
_BEFORE = copy.deepcopy({name: held for name, held in VALUES.items() if name != "bait"})


def trial(source: str, watch: Watch, *, weigh: bool) -> Cost:
    """Everything about one template; `weigh` looks at its memory exactly, which takes longer."""
    seconds, text, wrong = _timed(source, watch)
    for _ in range(TRIES - 1):
        if seconds > MOST_SECONDS:
            seconds = min(seconds, _timed(source, watch)[0])
    held = _weighed(source) if weigh or seconds > MOST_SECONDS / 4 else 0
    if not wrong and seconds > MOST_SECONDS:
        wrong = f"took {1000 * seconds:.0f} ms"
    if not wrong and held > MOST_BYTES:
        wrong = f"held {held / 2**20:.0f} MB"
    return Cost(seconds, held, wrong, text is not None)


def _forget() -> None:
    compile_template.cache_clear()
    uses.cache_clear()


def _timed(source: str, watch: Watch) -> tuple[float, str | None, str]:
    _forget()
    watch.seen.clear()
    Bait.touched = False
    signal.signal(signal.SIGVTALRM, _hangs)
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS)
    started = time.thread_time()
    try:
        with watch.watching():
            text, told = attempt(source)
    except Exception as error:
        return time.thread_time() - started, None, f"raised {type(error).__name__}: {error!s:.200}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = time.thread_time() - started
    return seconds, text, _reached(text, told, watch)


def _reached(text: str | None, told: str, watch: Watch) -> str:
    if Bait.touched or (text is not None and _LEAKS.search(text)) or "ESCAPED" in told:
        return "reached what it must not"
    if watch.seen:
        return f"opened something: {watch.seen[0]}"
    if any(VALUES[name] != held for name, held in _BEFORE.items()):
        return "changed what it was given"
    return ""


def _hangs(*_: object) -> None:
    raise TimeoutError("the template hangs")


def _weighed(source: str) -> int:
    """The most bytes that were held at once beside what was there before."""
    _forget()
    gc.collect()
    tracemalloc.start()
    try:
        attempt(source)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
