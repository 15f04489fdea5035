"""Batch: all declared probes of an exercise, turned into bytes once and sent to each warm server once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from grader.child.wire import REQUEST_BYTES, Tree, Writer, pack
from grader.exercise.call import Call
from grader.exercise.probe import Probe


class Batch:
    """The calls of declared probes, in order.

    Groups that look at different sides of one answer share its call, and it is made once.

    Parameters
    ----------
    probes : iterable of Probe
        All that one exercise asks of every submission.

    Attributes
    ----------
    every : tuple of Probe
        The same.
    probes : tuple of Probe
        One for each call: the first of those that share it.
    """

    def __init__(self, probes: Iterable[Probe]) -> None:
        self.every = tuple(probes)
        first = {probe.call: probe for probe in reversed(self.every)}
        self.probes = tuple(dict.fromkeys(first[probe.call] for probe in self.every))
        writer = Writer(REQUEST_BYTES, request=True)
        groups = {name: at for at, name in enumerate(dict.fromkeys(probe.group for probe in self.probes))}
        calls = [[*tree_of(probe.call, writer), groups[probe.group]] for probe in self.probes]
        told = {"calls": calls}
        self.key = hashlib.sha256(pack(told, writer.buffers, largest=REQUEST_BYTES)).hexdigest()
        command = {"do": "batch", "key": self.key, **told}
        self.encoded = pack(command, writer.buffers, largest=REQUEST_BYTES)
        self.functions = frozenset(probe.call.function for probe in self.probes)

    def __len__(self) -> int:
        return len(self.probes)


def tree_of(call: Call, writer: Writer) -> Tree:
    """Return one call as a tree: function, positional arguments, named arguments.

    The arguments are built here once, too, so that a description that cannot be built is an error on our side.
    """
    call.arguments()
    given = [writer.tree(value) for value in call.args]
    named: dict[str, Any] = {name: writer.tree(value) for name, value in call.kwargs.items()}
    return [call.function, given, named]
