"""The process that atheris drives: any bytes as a template, rendered and looked through.

Run with the number of minutes; it ends with a line of figures, or with the bytes that broke it.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["flows.templates", "django.template"]):
    from tests.torture.template_grammar import FILTER_NAMES, TAG_NAMES, template
    from tests.torture.template_trial import MOST_SECONDS, Watch, trial

WORDS = ("{% ", " %}", "{{ ", " }}", "|", ":", "person.first_name", "text", "list", "'x'")


class Fuzzing:
    """Counts what was tried; ends the process at the first fault."""

    def __init__(self, figures: str) -> None:
        self.figures = figures
        self.tried = self.rendered = 0
        self.slowest = 0.0
        self.watch = Watch()

    def one(self, data: bytes) -> None:
        """One input: a template as it stands, or one of the grammar's with the input in it."""
        source = data[1:].decode("utf-8", "replace")
        if data[:1] and data[0] % 4 == 0:
            made = template(int.from_bytes(data[1:5], "big"))[:4000]
            place = data[0] * len(made) // 256
            source = made[:place] + data[5:].decode("utf-8", "replace") + made[place:]
        cost = trial(source, self.watch, weigh=self.tried % 512 == 0)
        self.tried += 1
        self.rendered += cost.rendered
        self.slowest = max(self.slowest, cost.seconds)
        if cost.wrong and not cost.wrong.startswith("took"):
            raise AssertionError(f"{cost.wrong}: {source!r}")
        if cost.wrong and cost.seconds > SLOWED * MOST_SECONDS:
            raise AssertionError(f"{cost.wrong}: {source!r}")

        if self.tried % 100 == 0:
            self.report()

    def report(self) -> None:
        """The figures in a line: the process is ended without notice."""
        with open(self.figures, "w", encoding="ascii") as file:
            file.write(
                f"{self.tried:,} inputs, {self.rendered:,} rendered, the slowest in "
                f"{1000 * self.slowest:.0f} ms while every branch was counted"
            )


SLOWED = 5
"""How much longer a template may take here, where every branch is counted."""


def main() -> None:
    """Fuzz for the minutes that are asked for."""
    minutes, corpus, words, figures = sys.argv[1:]
    fuzzing = Fuzzing(figures)
    with open(words, "w", encoding="ascii") as file:
        for word in (*WORDS, *FILTER_NAMES, *TAG_NAMES):
            file.write(f'"{word}"\n')
    options = [
        sys.argv[0],
        f"-max_total_time={int(60 * float(minutes))}",
        "-max_len=4096",
        "-timeout=60",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        "-print_final_stats=0",
        f"-dict={words}",
        f"-artifact_prefix={figures}-",
        corpus,
    ]
    atheris.Setup(options, fuzzing.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
