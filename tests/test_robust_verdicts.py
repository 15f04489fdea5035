"""Verdicts are robust: another spelling of a right answer is never rejected, a slip in one is never accepted.

A spelling changes no bit of any result, so whoever is right stays right. A slip is one small change: a term dropped, an
operator, a comparison, a number or an axis changed, the result off by one part in a million. Some slips are harmless,
such as a tighter guard; so the claim is that what every check accepts, the truth cannot refute. A fault that is none of
the known ones is not called by the name of one.
"""

from __future__ import annotations

import ast
import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from grader.author.bank import with_bank
from grader.author.laws.truth import made_up
from grader.author.place import accepted
from grader.author.warm import warm_sandbox
from grader.exercise.call import Call
from grader.exercise.course import load_author_exercise
from grader.exercise.declare import read_toml
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.modules import import_author_module
from grader.exercise.recording import reply_to_json
from grader.exercise.reference import Live
from grader.exercise.reply import Reply, Status
from grader.fence import Batch
from grader.judge import Report, judge

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))
SPELLINGS = 4  # of each right answer, at most: where little can be turned round, some are the same
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
TAU = "return float(unit * np.exp(found))"
SLOPE = "return float(value), float(abs(value - near) + abs(near - far) + rounding)"
RATE = "return np.concatenate(kept)[:n], accepted / proposed"
NOISE = "rng.gumbel(size=(n, z.size))"
TOP = 'ax.axhline(np.log(tokens), linestyle="--", label="log V")'
NAMED: dict[str, dict[tuple[str, str], set[str]]] = {  # a change of the solution, and all that may be said of it
    "temperature_for_entropy": {
        (TAU, "return range(10)"): set(),
        (TAU, "return (tau for tau in [1.0])"): set(),
        (TAU, "return np.array([None])"): set(),
        (TAU, "return np.zeros(10_000_000)"): set(),  # too large for a reply
        (TAU, "return np.ones(3)"): set(),
        (TAU, "return np.ones(1)"): {"array_returned"},
        (TAU, "return optimize.root(lambda t: entropy(t[0] / unit) - h, [hot * unit])"): {"search_object_returned"},
    },
    "entropy_slope": {
        (SLOPE, "return {}"): set(),
        (SLOPE, "return [float(value)]"): set(),
        (SLOPE, "return np.array([value, rounding])"): {"list_returned"},
    },
    "thin": {
        (RATE, "return np.concatenate(kept)[:n], 0.8 * accepted / proposed"): set(),
        (RATE, "return np.concatenate(kept)[:n], float(np.mean(accept))"): {"rate_not_weighted"},
        (RATE, "return np.append(np.concatenate(kept)[:n], accepted / proposed)"): set(),
    },
    "sample": {
        (NOISE, "rng.logistic(size=(n, z.size))"): {"logistic_noise"},
        (NOISE, "rng.gumbel(size=(n, z.size)) - rng.gumbel(size=(n, z.size))"): {"logistic_noise"},
        (NOISE, "rng.gumbel(size=(n, z.size)) + rng.gumbel(size=(n, z.size))"): {"relaxed_softmax_drawn"},
        (NOISE, "rng.normal(size=(n, z.size))"): {"gaussian_noise"},
        (NOISE, "rng.exponential(size=(n, z.size))"): {"one_logarithm_missing"},
        (NOISE, "-rng.gumbel(size=(n, z.size))"): {"gumbel_negated"},
        (NOISE, "rng.uniform(-0.5, 0.5, size=(n, z.size))"): {"uniform_noise"},
        (NOISE, "rng.uniform(-np.pi, np.pi, size=(n, z.size))"): set(),
        (NOISE, "rng.normal(scale=2.0, size=(n, z.size))"): set(),
        (NOISE, "rng.normal(scale=0.5, size=(n, z.size))"): set(),
        (NOISE, "rng.gumbel(scale=0.5, size=(n, z.size))"): set(),
        (NOISE, "rng.gumbel(scale=2.0, size=(n, z.size))"): set(),
        (NOISE, "rng.standard_cauchy(size=(n, z.size))"): set(),
        (NOISE, "rng.laplace(size=(n, z.size))"): set(),
    },
    "sweep": {
        (TOP, 'ax.axline((1, np.log(tokens)), (2, np.log(tokens)), label="log V")'): set(),
        ("ax.axhline", "ax.axvline"): {"levels_upright"},
        ("ax.legend()", "ax.figure.legend()"): set(),
    },
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


class Speller(ast.NodeTransformer):
    """a * b as b * a, numbers times 1.0: here and there, without changing a bit."""

    def __init__(self, seed: int) -> None:
        self.coin = random.Random(seed)  # noqa: S311 - the same coin each time

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Turn a product round."""
        self.generic_visit(node)
        turned = isinstance(node.op, ast.Mult) and self.coin.random() < 0.5
        return ast.BinOp(node.right, node.op, node.left) if turned else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Multiply a number with a fraction by 1."""
        plain = not isinstance(node.value, float) or self.coin.random() < 0.5
        return node if plain else ast.BinOp(node, ast.Mult(), ast.Constant(1.0))


def respelled(source: str, seed: int) -> str:
    """Return the same code in other words."""
    return ast.unparse(ast.fix_missing_locations(Speller(seed).visit(ast.parse(source))))


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


def test_another_spelling_of_a_right_answer_is_not_rejected(exercise: Exercise, judged: Judged) -> None:
    """The solution and every accepted answer keep their points, however their products are written."""
    folder = SOLUTIONS / exercise.slug
    declared = read_toml(folder / "exercise.toml").get("accepted", {})
    rejected = []
    for path in (folder / "solution.py", *(variant.path for variant in accepted(folder))):
        strict = set(declared.get(path.stem, {}).get("loses", []))
        source = path.read_text(encoding="utf-8")
        for spelled in {respelled(source, seed) for seed in range(SPELLINGS)}:
            report = judged(spelled)
            lost = {result.check for result in report.results if result.points < result.max_points}
            rejected += [(path.stem, spelled, lost - strict)] if lost - strict else []
    assert rejected == []


def test_a_slip_in_the_solution_is_not_accepted(
    exercise: Exercise, judged: Judged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What earns all points after a slip is still right on every probe and on two hundred made-up inputs."""
    monkeypatch.setattr("grader.fence.losses.CPU_SECONDS", 2 * HURRIED)
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


def test_another_fault_is_not_called_by_the_name_of_a_known_one(exercise: Exercise, judged: Judged) -> None:
    """What is named in a report is true of the code, or nothing is."""
    source = (SOLUTIONS / exercise.slug / "solution.py").read_text(encoding="utf-8")
    expected = NAMED.get(exercise.slug, {})
    assert all(old in source for old, _ in expected)
    reports = {change: judged(source.replace(*change)) for change in expected}
    assert expected == {change: names(report) for change, report in reports.items()}


def names(report: Report) -> set[str]:
    """Return every misconception that is named in a report."""
    return {result.diagnosis for result in report.results if result.diagnosis}


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
