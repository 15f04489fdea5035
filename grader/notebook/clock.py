"""Clock: stops a call that does not end, in the student's own process, where the fence would stop it from outside.

Code that catches everything, for ever, cannot be stopped so, nor can a long step of C; then "interrupt" is left.
"""

from __future__ import annotations

import signal
import threading
from types import TracebackType
from typing import Any, Final, Self

AGAIN: Final = 0.1  # seconds after which code that caught it is told once more


class OutOfTime(BaseException):
    """The call has used its CPU time."""


class Clock:
    """A limit of CPU time on a block: `OutOfTime` is raised in it, and ``over`` says so even if it is caught.

    Only the main thread of a process can be told, and only on systems that have such a timer.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._seconds = seconds
        self._before: Any = None
        self._runs = False

    def __enter__(self) -> Self:
        """Start it."""
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGPROF, self._tell)
            self._runs = True
            signal.setitimer(signal.ITIMER_PROF, self._seconds, AGAIN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def stop(self) -> None:
        """Stop it for good; a stop that came too late to be obeyed does nothing any more."""
        if self._runs:
            self._runs = False
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._before)

    def _tell(self, number: int, frame: object) -> None:
        del number, frame
        if self._runs:
            self.over = True
            raise OutOfTime
