"""Kernel: a student's functions where they were written, in their own notebook, as a subject that answers calls.

There is no fence here and none is needed: it is the student's process, it holds nothing secret, and no mark comes from
it. For grading, the same cells go to a sandboxed child. So that both say the same, calls are set up, stopped and taken
in as there. One thing differs: whoever presses "interrupt" stops the check itself.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import random
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import numpy as np

from grader.child import facts, traces
from grader.child.calling import SEED, TEXT, WARNINGS
from grader.exercise.call import Call
from grader.exercise.given import Given
from grader.exercise.losses import LEAST, Losses, all_exceed, hurry
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, FunctionFacts, Place, Raised, Reply, Status
from grader.notebook.clock import Clock, OutOfTime

Function = Callable[..., object]
COMPUTED = "computed"  # the group of all calls whose inputs a check computes
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, eq=False)
class Kernel:
    """The functions of one exercise, by the names that they must have."""

    functions: Mapping[str, Function]
    facts: Facts
    file: str  # which Python calls the cell of the first function
    seconds: float  # of CPU that one call may take
    _answers: dict[str, Reply] = field(default_factory=dict)
    _losses: Losses = field(default_factory=Losses)

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a probe, asked once."""
        if probe.name not in self._answers:
            self._answers[probe.name] = self._reply(probe.call, probe.group)
        return self._answers[probe.name]

    def call(self, call: Call) -> Reply:
        """Call the function now."""
        return self._reply(call, COMPUTED)

    def _reply(self, call: Call, group: str) -> Reply:
        if self._losses.over and all_exceed(self._answers.values()):
            return self._losses.unrun(group)  # nothing has ended by itself, and the time for that is spent
        given = Given.of(call, drawing=call.draws)
        limit = hurry(self.seconds) if self._losses.hurried(group) else None
        clock = Clock(limit or self.seconds)
        start = time.thread_time()
        ended: dict[str, Any]
        with _settled() as warned:
            try:
                with clock:
                    returned = self.functions[call.function](*given.positional, **given.named)
                ended = {"status": Status.VALUE, "value": given.answer(returned)}
            except KeyboardInterrupt:  # the student wants the check to stop
                raise
            except BaseException as error:  # noqa: BLE001 - SystemExit is an answer, too
                ended = self._raised(error)
            finally:
                clock.stop()
        spent = time.thread_time() - start
        if clock.over:
            self._losses.count(group, Status.TIMEOUT, spent)
            return self._stopped(ended.get("raised"), limit, spent)
        if ended["status"] is Status.MEMORY and spent >= LEAST:
            self._losses.count(group, Status.MEMORY, spent)
        told = tuple(f"{one.category.__name__}: {one.message}"[:TEXT] for one in warned[:WARNINGS])
        return Reply(**ended, changed=given.changed, warned=told, seconds=spent)

    def _stopped(self, raised: Raised | None, limit: float | None, spent: float) -> Reply:
        place = raised.trace[-1] if raised is not None and raised.kind == OutOfTime.__name__ and raised.trace else None
        note = f"more than {limit or self.seconds:g} s of CPU time"
        return Reply(Status.TIMEOUT, place=place, seconds=spent, note=note, limit=limit)

    def _raised(self, error: BaseException) -> dict[str, Any]:
        kind, family, message, trace = traces.describe(error, cells() | {self.file})
        places = tuple(Place(self._named(file), line, name, values) for file, line, name, values in trace)
        status = Status.MEMORY if "MemoryError" in family else Status.RAISED
        return {"status": status, "raised": Raised(kind, tuple(family), message, places)}

    def _named(self, file: str) -> str:
        return self.facts.file if file == self.file else cell_of(file)


def kernel_of(slug: str, functions: Mapping[str, Function], seconds: float) -> Kernel:
    """Return a subject of functions; what their cell says is known if Python still has its text."""
    codes = {name: code for name, function in functions.items() if (code := _code(function)) is not None}
    file = next(iter(codes.values())).co_filename if codes else ""
    source = tuple(line.rstrip("\r\n") for line in linecache.getlines(file))
    here = {name: code for name, code in codes.items() if code.co_filename == file}
    return Kernel(functions, Facts(f"{slug}.py", dict(_known(source, here)), source=source), file, seconds)


def cells() -> frozenset[str]:
    """Return what Python calls the cells of this notebook that have run."""
    return frozenset(name for name in list(linecache.cache) if _told(name))


def cell_of(file: str) -> str:
    """Return ``cell 3`` for the cell that the notebook marks [3], and the name of anything else."""
    return _told(file) or re.split(r"[/\\]", file)[-1]


def _told(file: str) -> str:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    told = shell.compile.format_code_name(file) if shell is not None else None
    number = NUMBER.search(told[1]) if told else None
    return f"cell {number[0]}" if number else ""


def _known(source: tuple[str, ...], codes: Mapping[str, CodeType]) -> Iterator[tuple[str, FunctionFacts]]:
    """Yield the facts of functions that are all in one cell, by the names that they must have."""
    try:
        parsed = facts.describe(ast.parse("\n".join(source)))["functions"]
    except (SyntaxError, ValueError, RecursionError):  # it has run, so this is no Python of ours: say less
        parsed = {}
    for name, code in codes.items():
        told = parsed.get(code.co_name)
        if told is not None and told["line"] >= code.co_firstlineno:
            uses = {parameter: tuple(lines) for parameter, lines in told["uses"].items()}
            yield name, FunctionFacts(told["line"], tuple(told["parameters"]), uses)
        else:
            yield name, FunctionFacts(code.co_firstlineno, code.co_varnames[: code.co_argcount])


def _code(function: Function) -> CodeType | None:
    """Return a function's code; a thing that is called like a function may have none."""
    try:
        found = getattr(inspect.unwrap(function), "__code__", None)
    except ValueError:  # wrapped in a circle
        return None
    return found if isinstance(found, CodeType) else None


@contextmanager
def _settled() -> Iterator[list[warnings.WarningMessage]]:
    """Set what a call may have changed as a child sets it, and put the notebook's own back."""
    states = random.getstate(), np.random.get_state()  # noqa: NPY002 - it is the student who uses the old generator
    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 - the same
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            with np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"):
                yield warned
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002 - the same
