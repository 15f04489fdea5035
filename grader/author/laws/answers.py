"""Laws 1 to 4: right answers earn their marks, wrong ones are named, the stub is todo, every check kills."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections.abc import Iterator
from pathlib import Path

from grader.author.laws import Violation
from grader.author.place import accepted
from grader.author.trial import Trials, Wrong
from grader.exercise.declare import read_toml
from grader.judge import Outcome, Report

QUIET = frozenset({Outcome.PASSED, Outcome.SKIPPED, Outcome.TODO})


def right_answers(trials: Trials) -> Iterator[Violation]:
    """Law 1: the solution and every accepted answer earn all, but for strict checks that are declared lost."""
    for seen in _lost(trials.solution, set()):
        yield Violation(1, "solution.py", seen)
    declared = read_toml(trials.folder / "exercise.toml").get("accepted", {})
    for name, report in trials.accepted.items():
        for seen in _lost(report, set(declared.get(name, {}).get("loses", []))):
            yield Violation(1, f"accepted/{name}.py", seen)
    for name in sorted(set(declared) - set(trials.accepted)):
        yield Violation(1, "exercise.toml", f"it says what accepted.{name} loses, but there is no accepted/{name}.py")
    yield from _twins(trials.folder)


def wrong_answers(trials: Trials) -> Iterator[Violation]:
    """Law 2: every mistake fails, its first finding is its own name, and a second fault does not hide it."""
    for wrong in trials.wrong:
        own = wrong.variant.diagnosis
        where = f"mistakes/{own}" + ("" if wrong.variant.name == own else f"/{wrong.variant.name}")
        yield from _named(wrong.report, own, where)
        if own not in _diagnoses(wrong.respelled):
            seen = ", ".join(_diagnoses(wrong.respelled)) or "nothing"
            yield Violation(2, where, f"in another spelling (renamed, a * (1 / b)) it is named {seen}")
        yield from _with_second_fault(wrong, where)


def untouched_stub(trials: Trials) -> Iterator[Violation]:
    """Law 3: the stub fails every check with todo and nothing else."""
    for result in trials.stub.results:
        if result.outcome is not Outcome.TODO:
            yield Violation(3, result.check, f"the untouched stub gives {result.outcome}")


def killing_checks(trials: Trials) -> Iterator[Violation]:
    """Law 4: every check is failed by at least one mistake, and by those that it says it finds."""
    matrix = kill_matrix(trials)
    known = set(trials.exercise.bank.diagnoses)
    for check in trials.exercise.checks:
        if not matrix[check.name]:
            yield Violation(4, check.name, "no wrong answer fails it: drop the check or add the mistake it is for")
        for diagnosis in check.finds:
            if diagnosis not in known:
                yield Violation(4, check.name, f"it finds {diagnosis!r}, but there is no such mistake")
            elif diagnosis not in matrix[check.name]:
                yield Violation(4, check.name, f"it says that it finds {diagnosis}, but that mistake does not fail it")


def kill_matrix(trials: Trials) -> dict[str, set[str]]:
    """Return for each check the diagnoses whose code fails it."""
    matrix: dict[str, set[str]] = {check.name: set() for check in trials.exercise.checks}
    for wrong in trials.wrong:
        for result in wrong.report.results:
            if result.outcome not in QUIET:
                matrix[result.check].add(wrong.variant.diagnosis)
    return matrix


def _lost(report: Report, declared: set[str]) -> Iterator[str]:
    lost = {result.check for result in report.results if result.points < result.max_points}
    faults = [
        f"{r.check} breaks: {r.finding.note if r.finding else ''}" for r in report.results if r.outcome is Outcome.ERROR
    ]
    yield from faults
    for result in report.results:
        if result.check in lost - declared:
            case = f" on {result.finding.case}" if result.finding else ""
            yield f"it loses {result.check} ({result.outcome}{case})"
    for name in sorted(declared - lost):
        yield f"it is declared to lose {name}, but it earns it"


def _named(report: Report, own: str, where: str) -> Iterator[Violation]:
    faults = [result for result in report.results if result.outcome is Outcome.ERROR]
    for result in faults:
        yield Violation(2, where, f"check {result.check} breaks: {result.finding.note if result.finding else ''}")
    failing = [result for result in report.results if result.outcome not in QUIET]
    if not failing:
        yield Violation(2, where, "it passes every check")
        return
    first = next((result.diagnosis for result in failing if result.diagnosis), None)
    if first != own or failing[0].diagnosis != own:
        seen = f"it is first seen by {failing[0].check} and named {first or 'nothing'}"
        yield Violation(2, where, seen)


def _with_second_fault(wrong: Wrong, where: str) -> Iterator[Violation]:
    own = wrong.variant.diagnosis
    namer = next((result.check for result in wrong.report.results if result.diagnosis == own), None)
    for second, report in wrong.combined:
        waits = any(result.check == namer and result.outcome is Outcome.SKIPPED for result in report.results)
        if not waits and namer is not None and own not in _diagnoses(report):
            yield Violation(2, where, f"together with {second} elsewhere it is no longer named")


def _diagnoses(report: Report) -> list[str]:
    return [result.diagnosis for result in report.results if result.diagnosis]


def _twins(folder: Path) -> Iterator[Violation]:
    seen: dict[tuple[str, ...], str] = {}
    for variant in accepted(folder):
        shape = renamed(variant.path.read_text(encoding="utf-8"))
        if shape in seen:
            yield Violation(1, f"accepted/{variant.name}.py", f"after renaming it is accepted/{seen[shape]}.py")
        seen.setdefault(shape, variant.name)


def renamed(source: str) -> tuple[str, ...]:
    """Return the tokens of code with its names numbered by first use, without comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    names: dict[str, str] = {}
    tokens = tokenize.generate_tokens(io.StringIO(ast.unparse(tree)).readline)
    return tuple(
        names.setdefault(token.string, f"v{len(names)}")
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        else token.string
        for token in tokens
    )
