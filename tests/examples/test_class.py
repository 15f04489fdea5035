"""The sample class is what its README says: many students, a mark for each, nothing copied from the author's folder."""

from __future__ import annotations

import csv
import io
import keyword
import tokenize
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CLASS = REPOSITORY / "examples" / "class"
SOLUTIONS = REPOSITORY / "solutions" / "softmax"
STUDENTS = sorted(path.name for path in CLASS.iterdir() if path.is_dir() and path.name != "__pycache__")
SUBMITTED = sorted(path for path in CLASS.rglob("softmax.py") if path.is_file())
KEPT_APART = [
    SOLUTIONS / "solution.py",
    *(SOLUTIONS / "accepted").rglob("*.py"),
    *(SOLUTIONS / "mistakes").rglob("*.py"),
]
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING}
LAYOUT = {tokenize.NEWLINE: "<line>", tokenize.INDENT: "<in>", tokenize.DEDENT: "<out>", tokenize.ENDMARKER: "<end>"}

Tokens = tuple[str, ...]


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
    """Return the tokens with every name replaced by the place where it first stood: two equal codes become equal."""
    names: dict[str, str] = {}
    tokens = [word for line in lines for word in line]
    return tuple(
        names.setdefault(word, f"name {len(names)}") if word.isidentifier() and not keyword.iskeyword(word) else word
        for word in tokens
    )


def answer(path: Path) -> Tokens:
    """Return the function that was asked for, alone: imports, and what stands beside it, make no new answer."""
    lines = statements(path)
    start = next((at for at, line in enumerate(lines) if "softmax_temperature" in line and "def" in line), len(lines))
    depth = 0
    body = [lines[start][-1:]] if start < len(lines) else []
    for line in lines[start + 1 :]:
        depth += line.count("<in>") - line.count("<out>")
        if depth <= 0:
            break
        body.append(tuple(word for word in line if word != "<out>"))
    return renamed(tuple(body))


def test_the_class_is_large_enough() -> None:
    """There are at least 24 students, in both places where a file may lie."""
    assert len(STUDENTS) >= 24
    assert f"what {len(STUDENTS)} students" in (CLASS.parent / "README.md").read_text(encoding="utf-8")
    assert {len(path.relative_to(CLASS).parts) for path in SUBMITTED} == {2, 3}


def test_no_student_has_two_files() -> None:
    """Each student has one answer at most, so nobody's mark depends on which is read."""
    owners = [path.relative_to(CLASS).parts[0] for path in SUBMITTED]
    assert sorted(set(owners)) == sorted(owners)


def test_every_student_has_a_mark() -> None:
    """expected.csv has a line for each folder and for nobody else, with points from 0 to 16 and a reason."""
    with (CLASS / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == STUDENTS
    assert {row["exercise"] for row in rows} == {"softmax"}
    assert [row["student"] for row in rows if not 0 <= float(row["points"]) <= 16 or not row["why"]] == []


@pytest.mark.parametrize("path", SUBMITTED, ids=lambda path: path.relative_to(CLASS).parts[0])
def test_no_answer_is_the_author_s(path: Path) -> None:
    """No answer is one of `solutions/softmax/` under other names, as a whole file or as a function."""
    if not statements(path):
        return
    twins = [other.name for other in KEPT_APART if renamed(statements(other)) == renamed(statements(path))]
    twins += [other.name for other in KEPT_APART if answer(path) and answer(other) == answer(path)]
    assert twins == []


def test_no_two_students_wrote_the_same() -> None:
    """No answer is another student's under other names, either."""
    answers = [answer(path) for path in SUBMITTED if answer(path)]
    assert len(set(answers)) == len(answers)


def test_the_comparison_can_see_a_copy(tmp_path: Path) -> None:
    """The solution with other names, other comments and no docstring is still the solution."""
    source = (SOLUTIONS / "solution.py").read_text(encoding="utf-8")
    copy = tmp_path / "softmax.py"
    copy.write_text(
        source.replace("peak", "top").replace("weight", "w").replace("  # ", "  # mine: "), encoding="utf-8"
    )
    assert answer(copy) == answer(SOLUTIONS / "solution.py")
    assert answer(copy) != answer(SUBMITTED[0])
    assert len(KEPT_APART) > 50
