"""Quiet: what student code prints, draws or asks for during a check stays inside, and everything is put back after.

nbgrader gives 0 points to a cell that has written one letter to stderr, and takes the first result of a cell for its
score. So while a check runs, nothing reaches the notebook: no print, no warning, no ``display``, no figure, and no byte
that C code writes to the file of stderr itself.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from grader.child.calling import Printed

ERRORS = 2  # the file of stderr, whatever `sys.stderr` is


@contextmanager
def quiet() -> Iterator[None]:
    """Let nothing out of the notebook's own streams, and close the figures that are left open."""
    with ExitStack() as stack:
        stack.enter_context(_figures())
        stack.enter_context(_displays())
        stack.enter_context(_streams())
        stack.enter_context(_file())
        yield


@contextmanager
def _streams() -> Iterator[None]:
    """Keep what is printed, and let nobody be asked for input: there is nobody at the keyboard of a check."""
    before = sys.stdout, sys.stderr, builtins.input
    for stream in before[:2]:
        with suppress(Exception):  # a student may have put anything there
            stream.flush()
    sys.stdout = sys.stderr = Printed()  # it is as much of a stream as students need
    builtins.input = _nobody
    try:
        yield
    finally:
        sys.stdout, sys.stderr, builtins.input = before


@contextmanager
def _file() -> Iterator[None]:
    """Send to nowhere what is written to the file itself."""
    try:
        kept, nowhere = os.dup(ERRORS), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no stderr at all
        yield
        return
    os.dup2(nowhere, ERRORS)
    try:
        yield
    finally:
        os.dup2(kept, ERRORS)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _displays() -> Iterator[None]:
    """Keep what is shown by ``display``, where there is such a thing."""
    if "IPython" not in sys.modules:
        yield
        return
    from IPython.utils.capture import capture_output  # noqa: PLC0415 - only a notebook has it

    with capture_output(stdout=False, stderr=False, display=True):
        yield


@contextmanager
def _figures() -> Iterator[None]:
    """Close the figures that were opened, or the notebook would show them below the cell."""
    before = _open_figures()
    try:
        yield
    finally:
        for number in _open_figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set() if pyplot is None else set(pyplot.get_fignums())


def _nobody(prompt: object = "") -> str:
    del prompt
    raise EOFError("EOF when reading a line")
