"""expect: the words in which a check says what must hold.

An expectation that fails raises `Unmet` with its evidence; the judge turns that into a finding.
Nothing here knows about students, processes or languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, overload

import numpy as np
from numpy.typing import NDArray

from grader.exercise.asked import Asked
from grader.exercise.check import AuthorError
from grader.exercise.compare import Mismatch, compare, fitted
from grader.exercise.draws import goodness, independence, near
from grader.exercise.python import as_python
from grader.exercise.subject_expectation import SubjectExpectation
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
        told = {} if abs(worst - 1.0) <= within else {"sum": worst}  # a sum that is right breaks no rule
        told |= {"lowest": float(array[array < 0].min())} if (array < 0).any() else {}
        self.that(right, otherwise=otherwise, saying={**told, **saying})

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

    def follows(
        self, law: object, *, above: float = 1e-6, otherwise: str | None = None, saying: Measures = NOTHING
    ) -> None:
        """Expect draws of 0, 1, ... with these probabilities: a p-value above ``above`` in Pearson's test."""
        want = np.asarray(law, dtype=np.float64)
        draws = self._draws(want.size, otherwise, saying)
        counts = np.bincount(draws, minlength=want.size)
        p = goodness(counts, want)
        if p > above:
            return
        shares = counts / draws.size
        mismatch = Mismatch("law", "", "", want, shares, near(shares, want, draws.size))
        told = {"p": p, "least": above, "draws": draws.size, **saying}
        raise Unmet("law", self.value, mismatch=mismatch, otherwise=otherwise, measures=told)

    def independent(
        self, size: int, *, above: float = 1e-6, otherwise: str | None = None, saying: Measures = NOTHING
    ) -> None:
        """Expect draws of 0 to ``size`` - 1, each independent of the one before it."""
        draws = self._draws(size, otherwise, saying)
        p = independence(draws, size)
        if p > above:
            return
        alone = np.bincount(draws) / draws.size
        want, got = float(alone @ alone), float((draws[:-1] == draws[1:]).mean())
        mismatch = Mismatch("neighbours", "", "", want, got, np.asarray(a=False))
        told = {"p": p, "least": above, "draws": draws.size, "same": got, "chance": want, **saying}
        raise Unmet("neighbours", self.value, mismatch=mismatch, otherwise=otherwise, measures=told)

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

    def _draws(self, size: int, otherwise: str | None, saying: Measures) -> NDArray[np.int64]:
        """Return the value as draws, one after the other, or fail at the first that is none of 0 to ``size`` - 1."""
        draws = self._numbers().ravel()
        if draws.dtype == np.int64 and draws.size and draws.min() >= 0 and draws.max() < size:
            return draws
        right = (draws >= 0) & (draws < size) & (draws == np.floor(draws))
        if not right.all():
            first = str(draws[int(np.argmin(right))])
            raise Unmet("range", self.value, f"0 to {size - 1}", first, otherwise=otherwise, measures=saying)
        return draws.astype(np.int64)

    def _numbers(self) -> NDArray[Any]:
        """Return the value as an array, or fail because it is no number."""
        if isinstance(self.value, (np.ndarray, np.generic)) and self.value.dtype.kind in "fiub":
            return np.asarray(self.value)
        if isinstance(self.value, (int, float)):
            return np.asarray(fitted(self.value), dtype=np.float64)
        mismatch = compare(0.0, self.value)
        raise Unmet("type", self.value, "a number or an array of numbers", mismatch.got if mismatch else "")
