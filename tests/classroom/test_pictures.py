"""Pictures beside the pages of a class: drawn in a real child, drawn again on our side, named on the page."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from grader.classroom.exam import Exam, read_exam
from grader.classroom.roll import call_the_roll
from grader.classroom.run import grade_class
from grader.fence import Policy

TOML = 'order = 1\ncalls = ["draw"]\nimports = ["numpy", "matplotlib"]\n'
CHECKS = '''"""One figure."""

from grader import axes, call, check, drawing, expect, probes

{name} = probes("{name}", [call("draw", axes(), [1.0, 2.0, {last}])])


@check(points=1, on={name})
def {name}_drawn(subject, reference):
    """The line of {name} is drawn."""
    for probe in {name}:
        lines, known = drawing(subject(probe)).lines, drawing(reference(probe)).lines
        expect(subject(probe)).that(len(lines) == 1 and (lines[0].ydata == known[0].ydata).all())
'''
RIGHT = '''"""Draw."""


def draw(ax, x):
    """Draw the squares."""
    ax.plot(x, [number**2 for number in x], label="squares")
    ax.legend()
'''
CUBES = RIGHT.replace("**2", "**3").encode()
TEXTS = 'title = "{}"\n[checks.shown_drawn]\nrule = "{}"\n'


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    """Return an exam with one exercise, which draws: one check is public, one hidden."""
    root = tmp_path_factory.mktemp("drawing") / "solutions"
    folder = root / "squares"
    (folder / "text").mkdir(parents=True)
    course = '[title]\nen = "Squares"\nes = "Cuadrados"\n\n[[assignment]]\nslug = "lab-00"\nexercises = ["squares"]\n'
    files = {
        root / "course.toml": course,
        folder / "exercise.toml": TOML,
        folder / "solution.py": RIGHT,
        folder / "public.py": CHECKS.format(name="shown", last=3.0),
        folder / "hidden.py": CHECKS.format(name="secret", last=7.0),
        folder / "text" / "en.toml": TEXTS.format("Squares", "A rule."),
        folder / "text" / "es.toml": TEXTS.format("Cuadrados", "Una regla."),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return read_exam(root, [], policy=Policy.BEST, language="es")


def graded(exam: Exam, folder: Path, **sources: bytes) -> list[str]:
    """Grade a class, and return what is in the folder of pages."""
    for student, source in sources.items():
        (folder / "class" / student).mkdir(parents=True, exist_ok=True)
        (folder / "class" / student / "squares.py").write_bytes(source)
    grade_class(call_the_roll(folder / "class"), folder / "out", exam, workers=2, tell=lambda _done, _all: None)
    return sorted(path.name for path in (folder / "out" / "feedback").iterdir())


def test_a_figure_that_differs_lies_beside_the_page(exam: Exam, tmp_path: Path) -> None:
    """Its page names it, equal submissions have one each, and whoever is right has none."""
    names = graded(exam, tmp_path, ana=CUBES, ben=CUBES, carl=RIGHT.encode())
    assert ["ana.squares.svg", "ana.txt", "ben.squares.svg", "ben.txt", "carl.txt"] == names
    feedback = tmp_path / "out" / "feedback"
    page, svg = (feedback / "ben.txt").read_text(), (feedback / "ben.squares.svg").read_text()
    assert "  Para verlo       ben.squares.svg\n" in page
    assert [True, True] == [f">{name}</text>" in svg for name in ("esperado", "obtenido")]
    assert (feedback / "ana.squares.svg").read_text() == svg
    assert "7.0" not in page


def test_a_picture_goes_when_it_is_no_longer_named(exam: Exam, tmp_path: Path) -> None:
    """After a better submission, and with its student; those of others stay, even if their names begin alike."""
    graded(exam, tmp_path, ana=CUBES, dan=CUBES, **{"ana.b": CUBES})
    (tmp_path / "class" / "dan" / "squares.py").unlink()
    (tmp_path / "class" / "dan").rmdir()
    assert ["ana.b.squares.svg", "ana.b.txt", "ana.txt"] == graded(exam, tmp_path, ana=RIGHT.encode())


def test_pictures_come_back_from_the_store(exam: Exam, tmp_path: Path) -> None:
    """A second run draws nothing, and writes what is missing; a folder of an earlier grader is taken on, too."""
    graded(exam, tmp_path, ana=CUBES)
    picture = tmp_path / "out" / "feedback" / "ana.squares.svg"
    before = picture.read_bytes()
    picture.unlink()
    graded(exam, tmp_path)
    assert before == picture.read_bytes()
    with sqlite3.connect(tmp_path / "out" / ".run.db") as database:
        database.execute("DROP TABLE picture")
    database.close()
    assert ["ana.txt", "eve.squares.svg", "eve.txt"] == graded(exam, tmp_path, eve=CUBES + b"# again\n")
