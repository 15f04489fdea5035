"""The list of checks: one line each, with its word, its number, its title, and what is new about it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text

from grader.judge.outcome import Outcome
from grader.judge.report import Result
from grader.report.layout import Lines, ends, pad
from grader.report.result import STYLES, earned
from grader.report.view import View
from grader.report.words import count, listing, outcome_word

Change = tuple[str] | tuple[str, int]  # ("fixed",), ("broken",) or ("same", runs)

WORD = 6  # letters of the longest usual word


def check_lines(view: View, changes: Mapping[str, Change], *, with_points: bool = False) -> Lines:
    """Return a line for each check; ``with_points`` puts the points at the right edge."""
    results = view.report.results
    words = [outcome_word(view.look, result.outcome) or "-" for result in results]
    wide = max([WORD, *map(cell_len, words)])
    digits = len(str(len(results)))
    lines: Lines = []
    for number, (word, result) in enumerate(zip(words, results, strict=True), start=1):
        left = Text.assemble("  ", (pad(word, wide), STYLES.get(result.outcome, "red")), "  ")
        left.append(f"{number:>{digits}}   ")
        fault = result.outcome is Outcome.ERROR
        right = earned(view, result) if with_points and not fault else news(view, result, changes.get(result.check))
        waits = result.outcome in (Outcome.SKIPPED, Outcome.ERROR)
        title = view.title(result.check)
        lines += ends(left, title, Text(right, style="dim"), view.look.width, style="dim" if waits else "")
    return lines


def news(view: View, result: Result, change: Change | None = None) -> str:
    """Return what the right column says of a check."""
    if result.outcome is Outcome.ERROR:
        return view.say("screen.not_judged")
    if result.outcome is Outcome.SKIPPED:
        return _needs(view, result)
    if change is not None and change[0] == "same" and len(change) > 1:
        return count(view.look, "screen.same", change[1])
    if change is not None and change[0] in ("fixed", "broken"):
        return view.say(f"screen.{change[0]}")
    return earned(view, result) if result.outcome is Outcome.PARTIAL else ""


def _needs(view: View, result: Result) -> str:
    """Return for which checks this one waits."""
    order = [one.check for one in view.report.results]
    numbers = [order.index(name) + 1 for name in result.waits_for if name in order]
    return count(view.look, "screen.needs", len(numbers), checks=listing(view.look, numbers)) if numbers else ""
