"""The card: a report as HTML, for a notebook, a feedback page, or any other page."""

from grader.report.card.render import render_card

__all__ = ["render_card"]
