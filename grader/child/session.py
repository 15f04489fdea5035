"""The life of one child: load a student's files, say what they are, answer calls, one reply each, until the end.

The trusted side may end this process at any moment and trusts nothing that comes from it.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

from . import facts, traces
from .calling import Caller, Printed
from .frames import END, Tree, framed, pack, receive, written
from .notebook import Cell, Notebook, SkippedCell
from .prepared import Prepared, prepare, prepare_all
from .student import Student
from .wire import Reader

FULL: Final = 1 << 15
SECONDS: Final = 0.01
Calls = list[tuple[int, Prepared]]


class Session:
    """One submission in one child."""

    def __init__(self, channel: int, batches: Mapping[str, list[Prepared]], blank: list[Any]) -> None:
        self.channel = channel
        self.batches = dict(batches)
        self.blank = blank
        self.printed = Printed()
        self.student: Student | Notebook = Student({})
        self.callers: dict[str, Caller] = {}

    def run(self) -> None:
        """Answer requests until the trusted side closes the channel."""
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGUSR1, file=self.channel, all_threads=False)
        while True:
            frame = receive(self.channel)
            if frame is None:
                return
            tree, body = frame
            if "sources" in tree or "cells" in tree:
                self._open(tree, body)
            elif "key" in tree:  # hidden calls: the server, whose copy this is, must not know them
                self.batches[tree["key"]] = prepare_all(tree["calls"], body, self.blank)
            else:
                self._exercise(tree, body)

    def _open(self, tree: Tree, body: memoryview) -> None:
        """Take the files or the cells: their names and sizes in the tree, their bytes in the body."""
        named = tree["sources"].items() if "sources" in tree else tree["cells"]
        sources, at = [], 0
        for name, size in named:
            sources.append((name, bytes(body[at : at + size])))
            at += size
        if "sources" in tree:
            self.student = Student(dict(sources))
        else:
            cells = [Cell(name, source, number in tree["skip"]) for number, (name, source) in enumerate(sources)]
            self.student = Notebook(cells, tree["until"], tree["own"], lambda index: self._send(pack({"at": index})))
        self.student.install()

    def _exercise(self, request: Mapping[str, Any], body: memoryview) -> None:
        """Say the facts of a file, load its module, make the calls."""
        slug = request["slug"]
        if request.get("facts"):
            self._send(pack({"f": self._facts(slug, request["calls"])}))
        caller = self.callers.get(slug)
        if caller is None:
            caller = self.callers[slug] = Caller(self.student, slug, self.printed, request["reply_bytes"])
        try:
            module, problem = self._load(slug, request["calls"], caller)
        except SkippedCell as skipped:
            self._send(pack({"skipped": skipped.index}))
            return
        self._send(pack({"l": problem}))
        if module is not None:
            outbox = Outbox(self._send, eager=request.get("eager", False))
            self._answer(request, body, caller, module, outbox)
            outbox.flush()

    def _answer(
        self, request: Mapping[str, Any], body: memoryview, caller: Caller, module: ModuleType, outbox: Outbox
    ) -> None:
        allowed = frozenset(request["calls"])
        for number, call in self._calls(request, body):
            function = module.__dict__.get(call.function) if call.function in allowed else None
            outbox.put(*caller.reply(number, function, call))
        outbox.put(written(END), [])

    def _calls(self, request: Mapping[str, Any], body: memoryview) -> Calls:
        """Return the calls to make: members of a batch, or one that came with the request."""
        first = request["first"]
        if "call" in request:
            reader = Reader(body, request=True)
            return [(first, prepare(request["call"], reader, self.blank))]
        batch = self.batches[request["batch"]]
        return [(first + place, batch[index]) for place, index in enumerate(request["order"])]

    def _facts(self, slug: str, calls: list[str]) -> dict[str, Any]:
        if not self.student.knows(slug):
            return {"problem": {"kind": "missing", "message": f"there is no {slug}.py", "line": None, "column": None}}
        try:
            if isinstance(self.student, Notebook):
                tree, cell = self.student.parse(slug, calls)
                return {**facts.describe(tree), "cell": cell}
            return facts.describe(self.student.parse(slug))
        except Exception as error:  # noqa: BLE001 - whatever the parser says of a student's file is told
            return {"problem": facts.describe_error(error)}

    def _load(self, slug: str, calls: list[str], caller: Caller) -> tuple[ModuleType | None, dict[str, Any] | None]:
        """Return the module, or why there is none."""
        caller.settle()
        try:
            if isinstance(self.student, Notebook):
                return self.student.load(slug, calls), None
            return self.student.load(slug), None
        except SkippedCell:
            raise
        except BaseException as error:  # noqa: BLE001 - sys.exit() at import is told as any other exception
            problem = facts.describe_error(error)
            if not isinstance(error, SyntaxError):
                problem["raised"] = traces.describe(error, self.student.files)
            return None, problem

    def _send(self, frame: bytes) -> None:
        view = memoryview(frame)
        while view:
            view = view[os.write(self.channel, view) :]


class Outbox:
    """Replies on their way out. A frame wakes the other side, which costs more than a call, so several go in one.

    They leave every ten milliseconds. If a call ends this child, the replies that had not left are asked for again,
    from a child that is ``eager``: it sends each one at once, so that the call that ends it is known.
    """

    def __init__(self, send: Callable[[bytes], None], *, eager: bool) -> None:
        self.send = send
        self.eager = eager
        self.texts: list[str] = []
        self.buffers: list[bytes] = []
        self.size = 0
        self.left = time.monotonic()

    def put(self, text: str, buffers: list[bytes]) -> None:
        """Take a reply; one that is too large to go with others goes alone."""
        size = len(text) + sum(map(len, buffers))
        if self.size + size > FULL:
            self.flush()
        self.texts.append(text)
        self.buffers += buffers
        self.size += size
        if self.eager or self.size > FULL or time.monotonic() - self.left > SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send all that is waiting: one reply as it is, several as a list."""
        if self.texts:
            text = self.texts[0] if len(self.texts) == 1 else f"[{','.join(self.texts)}]"
            self.send(framed(text, self.buffers))
            self.texts.clear()
            self.buffers.clear()
            self.size = 0
            self.left = time.monotonic()
