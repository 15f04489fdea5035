"""Evidence: a failed expectation, or a call without a value, as a finding that can be shown."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from grader.exercise.asked import Unanswered
from grader.exercise.call import Call
from grader.exercise.compare import Mismatch
from grader.exercise.probe import Probe
from grader.exercise.reply import Reply
from grader.exercise.unmet import Unmet
from grader.judge.report import Finding
from grader.judge.rows import rows

INSIDE: Final = re.compile(r"\['(\w+)'\]")


def from_unmet(unmet: Unmet, asked: Probe | Call | None) -> Finding:
    """Return the finding of an expectation that does not hold."""
    call = asked.call if isinstance(asked, Probe) else asked
    mismatch = unmet.mismatch
    error, allowed = (None, None) if mismatch is None else _size(mismatch)
    given = _first_argument(call)
    return Finding(
        kind=unmet.kind,
        case=call.text if call else "",
        probe=asked.name if isinstance(asked, Probe) else "",
        rows=rows(mismatch, given) if mismatch else (),
        entries=np.asarray(mismatch.want).size if mismatch and mismatch.right is not None else 0,
        wrong=int(np.count_nonzero(~np.asarray(mismatch.right))) if mismatch and mismatch.right is not None else 0,
        error=error,
        allowed=allowed,
        expected=mismatch.expected if mismatch else unmet.expected,
        got=mismatch.got if mismatch else unmet.got,
        key=_key(mismatch.key if mismatch else "", call),
        measures=dict(unmet.measures),
        raised=unmet.reply.raised if unmet.reply else None,
        warned=unmet.reply.warned if unmet.reply else (),
    )


def from_unanswered(
    unanswered: Unanswered, reply: Reply, known: Reply | None = None, limit: float | None = None
) -> Finding:
    """Return the finding of a call that gave no value."""
    asked = unanswered.asked
    call = asked.call if isinstance(asked, Probe) else asked
    place = reply.place or (reply.raised.trace[-1] if reply.raised and reply.raised.trace else None)
    return Finding(
        kind=str(reply.status),
        case=call.text,
        probe=asked.name if isinstance(asked, Probe) else "",
        raised=reply.raised,
        place=place,
        seconds=reply.seconds,
        limit=limit if reply.limit is None else reply.limit,
        waited=reply.waited,
        reference_seconds=known.seconds if known else None,
        note=reply.note,
        warned=reply.warned,
    )


def _key(key: str, call: Call | None) -> str:
    """Return where in a value; in a drawing, which the call does not return, as a name: lines[0].ydata."""
    return INSIDE.sub(r".\1", key).removeprefix(".") if call is not None and call.draws else key


def _first_argument(call: Call | None) -> object:
    """Return the argument whose entries line up with the result, as it was declared."""
    if call is None:
        return None
    positional, named = call.arguments()
    return next(iter([*positional, *named.values()]), None)


def _size(mismatch: Mismatch) -> tuple[float | None, float | None]:
    """Return the largest difference and what was allowed at that entry."""
    if mismatch.right is None:
        return None, None
    want, got = np.asarray(mismatch.want), np.asarray(mismatch.have)
    if want.dtype.kind not in "fiu":
        return None, None
    with np.errstate(all="ignore"):  # as floats, because a difference of integers may wrap around
        distance = np.abs(np.asarray(got, dtype=np.float64) - np.asarray(want, dtype=np.float64))
        differs = np.where(mismatch.right, -1.0, distance)
    worst = int(np.argmax(np.nan_to_num(differs, nan=np.inf)))
    limits = np.broadcast_to(np.asarray(mismatch.allowed, dtype=np.float64), want.shape)
    return float(np.ravel(differs)[worst]), float(np.ravel(limits)[worst])
