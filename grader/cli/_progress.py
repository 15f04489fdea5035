"""Progress of a long run, on stderr: a bar on a terminal, a plain line now and then anywhere else."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

PAUSE = 5.0  # seconds between two plain lines


def say_what_takes_long() -> None:
    """Let whoever sits at a terminal read what the first run of a course does for a minute or two."""
    if sys.stderr.isatty():
        log = logging.getLogger("grader")
        log.addHandler(logging.StreamHandler())
        log.setLevel(logging.INFO)


@contextmanager
def progress(word: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be told how much is done, and of how much."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(word) as tell:
            yield tell
    else:
        yield _lines(word)


@contextmanager
def _bar(word: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(word, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(word: str) -> Callable[[int, int], None]:
    last, told = time.monotonic(), -1

    def tell(done: int, total: int) -> None:
        nonlocal last, told
        if done != told and time.monotonic() - last >= PAUSE:
            last, told = time.monotonic(), done
            click.echo(f"{word}: {done} of {total}", err=True)

    return tell
