"""Law 7, for numbers: no text of an exercise quotes what only its hidden checks ask.

A quote is a list in brackets of two or more numbers, ``[0, -800]`` or ``[[1], [1 - 1e-9]]``, that equals an argument
of a hidden probe as floats. A list is no secret if a public probe has it, or a file that students are given from the
start. A single number is none either: a text may say to what range of temperatures a check goes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import numpy as np

from grader.author.laws import Violation
from grader.exercise.call import Array
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Probe


def nothing_quoted(exercise: Exercise, given: Iterable[str]) -> Iterator[Violation]:
    """Compare each list in the texts and titles with the arguments of hidden probes.

    Parameters
    ----------
    exercise
        With its hidden checks.
    given
        What students read in any case: the stub, the statement, the public checks.
    """
    public = [probe for probe in exercise.probes if probe.group in exercise.public_groups]
    shown = {numbers for text in given for numbers, _ in lists_in(text)}
    secret = _arguments(exercise.probes) - _arguments(public) - shown
    for where, text in _texts(exercise):
        for numbers, said in lists_in(text):
            if numbers in secret:
                yield Violation(7, where, f"it quotes the hidden input {said}")


def lists_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lists of numbers in a text: each as it is compared, and as it was written."""
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign == "[":
            opened.append(place)
        elif sign == "]" and opened:
            said = text[opened.pop() : place + 1]
            if numbers := _parsed(said):
                yield numbers, said


def _texts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    for check in exercise.checks:
        yield f"{exercise.slug}: the title of {check.name}", check.title
    for language, texts in exercise.texts.items():
        for key, words in texts.words.items():
            for text in [words] if isinstance(words, str) else words:
                yield f"{exercise.slug}/text/{language}.toml: {key}", text


def _arguments(probes: Iterable[Probe]) -> set[str]:
    given = (value for probe in probes for value in (*probe.call.args, *probe.call.kwargs.values()))
    return {numbers for value in given if (numbers := _numbers(value.values if isinstance(value, Array) else value))}


def _numbers(value: object) -> str | None:
    """Return an array of two or more numbers such that equal ones are equal, nan and the two zeros too."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):  # words, a generator, rows of unequal length
        return None
    return str((array + 0.0).tolist()) if array.ndim and array.size > 1 else None


def _parsed(said: str) -> str | None:
    try:
        return _numbers(_value(ast.parse(said, mode="eval").body))
    except (SyntaxError, ValueError):  # words in brackets, or an index
        return None


def _value(node: ast.expr) -> object:
    """Return the value of a list of numbers, of sums such as 1 - 1e-9, and of inf and nan."""
    match node:
        case ast.List(elts=entries):
            return [_value(entry) for entry in entries]
        case ast.Name(id="inf" | "nan" as name) | ast.Attribute(attr="inf" | "nan" as name):
            return float(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _number(left) + _number(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _number(left) - _number(right)
        case ast.Constant(value=int() | float() as value):
            return value
    raise ValueError(ast.dump(node))


def _number(node: ast.expr) -> float:
    value = _value(node)
    if not isinstance(value, (int, float)):
        raise ValueError(ast.dump(node))  # noqa: TRY004 - as for all else that is no list of numbers
    return value
