"""The sample classes are what their README says: many students, a mark for each, nothing copied from the author."""

from __future__ import annotations

import csv
import io
import keyword
import re
import tokenize
import tomllib
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES, SOLUTIONS = REPOSITORY / "examples", REPOSITORY / "solutions"
COURSE = tomllib.loads((SOLUTIONS / "course.toml").read_text(encoding="utf-8"))
EXERCISES = [slug for assignment in COURSE["assignment"] for slug in assignment["exercises"]]
GRADED = {"class": ["softmax"], "labs": EXERCISES}  # which exercises each class is graded in
SUBMITTED = sorted(
    path for name, slugs in GRADED.items() for slug in slugs for path in (EXAMPLES / name).rglob(f"{slug}.py")
)
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING}
LAYOUT = {tokenize.NEWLINE: "<line>", tokenize.INDENT: "<in>", tokenize.DEDENT: "<out>", tokenize.ENDMARKER: "<end>"}
UNWRITTEN = {"raise", "NotImplementedError", ":", *LAYOUT.values()}

Tokens = tuple[str, ...]


def students(name: str) -> list[str]:
    """Return the folders of a class."""
    return sorted(path.name for path in (EXAMPLES / name).iterdir() if path.is_dir() and path.name != "__pycache__")


def owner(path: Path) -> str:
    """Return the class, the student and the exercise of a file."""
    parts = path.relative_to(EXAMPLES).parts
    return f"{parts[0]}/{parts[1]}/{path.stem}"


@cache
def kept_apart(slug: str) -> tuple[Path, ...]:
    """Return what the author wrote for an exercise: the solution, the other right answers, the wrong ones."""
    folder = SOLUTIONS / slug
    return folder / "solution.py", *(folder / "accepted").rglob("*.py"), *(folder / "mistakes").rglob("*.py")


@cache
def asked_for(slug: str) -> list[str]:
    """Return the functions that an exercise asks for."""
    settings = tomllib.loads((SOLUTIONS / slug / "exercise.toml").read_text(encoding="utf-8"))
    return list(settings["calls"])


@cache
def statements(path: Path) -> tuple[Tokens, ...]:
    """Return the logical lines of a file as tokens, without comments and docstrings, as far as it can be read."""
    lines: list[Tokens] = []
    line: list[str] = []
    try:
        for token in tokenize.tokenize(io.BytesIO(path.read_bytes()).readline):
            if token.type in SILENT:
                continue
            line.append(LAYOUT.get(token.type, token.string))
            if token.type == tokenize.NEWLINE and is_text(line):
                line = [word for word in line if word in {"<in>", "<out>"}]  # the next line begins where it began
            elif token.type == tokenize.NEWLINE:
                lines.append(tuple(line))
                line = []
    except (tokenize.TokenError, SyntaxError):
        pass  # what can be read is enough to recognise a copy
    return tuple(lines)


def is_text(line: list[str]) -> bool:
    """Return whether a logical line is nothing but a text, as a docstring is."""
    words = [word for word in line if word not in LAYOUT.values()]
    return len(words) == 1 and words[0].lstrip("rRuUbBfF").startswith(('"', "'"))


def renamed(lines: tuple[Tokens, ...]) -> Tokens:
    """Return the tokens with every name replaced by the place where it first stood: two equal codes become equal.

    Texts count for nothing: an error message in other words makes no new answer.
    """
    names: dict[str, str] = {}
    tokens = [word for line in lines for word in line]
    return tuple("text" if is_text([word]) else name_of(word, names) for word in tokens)


def name_of(word: str, names: dict[str, str]) -> str:
    """Return where a name first stood, or what is no name as it is."""
    is_name = word.isidentifier() and not keyword.iskeyword(word)
    return names.setdefault(word, f"name {len(names)}") if is_name else word


def body(lines: tuple[Tokens, ...], name: str) -> list[Tokens]:
    """Return the lines of one function, from its colon on."""
    start = next((at for at, line in enumerate(lines) if name in line and "def" in line), len(lines))
    depth = 0
    found = [lines[start][-1:]] if start < len(lines) else []
    for line in lines[start + 1 :]:
        depth += line.count("<in>") - line.count("<out>")
        if depth <= 0:
            break
        found.append(tuple(word for word in line if word != "<out>"))
    return found


