"""The declared calls of an exercise, made ready in the warm server so that a fork finds them built.

Each child makes each call once, so the arguments that the server built are the fresh ones: the fork is the copy. A
fingerprint of whatever can be changed in place is taken before, and compared after the call.

Hidden calls a child must build itself. Blank Axes are the same for everybody and slow to make, so it is handed some.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from .builders import Axes, build, make_axes
from .frames import Tree, WireError
from .wire import Reader

Watched = list[tuple[str, object, object]]
UNCHANGING: Final = frozenset({float, int, bool, str, type(None)})
CHANGING: Final = frozenset({np.ndarray, list, dict})


@dataclass(slots=True)
class Prepared:
    """One call with its arguments, and fingerprints of those that can change: name, argument, fingerprint.

    ``drawn`` is the first argument that is an Axes: what is on it after the call is the answer. ``group`` is the number
    of its group of declared calls; all others have one of their own.
    """

    function: str
    args: list[Any]
    kwargs: dict[str, Any]
    watched: Watched
    drawn: Any = None
    group: int = -1

    def changed(self) -> list[str]:
        """Return the names or positions of the arguments that are no longer what they were."""
        return [name for name, argument, before in self.watched if fingerprint(argument) != before]


def prepare_all(tree: Tree, body: memoryview, blank: list[Any]) -> list[Prepared]:
    """Build every call of a batch; ``blank`` holds Axes to give away before any is made."""
    reader = Reader(body, request=True)
    calls = [prepare(call, reader, blank) for call in tree]
    reader.end()
    return calls


def prepare(tree: Tree, reader: Reader, blank: list[Any]) -> Prepared:
    """Build one call: function, positional arguments, named arguments, and its group if it is a declared one."""
    function, given, named, *group = tree
    if type(function) is not str:
        raise WireError("a call without a name")
    call = Prepared(function, [], {}, [], group=group[0] if group else -1)
    for index, item in enumerate(given):
        call.args.append(_made(call, str(index), reader.value(item), blank))
    for name, item in named.items():
        call.kwargs[name] = _made(call, name, reader.value(item), blank)
    return call


def _made(call: Prepared, name: str, described: object, blank: list[Any]) -> object:
    """Return an argument, after noting what it looks like if it can be changed."""
    if type(described) in UNCHANGING:
        return described
    if type(described) is Axes:
        made = blank.pop() if blank else make_axes()
        call.drawn = made if call.drawn is None else call.drawn
        return made
    made = build(described)
    if type(made) in CHANGING:
        before = fingerprint(made)
        if before is not None:
            call.watched.append((name, made, before))
    return made


def fingerprint(value: object) -> object:
    """Return what stays equal as long as nobody changes the value."""
    if type(value) is np.ndarray:
        return value.dtype, value.shape, value.flags.writeable, value.tobytes()
    try:
        return marshal.dumps(value, 2)  # type: ignore[arg-type]  # version 2 knows no references, so equal values have equal bytes
    except (ValueError, TypeError):
        return None
