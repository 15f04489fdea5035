"""``grader check``, as a student runs it: in a real child, on a copy of the released exercises."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.author.new import new_exercise
from grader.author.release import build_release, write_release
from grader.exercise.course import load_author_course

Program = Callable[..., subprocess.CompletedProcess[str]]
PROJECT = Path(__file__).resolve().parents[2]
EXERCISES, SOLUTIONS = PROJECT / "exercises", PROJECT / "solutions"
RIGHT = b"def mean(x):\n    return sum(float(v) for v in x) / len(x)\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"
CRASH = b"def mean(x):\n    total = 0\n    return total / 0\n"
BROKEN = b"def mean(x:\n    return 1.0\n"
LONG = "n" * 200
TOO_LONG = "File name too long."
LOOP = b"def mean(x):\n    while True:\n        pass\n"


@pytest.fixture
def desk(small_project: Path, tmp_path: Path) -> Path:
    """Return a folder with a fresh copy of the released exercises."""
    shutil.copytree(small_project / "exercises", tmp_path / "exercises", ignore=shutil.ignore_patterns(".grader"))
    return tmp_path


def write(desk: Path, source: bytes) -> Path:
    """Write the student's answer."""
    path = desk / "exercises" / "mean" / "mean.py"
    path.write_bytes(source)
    return path


def test_a_figure_that_differs_is_written_where_it_can_be_seen(tmp_path: Path, program: Program) -> None:
    """The screen names the file, the next run without such a figure removes it."""
    shutil.copytree(EXERCISES, tmp_path / "exercises", ignore=shutil.ignore_patterns(".grader"))
    answer = tmp_path / "exercises" / "sweep" / "sweep.py"
    right = (SOLUTIONS / "sweep" / "solution.py").read_text(encoding="utf-8")
    answer.write_text(right.replace('ax.set_xscale("log")', ""), encoding="utf-8")
    ran = program("check", "sweep", cwd=tmp_path)
    picture = tmp_path / "exercises" / ".grader" / "sweep.svg"
    assert ran.returncode == 1
    assert "  See it           exercises/.grader/sweep.svg\n" in ran.stdout
    assert picture.read_text(encoding="utf-8").startswith("<?xml")
    answer.write_text(right, encoding="utf-8")
    assert program("check", "sweep", cwd=tmp_path).returncode == 0
    assert not picture.exists()


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        (None, 1, "Not started: mean() raises NotImplementedError"),
        (RIGHT, 0, "PASS    1   the mean of a short vector"),
        (WRONG, 1, "sum_instead"),
        (CRASH, 1, "ZeroDivisionError: division by zero"),
        (BROKEN, 3, "cannot be read by Python yet"),
        (b"import no_such_module\n", 3, "ModuleNotFoundError"),
        (b"\xff\xfe\x00", 3, "mean.py"),
        (b"x = 1\n", 1, "MISSING"),
        (b"import os\nos._exit(0)\n", 3, "mean.py"),
    ],
)
def test_the_screen_and_the_exit_code(
    source: bytes | None, code: int, words: str, desk: Path, program: Program
) -> None:
    """Each state of a student's file has its screen and its exit code."""
    if source is not None:
        write(desk, source)
    run = program("check", "mean", cwd=desk)
    assert (run.returncode, run.stderr) == (code, "")
    assert words in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_an_endless_loop_is_stopped(desk: Path, program: Program) -> None:
    """The call that did not end is named, and the command ends."""
    write(desk, LOOP)
    settings = desk / "exercises" / "course.json"
    usual = settings.read_text(encoding="utf-8")
    assert '"cpu_seconds": 2.0' in usual
    settings.write_text(usual.replace('"cpu_seconds": 2.0', '"cpu_seconds": 0.3'), encoding="utf-8")
    run = program("check", cwd=desk)
    assert run.returncode == 1
    assert "SLOW" in run.stdout


def test_a_missing_file_says_where_it_should_be(desk: Path, program: Program) -> None:
    """The path is as the student would type it."""
    write(desk, b"").unlink()
    run = program("check", cwd=desk)
    assert run.returncode == 3
    assert run.stdout.startswith("exercises/mean/mean.py is missing.\n")


