"""The picture that belongs to a report: of the first public check whose figure differs, expected and got side by side.

A text names the file that it was written to. A figure of a hidden check is never drawn: it would show the input.
"""

from __future__ import annotations

from grader.judge.report import Report, Result
from grader.report.figure import draw_pair
from grader.report.layout import Lines, fold, labelled
from grader.report.look import Look
from grader.report.view import View
from grader.report.words import say

ENDING = "svg"


def draw_picture(report: Report, look: Look) -> str:
    """Return the picture of a report as SVG, with its names in the language of the look; nothing if there is none."""
    chosen = _pictured(report)
    if chosen is None or chosen.finding is None or chosen.finding.drawn is None:
        return ""
    names = say(look, "table.expected"), say(look, "table.got")
    return draw_pair(*chosen.finding.drawn, names=names).decode()


def picture_named(view: View, result: Result) -> Lines:
    """Return where the picture of a check is, if there is one."""
    if not view.picture or result is not _pictured(view.report):
        return []
    said = fold(view.say("drawing.side_by_side"), view.look.width)
    return labelled(view.say("labels.see"), [view.picture, *said])


def _pictured(report: Report) -> Result | None:
    shown = (one for one in report.results if one.visibility == "public" and one.finding and one.finding.drawn)
    return next(shown, None)