@cache
def answer(path: Path, slug: str) -> Tokens:
    """Return the functions that were asked for, alone: imports, and what stands beside them, make no new answer.

    Empty for a stub and for a file without these functions.
    """
    found = [line for name in asked_for(slug) for line in body(statements(path), name)]
    return renamed(tuple(found)) if any(set(line) - UNWRITTEN for line in found) else ()


def test_the_classes_are_large_enough() -> None:
    """There are at least 24 students in the class of one exercise and 10 in that of the labs, in both places."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for name, least in (("class", 24), ("labs", 10)):
        assert len(students(name)) >= least
        assert f"what {len(students(name))} students" in readme
        assert {len(path.relative_to(EXAMPLES).parts) for path in SUBMITTED if name in path.parts} == {3, 4}


def test_every_exercise_has_answers() -> None:
    """In the labs every exercise has at least two answers, and every file is one."""
    files = [path for path in (EXAMPLES / "labs").rglob("*.py") if path.is_file()]
    assert sorted(set(files) - set(SUBMITTED)) == []
    assert [slug for slug in EXERCISES if sum(path.stem == slug for path in files) < 2] == []


def test_no_student_has_two_files() -> None:
    """Each student has one answer at most to an exercise, so nobody's mark depends on which is read."""
    owners = [owner(path) for path in SUBMITTED]
    assert sorted(set(owners)) == sorted(owners)


@pytest.mark.parametrize("name", GRADED)
def test_every_student_has_a_mark(name: str) -> None:
    """expected.csv has a line for each student and exercise and for nothing else, with points and a reason."""
    with (EXAMPLES / name / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [(student, slug) for student in students(name) for slug in GRADED[name]]
    assert sorted((row["student"], row["exercise"]) for row in rows) == sorted(wanted)
    assert [row for row in rows if not 0 <= float(row["points"]) <= 16 or not row["why"]] == []


def test_a_mark_without_a_file_is_nothing() -> None:
    """In the labs a student earns points exactly for what is there to earn them."""
    handed_in = {tuple(owner(path).split("/")[1:]) for path in SUBMITTED}
    with (EXAMPLES / "labs" / "expected.csv").open(encoding="utf-8", newline="") as file:
        missing = [row for row in csv.DictReader(file) if row["why"] == "no file"]
    absent = {(student, slug) for student in students("labs") for slug in EXERCISES} - handed_in
    assert {(row["student"], row["exercise"]) for row in missing} == absent
    assert {row["points"] for row in missing} == {"0"}


@pytest.mark.parametrize("path", SUBMITTED, ids=owner)
def test_no_answer_is_the_author_s(path: Path) -> None:
    """No answer is one of the exercise's folder under other names, as a whole file or as a function."""
    if not answer(path, path.stem):
        return
    others = kept_apart(path.stem)
    twins = [other.name for other in others if renamed(statements(other)) == renamed(statements(path))]
    twins += [other.name for other in others if answer(other, path.stem) == answer(path, path.stem)]
    assert twins == []


@pytest.mark.parametrize("slug", EXERCISES)
def test_no_two_students_wrote_the_same(slug: str) -> None:
    """No answer is another student's under other names, either."""
    written = [answer(path, slug) for path in SUBMITTED if path.stem == slug and answer(path, slug)]
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("slug", EXERCISES)
def test_the_comparison_can_see_a_copy(tmp_path: Path, slug: str) -> None:
    """The solution with one name changed, in its texts as well, and a comment added is still the solution."""
    solution = SOLUTIONS / slug / "solution.py"
    source = solution.read_text(encoding="utf-8")
    copy = tmp_path / f"{slug}.py"
    copy.write_text(re.sub(r"\bnp\b", "mine", source) + "\n# mine\n", encoding="utf-8")
    assert answer(copy, slug) == answer(solution, slug) != ()
    assert answer(copy, slug) not in {answer(path, slug) for path in SUBMITTED if path.stem == slug}
    assert len(kept_apart(slug)) > 8
