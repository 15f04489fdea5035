"""The words for a subject as a whole: what must hold of it on every probe of a group.

`grader.exercise.expect` hands them out; those for one value are there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.exercise.asked import Asked, Unanswered
from grader.exercise.compare import compare, described, kinds
from grader.exercise.entries import wrong_entries
from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply, Status
from grader.exercise.unmet import NOTHING, Measures, Unmet


@dataclass(frozen=True)
class SubjectExpectation:
    """What must hold of a subject on every probe of a group."""

    subject: Asked

    def agrees(
        self,
        reference: Asked,
        *,
        on: Group,
        saying: Callable[[Probe, object, object], Measures] | None = None,
        otherwise: str | None = None,
    ) -> None:
        """Expect the reference's values on every probe, within the tolerance of the group."""
        known = reference.expected(on)
        if known is not None and known.agrees([self.subject.reply(probe).value for probe in on]):
            return
        for probe in on:  # one by one, for the first that differs
            want = reference(probe)
            got = self.subject(probe)
            allowed = reference.allowed(on, probe, want)
            mismatch = compare(want, got, allowed)
            if mismatch is not None:
                measures = saying(probe, want, got) if saying is not None and mismatch.kind == "values" else NOTHING
                raise Unmet(
                    mismatch.kind,
                    value=got,
                    mismatch=mismatch,
                    allowed=allowed,
                    asked=probe,
                    otherwise=otherwise,
                    measures=measures,
                )

    def agrees_by_key(
        self,
        reference: Asked,
        *,
        on: Group,
        part: int,
        made_of: int | None = None,
        saying: Callable[[Probe, object, object, str], Measures] | None = None,
        otherwise: str | None = None,
    ) -> None:
        """Expect the reference's dict of tuples on every probe, as far as ``part`` of each tuple goes.

        A key that is right on all probes earns its share of the points. Keys that nobody asked for are not looked at.
        ``made_of`` is the part that this one is computed from: a key counts only if that is right, too.
        """
        wrong = wrong_entries(self.subject, reference, on, part)
        if made_of is not None:
            wrong |= {k: v for k, v in wrong_entries(self.subject, reference, on, made_of).items() if k not in wrong}
        for key, (probe, mismatch) in wrong.items():  # only the first is shown
            want: Any = reference(probe)
            comparable = saying is not None and mismatch.kind in ("values", "word")
            raise Unmet(
                mismatch.kind,
                mismatch=mismatch,
                asked=probe,
                otherwise=otherwise,
                credit=1.0 - len(wrong) / len(want),
                measures=saying(probe, want, self.subject(probe), key) if saying and comparable else NOTHING,
            )

    def answers_like(self, example: object, *, on: Group, otherwise: str | None = None) -> None:
        """Expect answers of the type of an example, and of as many parts; which numbers they are is not looked at."""
        for probe in on:
            got = self.subject(probe)
            if kinds(got) != kinds(example):
                raise Unmet("type", got, kinds(example), described(got), asked=probe, otherwise=otherwise)

    def refuses(
        self, error: type[Exception], *, on: Group, but: Probe | None = None, otherwise: str | None = None
    ) -> None:
        """Expect every probe to be refused with ``error``; each earns its share of the points.

        ``but`` names a probe that has an answer: code that refuses everything has told nothing apart.
        """
        if but is not None:
            self.subject(but)
        bad = [(probe, reply) for probe in on if not _refused(reply := self._ended(probe), error)]
        if bad:
            probe, reply = bad[0]
            raise Unmet(
                "not_refused" if reply.status is Status.VALUE else "wrong_refusal",
                asked=probe,
                reply=reply,
                expected=error.__name__,
                got=reply.raised.kind if reply.raised else "",
                otherwise=otherwise,
                credit=1.0 - len(bad) / len(on),
                measures={"refused": len(on) - len(bad), "of": len(on)},
            )

    def leaves_arguments(self, *, on: Group, otherwise: str | None = None) -> None:
        """Expect no call to change what it was given, and at least one of them to have an answer."""
        replies = [(probe, self._ended(probe)) for probe in on]
        for probe, reply in replies:
            if reply.changed:
                raise Unmet("arguments", asked=probe, reply=reply, got=", ".join(reply.changed), otherwise=otherwise)
        if all(reply.status is not Status.VALUE for _, reply in replies):
            raise Unanswered(*replies[0], self.subject)

    def _ended(self, probe: Probe) -> Reply:
        """Return a reply that is a value or an exception; an unwritten function is neither."""
        reply = self.subject.reply(probe)
        unwritten = reply.raised is not None and reply.raised.kind == "NotImplementedError"
        if unwritten or reply.status not in (Status.VALUE, Status.RAISED):
            raise Unanswered(probe, reply, self.subject)
        return reply


def _refused(reply: Reply, error: type[Exception]) -> bool:
    return reply.raised is not None and error.__name__ in reply.raised.family
