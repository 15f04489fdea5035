"""``show``: a picture of what was computed, right or wrong, or a line that says why there is none yet."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest

from grader.notebook import show


def picture(figure: object, doubled: Callable[[object], object]) -> None:
    """Draw twice as much.

    And more words that nobody needs to hear.
    """
    figure.subplots().plot([1, 2], doubled(np.array([1.0, 2.0])))  # type: ignore[attr-defined]


def test_what_was_computed_is_drawn() -> None:
    """As PNG, with a sentence for those who do not see it."""
    shown = show(picture, lambda x: 2 * x)
    (data, about) = shown._repr_mimebundle_()  # type: ignore[union-attr]
    assert data["image/png"].startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert (data["text/plain"], about["image/png"]) == ("Draw twice as much.", {"alt": "Draw twice as much."})


@pytest.mark.parametrize(
    ("error", "language", "told"),
    [
        (NotImplementedError(), "en", "There is nothing to draw yet: a function that it shows is not written."),
        (NotImplementedError(), "es", "Aún no hay nada que dibujar: falta escribir una función de las que muestra."),
        (ValueError("x\n\x1b[31m"), "en", "There is nothing to draw. Python said: ValueError: x"),
        (KeyError(), "es", "No hay nada que dibujar. Python dijo: KeyError"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(error: Exception, language: str, told: str) -> None:
    """No traceback, no red: the check says what is wrong."""

    def failing(_: object) -> object:
        raise error

    assert repr(show(picture, failing, lang=language)) == told


def test_values_that_cannot_be_drawn_are_told_of() -> None:
    """Matplotlib's words are Python's."""
    assert repr(show(picture, lambda _: "no array", lang="en")).startswith("There is nothing to draw. Python said: ")


def endless(_: object) -> object:
    """Never come back."""
    while True:
        pass


def stubborn(x: object) -> object:
    """Come back only when told, and as if nothing had been."""
    with suppress(BaseException):  # as a student's bare ``except`` does
        endless(x)
    return x


@pytest.mark.parametrize("function", [endless, stubborn])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "There is nothing to draw: it takes more than 0.2 s of CPU time. A loop in your functions may not end.",
        ),
        ("es", "No hay nada que dibujar: hacen falta más de 0.2 s de CPU. Quizá un bucle de tus funciones no termina."),
    ],
)
def test_a_picture_that_does_not_end_is_given_up(
    monkeypatch: pytest.MonkeyPatch, function: Callable[[object], object], language: str, told: str
) -> None:
    """In a line, so that the cells below it run; no timer is left behind."""
    monkeypatch.setattr("grader.notebook.showing.SECONDS", 0.2)
    before = signal.getsignal(signal.SIGPROF)
    assert repr(show(picture, function, lang=language)) == told
    assert (signal.getsignal(signal.SIGPROF), signal.getitimer(signal.ITIMER_PROF)) == (before, (0.0, 0.0))


def test_an_interrupt_is_the_student_s() -> None:
    """Whoever stops a long picture stops it."""

    def interrupted(_: object) -> object:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        show(picture, interrupted)


def test_a_picture_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    """Prints and warnings of the student's function are the check's to tell."""

    def loud(x: np.ndarray) -> object:
        sys.stderr.write("loud\n")
        return np.log(x - 1.0)

    show(picture, loud)
    assert capfd.readouterr() == ("", "")
