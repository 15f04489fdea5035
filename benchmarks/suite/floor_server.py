"""The floor: a warm fork that loads the module and makes the calls. It confines nothing and answers nothing.

Standard input brings one submission after another: a length, a flag, and the source. After each the number of wrong
groups goes back as one byte; they are counted only where the flag asks for it, which is not while time is measured.
"""

# ruff: noqa: ANN001, ANN201 - plain test code, as the rivals' users write it

import gc
import os
import struct
import sys
import warnings

import numpy as np
import numpy.linalg
import numpy.random
from cases import CASES, FUNCTION, LAWS
from comparing import check

ASKED = struct.Struct("<I?")
UNLOADED = 255
CALLS = [(args, kwargs) for cases in CASES.values() for _, args, kwargs, _, _ in cases] + list(LAWS)


def main():
    """Fork for each submission until standard input closes."""
    np.seterr(all="ignore")
    warnings.simplefilter("ignore")
    gc.collect()
    gc.freeze()
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a student prints is no answer
    os.write(answers, b"\0")  # ready
    while header := os.read(0, ASKED.size):
        size, counted = ASKED.unpack(header)
        source = read(size)
        pid = os.fork()
        if pid == 0:
            os._exit(live(source, counted=counted))
        os.write(answers, bytes([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]))


def read(size):
    """Return the next bytes."""
    parts = []
    while size and (part := os.read(0, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def live(source, *, counted):
    """Load the module and make every call."""
    try:
        module = {"__name__": "softmax"}
        exec(compile(source, "softmax.py", "exec"), module)  # noqa: S102 - the floor is this, with nothing around it
        function = module[FUNCTION]
        return sum(wrong(function, cases) for cases in CASES.values()) if counted else call_all(function)
    except BaseException:  # noqa: BLE001 - a student's code
        return UNLOADED


def call_all(function):
    """Make the calls and drop what comes back."""
    for args, kwargs in CALLS:
        try:  # noqa: SIM105 - a context manager would take longer
            function(*args, **kwargs)
        except Exception:  # noqa: BLE001, S110 - a student's code
            pass
    return 0


def wrong(function, cases):
    """Return whether a group is wrong."""
    try:
        check(function, cases)
    except Exception:  # noqa: BLE001 - a student's code
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
