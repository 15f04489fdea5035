"""``hint`` in a student's notebook: the ladder of the terminal, by what the checks of this kernel found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise.course import load_public_course
from grader.exercise.modules import import_author_module
from grader.notebook import check, hint
from grader.notebook.memory import MEMORY
from grader.notebook.score import WrongCall
from grader.report.hint import hints
from grader.report.look import Look
from grader.report.screen import render_check
from grader.student.history import History

PROJECT = Path(__file__).resolve().parents[2]
SOLUTIONS = PROJECT / "solutions"
WRONG = SOLUTIONS / "softmax" / "mistakes" / "tau_multiplied"
RAISING = 3  # the number of the check that finds it


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Return what checks a wrong answer, in a kernel that has just been started."""
    monkeypatch.setattr(MEMORY, "history", History(Path()))
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("GRADER_LANG", "en")
    return lambda name: check("softmax", import_author_module(WRONG / name, SOLUTIONS).softmax_temperature)


def ladder(diagnosis: str | None = None) -> list[str]:
    """Return how the hints for the check begin."""
    exercise = load_public_course(PROJECT / "exercises", ["softmax"]).exercise("softmax")
    return [" ".join(one.split()[:4]) for one in hints(exercise, Look(), exercise.checks[RAISING - 1], diagnosis)]


def test_a_hint_is_the_next_of_the_ladder(here: Callable[[str], object]) -> None:
    """Of the misconception that was found; the next opens after a change, or on demand."""
    here("inside.py")
    first, second, third, *_ = ladder("tau_multiplied")
    assert [first in repr(hint("softmax")), first in repr(hint("softmax", RAISING))] == [True, True]
    here("power.py")
    assert second in repr(hint("softmax", RAISING))
    assert third in repr(hint("softmax", "raising_tau", more=True))


def test_before_any_check_it_is_the_hint_of_the_check(here: Callable[[str], object]) -> None:
    """It names cells and calls, and no command of a terminal."""
    del here
    said = repr(hint("softmax", RAISING))
    assert ladder()[0] in said
    assert f'hint("softmax", {RAISING}, more=True)' in said
    assert "grader" not in said
    assert "Sigue: cambia el código y ejecuta su celda y la prueba" in repr(hint("softmax", RAISING, lang="es"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("softmx",), "There is no exercise 'softmx'. Did you mean 'softmax'?"),
        (("softmax", 99), "softmax has no check 99. Its checks are 1 to 15."),
        (("softmax", "no\x1b[2J"), "softmax has no check 'no\\x1b[2J'. Its checks are 1 to 15."),
    ],
)
def test_what_does_not_exist_is_told_in_a_sentence(
    asked: tuple[object, ...], told: str, here: Callable[[str], object]
) -> None:
    """As `check` does."""
    del here
    with pytest.raises(WrongCall) as raised:
        hint(*asked)
    assert str(raised.value) == told


def test_the_text_of_a_score_names_the_call(here: Callable[[str], object]) -> None:
    """In the place of a terminal's commands; what `grader explain` tells is told there."""
    report = here("inside.py").report  # type: ignore[attr-defined]
    exercise = load_public_course(PROJECT / "exercises", ["softmax"]).exercise("softmax")
    text = render_check(exercise, report, Look(plain=True), path="cell 3").plain
    assert '  More             hint("softmax", 3)\n' in text
    assert "grader" not in text
