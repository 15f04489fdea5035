"""Verdicts are robust: a variant of a right answer is never rejected, a slip in one is never accepted.

Hypothesis makes the variants. A slip is one small change, and every one of them is tried: a term dropped, an operator,
a comparison, a number or an axis changed, the result off by one part in a million. Some slips are harmless, such as a
tighter guard; so the claim is that what every check accepts, the truth cannot refute.
"""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from grader.author.laws.truth import made_up
from grader.author.place import accepted
from grader.exercise.call import Call
from grader.exercise.declare import read_toml
from grader.exercise.exercise import Exercise
from grader.exercise.modules import import_author_module
from grader.exercise.recording import reply_to_json
from grader.exercise.reference import Live
from grader.exercise.reply import Reply, Status
from grader.judge import Report
from tests.robust.variants import VARIATIONS, Variation

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
VARIED = settings(
    max_examples=2,  # of each right answer
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # each takes a second or more: too long to look for the simplest
    suppress_health_check=list(HealthCheck),
)
BOUNDED = {"entropy_slope"}  # its answers say themselves how far off they may be
HURRIED = 0.2  # CPU seconds for a call of code with a slip, which may loop: enough for any that is right
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
OFF = """

_right_{name} = {name}


def _off_{name}(result):
    if isinstance(result, dict):
        return {{key: _off_{name}(value) for key, value in result.items()}}
    if isinstance(result, tuple):
        return tuple(map(_off_{name}, result))
    return result * 1.000001 if hasattr(result, "dtype") or isinstance(result, float) else result


def {name}(*args, **kwargs):
    return _off_{name}(_right_{name}(*args, **kwargs))
"""
Judged = Callable[..., Report]


def slips(source: str, calls: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield what the slip is, and the code with it."""
    tree = ast.parse(source)
    for name in calls:
        yield f"{name} off by 1e-6", source + OFF.format(name=name)
        for place in range(len(nodes(tree, name))):
            for kind in (swap, drop):
                made = copy.deepcopy(tree)
                said = kind(nodes(made, name)[place])
                if said:
                    yield f"{name}, {said}", ast.unparse(ast.fix_missing_locations(made))


def nodes(tree: ast.Module, name: str) -> list[ast.AST]:
    """Return every node in the body of a function, always in the same order."""
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    return [node for statement in function.body for node in ast.walk(statement)]


def swap(node: ast.AST) -> str:
    """Swap an operator, a comparison, an axis or a number for another one, and say so."""
    said = f"line {getattr(node, 'lineno', 0)}: another "
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        node.op = SWAPPED[type(node.op)]()
        return f"{said}operator"
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        node.ops[0] = SWAPPED[type(node.ops[0])]()
        return f"{said}comparison"
    if isinstance(node, ast.keyword) and node.arg == "axis":
        node.value = ast.Constant(0)
        return f"{said}axis"
    if isinstance(node, ast.Constant) and type(node.value) is float:
        node.value = node.value * 2.0 + 1.0
        return f"{said}number"
    return ""


def drop(node: ast.AST) -> str:
    """Drop the right side of an operation, and say so."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in (ast.Add, ast.Sub, ast.Mult, ast.Div):
        return ""
    node.op, node.right = ast.Mult(), ast.Constant(1.0)
    return f"line {node.lineno}: a term dropped"


@pytest.fixture(scope="module")
def answers(exercise: Exercise) -> dict[str, tuple[str, set[str]]]:
    """Return the code of the solution and of each accepted answer, with the strict checks that it may lose."""
    folder = SOLUTIONS / exercise.slug
    declared = read_toml(folder / "exercise.toml").get("accepted", {})
    paths = (folder / "solution.py", *(variant.path for variant in accepted(folder)))
    return {p.stem: (p.read_text(encoding="utf-8"), set(declared.get(p.stem, {}).get("loses", []))) for p in paths}


def test_a_variant_of_a_right_answer_is_not_rejected(
    exercise: Exercise, judged: Judged, answers: dict[str, tuple[str, set[str]]]
) -> None:
    """The solution and every accepted answer keep their points, in other words and in other forms."""

    @VARIED
    @given(variation=VARIATIONS)
    def kept(variation: Variation) -> None:
        steady = replace(variation, steps=0) if exercise.slug in BOUNDED else variation
        rejected = {}
        for name, (source, strict) in answers.items():
            report = judged(steady.of(source, exercise.calls))
            lost = {result.check for result in report.results if result.points < result.max_points} - strict
            if lost:
                rejected[name] = lost
        assert rejected == {}

    kept()


def test_a_slip_in_the_solution_is_not_accepted(
    exercise: Exercise, judged: Judged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What earns all points after a slip is still right on every probe and on two hundred made-up inputs."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 2 * HURRIED)
    limits = replace(exercise.limits, cpu_seconds=HURRIED)
    source = (SOLUTIONS / exercise.slug / "solution.py").read_text(encoding="utf-8")
    accepted_slips, tried = {}, 0
    for said, slipped in slips(source, exercise.calls):
        tried += 1
        report = judged(slipped, limits=limits)
        if report.points == report.max_points:
            accepted_slips[said] = slipped
    assert tried >= 5
    assert refuted(exercise, accepted_slips, tmp_path) == []


def refuted(exercise: Exercise, sources: dict[str, str], folder: Path) -> list[str]:
    """Return in which of the sources, that the checks accept, which shows that they end, the truth finds a fault.

    It is asked only about answers that are not the solution's to the last bit: those are true by law 9.
    """
    truth = import_author_module(SOLUTIONS / exercise.slug / "truth.py", SOLUTIONS)
    declared = (probe for probe in exercise.probes if exercise.reference.answer(probe).status is Status.VALUE)
    calls = [*(probe.call for probe in declared), *made_up(truth.INPUTS)] if sources else []
    right = [written(exercise.reference.call(call)) for call in calls]
    found = []
    for number, (said, source) in enumerate(sources.items()):
        path = folder / f"slip_{number}.py"
        path.write_text(source, encoding="utf-8")
        slipped = Live(import_author_module(path, folder))
        doubted = [call for call, known in zip(calls, right, strict=True) if written(slipped.call(call)) != known]
        found += [said] if any(map(partial(faulty, truth, slipped), doubted)) else []
    return found


def written(reply: Reply) -> str:
    """Return a reply with every digit."""
    return json.dumps(reply_to_json(reply))


def faulty(truth: ModuleType, slipped: Live, call: Call) -> bool:
    """Return whether an answer is not true; one that is no answer is none."""
    positional, named = call.arguments(drawing=True)
    try:
        return any(True for _ in truth.faults(getattr(slipped.module, call.function), *positional, **named))
    except Exception:  # noqa: BLE001 - the truth cannot even look at it
        return True
