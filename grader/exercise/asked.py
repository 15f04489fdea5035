"""Asked: what a check is given as its subject. It asks, remembers what it asked, and hands out values.

Remembering is what lets a failed expectation find its evidence: the call whose value was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grader.exercise.call import Call
from grader.exercise.check import AuthorError
from grader.exercise.expected import Expected, expected
from grader.exercise.probe import Group, Probe, tolerated
from grader.exercise.reply import Reply, Status
from grader.exercise.subject import Subject


class Unanswered(Exception):
    """A check wanted a value and the call gave none."""

    def __init__(self, asked: Probe | Call, reply: Reply, of: Asked) -> None:
        call = asked.call if isinstance(asked, Probe) else asked
        super().__init__(f"{call.text} gave no value: {reply.raised.kind if reply.raised else reply.status}")
        self.asked = asked
        self.reply = reply
        self.of = of  # the subject, or the reference: then the check is wrong and not the student


class Asked:
    """A subject as a check sees it: ``subject(probe)``, ``subject.function(...)``, ``subject.reply(...)``."""

    def __init__(
        self, subject: Subject, calls: tuple[str, ...], known: dict[Any, Any] | None = None, *, hidden: bool = False
    ) -> None:
        self._subject = subject
        self._calls = calls
        self._hidden = hidden  # whether it is a hidden check that asks
        self._known: dict[Any, Any] = {} if known is None else known
        self._log: list[tuple[Probe | Call, Reply]] = []

    def __call__(self, probe: Probe) -> object:
        """Return the value of a declared probe."""
        return self._value(probe, self.reply(probe))

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Return the student's function of that name, to be called with computed inputs."""
        if name not in self._calls:
            raise AuthorError(f"a check asks for {name}, which is not among the exercise's calls: {self._calls}")

        def function(*args: object, **kwargs: object) -> object:
            made = Call(name, args, kwargs, hidden=self._hidden)
            return self._value(made, self.reply(made))

        return function

    def reply(self, asked: Probe | Call) -> Reply:
        """Return the whole reply, whatever it is."""
        reply = self._subject.answer(asked) if isinstance(asked, Probe) else self._subject.call(asked)
        self._log.append((asked, reply))
        return reply

    def replies(self) -> Iterator[tuple[Probe | Call, Reply]]:
        """Yield what was asked so far, with the replies."""
        yield from self._log

    def source_of(self, value: object) -> tuple[Probe | Call, Reply] | None:
        """Return the newest call that gave this very value, else the newest call.

        None, nan and infinity are the same objects for all calls. So a check looks at a value before it asks for the
        next one, or asks again; the words for a whole subject name the call themselves.
        """
        for asked, reply in reversed(self._log):
            if reply.value is value or reply is value:
                return asked, reply
        return self._log[-1] if self._log else None

    def allowed(self, group: Group, probe: Probe, want: object) -> object:
        """Return the allowed error of an expected value, worked out once per run."""
        if probe.name not in self._known:
            self._known[probe.name] = tolerated(group, probe, want)
        return self._known[probe.name]

    def expected(self, group: Group, part: int | None = None) -> Expected | None:
        """Return the values and allowed errors of a whole group, put together once per run, if it has such.

        With ``part``, those that stand at that place of the tuples which are the entries of dicts.
        """
        if (group.probes, part) not in self._known:
            replies = [(probe, self.reply(probe)) for probe in group]
            plain = all(reply.status is Status.VALUE for _, reply in replies)
            pairs = [pair for probe, reply in replies if plain for pair in self._pairs(group, probe, reply.value, part)]
            self._known[group.probes, part] = expected([value for value, _ in pairs], [allowed for _, allowed in pairs])
        known: Expected | None = self._known[group.probes, part]
        return known

    def _pairs(self, group: Group, probe: Probe, value: Any, part: int | None) -> list[tuple[object, object]]:  # noqa: ANN401 - a dict, with ``part``
        allowed: Any = self.allowed(group, probe, value)
        if part is None:
            return [(value, allowed)]
        return [(entry[part], allowed(entry[part])) for entry in value.values()]

    def _value(self, asked: Probe | Call, reply: Reply) -> object:
        if reply.status is not Status.VALUE:
            raise Unanswered(asked, reply, self)
        return reply.value
