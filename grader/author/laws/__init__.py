"""The laws that every exercise keeps, one module for each group of them. `grader prove` runs them all.

A law is a function from what was tried to the violations it sees; no violation means that it holds.
"""

from dataclasses import dataclass

NAMES = {
    1: "right answers earn their marks",
    2: "wrong answers are caught and named",
    3: "the stub is todo",
    4: "no check is decoration",
    5: "every text in every language",
    6: "released files are fresh",
    7: "nothing secret is released",
    8: "the same verdict by every door",
    9: "the reference is true",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A law that does not hold: which, of what, and what was seen."""

    law: int
    subject: str
    seen: str

    def __str__(self) -> str:
        return f"law {self.law}, {NAMES[self.law]}: {self.subject}: {self.seen}"
