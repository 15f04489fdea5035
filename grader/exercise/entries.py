"""Entries: which keys of a dict are wrong, where a tuple stands at each key and one part of it is looked at.

A dict that answers several questions at once is judged key by key, so that a missing key costs its own share of the
points and no other. Whether each tuple is as long as it should be is another question: here it needs the part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.exercise.asked import Asked
from grader.exercise.compare import Mismatch, compare
from grader.exercise.probe import Group, Probe

Wrong = dict[str, tuple[Probe, Mismatch]]


def wrong_entries(subject: Asked, reference: Asked, group: Group, part: int) -> Wrong:
    """Return for each key that is wrong the first probe on which it is, in the order in which they were found."""
    known = reference.expected(group, part)
    if known is not None and known.agrees(_parts(subject, reference, group, part)):
        return {}
    wrong: Wrong = {}
    for probe in group:
        want: Any = reference(probe)
        got, allowed = subject(probe), reference.allowed(group, probe, want)
        for key in want:
            mismatch = None if key in wrong else _unlike(want, got, key, part, allowed)
            if mismatch is not None:
                wrong[key] = probe, mismatch
    return wrong


def _parts(subject: Asked, reference: Asked, group: Group, part: int) -> list[object]:
    """Return one part of every entry that is expected, or nothing if one of them is not there."""
    try:
        pairs: Any = ((reference(probe), subject.reply(probe).value) for probe in group)
        return [got[key][part] for want, got in pairs for key in want]
    except (LookupError, TypeError):
        return []


def _unlike(want: Mapping[str, Any], got: object, key: str, part: int, allowed: object) -> Mismatch | None:
    """Return what is wrong with one part of one entry; with the entry, or the dict, if there is no such part."""
    if not isinstance(got, dict) or key not in got:
        return compare(want, got, allowed)
    entry, at = got[key], f"[{key!r}]"
    if not isinstance(entry, (tuple, list)) or len(entry) <= part:
        return compare(want[key], entry, allowed, at)
    return compare(want[key][part], entry[part], allowed, f"{at}[{part}]")
