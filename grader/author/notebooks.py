"""Notebooks: one for each assignment, built from what is released and from nothing else.

There is one notebook for both languages, with the Spanish statement folded below the English one. One notebook for each
language would not do: nbgrader adds up every notebook of an assignment, so each lab would count twice; and as two
assignments, a class that mixes languages would have two gradebooks. Code has no language, and the card below a check
speaks the reader's.

A student's cell holds the stub to the letter, so what is read on GitHub is already what is handed out. nbgrader must be
told to leave it so (``c.ClearSolutions.enabled = False``), for it empties a cell that has no marks of its kind.

The points of a check cell are those of its exercise. The question in words has points of its own, which nbgrader adds
to the lab's total: the 100 points of a course are those of its check cells, and stay so whoever reads the answers. An
optional exercise is worth 0 here, because nbgrader knows no cell that can only help; what it earns is extra credit.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grader.author.cells import Cell, answer_cell, as_notebook, check_cell, code_cell, solution_cell, words_cell
from grader.exercise.check import AuthorError
from grader.exercise.course import PAGES, Assignment, Course
from grader.exercise.exercise import Exercise
from grader.exercise.texts import LANGUAGES, Texts, read_texts

WORDS = "notebooks"  # solutions/pages/notebooks.<language>.toml: what stands around the exercises
GUIDES = "guides"  # solutions/pages/guides.<language>.toml: what a good answer to a lab's question says; never released
PICTURE = "picture.py"  # beside a solution: draws what the functions compute, def picture(figure, <function>, ...)
QUESTION_POINTS = 2
HEADING = re.compile(r"^#", re.MULTILINE)
FENCED = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)

Words = Mapping[str, Texts]


@dataclass(frozen=True)
class Paper:
    """What notebooks are made of: released files and words, and what goes into the cells that students fill in."""

    course: Course
    files: Mapping[str, str]
    words: Words
    code: Callable[[str], str]  # of an exercise
    answer: Callable[[str], str]  # to the question of a lab


def build_notebooks(course: Course, files: Mapping[str, str]) -> dict[str, str]:
    """Return every released notebook: path below ``source/`` -> text; ``files`` is what `build_release` made."""
    words = read_words(course)
    answer = _both(words, "answer")
    return _notebooks(Paper(course, files, words, lambda slug: files[f"{slug}/{slug}.py"], lambda _: answer))


def build_solved(course: Course, files: Mapping[str, str]) -> dict[str, str]:
    """Return the same notebooks with solutions, and with what a good answer in words says; they are secret."""
    guides = read_words(course, GUIDES)

    def solution(slug: str) -> str:
        return (course.folder / slug / "solution.py").read_text(encoding="utf-8")

    return _notebooks(
        Paper(course, files, read_words(course), solution, lambda lab: _both(guides, f"labs.{lab}.guide"))
    )


def read_words(course: Course, written: str = WORDS) -> Words:
    """Return a course's words for its notebooks in each language; it may have none."""
    paths = {language: course.folder / PAGES / f"{written}.{language}.toml" for language in LANGUAGES}
    return {one: read_texts(path, one) if path.is_file() else Texts(one, {}) for one, path in paths.items()}


def _notebooks(paper: Paper) -> dict[str, str]:
    labs = (lab for lab in paper.course.assignments if lab.exercises)
    return {f"{lab.slug}/{lab.slug}.ipynb": as_notebook(_cells(paper, lab)) for lab in labs}


def _cells(paper: Paper, lab: Assignment) -> Iterator[Cell]:
    words = paper.words
    titles = {language: words[language].get(f"labs.{lab.slug}.title") or lab.slug for language in LANGUAGES}
    yield words_cell("intro", f"# {titles[LANGUAGES[0]]}\n\n{_folded(words, titles, _each(words, 'intro'))}")
    for slug in lab.exercises:
        yield from _exercise_cells(paper, paper.course.exercise(slug))
    questions = _each(words, f"labs.{lab.slug}.question")
    if any(questions.values()):
        titles = _each(words, "question")
        yield words_cell("question", f"## {titles[LANGUAGES[0]]}\n\n{_folded(words, titles, questions)}")
        yield answer_cell("answer", paper.answer(lab.slug), QUESTION_POINTS)


def _exercise_cells(paper: Paper, exercise: Exercise) -> Iterator[Cell]:
    slug, functions = exercise.slug, ", ".join(exercise.calls)
    yield words_cell(f"{slug}-statement", _statement(paper, exercise))
    yield solution_cell(slug, paper.code(slug))
    call = f'from grader.notebook import check, hint\n\ncheck("{slug}", {functions})'
    yield check_cell(f"{slug}-check", call, 0 if exercise.optional else exercise.max_points)
    picture = _picture(paper, exercise)
    if picture:
        yield words_cell(f"{slug}-look", _both(exercise.texts, "picture"))
        shown = f"from grader.notebook import show\n\nshow(picture, {functions})"
        yield code_cell(f"{slug}-picture", f"{picture}\n\n\n{shown}")


def _statement(paper: Paper, exercise: Exercise) -> str:
    pages = {one: _demoted(paper.files[f"{exercise.slug}/text/{one}.md"]) for one in LANGUAGES}
    titles = {one: exercise.texts[one].get("title") or exercise.slug for one in LANGUAGES}
    optional = _both(paper.words, "optional") if exercise.optional else ""
    return "\n\n".join(filter(None, (optional, _folded(paper.words, titles, pages))))


def _picture(paper: Paper, exercise: Exercise) -> str:
    """Return the code of an exercise's picture, or nothing if it has none; it must take what its cell passes."""
    path = paper.course.folder / exercise.slug / PICTURE
    if not path.is_file():
        return ""
    code = path.read_text(encoding="utf-8").strip()
    drawn = [node for node in ast.parse(code).body if isinstance(node, ast.FunctionDef) and node.name == "picture"]
    wanted = ["figure", *exercise.calls]
    if not drawn or [one.arg for one in drawn[0].args.args] != wanted:
        raise AuthorError(f"{path} must define picture({', '.join(wanted)})")
    return code


def _folded(words: Words, titles: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """Return a text in the first language, with the others folded below it, each under its title."""
    first, *others = LANGUAGES
    folded = (_fold(other, words[other].get("language"), titles[other], texts[other]) for other in others)
    return "\n\n".join(filter(None, (texts[first].strip(), *folded)))


def _fold(language: str, named: str | None, title: str, text: str) -> str:
    """Return a text that a click opens; the empty lines around it keep its Markdown alive."""
    if not text:
        return ""
    summary = ": ".join(filter(None, (named, title)))
    return f'<details lang="{language}">\n<summary>{summary}</summary>\n\n{text.strip()}\n\n</details>'


def _each(words: Words, key: str) -> dict[str, str]:
    return {language: words[language].get(key) or "" for language in LANGUAGES}


def _both(words: Words, key: str) -> str:
    return "\n\n".join(filter(None, _each(words, key).values()))


def _demoted(page: str) -> str:
    """Return a page whose headings are one step lower, since the notebook has a title; code keeps its comments."""
    parts = FENCED.split(page)
    return "".join(part if part.startswith("```") else HEADING.sub("##", part) for part in parts)
