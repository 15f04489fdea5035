"""Release: the same bytes each day, only what is on the list, and nothing of what is hidden."""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from grader.author.laws.freshness import released_files_fresh, same_form
from grader.author.release import _as_toml, build_release, stray_files, write_bundle, write_release
from grader.cli import main
from grader.exercise.check import AuthorError
from grader.exercise.course import Course, load_author_course, load_public_course
from grader.exercise.texts import read_texts


@pytest.fixture(scope="module")
def files(whole: Path) -> dict[str, str]:
    """Return what is released of the course that nobody breaks."""
    return build_release(load_author_course(whole))


def test_only_what_is_on_the_list_is_released(files: dict[str, str]) -> None:
    """A stub, public checks, answers, statements and texts, and one file for the course."""
    assert list(files) == [
        "course.json",
        "mean/answers.json",
        "mean/mean.py",
        "mean/public.py",
        "mean/text/en.md",
        "mean/text/en.toml",
        "mean/text/es.md",
        "mean/text/es.toml",
    ]


def test_the_same_solutions_give_the_same_files(whole: Path, files: dict[str, str]) -> None:
    """Nothing depends on the day, the run or the machine's order of files."""
    assert build_release(load_author_course(whole)) == files


def test_a_file_that_nobody_named_is_not_released(solutions: Path, files: dict[str, str]) -> None:
    """Whatever lies beside the solution stays there."""
    for name in ("notes.md", "text/fr.toml", "text/en.md~", "draft.py", "accepted/other.py"):
        (solutions / "mean" / name).write_text('"""A draft of an answer."""\n', encoding="utf-8")
    (solutions / "oracles.py").write_text("LIMIT = 1\n", encoding="utf-8")
    assert set(build_release(load_author_course(solutions))) == set(files)


def test_nothing_hidden_is_released(files: dict[str, str]) -> None:
    """No hidden check, no hidden probe, no answer to one, no text of one, no accepted answer."""
    told = "".join(files.values())
    for secret in ("long_vectors", "long[", "divides_by_at_most_ten", "plain_loop", "98.0", "49.5", "100 entries"):
        assert secret not in told
    assert "sum_instead" in told


def test_public_answers_are_recorded(files: dict[str, str]) -> None:
    """Those of the reference, and those of wrong answers where they differ."""
    answers = json.loads(files["mean/answers.json"])
    assert answers["reference"] == {
        "ordinary[0]": {"value": 1.0},
        "ordinary[1]": {"value": 0.5},
        "ordinary[2]": {"value": 3.0},
    }
    assert [item["diagnosis"] for item in answers["bank"]["mistakes"]] == ["sum_instead"]


def test_a_released_course_is_the_public_half_of_the_author_s(
    whole: Path, files: dict[str, str], tmp_path: Path
) -> None:
    """It is read back with its checks, its answers, its wrong answers and its words."""
    write_release(files, tmp_path)
    mine, theirs = load_author_course(whole).exercise("mean"), load_public_course(tmp_path).exercise("mean")
    assert [check.name for check in theirs.checks] == ["means"]
    assert (theirs.calls, theirs.imports, theirs.limits, theirs.order) == (mine.calls, mine.imports, mine.limits, 100)
    assert theirs.bank.diagnoses == ("sum_instead",)
    for probe, known in zip(theirs.probes, mine.probes, strict=False):
        assert theirs.reference.answer(probe).value == mine.reference.answer(known).value
    assert theirs.texts["es"].get("checks.means.title") == "La media de un vector corto"
    assert theirs.texts["es"].listed("diagnoses.sum_instead.hints") == mine.texts["es"].listed(
        "diagnoses.sum_instead.hints"
    )
    assert theirs.texts["es"].get("checks.long_vectors.title") is None


def test_only_public_generic_checks_are_told(solutions: Path, tmp_path: Path) -> None:
    """A hidden one is not even named."""
    generic = '[[generic]]\nuse = "agrees"\nname = "{}"\ntitle = "T"\non = "ordinary"\nvisibility = "{}"\n'
    with (solutions / "mean" / "exercise.toml").open("a", encoding="utf-8") as file:
        file.write(generic.format("shown", "public") + generic.format("unseen", "hidden"))
        file.write('[accepted.plain_loop]\nloses = ["unseen"]\n')
    files = build_release(load_author_course(solutions))
    write_release(files, tmp_path / "exercises")
    assert [check.name for check in load_public_course(tmp_path / "exercises").exercise("mean").checks] == [
        "means",
        "shown",
    ]
    assert not any(word in text for text in files.values() for word in ("unseen", "plain_loop", "accepted"))


def test_writing_says_what_changed_and_removes_strays(files: dict[str, str], tmp_path: Path) -> None:
    """The second time nothing changes; what a student's run leaves behind is let alone."""
    assert write_release(files, tmp_path) == list(files)
    assert write_release(files, tmp_path) == []
    (tmp_path / "mean" / "__pycache__").mkdir()
    (tmp_path / "mean" / "__pycache__" / "public.pyc").write_bytes(b"x")
    (tmp_path / "old" / "text").mkdir(parents=True)
    (tmp_path / "old" / "text" / "en.md").write_text("gone", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "mean" / "mean.py").write_bytes(files["mean/mean.py"].replace("\n", "\r\n").encode())
    (tmp_path / "mean" / "text" / "en.md").write_bytes(b"\xff")
    assert write_release(files, tmp_path) == ["mean/mean.py", "mean/text/en.md", "link.md", "old/text/en.md"]
    assert stray_files(files, tmp_path) == []
    assert (tmp_path / "mean" / "__pycache__" / "public.pyc").exists()
    assert (tmp_path / "mean" / "mean.py").read_bytes() == files["mean/mean.py"].encode()


