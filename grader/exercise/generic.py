"""Checks of the engine that any exercise can ask for in its ``exercise.toml``."""

from __future__ import annotations

from collections.abc import Callable

from grader.exercise.asked import Asked
from grader.exercise.expect import expect
from grader.exercise.probe import Group


def leaves_arguments(group: Group) -> Callable[[Asked], None]:
    """Return a check that no call of the group changes what it was given."""

    def run(subject: Asked) -> None:
        expect(subject).leaves_arguments(on=group)

    return run


def agrees(group: Group) -> Callable[[Asked, Asked], None]:
    """Return a check that every answer of the group is the reference's."""

    def run(subject: Asked, reference: Asked) -> None:
        expect(subject).agrees(reference, on=group)

    return run


def refuses_values(group: Group) -> Callable[[Asked], None]:
    """Return a check that every call of the group is refused with ValueError."""

    def run(subject: Asked) -> None:
        expect(subject).refuses(ValueError, on=group)

    return run


GENERIC: dict[str, Callable[[Group], Callable[..., None]]] = {
    "agrees": agrees,
    "leaves_arguments": leaves_arguments,
    "refuses_values": refuses_values,
}
