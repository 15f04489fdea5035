"""The declared calls of an exercise, made ready in the warm server so that a fork finds them built.

Each child makes each call once, so the arguments that the server built are the fresh ones: the fork is the copy. A
fingerprint of whatever can be changed in place is taken before, and compared after the call.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .builders import Axes, build
from .frames import Tree, WireError
from .wire import Reader

Watched = list[tuple[str, object, object]]


@dataclass(slots=True)
class Prepared:
    """One call with its arguments, and fingerprints of those that can change: name, argument, fingerprint.

    ``drawn`` is the first argument that is an Axes: what is on it after the call is the answer.
    """

    function: str
    args: list[Any]
    kwargs: dict[str, Any]
    watched: Watched
    drawn: Any = None

    def changed(self) -> list[str]:
        """Return the names or positions of the arguments that are no longer what they were."""
        return [name for name, argument, before in self.watched if fingerprint(argument) != before]


def prepare_all(tree: Tree, body: bytes) -> list[Prepared]:
    """Build every call of a batch."""
    reader = Reader(body, request=True)
    calls = [prepare(call, reader) for call in tree]
    reader.end()
    return calls


def prepare(tree: Tree, reader: Reader) -> Prepared:
    """Build one call: function, positional arguments, named arguments."""
    function, given, named = tree
    described = [reader.value(item) for item in (*given, *named.values())]
    if type(function) is not str:
        raise WireError("a call without a name")
    made = [build(value) for value in described]
    args, kwargs = made[: len(given)], dict(zip(named, made[len(given) :], strict=True))
    axes = (argument for argument, value in zip(made, described, strict=True) if type(value) is Axes)
    return Prepared(function, args, kwargs, list(_watched(args, kwargs)), next(axes, None))


def fingerprint(value: object) -> object:
    """Return what stays equal as long as nobody changes the value."""
    if type(value) is np.ndarray:
        return value.dtype.str, value.shape, value.flags.writeable, value.tobytes()
    try:
        return marshal.dumps(value, 2)  # type: ignore[arg-type]  # version 2 knows no references, so equal values have equal bytes
    except (ValueError, TypeError):
        return None


def _watched(args: list[Any], kwargs: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    named = [(str(index), value) for index, value in enumerate(args)] + list(kwargs.items())
    for name, value in named:
        if type(value) in (np.ndarray, list, dict):
            before = fingerprint(value)
            if before is not None:
                yield name, value, before
