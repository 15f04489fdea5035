"""matplotlib in the warm server, where no file can be written: it is loaded once, and every fork has it.

matplotlib insists on a folder that it may write to, makes one if there is none, and keeps a list of fonts there. In
the sandbox it gets the name of one that cannot exist. So it finds no settings of anybody's, nor keeps anything.
"""

from __future__ import annotations

import atexit
import importlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .builders import make_axes
from .figure import describe

NOWHERE: Final = f"{os.devnull}/matplotlib"
PARTS: Final = ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.pyplot")


def load() -> None:
    """Import what drawing needs, with a backend that needs no screen."""
    os.environ |= {"MPLCONFIGDIR": NOWHERE, "MPLBACKEND": "agg"}
    with _no_folder(), _silence():
        for name in PARTS:
            importlib.import_module(name)
    atexit.unregister(shutil.rmtree)  # it would remove the folder at the end
    _rehearse()


def _rehearse() -> None:
    """Draw as students do, twice, so that no child is the first to need what is made when it is first needed."""
    for _time in range(2):
        axes = make_axes()
        axes.semilogx([0.1, 1.0, 10.0], [0.0, 0.5, 1.0], label="curve")
        axes.axhline(1.0, linestyle="--", label="level")
        axes.set(xlabel="from", ylabel="to", title="drawn")
        axes.legend()
        axes.grid(visible=True)
        describe(axes)


@contextmanager
def _no_folder() -> Iterator[None]:
    """Give the name of no folder to whoever wants a temporary one."""
    make = tempfile.mkdtemp
    tempfile.mkdtemp = lambda *_wanted, **_options: NOWHERE  # type: ignore[assignment]
    try:
        yield
    finally:
        tempfile.mkdtemp = make


@contextmanager
def _silence() -> Iterator[None]:
    """Keep its complaints about that folder from standard error."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
