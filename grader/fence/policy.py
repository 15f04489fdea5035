"""What is asked of the sandbox, and what it turned out to be.

Every layer says whether it is on and why, and what a real child could and could not do is verified at each start,
so that the status line tells facts and no hopes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Policy(StrEnum):
    """How much confinement is needed before any student's code runs."""

    REQUIRE = "require"  # files, grader memory and network verified closed, else stop
    BEST = "best"  # whatever works here
    OFF = "off"  # a process of its own with limits, and nothing more


class FenceError(Exception):
    """The sandbox cannot do what was asked: one sentence for a person, and what to do."""


LAYERS: Final = ("rlimits", "landlock", "seccomp", "noopen", "uid", "bwrap")
OF_POLICY: Final = {
    Policy.REQUIRE: frozenset(LAYERS),
    Policy.BEST: frozenset(LAYERS) - {"noopen"},  # which lets nothing be loaded late: too strict for a student's own
    Policy.OFF: frozenset({"rlimits"}),
}
CLOSED: Final = frozenset(
    {
        *("read a grader file", "read a public file", "list the root folder"),
        *("read grader memory through /proc", "read grader memory by system call", "trace the grader"),
        *("open a TCP connection", "send a UDP packet", "connect to a unix socket"),
    }
)
"""The forbidden things that make up files, grader memory and network."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of confinement: whether it is on, and its variant or the reason why it is off."""

    name: str
    on: bool
    detail: str = ""

    @property
    def text(self) -> str:
        """Return it as it stands in the status line."""
        return f"{self.name}({self.detail})" if self.detail else self.name


@dataclass(frozen=True, slots=True)
class Confinement:
    """What confines a student's code: the layers, and what a real child was seen to be able to do."""

    policy: Policy
    layers: tuple[Layer, ...]
    verified: tuple[str, ...] = ()  # forbidden things that were tried and blocked
    possible: tuple[str, ...] = ()  # forbidden things that were tried and worked

    @property
    def closed(self) -> bool:
        """Whether files, grader memory and network are all verified closed."""
        return frozenset(self.verified) >= CLOSED

    @property
    def on(self) -> tuple[str, ...]:
        """The layers that are on."""
        return tuple(layer.text for layer in self.layers if layer.on)

    @property
    def line(self) -> str:
        """The status line, stored with each result; people are told the same in their own language."""
        on = "+".join(self.on) or "a process of its own"
        tried = len(self.verified) + len(self.possible)
        if not tried:
            return f"sandbox: {on} | nothing verified; student code can read your files and use the network"
        line = f"sandbox: {on} | verified blocked: {len(self.verified)} of {tried}"
        return f"{line} | STILL POSSIBLE: {', '.join(self.possible)}" if self.possible else line


def not_closed(seen: Confinement) -> str:
    """Return why the policy `require` stops here, and what a person can do."""
    still = ", ".join(name for name in seen.possible if name in CLOSED) or "nothing was verified"
    off = "; ".join(f"{layer.name} is off: {layer.detail}" for layer in seen.layers if not layer.on)
    return (
        f"The sandbox is not closed: student code can still {still} ({off}). Grade on Linux with Landlock (kernel 5.13 "
        f"or newer), or install bubblewrap (apt-get install bubblewrap); or accept the risk with --sandbox best."
    )


def lacking(module: str) -> str:
    """Return why a submission could not be graded that imports something late, and what a person can do."""
    return (
        f"The submission needs {module}, which was not loaded ahead as a whole, and here no file can be opened. "
        f"Grade it where there is Landlock (Linux 5.13 or newer) or bubblewrap, or with --sandbox best."
    )
