"""Notebooks: built from what is released, the same bytes each day, and taken by nbformat and by nbgrader itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbgrader.nbgraderformat import MetadataValidator

from grader.author.cells import as_notebook, words_cell
from grader.author.laws.pages import notebooks_complete
from grader.author.laws.secrecy import files_of, nothing_secret
from grader.author.notebooks import build_notebooks, build_solved
from grader.author.place import private_folder
from grader.author.release import build_release
from grader.exercise.check import AuthorError
from grader.exercise.course import load_author_course
from grader.exercise.modules import import_author_module

PROJECT = Path(__file__).resolve().parents[2]
COURSE = load_author_course(PROJECT / "solutions")
RELEASED = {
    path.relative_to(PROJECT / "exercises").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((PROJECT / "exercises").rglob("*"))
    if path.suffix in {".py", ".md"} and "__pycache__" not in path.parts
}
NOTEBOOKS = build_notebooks(COURSE, RELEASED)
EXERCISES = [(lab.slug, slug) for lab in COURSE.assignments for slug in lab.exercises]
WORDS = {
    "en": '[labs.lab-00]\ntitle = "Lab"\nquestion = "Why?"\n',
    "es": '[labs.lab-00]\ntitle = "Práctica"\nquestion = "¿Por qué?"\n',
}
GUIDES = {
    "en": '[labs.lab-00]\nguide = "Each answer that says so gets the points."\n',
    "es": '[labs.lab-00]\nguide = "Porque sí."\n',
}

Program = Callable[..., subprocess.CompletedProcess[str]]


def cells_of(text: str) -> dict[str, dict[str, Any]]:
    """Return the cells of a notebook by name."""
    return {cell["id"]: cell for cell in json.loads(text)["cells"]}


def text_of(cell: dict[str, Any]) -> str:
    """Return what a cell says."""
    return "".join(cell["source"])


@pytest.fixture
def worded(solutions: Path) -> Path:
    """Return a course with words for its notebooks."""
    (solutions / "pages").mkdir()
    for written, texts in (("notebooks", WORDS), ("guides", GUIDES)):
        for language, text in texts.items():
            (solutions / "pages" / f"{written}.{language}.toml").write_text(text, encoding="utf-8")
    return solutions


@pytest.mark.parametrize(("lab", "slug"), EXERCISES)
def test_a_student_s_cell_is_the_stub_to_the_letter(lab: str, slug: str) -> None:
    """As in exercises/, but for the last line end, which a cell has not."""
    stub = (PROJECT / "exercises" / slug / f"{slug}.py").read_text(encoding="utf-8")
    cell = cells_of(NOTEBOOKS[f"{lab}/{lab}.ipynb"])[slug]
    assert text_of(cell) + "\n" == stub
    assert cell["metadata"]["nbgrader"] == {
        "grade": False,
        "grade_id": slug,
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }


@pytest.mark.parametrize(("lab", "slug"), EXERCISES)
def test_a_check_cell_is_one_call_with_the_points_of_its_exercise(lab: str, slug: str) -> None:
    """Locked, and without a word of what is checked; an optional exercise is extra credit, so its cell is worth 0."""
    exercise = COURSE.exercise(slug)
    cell = cells_of(NOTEBOOKS[f"{lab}/{lab}.ipynb"])[f"{slug}-check"]
    call = f'check("{slug}", {", ".join(exercise.calls)})'
    assert text_of(cell) == f"from grader.notebook import check, hint\n\n{call}"
    told = cell["metadata"]["nbgrader"]
    assert (told["grade"], told["locked"], told["solution"]) == (True, True, False)
    assert told["points"] == pytest.approx(0 if exercise.optional else exercise.max_points)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_valid_for_jupyter_and_for_nbgrader(name: str) -> None:
    """By their own validators, without a repair, and without a solution or an output."""
    notebook = nbformat.reads(NOTEBOOKS[name], as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert nbformat.writes(notebook) == NOTEBOOKS[name].rstrip("\n")
    assert [cell["outputs"] for cell in notebook.cells if cell.cell_type == "code" and cell["outputs"]] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_one_question_of_each_lab_is_read_by_a_person(name: str) -> None:
    """Its two points are no check's, so the points of the checks stay what the exercises are worth."""
    graded = {one: cell for one, cell in cells_of(NOTEBOOKS[name]).items() if cell["metadata"].get("nbgrader")}
    manual = [
        one
        for one, cell in graded.items()
        if cell["metadata"]["nbgrader"]["solution"] and cell["cell_type"] == "markdown"
    ]
    assert (manual, graded["answer"]["metadata"]["nbgrader"]["points"]) == (["answer"], 2)
    for language in ("2 points", "2 puntos"):
        assert language in text_of(cells_of(NOTEBOOKS[name])["question"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_both_languages_are_in_one_notebook(name: str) -> None:
    """The Spanish text is folded below the English one; only the notebook has a heading of the first rank."""
    cells = cells_of(NOTEBOOKS[name])
    folded = [one for one, cell in cells.items() if '<details lang="es">\n<summary>Español: ' in text_of(cell)]
    assert folded == [one for one in cells if one in ("intro", "question") or one.endswith("-statement")]
    ranks = [
        line
        for cell in cells.values()
        if cell["cell_type"] == "markdown"
        for line in cell["source"]
        if line.startswith("# ")
    ]
    assert ranks == [cells["intro"]["source"][0]]


def test_notebooks_are_the_same_bytes_in_another_process() -> None:
    """Whatever Python hashes by: no name of a cell is made by chance."""
    script = (
        "import sys; sys.path.insert(0, 'tests/author')\n"
        "from test_notebooks import NOTEBOOKS\n"
        "sys.stdout.buffer.write(''.join(NOTEBOOKS.values()).encode())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, env=env, capture_output=True, check=True)
    assert run.stdout == "".join(NOTEBOOKS.values()).encode()


def test_a_changed_line_of_a_statement_is_a_changed_line_of_the_notebook() -> None:
    """A diff shows what an author wrote, and no cell below it moves or is renamed."""
    old = RELEASED["limits/text/en.md"]
    new = build_notebooks(COURSE, {**RELEASED, "limits/text/en.md": old.replace("three functions", "3 functions", 1)})
    before, after = (text["lab-00/lab-00.ipynb"].splitlines() for text in (NOTEBOOKS, new))
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert [(one.strip()[:13], other.strip()[:9]) for one, other in changed] == [('"Write three ', '"Write 3 ')]


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "solutions").glob("*/picture.py")), ids=lambda path: path.parent.name
)
def test_a_picture_draws_what_right_functions_compute(path: Path) -> None:
    """Curves or bars of finite numbers, with words on the axes."""
    exercise = COURSE.exercise(path.parent.name)
    picture = import_author_module(path, PROJECT / "solutions").picture
    solution = import_author_module(path.parent / "solution.py", PROJECT / "solutions")
    figure = Figure()
    picture(figure, *(getattr(solution, name) for name in exercise.calls))
    assert figure.axes
    for axes in figure.axes:
        drawn = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines]
        drawn += [np.array([bar.get_height()]) for bar in axes.patches]
        assert drawn
        assert all(np.isfinite(one).all() for one in drawn)
        assert axes.get_xlabel()


