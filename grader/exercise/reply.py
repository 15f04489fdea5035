"""What came back from a call, whoever answered it.

A reply is made of plain values only: whatever a student returned was rebuilt from bytes on our
side, or is described by an `Opaque`. Nothing in it can run code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How a call ended."""

    VALUE = "value"
    RAISED = "raised"
    CRASHED = "crashed"  # the process ended in the call
    TIMEOUT = "timeout"
    MEMORY = "memory"
    MISSING = "missing"  # no such function, or no such file
    TAMPERED = "tampered"  # the child broke the protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the student's code: ``file`` is the slug that they can import, with ``.py``."""

    file: str
    line: int
    function: str = ""
    local_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of the student's code: its type name, the names of all its bases, its text."""

    kind: str
    family: tuple[str, ...]
    message: str
    trace: tuple[Place, ...] = ()  # outermost first, the student's own frames only


@dataclass(frozen=True, slots=True)
class Opaque:
    """A returned object that is no plain value: only the name of its type is known."""

    type_name: str


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """The answer to one call."""

    status: Status
    value: object = None
    raised: Raised | None = None
    changed: tuple[str, ...] = ()  # names or positions of arguments that differ after the call
    printed: str = ""
    warned: tuple[str, ...] = ()
    place: Place | None = None  # where a call that was stopped had got to
    seconds: float = 0.0  # CPU seconds
    limit: float | None = None  # CPU seconds that it was given, if not the usual ones; 0 if it was not run
    waited: float = 0.0  # seconds by the clock on the wall, if it was stopped for giving no answer in them
    note: str = ""  # for people: the signal, the limit, what was wrong with the message


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """A function at the top of the student's file."""

    line: int
    parameters: tuple[str, ...]
    uses: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # parameter -> lines in the body


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file could not be loaded at all: Python's own words and where, or a reason of ours, without words."""

    kind: str  # "SyntaxError", "ImportError", ..., or "missing"
    message: str
    line: int | None = None
    column: int | None = None
    trace: tuple[Place, ...] = ()
    why: str = ""  # our own reason: which sentence says it, in the words of the reader's language
    given: Mapping[str, str] = field(default_factory=dict)  # what stands in that sentence, by placeholder


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a file from parsing it, before any of its lines ran."""

    file: str = ""
    functions: Mapping[str, FunctionFacts] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    problem: Problem | None = None
    source: tuple[str, ...] = ()  # the lines, decoded on our side, for showing
    left_out: tuple[tuple[str, str], ...] = ()  # cells of the notebook that were not run in the end, and why not
