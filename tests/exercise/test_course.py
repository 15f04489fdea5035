"""Courses: read from an author's folder or from what was released, and every fault in them is one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import AuthorError
from grader.author.new import new_exercise
from grader.exercise.course import Course, load_author_course, load_public_course
from grader.exercise.recording import bank_to_json

COURSE = '[title]\nen = "A course"\nes = "Un curso"\n\n[[assignment]]\nslug = "lab-00"\nexercises = ["mean"]\n'
ANSWERS = json.dumps({"reference": {"ordinary[0]": {"value": 1.0}}, "bank": bank_to_json([])})


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    """Return an author's folder with the exercise that `grader new` writes."""
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    new_exercise("mean", tmp_path)
    return tmp_path


def test_an_author_s_course_is_read(solutions: Path) -> None:
    """Checks of both kinds, groups in order, the solution live, and no wrong answer yet."""
    course = load_author_course(solutions)
    (exercise,) = course.exercises
    assert course.titles == {"en": "A course", "es": "Un curso"}
    assert [(item.slug, item.exercises) for item in course.assignments] == [("lab-00", ("mean",))]
    assert [(check.name, check.visibility) for check in exercise.checks] == [
        ("means", "public"),
        ("long_vectors", "hidden"),
    ]
    assert [group.name for group in exercise.groups] == ["ordinary", "long"]
    assert exercise.public_groups == {"ordinary"}
    assert exercise.max_points == 2.0
    assert len(exercise.probes) == 5
    assert exercise.reference.answer(exercise.probes[1]).value == 0.5
    assert exercise.bank.mistakes == ()
    assert exercise.group("long").name == "long"
    assert exercise.texts["es"].get("title") == "La media"
    assert exercise.limits.memory_mb == 1024


def test_exercises_stand_in_their_order(solutions: Path) -> None:
    """The number first, then the name."""
    for slug, order in (("zero", 1), ("alpha", 100)):
        new_exercise(slug, solutions)
        path = solutions / slug / "exercise.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("order = 100", f"order = {order}"), encoding="utf-8")
    assert [exercise.slug for exercise in load_author_course(solutions).exercises] == ["zero", "alpha", "mean"]