@pytest.mark.parametrize(
    ("where", "arguments"),
    [
        (".", ["check"]),
        ("exercises/mean", ["check"]),
        (".", ["check", "mean"]),
        (".", ["check", "exercises/mean/mean.py"]),
        (".", ["check", "exercises/mean"]),
        (".", ["check", "mean", "exercises/mean/mean.py"]),
        ("/", ["check", "--course", "{desk}"]),
        ("/", ["check", "mean", "--course", "{desk}/exercises"]),
    ],
)
def test_the_same_file_is_found_in_many_ways(where: str, arguments: list[str], desk: Path, program: Program) -> None:
    """By the folder one is in, by name, by path, and from anywhere."""
    write(desk, RIGHT)
    run = program(*(part.format(desk=desk) for part in arguments), cwd=desk / where)
    assert (run.returncode, run.stderr) == (0, "")


def test_what_is_new_is_said(desk: Path, program: Program) -> None:
    """The second run counts, and says what was fixed or stayed the same."""
    write(desk, WRONG)
    program("check", cwd=desk)
    again = program("check", cwd=desk).stdout
    write(desk, RIGHT)
    fixed = program("check", cwd=desk).stdout
    assert "run 2" in again
    assert "same result, 2 runs" in again
    assert "run 3" in fixed
    assert "newly fixed" in fixed
    lines = (desk / "exercises" / ".grader" / "history.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2, 3]


def test_another_file_leaves_the_history_alone(desk: Path, program: Program) -> None:
    """It is compared with no run of the student's own file, and none is compared with it."""
    write(desk, WRONG)
    (desk / "other.py").write_bytes(RIGHT)
    program("check", cwd=desk)
    other = program("check", "mean", "other.py", cwd=desk).stdout
    again = program("check", cwd=desk).stdout
    assert ("newly fixed" in other, "run" in other.splitlines()[0]) == (False, False)
    assert ("run 2" in again, "newly broken" in again, "same result, 2 runs" in again) == (True, False, True)


def test_a_broken_history_changes_nothing_else(desk: Path, program: Program) -> None:
    """A folder in its place is no reason to fail."""
    (desk / "exercises" / ".grader" / "history.jsonl").mkdir(parents=True)
    write(desk, RIGHT)
    assert program("check", cwd=desk).returncode == 0


@pytest.mark.parametrize("environment", [{"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_an_old_terminal_gets_letters_that_it_has(environment: dict[str, str], desk: Path, program: Program) -> None:
    """Spanish on an ASCII stream loses its accents, and nothing else."""
    write(desk, WRONG)
    run = program("check", "--lang", "es", cwd=desk, **environment)
    assert (run.returncode, run.stderr) == (1, "")
    assert re.search(r"Caso m[ií]nimo", run.stdout)
    if "PYTHONIOENCODING" in environment:
        assert run.stdout.isascii()


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"GRADER_LANG": "es"}, "La media"),
        ({"LC_ALL": "es_ES.UTF-8"}, "La media"),
        ({"LC_ALL": "es_ES.UTF-8", "GRADER_LANG": "en"}, "The mean"),
        ({"LANG": "de_DE.UTF-8"}, "The mean"),
    ],
)
def test_the_language_is_asked_for_or_the_locales(
    environment: dict[str, str], words: str, desk: Path, program: Program
) -> None:
    """--lang, else GRADER_LANG, else the locale, else English."""
    assert words in program("check", cwd=desk, **environment).stdout


def test_a_traceback_has_the_students_frames_only(desk: Path, program: Program) -> None:
    """--traceback adds Python's own, without a frame of ours."""
    write(desk, CRASH)
    run = program("check", "--traceback", cwd=desk)
    assert run.stdout.endswith(
        "\nTraceback (most recent call last):\n"
        '  File "mean.py", line 3, in mean\n'
        "    return total / 0\n"
        "ZeroDivisionError: division by zero\n"
    )


