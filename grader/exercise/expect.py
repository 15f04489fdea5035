"""expect: the words in which a check says what must hold.

An expectation that fails raises `Unmet` with its evidence; the judge turns that into a finding.
Nothing here knows about students, processes or languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, overload

import numpy as np
from numpy.typing import NDArray

from grader.exercise.asked import Asked, Unanswered
from grader.exercise.check import AuthorError
from grader.exercise.compare import Mismatch, compare, fitted
from grader.exercise.entries import wrong_entries
from grader.exercise.probe import Group, Probe
from grader.exercise.python import as_python
from grader.exercise.reply import Reply, Status
from grader.exercise.unmet import NOTHING, Measures, Unmet


def found(diagnosis: str, **measures: float) -> NoReturn:
    """Fail the check and name the misconception directly, where the check itself is the proof of it."""
    raise Unmet("property", named=diagnosis, measures=measures)


@overload
def expect(got: Asked) -> SubjectExpectation: ...  # type: ignore[overload-overlap]  # a subject is an object too
@overload
def expect(got: object) -> ValueExpectation: ...
def expect(got: object) -> SubjectExpectation | ValueExpectation:
    """Begin an expectation about a whole subject, or about one value."""
    return SubjectExpectation(got) if isinstance(got, Asked) else ValueExpectation(got)


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
        saying: Callable[[Probe, object, object, str], Measures] | None = None,
        otherwise: str | None = None,
    ) -> None:
        """Expect the reference's dict of tuples on every probe, as far as ``part`` of each tuple goes.

        A key that is right on all probes earns its share of the points. Keys that nobody asked for are not looked at.
        """
        wrong = wrong_entries(self.subject, reference, on, part)
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


@dataclass(frozen=True)
class ValueExpectation:
    """What must hold of one value. Every word takes ``otherwise`` and ``saying``.

    ``at`` names the part that is looked at, where the value is one of several: ``lines[0].ydata`` of a drawing.
    """

    value: object

    def close(
        self,
        want: object,
        *,
        within: object = 1e-12,
        at: str = "",
        otherwise: str | None = None,
        saying: Measures = NOTHING,
    ) -> None:
        """Expect ``want`` up to an absolute error."""
        mismatch = compare(want, self.value, within, at)
        if mismatch is not None:
            raise Unmet(
                mismatch.kind, self.value, mismatch=mismatch, allowed=within, otherwise=otherwise, measures=saying
            )

    def equal(self, want: object, *, at: str = "", otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect exactly ``want``."""
        self.close(want, within=0.0, at=at, otherwise=otherwise, saying=saying)

    def finite(self, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect numbers without nan or inf."""
        array = self._numbers()
        self.that(bool(np.isfinite(array).all()), otherwise=otherwise, saying=saying)

    def shape(self, want: tuple[int, ...], *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect an array of that shape."""
        have = self._numbers().shape
        if have != want:
            raise Unmet("shape", self.value, str(want), str(have), otherwise=otherwise, measures=saying)

    def dtype(self, want: str, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect an array of that dtype."""
        have = str(self._numbers().dtype)
        if have != want:
            raise Unmet("dtype", self.value, want, have, otherwise=otherwise, measures=saying)

    def distribution(
        self, *, axis: int = -1, within: float = 1e-12, otherwise: str | None = None, saying: Measures = NOTHING
    ) -> None:
        """Expect entries that are not negative and sum to 1 along ``axis``."""
        array = self._numbers()
        if not -array.ndim <= axis < array.ndim:
            raise Unmet("shape", self.value, f"an array with axis {axis}", str(array.shape), otherwise=otherwise)
        totals = array.sum(axis=axis)
        right = bool((array >= 0).all()) and bool((np.abs(totals - 1.0) <= within).all())
        if right:
            return
        worst = float(np.ravel(totals)[int(np.argmax(np.abs(np.ravel(totals) - 1.0)))]) if array.size else 0.0
        self.that(right, otherwise=otherwise, saying={"sum": worst, **saying})

    def at_least(self, bound: float, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect every entry to be at least ``bound``; nan is not."""
        self.that(bool((self._numbers() >= bound).all()), otherwise=otherwise, saying=saying)

    def at_most(self, bound: float, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect every entry to be at most ``bound``; nan is not."""
        self.that(bool((self._numbers() <= bound).all()), otherwise=otherwise, saying=saying)

    def between(self, low: float, high: float, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Expect every entry to lie in [low, high]; nan does not."""
        self.at_least(low, otherwise=otherwise, saying=saying)
        self.at_most(high, otherwise=otherwise, saying=saying)

    def one_of(
        self, words: Sequence[str], *, at: str = "", otherwise: str | None = None, saying: Measures = NOTHING
    ) -> None:
        """Expect one of several words."""
        if isinstance(self.value, str) and self.value in words:
            return
        known = compare(words[0], self.value)
        choice = Mismatch("choice", ", ".join(map(as_python, words)), known.got if known else "", key=at)
        raise Unmet(choice.kind, self.value, mismatch=choice, otherwise=otherwise, measures=saying)

    def that(self, condition: bool, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:  # noqa: FBT001 - the one thing it takes
        """Expect a condition that the check computed from the value."""
        if not condition:
            raise Unmet("property", self.value, otherwise=otherwise, measures=saying)

    def worth(self, fraction: float, *, otherwise: str | None = None, saying: Measures = NOTHING) -> None:
        """Give this share of the points, from 0 to 1. It ends the check unless the share is 1."""
        if not 0.0 <= fraction <= 1.0:
            raise AuthorError(f"worth({fraction}): the share must lie between 0 and 1")
        if fraction < 1.0:
            raise Unmet("credit", self.value, otherwise=otherwise, credit=fraction, measures=saying)

    def _numbers(self) -> NDArray[Any]:
        """Return the value as an array, or fail because it is no number."""
        if isinstance(self.value, (np.ndarray, np.generic)) and self.value.dtype.kind in "fiub":
            return np.asarray(self.value)
        if isinstance(self.value, (int, float)):
            return np.asarray(fitted(self.value), dtype=np.float64)
        mismatch = compare(0.0, self.value)
        raise Unmet("type", self.value, "a number or an array of numbers", mismatch.got if mismatch else "")


def _refused(reply: Reply, error: type[Exception]) -> bool:
    return reply.raised is not None and error.__name__ in reply.raised.family