def test_hidden_checks_may_use_public_groups_and_oracles(solutions: Path) -> None:
    """A group that is imported is not declared twice."""
    (solutions / "oracles.py").write_text("LIMIT = 0.5\n", encoding="utf-8")
    path = solutions / "mean" / "hidden.py"
    imports = (
        "from .public import ORDINARY\nfrom ..oracles import LIMIT\n\nassert LIMIT == 0.5 and len(ORDINARY) == 3\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + imports, encoding="utf-8")
    assert [group.name for group in load_author_course(solutions).exercises[0].groups] == ["ordinary", "long"]


def test_the_suite_changes_with_every_file_that_decides_a_mark(solutions: Path) -> None:
    """A changed, new or renamed file is another suite; what Python leaves behind is not."""
    suites = [load_author_course(solutions).suite]
    (solutions / "mean" / "__pycache__").mkdir(exist_ok=True)
    (solutions / "mean" / "__pycache__" / "public.cpython-399.pyc").write_bytes(b"x")
    assert load_author_course(solutions).suite == suites[0]
    path = solutions / "mean" / "mistakes" / "sum_instead.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    suites.append(load_author_course(solutions).suite)
    path.rename(path.with_name("total.py"))
    suites.append(load_author_course(solutions).suite)
    assert len(set(suites)) == 3


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a fault: a text in a file of the exercise replaced by another one."""

    def edit(solutions: Path) -> None:
        path = solutions / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def written(name: str, content: bytes) -> Callable[[Path], None]:
    """Return a fault: a file with another content."""
    return lambda solutions: (solutions / name).write_bytes(content) and None


def removed(name: str) -> Callable[[Path], None]:
    """Return a fault: a file that is missing."""
    return lambda solutions: (solutions / name).unlink()


def replaced_by_folder(name: str) -> Callable[[Path], None]:
    """Return a fault: a folder in place of a file."""

    def replace(solutions: Path) -> None:
        (solutions / name).unlink()
        (solutions / name).mkdir()

    return replace


TOML = "mean/exercise.toml"
GENERIC = b'order = 1\ncalls = ["mean"]\n[[generic]]\nuse = "agrees"\non = "ordinary"\n'
FAULTS = {
    "no course": (removed("course.toml"), "course.toml is missing; write it$"),
    "a course that is no TOML": (
        written("course.toml", b"title ="),
        "course.toml is not valid TOML: Invalid value.*; correct it, or restore it$",
    ),
    "a course that is no text": (written("course.toml", b"\xff\xfe"), "course.toml is not valid TOML: .*utf-8"),
    "a course that is a folder": (
        replaced_by_folder("course.toml"),
        "course.toml cannot be read: Is a directory; make it a readable file$",
    ),
    "a title in one language": (written("course.toml", b'title = "A"'), "course.toml: title is 'A'; write a table"),
    "an assignment without exercises": (
        written("course.toml", b'[[assignment]]\nslug = "a"'),
        r"course.toml: every \[\[assignment\]\] has a slug and a list of exercises",
    ),
    "an assignment of another exercise": (
        edited("course.toml", '["mean"]', '["mean", "mode"]'),
        "course.toml: lab-00 lists 'mode', but there is no such folder beside it",
    ),
    "an assignment of an exercise without settings": (
        edited("course.toml", '["mean"]', '["mean", "mean/text"]'),
        "course.toml: lab-00 lists 'mean/text', but mean/text/exercise.toml is missing; write it$",
    ),
    "an exercise without settings": (
        removed(TOML),
        "mean/exercise.toml is missing; write it, or take the folder away$",
    ),
    "an exercise that is no TOML": (written(TOML, b"order = = 1"), "mean/exercise.toml is not valid TOML"),
    "an unknown key": (
        edited(TOML, "order = 100", "ordre = 100"),
        "mean/exercise.toml: unknown key ordre; known are accepted, calls, generic, imports, limits, optional, order",
    ),
    "no calls": (edited(TOML, 'calls = ["mean"]', ""), "mean/exercise.toml: calls is missing; list the functions"),
    "empty calls": (edited(TOML, '["mean"]', "[]"), "mean/exercise.toml: calls is missing"),
    "calls that is a text": (
        edited(TOML, '["mean"]', '"mean"'),
        "mean/exercise.toml: key calls is 'mean'; it must be a list of texts",
    ),
    "an order in words": (
        edited(TOML, "order = 100", 'order = "first"'),
        "mean/exercise.toml: key order is 'first'; it must be a whole number",
    ),
    "no order": (
        edited(TOML, "order = 100", ""),
        "mean/exercise.toml: order is missing; write the place of this exercise",
    ),
    "calls of another function": (
        edited(TOML, '["mean"]', '["nothing"]'),
        r"mean/exercise.toml: calls is \['nothing'\], but the probes 'ordinary' call mean; add it",
    ),
    "calls of a function that is not written": (
        edited(TOML, '["mean"]', '["mean", "mode"]'),
        "mean/exercise.toml: calls has 'mode', but solution.py defines no such function; correct one of them",
    ),
    "imports of a package that is not there": (
        edited(TOML, '["numpy"]', '["nopackage"]'),
        "mean/exercise.toml: imports has 'nopackage', which is not installed; install it, or take it out",
    ),
    "imports of a module that is not there": (
        edited(TOML, '["numpy"]', '["nopackage.part"]'),
        "mean/exercise.toml: imports has 'nopackage.part', which is not installed",
    ),
    "no time": (
        edited(TOML, "cpu_seconds = 2.0", "cpu_seconds = -1"),
        "mean/exercise.toml: limit cpu_seconds is -1; it must be above 0, and at most 300",
    ),
    "time without end": (
        edited(TOML, "cpu_seconds = 2.0", "cpu_seconds = nan"),
        "mean/exercise.toml: limit cpu_seconds is nan; it must be above 0, and at most 300",
    ),
    "no memory": (
        edited(TOML, "memory_mb = 1024", "memory_mb = 0"),
        "mean/exercise.toml: limit memory_mb is 0; it must be above 0, and at most 1048576",
    ),
    "no room for a reply": (
        edited(TOML, "reply_mb = 16", "reply_mb = 0"),
        "mean/exercise.toml: limit reply_mb is 0; it must be above 0, and at most 1024",
    ),
    "points below nothing": (
        written(TOML, GENERIC + b"points = -1\n"),
        "mean/exercise.toml: generic check 'agrees' is worth -1 points; it must be 0 or more",
    ),
    "an accepted answer that loses in words": (
        written(TOML, GENERIC.partition(b"[[")[0] + b'accepted.loop.loses = "means"\n'),
        "mean/exercise.toml: key of accepted.loop loses is 'means'; it must be a list of texts",
    ),
    "an unknown limit": (
        edited(TOML, "cpu_seconds", "seconds"),
        "mean/exercise.toml: unknown limit seconds; known are cpu_seconds, memory_mb, reply_mb",
    ),
    "a limit in words": (
        edited(TOML, "memory_mb = 1024", 'memory_mb = "1 GB"'),
        "mean/exercise.toml: limit memory_mb is '1 GB'; it must be a whole number",
    ),
    "an unknown generic check": (
        written(TOML, GENERIC.replace(b"agrees", b"agree")),
        "mean/exercise.toml: generic check uses 'agree'; known are agrees, leaves_arguments, refuses_values",
    ),
    "an unknown key of a generic check": (
        written(TOML, GENERIC + b"point = 2\n"),
        "mean/exercise.toml: unknown key of a generic check point; known are about, ",
    ),
    "a generic check on no group": (
        written(TOML, GENERIC.replace(b"ordinary", b"usual")),
        "mean/exercise.toml: generic check 'agrees' is on 'usual', which is no group of probes",
    ),
    "a generic check that nobody sees": (
        written(TOML, GENERIC + b'visibility = "secret"\n'),
        "mean/exercise.toml: generic check 'agrees' is 'secret'; write public or hidden",
    ),
    "a generic check that is no table": (
        written(TOML, b'order = 1\ncalls = ["mean"]\ngeneric = ["agrees"]\n'),
        "mean/exercise.toml: key of a generic check 'agrees' must be a table",
    ),
    "a generic check with the name of another": (
        written(TOML, GENERIC + b'name = "means"\n'),
        "mean/exercise.toml: two checks are called means; rename one",
    ),
    "a public check on hidden probes": (
        written(TOML, GENERIC.replace(b"ordinary", b"long")),
        r"mean/exercise.toml: check agrees is public, on probes of hidden.py \('long'\); make it hidden, or declare",
    ),
    "no public checks": (
        removed("mean/public.py"),
        "mean/public.py is missing; an exercise without checks of this kind has an empty one$",
    ),
    "no hidden checks": (
        removed("mean/hidden.py"),
        "mean/hidden.py is missing; an exercise without checks of this kind has an empty one$",
    ),
    "no solution": (removed("mean/solution.py"), "mean/solution.py is missing; it is the reference"),
    "a solution that cannot be parsed": (
        written("mean/solution.py", b"def mean(x:\n"),
        r"mean/solution.py cannot be imported: SyntaxError: .*\(solution.py, line 1\); correct it, or restore it$",
    ),
    "a module that raises": (
        written("mean/public.py", b"1 / 0\n"),
        "mean/public.py cannot be imported: ZeroDivisionError: division by zero",
    ),
    "a check with a third parameter": (
        edited("mean/public.py", "def means(subject, reference)", "def means(subject, reference, more)"),
        r"mean/public.py cannot be imported: AuthorError: check means\(subject, reference, more\): its parameters must",
    ),
    "a check without a docstring": (
        edited("mean/public.py", '    """The mean of a short vector."""\n', ""),
        "mean/public.py: check means has no docstring; a student reads its first line",
    ),
    "two checks of one name": (
        edited("mean/hidden.py", "def long_vectors", "def means"),
        "mean/hidden.py: two checks are called means; rename one",
    ),
    "two groups of one name": (
        edited("mean/hidden.py", '"long"', '"ordinary"'),
        "mean/hidden.py: two groups of probes are called 'ordinary'; rename one",
    ),
    "a check that needs an unknown one": (
        edited("mean/hidden.py", 'needs=["means"]', 'needs=["mean"]'),
        "mean/hidden.py: check long_vectors needs mean, which does not come before it",
    ),
    "a check that needs a later one": (
        edited("mean/public.py", "finds=", 'needs=["long_vectors"], finds='),
        "mean/public.py: check means needs long_vectors, which does not come before it",
    ),
    "a check on a group that is nowhere": (
        edited("mean/public.py", "@check(points=1, on=ORDINARY", '@check(points=1, on=probes("other", [])'),
        "mean/public.py: check means is on 'other', which no module declares",
    ),
    "no Spanish": (removed("mean/text/es.toml"), "mean/text/es.toml is missing; every language has one"),
    "a text that is no TOML": (written("mean/text/en.toml", b"title"), "mean/text/en.toml is not valid TOML"),
    "a text that is a folder": (
        replaced_by_folder("mean/text/en.toml"),
        "mean/text/en.toml cannot be read: Is a directory",
    ),
}


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_an_author_is_one_sentence_with_its_file(
    solutions: Path, fault: Callable[[Path], None], sentence: str
) -> None:
    """What is wrong, where, and what it should be."""
    fault(solutions)
    with pytest.raises(AuthorError, match=f"^{re.escape(str(solutions))}/{sentence}") as caught:
        load_author_course(solutions)
    assert "\n" not in str(caught.value)


def test_an_unknown_exercise_is_told_with_the_known_ones(solutions: Path) -> None:
    """A slip in a command is answered with what could have been meant."""
    course = load_author_course(solutions)
    assert course.exercise("mean").slug == "mean"
    with pytest.raises(AuthorError, match="there is no exercise 'mode'; there are: mean"):
        course.exercise("mode")


@pytest.fixture
def released(solutions: Path) -> Path:
    """Return the same course as it is released, with one recorded answer."""
    folder = solutions / "released"
    (folder / "mean" / "text").mkdir(parents=True)
    for name in ("public.py", "text/en.toml", "text/es.toml"):
        (folder / "mean" / name).write_bytes((solutions / "mean" / name).read_bytes())
    (folder / "mean" / "answers.json").write_text(ANSWERS, encoding="utf-8")
    course = {
        "schema": "grader/course/v1",
        "titles": {"en": "A course"},
        "assignments": [{"slug": "lab-00", "exercises": ["mean"]}],
        "exercises": {"mean": {"order": 1, "calls": ["mean"]}},
        "suite": "abc",
    }
    (folder / "course.json").write_text(json.dumps(course), encoding="utf-8")
    return folder


def test_a_released_course_is_read(released: Path) -> None:
    """Public checks only, and answers from the recording."""
    course: Course = load_public_course(released)
    exercise = course.exercise("mean")
    assert (course.suite, course.titles) == ("abc", {"en": "A course"})
    assert course.assignments[0].exercises == ("mean",)
    assert [check.name for check in exercise.checks] == ["means"]
    assert exercise.reference.answer(exercise.probes[0]).value == 1.0


DAMAGES = {
    "no course": (removed("course.json"), "course.json is missing; this is not a folder of exercises"),
    "no JSON": (written("course.json", b"{"), "course.json cannot be read: .*; unpack the exercises again"),
    "no text": (written("course.json", b"\xff"), "course.json cannot be read: .*; unpack the exercises again"),
    "a list": (written("course.json", b"[]"), "course.json: its schema is None, this grader reads 'grader/course/v1'"),
    "another schema": (
        edited("course.json", "course/v1", "course/v2"),
        "course.json: its schema is 'grader/course/v2', this grader reads 'grader/course/v1'",
    ),
    "no suite": (
        edited("course.json", '"suite"', '"suit"'),
        r"course.json is damaged \(KeyError: 'suite'\); unpack the exercises again",
    ),
    "no answers": (removed("mean/answers.json"), "mean/answers.json cannot be read: .*; unpack the exercises again"),
    "half the answers": (
        written("mean/answers.json", ANSWERS[:20].encode()),
        "mean/answers.json cannot be read: .*; unpack the exercises again",
    ),
    "other answers": (
        written("mean/answers.json", b'{"reference": {}}'),
        r"mean/answers.json is damaged \(KeyError: 'bank'\); unpack the exercises again",
    ),
    "no checks": (removed("mean/public.py"), "mean/public.py cannot be imported: FileNotFoundError"),
    "no words": (removed("mean/text/en.toml"), "mean/text/en.toml is missing; every language has one"),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_bundle_is_one_sentence_with_its_file(
    released: Path, damage: Callable[[Path], None], sentence: str
) -> None:
    """A student is told which file to unpack again."""
    damage(released)
    with pytest.raises(AuthorError, match=f"^{re.escape(str(released))}/{sentence}") as caught:
        load_public_course(released)
    assert "\n" not in str(caught.value)


def test_an_exercise_may_be_optional(solutions: Path) -> None:
    """Its points then only fill up a total."""
    path = solutions / "mean" / "exercise.toml"
    path.write_text("optional = true\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_author_course(solutions).exercise("mean").optional is True
