"""Given: the arguments of a call that is made in this process, and what the call did with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from grader.child import figure
from grader.exercise.call import Axes, Call
from grader.exercise.plain import plain, trace_of


@dataclass(frozen=True)
class Given:
    """What a function is given: arguments made for this one call, with a trace of how they were."""

    positional: list[object]
    named: dict[str, object]
    drawn: object | None  # the Axes among them, if there is one: then the answer is what is drawn on it
    before: dict[str, object]

    @classmethod
    def of(cls, call: Call, *, drawing: bool) -> Self:
        """Make the arguments of a call; only ``drawing`` makes an Axes of its description."""
        positional, named = call.arguments(drawing=drawing)
        described = zip((*call.args, *call.kwargs.values()), (*positional, *named.values()), strict=True)
        drawn = next((made for declared, made in described if isinstance(declared, Axes)), None)
        before = {name: trace_of(value) for name, value in _by_name(positional, named).items()}
        return cls(positional, named, drawn, before)

    def answer(self, returned: object) -> object:
        """Return what counts as the answer, as it would come from a child."""
        return plain(returned if self.drawn is None else figure.describe(self.drawn))

    @property
    def changed(self) -> tuple[str, ...]:
        """The names, or places, of arguments that are not as they were."""
        now = _by_name(self.positional, self.named)
        return tuple(name for name, value in now.items() if trace_of(value) != self.before[name])


def _by_name(positional: list[object], named: dict[str, object]) -> dict[str, object]:
    return {**{str(place): value for place, value in enumerate(positional)}, **named}
