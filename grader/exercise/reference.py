"""Subjects without a child: a module of ours that is trusted, and answers that were recorded."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType

from grader.exercise.call import Call
from grader.exercise.check import AuthorError
from grader.exercise.given import Given
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Raised, Reply, Status


@dataclass(frozen=True, eq=False)
class Live:
    """Trusted code in this process: the reference. Never a student's."""

    module: ModuleType
    facts: Facts = field(default_factory=Facts)
    _answers: dict[str, Reply] = field(default_factory=dict)

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a probe, worked out once per run."""
        if probe.name not in self._answers:
            self._answers[probe.name] = self.call(probe.call)
        return self._answers[probe.name]

    def call(self, call: Call) -> Reply:
        """Call the function now."""
        function = getattr(self.module, call.function, None)
        if function is None:
            return Reply(Status.MISSING)
        given = Given.of(call, drawing=True)
        start = time.thread_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ended = Reply(Status.VALUE, given.answer(function(*given.positional, **given.named)))
        except Exception as error:  # noqa: BLE001 - a refusal is an answer too
            family = tuple(kind.__name__ for kind in type(error).__mro__)
            ended = Reply(Status.RAISED, raised=Raised(type(error).__name__, family, str(error)))
        return replace(ended, changed=given.changed, seconds=time.thread_time() - start)


@dataclass(frozen=True, eq=False)
class Recorded:
    """Answers to declared probes that were recorded before; it can answer nothing else."""

    answers: Mapping[str, Reply]
    facts: Facts = field(default_factory=Facts)

    def answer(self, probe: Probe) -> Reply:
        """Return the recorded reply."""
        try:
            return self.answers[probe.name]
        except KeyError:
            raise AuthorError(f"no answer is recorded for probe {probe.name}; run grader release") from None

    def call(self, call: Call) -> Reply:
        """Refuse: only declared probes were recorded."""
        raise AuthorError(f"{call.text} is no declared probe, so no answer to it can be recorded; declare it in probes")
