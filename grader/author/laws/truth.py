"""Law 9: the reference agrees with mpmath at 50 digits and with scipy, on every probe and on made-up inputs.

Each exercise says in ``truth.py`` what is true: ``faults(function, *args, **kwargs)`` yields what is wrong with
an answer, and ``INPUTS`` is a Hypothesis strategy of calls. The grader itself knows no mathematics.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from grader.author.laws import Violation
from grader.exercise.call import Call
from grader.exercise.exercise import Exercise
from grader.exercise.modules import import_author_module
from grader.exercise.reply import Status

EXAMPLES = 200
MOST = 5  # of the made-up inputs that are told


def reference_true(exercise: Exercise, folder: Path, *, examples: int = EXAMPLES) -> Iterator[Violation]:
    """Ask the truth about every probe that has a value, and about ``examples`` inputs that Hypothesis makes."""
    path = folder / "truth.py"
    if not path.is_file():
        yield Violation(9, str(path), "it is missing; write faults(function, *args, **kwargs) and INPUTS")
        return
    truth = import_author_module(path, folder.parent)
    if missing := [name for name in ("faults", "INPUTS") if not hasattr(truth, name)]:
        yield Violation(9, str(path), f"it has no {missing[0]}; write faults(function, *args, **kwargs) and INPUTS")
        return
    solution = import_author_module(folder / "solution.py", folder.parent)

    def faults(call: Call) -> list[str]:
        positional, named = call.arguments(drawing=True)
        try:
            return list(truth.faults(getattr(solution, call.function), *positional, **named))
        except Exception as error:  # noqa: BLE001 - an answer that cannot be looked at is no true one
            return [f"{type(error).__name__}: {error}"]

    for probe in exercise.probes:
        if exercise.reference.answer(probe).status is Status.VALUE:
            for fault in faults(probe.call):
                yield Violation(9, probe.call.text, fault)
    violations = (Violation(9, call.text, fault) for call in made_up(truth.INPUTS, examples) for fault in faults(call))
    yield from islice(violations, MOST)


def made_up(inputs: SearchStrategy[Call], examples: int = EXAMPLES) -> list[Call]:
    """Return the calls that Hypothesis makes, the same ones each time."""
    made: list[Call] = []

    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(inputs)
    def add(call: Call) -> None:
        made.append(call)

    add()
    return made