def test_a_course_without_words_has_plain_notebooks(whole: Path) -> None:
    """A title, the statement, the stub and its check; no picture, no question."""
    course = load_author_course(whole)
    notebook = build_notebooks(course, build_release(course))["lab-00/lab-00.ipynb"]
    assert list(cells_of(notebook)) == ["intro", "mean-statement", "mean", "mean-check"]
    assert text_of(cells_of(notebook)["intro"]) == "# lab-00"


def test_an_assignment_without_exercises_has_no_notebook(solutions: Path) -> None:
    """There is nothing to hand out yet."""
    with (solutions / "course.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[assignment]]\nslug = "lab-01"\nexercises = []\n')
    course = load_author_course(solutions)
    assert list(build_notebooks(course, build_release(course))) == ["lab-00/lab-00.ipynb"]


def test_an_optional_exercise_says_so(solutions: Path) -> None:
    """In its statement, and by a check cell that nbgrader adds nothing for."""
    path = solutions / "mean" / "exercise.toml"
    path.write_text("optional = true\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (solutions / "pages").mkdir()
    (solutions / "pages" / "notebooks.en.toml").write_text('optional = "*Optional.*"\n', encoding="utf-8")
    course = load_author_course(solutions)
    cells = cells_of(build_notebooks(course, build_release(course))["lab-00/lab-00.ipynb"])
    assert text_of(cells["mean-statement"]).startswith("*Optional.*\n\n## ")
    assert cells["mean-check"]["metadata"]["nbgrader"]["points"] == 0


def test_the_solved_copy_holds_the_solution_and_the_guide(worded: Path) -> None:
    """In the same cells, so that an instructor can run and grade it; the released one holds neither."""
    course = load_author_course(worded)
    files = build_release(course)
    (solved,), (released,) = build_solved(course, files).values(), build_notebooks(course, files).values()
    cells = cells_of(solved)
    assert text_of(cells["mean"]) + "\n" == (worded / "mean" / "solution.py").read_text(encoding="utf-8")
    assert text_of(cells["answer"]) == "Each answer that says so gets the points.\n\nPorque sí."
    assert list(cells) == list(cells_of(released))
    assert "Porque" not in released
    guided = released.replace('"source": []', '"source": ["Each answer that says so gets the points."]')
    for leak in (solved, guided):
        assert len(list(nothing_secret({"source": files_of({"lab-00/lab-00.ipynb": leak})}, worded))) == 1
    assert list(nothing_secret({"source": files_of({"lab-00/lab-00.ipynb": released})}, worded)) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def picture(figure):\n    pass\n", r"must define picture\(figure, mean\)"),
        ("def draw(figure, mean):\n    pass\n", r"must define picture\(figure, mean\)"),
    ],
)
def test_a_picture_must_take_what_its_cell_passes(solutions: Path, code: str, message: str) -> None:
    """A figure, and the functions of the exercise by their names."""
    (solutions / "mean" / "picture.py").write_text(code, encoding="utf-8")
    course = load_author_course(solutions)
    with pytest.raises(AuthorError, match=message):
        build_notebooks(course, build_release(course))


