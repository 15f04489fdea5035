"""Settings: what ``exercise.toml`` may say. What it may not would cost a student the mark, or us the run.

So nothing in it is taken on trust: each key is known, each value is of its kind and in its range, and whatever it names
is there.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.exercise.check import AuthorError

KEYS = {
    "order": int,
    "calls": list,
    "imports": list,
    "limits": dict,
    "generic": list,
    "accepted": dict,
    "optional": bool,
    "worth": (int, float),
}
LIMITS = {"cpu_seconds": (int, float), "memory_mb": int, "reply_mb": int}
LARGEST = {"cpu_seconds": 300, "memory_mb": 1 << 20, "reply_mb": 1 << 10}  # more is a slip, and some systems refuse it
KINDS = {
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
    str: "a text",
    list: "a list of texts",
    dict: "a table",
}


def refuse_settings(where: Path, settings: Mapping[str, Any]) -> None:
    """Refuse settings in which something is missing, unknown or out of range; ``where`` is the file to mend."""
    validate(where, "key", settings, KEYS)
    if not settings.get("calls"):
        raise AuthorError(f"{where}: calls is missing; list the functions that the student writes")
    if "order" not in settings:
        raise AuthorError(
            f"{where}: order is missing; write the place of this exercise in the course, such as order = 1"
        )
    for name, losing in settings.get("accepted", {}).items():
        validate(where, f"key of accepted.{name}", losing, {"loses": list})
    limits = settings.get("limits", {})
    validate(where, "limit", limits, LIMITS)
    for name, value in limits.items():
        if not 0 < value <= LARGEST[name]:
            raise AuthorError(f"{where}: limit {name} is {value}; it must be above 0, and at most {LARGEST[name]}")


def validate(where: Path, noun: str, entries: object, known: Mapping[str, Any]) -> None:
    """Refuse a key that is not known, and a value that is of another kind than it must be."""
    if not isinstance(entries, Mapping):
        raise AuthorError(f"{where}: {noun} {entries!r} must be a table")
    for key, value in entries.items():
        if key not in known:
            raise AuthorError(f"{where}: unknown {noun} {key}; known are {', '.join(sorted(known))}")
        texts = key in ("calls", "imports", "finds", "needs", "loses")
        right = isinstance(value, known[key]) and isinstance(value, bool) == (known[key] is bool)
        if not right or (texts and not all(isinstance(item, str) for item in value)):
            kind = "a list" if known[key] is list and not texts else KINDS[known[key]]
            raise AuthorError(f"{where}: {noun} {key} is {value!r}; it must be {kind}")


def refuse_unfound(where: Path, settings: Mapping[str, Any], solution: ModuleType) -> None:
    """Refuse a function that the solution does not define, and a package that is not installed here."""
    for name in settings["calls"]:
        if not callable(getattr(solution, name, None)):
            raise AuthorError(
                f"{where}: calls has {name!r}, but solution.py defines no such function; correct one of them"
            )
    for name in imports_of(settings):
        if not _is_installed(name):
            raise AuthorError(f"{where}: imports has {name!r}, which is not installed; install it, or take it out")


def imports_of(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what an exercise loads ahead: what its settings say, else numpy alone."""
    return tuple(settings.get("imports", ["numpy"]))


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