def released_by_command(solutions: Path) -> Result:
    """Run `grader release`."""
    return CliRunner().invoke(main, ["release", "--solutions", str(solutions)])


def test_what_is_written_and_what_is_removed_is_told(solutions: Path) -> None:
    """Each file by what happened to it."""
    stray = solutions.parent / "exercises" / "old" / "notes.md"
    stray.parent.mkdir(parents=True)
    stray.touch()
    told = released_by_command(solutions)
    assert (told.exit_code, stray.exists()) == (0, False)
    assert {"wrote exercises/mean/mean.py", "removed exercises/old/notes.md"} <= set(told.output.splitlines())


def test_a_text_that_is_not_translated_is_not_released(solutions: Path) -> None:
    """Law 5 by its name, each text with its file, what to do, and nothing written."""
    text = solutions / "mean" / "text" / "es.toml"
    text.write_text(text.read_text(encoding="utf-8").replace("next = ", "then = ", 1), encoding="utf-8")
    told = released_by_command(solutions)
    *seen, advice = told.stderr.splitlines()
    assert (told.exit_code, told.stdout, (solutions.parent / "exercises").exists()) == (1, "", False)
    assert seen
    assert all(line.startswith("law 5, every text in every language: mean/text/es.toml: ") for line in seen)
    assert advice == "grader: nothing was released; write these texts in every language, and run this again"


def test_the_bundle_is_the_same_bytes_each_time(files: dict[str, str], tmp_path: Path) -> None:
    """The released files below exercises/, and nothing else; no date, no user, no mode of this machine."""
    write_bundle(files, tmp_path / "a.zip")
    write_bundle(files, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as bundle:
        assert bundle.namelist() == [f"exercises/{name}" for name in files]
        assert {info.date_time for info in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert bundle.read("exercises/mean/mean.py") == files["mean/mean.py"].encode()


KEYS = st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), min_size=1, max_size=3).map(".".join)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"))


@given(st.dictionaries(st.integers(0, 99), WORDS | st.lists(WORDS, max_size=3).map(tuple), max_size=5), KEYS)
def test_texts_are_written_as_toml_that_reads_back(words: dict[int, str | tuple[str, ...]], prefix: str) -> None:
    """Quotes, braces, line ends and every letter of every language."""
    flat = {f"{prefix}.k{number}": value for number, value in words.items()}
    tree = tomllib.loads(_as_toml(flat))
    for part in prefix.split(".") if flat else []:
        tree = tree[part]
    assert tree == {f"k{number}": list(v) if isinstance(v, tuple) else v for number, v in words.items()}


def test_released_texts_are_those_of_the_author(whole: Path, files: dict[str, str], tmp_path: Path) -> None:
    """Read by the same reader, word for word."""
    (tmp_path / "es.toml").write_text(files["mean/text/es.toml"], encoding="utf-8")
    mine, theirs = read_texts(whole / "mean" / "text" / "es.toml", "es"), read_texts(tmp_path / "es.toml", "es")
    assert all(mine.words[key] == value for key, value in theirs.words.items())


def test_a_file_that_a_release_needs_is_asked_for(solutions: Path) -> None:
    """One sentence with the file."""
    (solutions / "mean" / "text" / "en.md").unlink()
    with pytest.raises(AuthorError, match=r"text/en\.md is missing; a release holds it"):
        build_release(load_author_course(solutions))


@pytest.fixture
def released(whole: Path, files: dict[str, str], tmp_path: Path) -> tuple[Course, dict[str, str], Path]:
    """Return the course, what is released of it, and where that is written."""
    write_release(files, tmp_path)
    return load_author_course(whole), files, tmp_path


@pytest.mark.parametrize(
    ("name", "change", "fresh"),
    [
        ("mean/answers.json", lambda text: text.replace("0.5", "0.5000000000001"), True),
        ("mean/answers.json", lambda text: text.replace("0.5", "0.500001"), False),
        ("mean/answers.json", lambda text: text.replace("0.5", '"0.5"'), False),
        ("mean/answers.json", lambda text: text[:-5], False),
        ("mean/answers.json", lambda text: text.replace("sum_instead", "sum_first"), False),
        ("course.json", lambda text: text.replace('"suite": "', '"suite": "0'), True),
        ("course.json", lambda text: text.replace('"order": 100', '"order": 101'), False),
        ("course.json", lambda _: "[]", False),
        ("mean/text/en.md", lambda text: text + " ", False),
        ("mean/mean.py", lambda text: text.replace("\n", "\r\n"), False),
    ],
)
def test_fresh_means_equal_bytes_but_for_the_last_digits_of_answers(
    released: tuple[Course, dict[str, str], Path], name: str, change: Callable[[str], str], fresh: object
) -> None:
    """One exp of one machine differs from another's in the last bit; nothing else may."""
    course, files, target = released
    (target / name).write_bytes(change(files[name]).encode())
    seen = [str(violation) for violation in released_files_fresh(files, target, course)]
    wrong = [f"law 6, released files are fresh: {name}: it is not what a release makes; run grader release"]
    assert seen == ([] if fresh else wrong)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1.0, 1.1, True),
        ({"a": [1.0]}, {"a": [2.0]}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ([1.0], [1.0, 1.0], False),
        (1, 2, False),
        (1, 2.0, False),
        ("a", "b", False),
        (None, 0.0, False),
    ],
)
def test_the_form_of_a_recording_is_all_but_its_fractions(one: object, other: object, expected: object) -> None:
    """Draws, words, shapes and dtypes are the same on every machine."""
    assert same_form(one, other) is expected
