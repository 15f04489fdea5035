"""What both ask of: each exercise of the course, and code judged through the fence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.author.bank import with_bank
from grader.author.warm import warm_sandbox
from grader.exercise.course import load_author_exercise
from grader.exercise.exercise import Exercise, Limits
from grader.fence import Batch
from grader.judge import Report, judge

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))

Judged = Callable[..., Report]


@pytest.fixture(scope="module", params=SLUGS)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Return each exercise of the course."""
    return with_bank(load_author_exercise(SOLUTIONS, request.param), SOLUTIONS / request.param)


@pytest.fixture(scope="module")
def judged(exercise: Exercise) -> Iterator[Judged]:
    """Judge code through the fence."""
    batch = Batch(exercise.probes)
    with warm_sandbox(exercise, SOLUTIONS / exercise.slug) as sandbox:

        def report(source: str, *, limits: Limits = exercise.limits) -> Report:
            with sandbox.submission({exercise.slug: source.encode()}) as child:
                return judge(exercise, child.exercise(exercise.slug, calls=exercise.calls, batch=batch, limits=limits))

        yield report
