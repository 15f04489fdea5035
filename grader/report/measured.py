"""What was computed from an answer that is checked, not compared: a witness, a certificate, a verdict in words.

An exercise gives the numbers their names, in its table of texts ``[measures]``. A number without a name is for the
sentences of a rule, and is not in the table.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from grader.judge.report import Finding
from grader.report.digits import measure
from grader.report.layout import Lines, fold, pad
from grader.report.view import View

INDENT = 4
GAP = 3


def measured(view: View, finding: Finding) -> list[tuple[str, str]]:
    """Return the measured numbers that have names."""
    named = [(view.text(f"measures.{name}"), measure(value)) for name, value in finding.measures.items()]
    return [(name, value) for name, value in named if name]


def measure_table(view: View, finding: Finding) -> Lines:
    """Return a line for each measured number that has a name, in the order in which the check gave them."""
    known = measured(view, finding)
    if not known:
        return []
    most = max(cell_len(value) for _, value in known)
    room = view.look.width - INDENT - GAP - most
    folded = [(fold(name, room), value) for name, value in known]
    wide = max(cell_len(line) for name, _ in folded for line in name)
    lines = []
    for (first, *rest), value in folded:
        lines.append(Text.assemble(" " * INDENT, (pad(first, wide), "dim"), " " * GAP, value))
        lines += [Text(" " * INDENT + line, style="dim") for line in rest]
    return lines
