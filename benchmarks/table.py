"""The table: each figure beside its rival's, the ratio, the goal, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.clock import Spent
from benchmarks.memory import Memory
from benchmarks.unit import GOAL, Unit

FLOOR: Final = 4.0
FLOOR_AIM: Final = 3.0
PYTEST: Final = 25.0
GRADESCOPE: Final = 10.0
CHILD_MB: Final = 10.0
ALL_MB: Final = 250.0
START: Final = 0.4
WIDTHS: Final = (44, 10, 10, 9, 9, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; a goal of None means that it is only told."""

    figure: str
    ours: str
    other: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The words of the line."""
        met = "" if self.met is None else "yes" if self.met else "NO"
        return self.figure, self.ours, self.other, self.ratio, self.goal, met


def cpu_lines(took: Mapping[str, Spent]) -> Iterable[Line]:
    """Return CPU and wall time per submission against each rival."""
    ours = took["ours"]
    floor = ours.cpu / took["warm fork"].cpu
    against = _ms(ours.cpu), _ms(took["warm fork"].cpu), f"{floor:.1f}x"
    yield Line("CPU: warm fork, bare calls (the floor)", *against, "<= 4x", floor <= FLOOR)
    yield Line("  the aim", *against, "<= 3x", floor <= FLOOR_AIM)
    for name, goal in (("pytest", PYTEST), ("gradescope-utils", GRADESCOPE)):
        for variant, least in (("", goal), (", by group", None)):
            other = took[name + variant].cpu
            wanted, met = ("", None) if least is None else (f">= {least:.0f}x", other / ours.cpu >= least)
            cells = _ms(ours.cpu), _ms(other), f"1/{other / ours.cpu:.1f}"
            yield Line(f"CPU: a fresh {name}{variant}", *cells, wanted, met)
    for name, spent in took.items():
        if name != "ours":
            ratio = f"{ours.wall / spent.wall:.1f}x" if ours.wall > spent.wall else f"1/{spent.wall / ours.wall:.1f}"
            yield Line(f"wall: {name}", _ms(ours.wall), _ms(spent.wall), ratio)


def reasons(took: Mapping[str, Spent], parts: Mapping[str, float]) -> Iterable[str]:
    """Return, for each goal in CPU time that is missed, what it allows and the stages that need more."""
    ours = took["ours"].cpu
    allowed = {
        f"{FLOOR:.0f} times the floor": FLOOR * took["warm fork"].cpu,
        f"a {PYTEST:.0f}th of pytest": took["pytest"].cpu / PYTEST,
        f"a {GRADESCOPE:.0f}th of gradescope-utils": took["gradescope-utils"].cpu / GRADESCOPE,
    }
    stages = ", ".join(f"{stage} {_ms(spent)}" for stage, spent in sorted(parts.items(), key=lambda part: -part[1]))
    for goal, most in allowed.items():
        if ours > most:
            yield f"Why not {goal}: that is {_ms(most)}, and we take {_ms(ours)}: {stages}."


def memory_lines(memory: Memory | None) -> Iterable[Line]:
    """Return what is used at two workers."""
    if memory is None:
        yield Line("memory", "not told", goal="needs root")
        return
    child, everything = memory.child, memory.everything
    yield Line("private memory of a child, largest", f"{child:.1f} MB", goal="< 10 MB", met=child < CHILD_MB)
    yield Line("PSS of all, two workers, largest", f"{everything:.0f} MB", goal="< 250 MB", met=everything < ALL_MB)


def start_line(medians: tuple[float, float] | None) -> Line:
    """Return how long `grader check` takes beside an import."""
    if medians is None:
        return Line("wall: grader check softmax, import", "no check", goal="+ 0.40 s", met=False)
    check, imports = medians
    more = check - imports
    name = "wall: grader check softmax, import"
    return Line(name, _ms(check), _ms(imports), f"{more:+.2f} s", "+ 0.40 s", more <= START)


def unit_line(unit: Unit) -> Line:
    """Return what a right submission of all exercises costs beyond its own code."""
    name = f"CPU: all {unit.exercises} exercises, beyond own code"
    return Line(name, _ms(unit.ours), goal=f"<= {1000 * GOAL:.0f} ms", met=unit.ours <= GOAL)


def render(lines: Iterable[Line]) -> str:
    """Return the table."""
    head = ("per submission", "ours", "other", "ratio", "goal", "met")
    rows = [head, tuple("-" * width for width in WIDTHS), *(line.cells for line in lines)]
    return "\n".join(_row(row) for row in rows)


def _row(cells: tuple[str, ...]) -> str:
    first, *rest = zip(cells, WIDTHS, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
