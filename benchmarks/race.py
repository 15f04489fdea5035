"""The race: every way grades the same submissions in one run, taking turns, so that a busy moment hits all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import Spent
from benchmarks.material import Submitted, write_suite
from benchmarks.ways import NAMES, Floor, Ours, Way, with_gradescope, with_pytest
from grader.exercise.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Ways:
    """Ours and the others, ready to grade."""

    ours: Ours
    floor: Floor
    fresh: tuple[Way, ...]

    @property
    def every(self) -> tuple[Way, ...]:
        """All of them."""
        return self.ours, self.floor, *self.fresh


@contextmanager
def opened(exercise: Exercise) -> Iterator[Ways]:
    """Start the servers and write the rivals' tests."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmarks-")))
        suite, desk = folder / "suite", folder / "desk"
        suite.mkdir()
        desk.mkdir()
        write_suite(exercise, suite)
        yield Ways(
            stack.enter_context(Ours(exercise)),
            stack.enter_context(Floor(suite)),
            tuple(made(suite, desk, by=by) for made in (with_pytest, with_gradescope) for by in NAMES),
        )


def race(
    ways: Sequence[Way], submitted: Sequence[Submitted], tell: Callable[[int], None] = lambda _: None
) -> dict[str, Spent]:
    """Return what each way took per submission."""
    for way in ways:
        way.grade(submitted[0])  # compiled once, and cached, for all of them
    total = dict.fromkeys((way.name for way in ways), Spent())
    before = {way.name: way.server() for way in ways}
    for number, one in enumerate(submitted):
        for turn in range(len(ways)):
            way = ways[(number + turn) % len(ways)]
            total[way.name] += way.grade(one)
        tell(number + 1)
    servers = {way.name: Spent(way.server() - before[way.name]) for way in ways}
    return {name: (spent + servers[name]) / len(submitted) for name, spent in total.items()}
