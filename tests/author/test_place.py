"""Where an author's things are, what `grader new` writes, and what is kept of wrong answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.author.bank import cache_folder, record_bank, with_bank
from grader.author.new import new_exercise, template_files
from grader.author.place import accepted, find_project, find_solutions, mistakes
from grader.author.trial import run_trials
from grader.author.warm import imported
from grader.exercise.check import AuthorError
from grader.exercise.course import load_author_course
from grader.exercise.texts import LANGUAGES


def test_new_writes_a_whole_exercise_named_for_its_slug(tmp_path: Path) -> None:
    """Every file that an exercise has, and no placeholder left in any."""
    made = new_exercise("geometric_mean", tmp_path)
    names = [path.relative_to(tmp_path / "geometric_mean").as_posix() for path in made]
    assert names == sorted(
        [
            *("exercise.toml", "solution.py", "public.py", "hidden.py", "truth.py", "accepted/plain_loop.py"),
            *("mistakes/sum_instead.py", "mistakes/divides_by_at_most_ten.py"),
            *(f"text/{language}.{kind}" for language in LANGUAGES for kind in ("md", "toml")),
        ]
    )
    texts = [path.read_text(encoding="utf-8") for path in made]
    assert not any("SLUG" in text for text in texts)
    assert sum("geometric_mean" in text for text in texts) == 10
    assert len(template_files("x")) == len(made)


@pytest.mark.parametrize("slug", ["", "Mean", "1st", "a-b", "a b", "../x", "á", "a/b", "_a"])
def test_a_name_that_python_cannot_import_is_refused(tmp_path: Path, slug: str) -> None:
    """And says what a slug is made of."""
    with pytest.raises(AuthorError, match="is no slug; use lower-case letters, digits and _, and begin with a letter"):
        new_exercise(slug, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("class", "'class' is a word of Python's own, which names no function; choose another slug"),
        ("json", "'json' is the name of an installed module, which json.py would hide; choose another slug"),
        ("numpy", "'numpy' is the name of an installed module, which numpy.py would hide; choose another slug"),
    ],
)
def test_a_name_that_is_taken_in_python_is_refused(tmp_path: Path, slug: str, sentence: str) -> None:
    """A student's file and function have that name."""
    with pytest.raises(AuthorError, match=f"^{sentence}$"):
        new_exercise(slug, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_exercise_is_never_touched(tmp_path: Path) -> None:
    """Not even an empty folder."""
    (tmp_path / "mean").mkdir()
    with pytest.raises(AuthorError, match="mean exists already; choose another slug, or remove it first"):
        new_exercise("mean", tmp_path)
    assert list((tmp_path / "mean").iterdir()) == []


def test_right_and_wrong_answers_are_found_by_their_place(solutions: Path) -> None:
    """A wrong answer is named by its file, or by its folder when several codes earn one name."""
    folder = solutions / "mean"
    (folder / "mistakes" / "sign").mkdir()
    for name in ("flipped.py", "lost.py"):
        (folder / "mistakes" / "sign" / name).write_text("", encoding="utf-8")
    assert [(variant.name, variant.diagnosis) for variant in accepted(folder)] == [("plain_loop", "")]
    assert [(variant.name, variant.diagnosis) for variant in mistakes(folder)] == [
        ("divides_by_at_most_ten", "divides_by_at_most_ten"),
        ("flipped", "sign"),
        ("lost", "sign"),
        ("sum_instead", "sum_instead"),
    ]
    assert list(accepted(folder)[0].source("mean")) == ["mean"]


def test_a_wrong_answer_too_deep_is_refused(solutions: Path) -> None:
    """It is not known which part of its path would be its name."""
    path = solutions / "mean" / "mistakes" / "sign" / "flipped"
    path.mkdir(parents=True)
    (path / "twice.py").write_text("", encoding="utf-8")
    with pytest.raises(
        AuthorError, match=r"twice.py: mistakes are mistakes/<diagnosis>.py or mistakes/<diagnosis>/<var"
    ):
        mistakes(solutions / "mean")


def test_solutions_are_found_beside_the_project_file(solutions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From any folder below, or where they are said to be."""
    (solutions.parent / "pyproject.toml").touch()
    monkeypatch.chdir(solutions / "mean" / "text")
    assert find_project() == solutions.parent
    assert find_solutions() == solutions
    assert find_solutions(solutions) == solutions


def test_no_project_and_no_solutions_are_one_sentence_each(tmp_path: Path) -> None:
    """With the folder, and what to do."""
    with pytest.raises(
        AuthorError,
        match=f"no pyproject.toml at or above {tmp_path}; go to the project's folder, or name the solutions with",
    ):
        find_project(tmp_path)
    with pytest.raises(
        AuthorError, match=r"holds no course.toml, so it is no folder of solutions; name it with --solu"
    ):
        find_solutions(tmp_path)


def test_solutions_that_cannot_be_opened_are_one_sentence(ordinary: Path) -> None:
    """They may well be there, so it is not said that they are none."""
    (ordinary / "solutions").mkdir(mode=0)
    with pytest.raises(AuthorError, match="solutions cannot be read: Permission denied; make it readable, and run"):
        find_solutions(ordinary / "solutions")


def test_wrong_answers_are_asked_once_for_each_version_of_the_suite(solutions: Path, tmp_path: Path) -> None:
    """A kept bank is used, another version has another one, and a broken one is made again."""
    cache, folder = tmp_path / "cache", solutions / "mean"

    def bank() -> list[tuple[str, list[str]]]:
        exercise = with_bank(load_author_course(solutions).exercise("mean"), folder, cache=cache)
        return [(mistake.diagnosis, list(mistake.replies)) for mistake in exercise.bank.mistakes]

    known = [
        ("divides_by_at_most_ten", ["long[0]", "long[1]"]),
        ("sum_instead", ["ordinary[1]", "ordinary[2]", "long[0]", "long[1]"]),
    ]
    assert bank() == known
    (kept,) = cache.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    tree = json.loads(kept.read_text(encoding="utf-8"))
    del tree["mistakes"][0]
    kept.write_text(json.dumps(tree), encoding="utf-8")
    assert bank() == known[1:]
    kept.write_text("{", encoding="utf-8")
    assert bank() == known
    (folder / "mistakes" / "sum_instead.py").unlink()
    assert bank() == known[:1]
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("name", ["mistakes/broken.py", "mistakes/sign/broken.py", "accepted/broken.py"])
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def mean(x:\n", r"SyntaxError: '\(' was never closed \(broken.py, line 1\)"),
        ("\nreturn 1\n", r"SyntaxError: 'return' outside function \(broken.py, line 2\)"),
    ],
)
def test_an_answer_that_is_no_python_is_refused(solutions: Path, name: str, source: str, said: str) -> None:
    """By who grades and by who proves, in one sentence, where answers are asked anew."""
    folder = solutions / "mean"
    exercise = load_author_course(solutions).exercise("mean")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")
    sentence = f"^{folder / name} cannot be imported: {said}; correct it, or restore it$"
    with pytest.raises(AuthorError, match=sentence):
        record_bank(exercise, folder)
    with pytest.raises(AuthorError, match=sentence):
        run_trials(exercise, folder, exercise)


def test_doubtful_code_of_a_known_answer_is_nobody_s_business(
    solutions: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """Python's warnings about it are not for who grades a class."""
    (solutions / "mean" / "mistakes" / "doubtful.py").write_text(
        "def mean(x):\n    return x is 1, '\\d'\n", encoding="utf-8"
    )
    assert imported(solutions / "mean") == []
    assert list(recwarn) == []


def test_a_cache_that_cannot_be_written_stops_nobody(solutions: Path, tmp_path: Path) -> None:
    """The next run asks again."""
    (tmp_path / "file").touch()
    exercise = with_bank(load_author_course(solutions).exercise("mean"), solutions / "mean", cache=tmp_path / "file")
    assert exercise.bank.diagnoses == ("divides_by_at_most_ten", "sum_instead")


def test_banks_are_kept_in_the_user_s_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system says, else below the home folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "softmax-grader"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "softmax-grader"
