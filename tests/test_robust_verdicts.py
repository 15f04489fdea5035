"""Verdicts are robust: another spelling of a right answer is never rejected, a slip in one is never accepted.

A spelling changes no bit of any result, so whoever is right stays right. A slip is one small change: a term dropped, an
operator, a comparison, a number or an axis changed, the result off by one part in a million. Some slips are harmless,
such as a tighter guard; so the claim is that what every check accepts, the truth cannot refute.
"""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.author.bank import with_bank
from grader.author.laws.truth import reference_true
from grader.author.place import accepted
from grader.author.warm import warm_sandbox
from grader.exercise.course import load_author_exercise
from grader.exercise.declare import read_toml
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.modules import import_author_module
from grader.exercise.reference import Live
from grader.fence import Batch
from grader.judge import Report, judge

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))
SPELLINGS = 4  # of each right answer
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
        for seed in range(SPELLINGS):
            report = judged(respelled(path.read_text(encoding="utf-8"), seed))
            lost = {result.check for result in report.results if result.points < result.max_points}
            rejected += [(path.stem, seed, lost - strict)] if lost - strict else []
    assert rejected == []


def test_a_slip_in_the_solution_is_not_accepted(
    exercise: Exercise, judged: Judged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What earns all points after a slip is still right on every probe and on two hundred made-up inputs."""
    monkeypatch.setattr("grader.fence.losses.CPU_SECONDS", 5 * HURRIED)
    folder = SOLUTIONS / exercise.slug
    limits = replace(exercise.limits, cpu_seconds=HURRIED)
    tried, wrong = 0, []
    for said, source in slips((folder / "solution.py").read_text(encoding="utf-8"), exercise.calls):
        tried += 1
        report = judged(source, limits=limits)
        if report.points == report.max_points and refuted(exercise, source, tmp_path / str(tried)):
            wrong.append(said)
    assert tried >= 5
    assert wrong == []


def refuted(exercise: Exercise, source: str, folder: Path) -> bool:
    """Return whether the truth finds a fault in code that the checks accept, which shows that it ends."""
    home = folder / exercise.slug
    home.mkdir(parents=True)
    (home / "solution.py").write_text(source, encoding="utf-8")
    for name in ("truth.py", "public.py", "hidden.py"):
        (home / name).write_bytes((SOLUTIONS / exercise.slug / name).read_bytes())
    if (SOLUTIONS / "oracles.py").exists():
        (folder / "oracles.py").write_bytes((SOLUTIONS / "oracles.py").read_bytes())
    live = Live(import_author_module(home / "solution.py", folder))
    changed = replace(exercise, reference=live)
    return any(True for _ in reference_true(changed, home))