@pytest.mark.parametrize(
    ("arguments", "english", "spanish"),
    [
        (
            ["check", "meen"],
            "There is no exercise 'meen'. Did you mean 'mean'?",
            "No hay ningún ejercicio 'meen'. ¿Es 'mean'?",
        ),
        (["hint", "tau"], "There is no exercise 'tau'. There are: mean.", "No hay ningún ejercicio 'tau'. Hay: mean."),
        (
            ["hint", "mean", "9"],
            "mean has no check '9'. Its checks are 1 to 1.",
            "mean no tiene la prueba '9'. Sus pruebas van de la 1 a la 1.",
        ),
        (
            ["explain", "sum_insted"],
            "There is no diagnosis 'sum_insted'. Did you mean 'sum_instead'?",
            "No hay ningún diagnóstico 'sum_insted'. ¿Es 'sum_instead'?",
        ),
        (
            ["check", "mean", LONG + LONG],
            f"{LONG} cannot be looked at: {TOO_LONG} Check the name, or ask whoever may open that folder.",
            f"No se puede mirar {LONG}: {TOO_LONG} Revisa el nombre, o pregunta a quien pueda abrir esa carpeta.",
        ),
        (["explain", "tau"], "There is no diagnosis 'tau'.", "No hay ningún diagnóstico 'tau'."),
    ],
)
def test_what_is_not_there_is_one_line_in_the_student_s_language(
    arguments: list[str], english: str, spanish: str, desk: Path, program: Program
) -> None:
    """As asked for, or as the environment says; how the command is used is not shown, for that was right."""
    told = [
        program(*arguments, cwd=desk),
        program(*arguments, "--lang", "es", cwd=desk),
        program(*arguments, cwd=desk, GRADER_LANG="es"),
    ]
    assert [(run.returncode, run.stdout) for run in told] == [(2, "")] * 3
    assert [run.stderr for run in told] == [f"grader: {line}\n" for line in (english, spanish, spanish)]


def test_a_broken_course_is_one_sentence(desk: Path, program: Program) -> None:
    """What cannot be read is named, and what to do."""
    (desk / "exercises" / "course.json").write_text("{", encoding="utf-8")
    run = program("check", cwd=desk)
    assert run.returncode == 2
    assert run.stderr.startswith("grader: ")
    assert run.stderr.endswith("unpack the exercises again\n")
    assert run.stderr.count("\n") == 1


def test_hints_go_deeper_after_a_try(desk: Path, program: Program) -> None:
    """The first hint stays until changed code was checked; --more opens the next one now."""
    write(desk, WRONG)
    program("check", cwd=desk)
    first = program("hint", "mean", cwd=desk).stdout
    assert program("hint", "mean", "1", cwd=desk).stdout == first
    write(desk, WRONG + b"\n# another try\n")
    program("check", cwd=desk)
    second = program("hint", "mean", cwd=desk).stdout
    third = program("hint", "mean", "means", "--more", cwd=desk).stdout
    assert len({first, second, third}) == 3


def test_a_diagnosis_is_explained(desk: Path, program: Program) -> None:
    """A name at the right edge of the screen can be looked up."""
    assert program("explain", "sum_instead", cwd=desk).stdout.startswith("sum_instead")


def test_a_slow_check_says_what_it_does_to_whoever_looks(desk: Path) -> None:
    """On a terminal, a line on stderr; the screen itself stays as it is."""
    write(desk, b"import time\n\ntime.sleep(1)\n" + RIGHT)
    ours, theirs = pty.openpty()
    command = [Path(sysconfig.get_path("scripts")) / "grader", "check"]
    environment = {**os.environ, "TERM": "xterm"}
    run = subprocess.run(command, cwd=desk, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    said = os.read(ours, 1 << 10)
    os.close(ours)
    assert run.returncode == 0
    assert said.strip() == b"Checking mean"
    assert b"Checking" not in run.stdout


def test_passing_exercises_are_passed_over(small_project: Path, tmp_path: Path, program: Program) -> None:
    """Of several exercises, the first that does not pass is shown, and with --all every one."""
    root = tmp_path / "two"
    shutil.copytree(small_project / "solutions", root / "solutions")
    new_exercise("median", root / "solutions")
    write_release(build_release(load_author_course(root / "solutions")), root / "exercises")
    (root / "exercises" / "mean" / "mean.py").write_bytes(RIGHT)
    one, every = program("check", cwd=root), program("check", "--all", cwd=root)
    assert (one.returncode, every.returncode) == (1, 1)
    assert "exercise 1 of 2" not in one.stdout
    assert "exercise 2 of 2" in one.stdout
    assert "exercise 1 of 2" in every.stdout
    assert "Next: grader check median" in every.stdout