def test_two_cells_of_one_name_are_refused() -> None:
    """Or nbgrader would give the one's grade to the other."""
    with pytest.raises(AuthorError, match="two cells of a notebook would be named intro"):
        as_notebook([words_cell("intro", "A"), words_cell("intro", "B")])


@pytest.mark.parametrize(
    ("name", "old", "new", "seen"),
    [
        (
            "notebooks.es.toml",
            'question = "¿Por qué?"\n',
            "",
            ["notebooks.es.toml: labs.lab-00.question is not translated"],
        ),
        ("notebooks.es.toml", "¿Por qué?", "Why?", ["notebooks.es.toml: labs.lab-00.question equals the en text"]),
        (
            "notebooks.es.toml",
            "title",
            'name = "N"\ntitle',
            ["notebooks.es.toml: labs.lab-00.name is not in the en file"],
        ),
        (
            "guides.en.toml",
            "lab-00",
            "lab-07",
            [
                "guides.es.toml: labs.lab-07.guide is not translated",
                "guides.es.toml: labs.lab-00.guide is not in the en file",
                "guides.en.toml: lab-07 is no assignment of course.toml",
                "guides.en.toml: lab-00 has a question or a guide for marking, and not both",
                "guides.en.toml: lab-07 has a question or a guide for marking, and not both",
            ],
        ),
    ],
)  # fmt: skip
def test_words_of_notebooks_are_complete_in_both_languages(
    worded: Path, name: str, old: str, new: str, seen: list[str]
) -> None:
    """A text that is missing, the same, or of a lab that is not there."""
    course = load_author_course(worded)
    assert list(notebooks_complete(course)) == []
    path = worded / "pages" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    prefix = "law 5, every text in every language: "
    assert [str(one).removeprefix(prefix) for one in notebooks_complete(course)] == seen


def test_a_solved_copy_is_written_where_nobody_gets_it(small_project: Path, program: Program, tmp_path: Path) -> None:
    """For its owner alone; the command says that it is secret."""
    run = program("release", "--solved", tmp_path / "solved", cwd=small_project)
    path = tmp_path / "solved" / "lab-00" / "lab-00.ipynb"
    assert run.stdout.splitlines()[-2:-1] == [f"wrote {path}, which is secret"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (small_project / "source" / "lab-00" / "lab-00.ipynb").is_file()


@pytest.mark.parametrize(
    "name", ["exercises", "exercises/solved", "source/lab-00", "grader/solved", "source/../source"]
)
def test_a_solved_copy_is_refused_where_students_get_it(small_project: Path, program: Program, name: str) -> None:
    """One sentence, and nothing is written."""
    run = program("release", "--solved", name, cwd=small_project)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"grader: {name} is in {name.partition('/')[0]}/, which students get; ")


def test_a_solved_copy_is_refused_where_git_would_commit_it(tmp_path: Path) -> None:
    """In a repository, only a folder that git ignores will do."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)  # noqa: S607 - whichever git there is
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"git would commit .*notes/solved"):
        private_folder(tmp_path / "notes" / "solved", tmp_path)
    assert private_folder(tmp_path / "build" / "solved", tmp_path) == (tmp_path / "build" / "solved").resolve()
