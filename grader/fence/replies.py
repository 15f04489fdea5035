"""Read what a child said. Everything in it may be forged, so everything is checked and made anew.

What is wrong is a `WireError`; who reads the channel turns that into the status "tampered".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from grader.child.wire import Reader, Tree, WireError
from grader.exercise.reply import Facts, FunctionFacts, Place, Problem, Raised, Reply, Status

NOTHING: Final[Mapping[str, Any]] = {}
TEXT: Final = 70_000
MANY: Final = 1000
STORY: Final = 16_000  # characters of an exception, or beside a reply; an honest child tells half of that at most
COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
ENCODINGS: Final = frozenset({"utf-8", "utf8", "ascii", "latin-1", "latin1", "iso-8859-1", "iso-8859-15", "cp1252"})
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def reply(tree: Tree, reader: Reader, number: int) -> Reply:
    """Return the reply to call ``number``; its arrays are the next of its frame."""
    if type(tree) is not dict or tree.get("n") != number:
        raise WireError("a reply to another call")
    seconds = _count(tree.get("s", 0)) / 1e6
    aside: Mapping[str, Any] = _aside(tree) if len(tree) > 3 else NOTHING  # noqa: PLR2004 - more than number, value, time
    if "v" in tree:
        return Reply(Status.VALUE, reader.value(tree["v"]), seconds=seconds, **aside)
    if "m" in tree:
        return Reply(Status.MISSING)
    raised = raised_of(tree.get("r"))
    status = Status.MEMORY if "MemoryError" in raised.family else Status.RAISED
    return Reply(status, raised=raised, seconds=seconds, **aside)


def raised_of(tree: Tree) -> Raised:
    """Return a described exception."""
    if type(tree) is not list or len(tree) != 4:  # noqa: PLR2004 - kind, family, message, trace
        raise WireError("no value and no exception")
    kind, family, message, trace = tree
    places = tuple(_place(item) for item in listed(trace))
    raised = Raised(text(kind), texts(family), text(message), places)
    if _size(raised) > STORY:
        raise WireError("a long story of an exception")
    return raised


def _size(raised: Raised) -> int:
    """Return how many characters a described exception has; a report holds it once for each check that meets it."""
    told = [raised.kind, *raised.family, raised.message]
    for place in raised.trace:
        told += [place.file, place.function, *place.local_values.keys(), *place.local_values.values()]
    return sum(map(len, told)) + 8 * len(told)


def raised_from(problem: Problem) -> Raised:
    """Return a file's syntax error as the exception that importing it raises."""
    return Raised(problem.kind, (problem.kind, "SyntaxError", "Exception", "BaseException", "object"), problem.message)


def problem_of(tree: Tree) -> Problem:
    """Return why a file could not be loaded."""
    if type(tree) is not dict:
        raise WireError("no problem")
    raised = raised_of(tree["raised"]) if "raised" in tree else None
    return Problem(
        kind="memory" if raised and "MemoryError" in raised.family else text(tree.get("kind")),
        message=text(tree.get("message")),
        line=_line(tree.get("line")) or (raised.trace[-1].line if raised and raised.trace else None),
        column=_line(tree.get("column")),
        trace=raised.trace if raised else (),
    )


def facts_of(tree: Tree, slug: str, source: bytes | None) -> Facts:
    """Return the facts that parsing gave, with the lines as we decode them."""
    if type(tree) is not dict:
        raise WireError("no facts")
    functions = {text(name): _function(told) for name, told in mapped(tree.get("functions", {})).items()}
    problem = problem_of(tree["problem"]) if "problem" in tree else None
    lines = () if source is None else lines_of(source)
    return Facts(f"{slug}.py", functions, texts(tree.get("imports", [])), problem, lines)


def lines_of(source: bytes) -> tuple[str, ...]:
    """Return a file's lines for showing, by the few encodings that students use."""
    plain = source.removeprefix(BYTE_ORDER_MARK)
    names = [
        found[1].decode("ascii", "replace").lower()
        for line in plain.split(b"\n", 2)[:2]
        if (found := COOKIE.match(line))
    ]
    encoding = names[0] if names and names[0] in ENCODINGS else "utf-8"
    return tuple(re.split(r"\r\n|\r|\n", plain.decode(encoding, "replace")))


def text(value: object) -> str:
    """Return a text that can be written to any file."""
    if type(value) is not str or len(value) > TEXT:
        raise WireError("no text")
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def texts(value: object) -> tuple[str, ...]:
    """Return several texts."""
    return tuple(text(item) for item in listed(value))


def listed(value: object) -> list[Any]:
    """Return a list that is not long."""
    if type(value) is not list or len(value) > MANY:
        raise WireError("no list")
    return value


def mapped(value: object) -> Mapping[str, Any]:
    """Return a mapping that is not large."""
    if type(value) is not dict or len(value) > MANY:
        raise WireError("no mapping")
    return value


def _aside(tree: Mapping[str, Any]) -> dict[str, Any]:
    changed, warned, note = texts(tree.get("c", [])), texts(tree.get("w", [])), text(tree.get("x", ""))
    if sum(map(len, (*changed, *warned, note))) > STORY:
        raise WireError("too much beside a reply")
    return {"changed": changed, "printed": text(tree.get("p", "")), "warned": warned, "note": note}


def _place(tree: Tree) -> Place:
    if type(tree) is not list or len(tree) != 4:  # noqa: PLR2004 - file, line, function, values
        raise WireError("no place")
    file, line, function, values = tree
    shown = {text(name): text(value) for name, value in mapped(values).items()}
    return Place(text(file), _count(line), text(function), shown)


def _function(tree: Tree) -> FunctionFacts:
    told = mapped(tree)
    uses = {text(name): tuple(map(_count, listed(lines))) for name, lines in mapped(told.get("uses", {})).items()}
    return FunctionFacts(_count(told.get("line")), texts(told.get("parameters")), uses)


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise WireError("no count")
    return value


def _line(value: object) -> int | None:
    return None if value is None else _count(value)
