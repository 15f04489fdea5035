"""``grader grade``, as an instructor runs it: files, summary, exit codes, and sentences for what goes wrong."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.classroom.run import Tally
from grader.classroom.store import OutFull
from grader.cli import _progress, main

PROGRAM = Path(sysconfig.get_path("scripts")) / "grader"
RIGHT = b"def mean(x):\n    return sum(float(v) for v in x) / len(x)\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"

Program = Callable[..., subprocess.CompletedProcess[str]]
HandIn = Callable[..., Path]


@pytest.fixture
def desk(hand_in: HandIn, small_project: Path, tmp_path: Path) -> Path:
    """Return an instructor's project, with a class of one in it."""
    hand_in(ana=WRONG)
    (tmp_path / "solutions").symlink_to(small_project / "solutions")
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_class_is_graded_and_summed_up(
    language: str, hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """Exit code 0, results, pages in the language, and a summary no wider than the terminal."""
    folder, out = hand_in(ana=WRONG, bob=RIGHT, carl=None, dora=RIGHT), tmp_path / "out"
    (folder / "dora" / "mean").mkdir()
    (folder / "dora" / "mean" / "mean.py").write_bytes(RIGHT)
    run = program("grade", folder, "--out", out, "--sandbox", "best", "--lang", language, cwd=small_project)
    assert (run.returncode, run.stderr) == (0, "")
    assert {"en": "Misconceptions", "es": "Ideas equivocadas"}[language] in run.stdout
    assert {"en": "sandbox:", "es": "aislamiento:"}[language] in run.stdout
    assert "sum_instead" in run.stdout
    _, attention, told = run.stdout.partition(
        {"en": "To look at: handed in", "es": "Por revisar: entregaron"}[language]
    )
    assert "dora" in told.partition("carl")[0], attention
    assert max(map(len, run.stdout.splitlines())) <= 80
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["student"], line["points"], line["max_points"]) for line in lines] == [
        ("ana", 0, 2),
        ("bob", 2, 2),
        ("carl", 0, 2),
        ("dora", 0, 2),
    ]
    title = {"en": "The mean", "es": "La media"}[language]
    assert title in (out / "feedback" / "ana.txt").read_text(encoding="utf-8")


def test_a_locale_of_plain_letters_changes_no_name(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """A folder's name is UTF-8, in the results and as the name of the page, even where Python thinks it cannot be."""
    folder, out = hand_in(**{"Dávila Ruiz": WRONG}), tmp_path / "out"
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = program("grade", folder, "--out", out, "--sandbox", "best", cwd=small_project, **plain)
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads((out / "results.jsonl").read_text(encoding="utf-8"))["student"] == "Dávila Ruiz"
    assert [path.name for path in (out / "feedback").iterdir()] == ["Dávila Ruiz.txt"]


def test_a_hidden_folder_with_an_answer_is_named(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """It may be a student's, whom nobody would miss; a program's own folder is passed over in silence."""
    folder = hand_in(**{"ana": RIGHT, ".eve": RIGHT})
    (folder / ".git").mkdir()
    run = program("grade", folder, "--out", tmp_path / "out", "--sandbox", "best", cwd=small_project)
    said = "grader: .eve is not graded, for its name begins with a dot; rename it if it is a student\n"
    assert (run.returncode, run.stderr) == (0, said)


def test_confinement_is_stored_with_each_result(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """Without a sandbox the line says so, and no layer is missed."""
    out = tmp_path / "out"
    done = program("grade", hand_in(ana=WRONG), "--out", out, "--sandbox", "off", cwd=small_project, PATH="")
    assert "apt-get" not in done.stdout
    (line,) = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert "nothing verified" in json.loads(line)["confinement"]


def test_a_missing_bubblewrap_is_named(hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program) -> None:
    """Grading goes on without it, and a line says how to get it."""
    folder, out = hand_in(ana=WRONG), tmp_path / "out"
    done = program("grade", folder, "--out", out, "--sandbox", "best", cwd=small_project, PATH="")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "bubblewrap is not installed; apt-get install bubblewrap adds a layer.",
    )


def test_hidden_inputs_are_in_no_page(hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program) -> None:
    """A student reads of a hidden check what it is about, and not what was asked."""
    out = tmp_path / "out"
    divides_by_ten = b"def mean(x):\n    return float(sum(x)) / min(len(x), 10)\n"
    program("grade", hand_in(ana=divides_by_ten), "--out", out, "--sandbox", "best", cwd=small_project)
    page = (out / "feedback" / "ana.txt").read_text(encoding="utf-8")
    (line,) = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    hidden = [one for one in json.loads(line)["exercises"][0]["results"] if one["visibility"] == "hidden"]
    case = next(one["finding"]["case"] for one in hidden if "finding" in one)
    assert "mean(" in case
    assert case not in page
    assert "divides_by_at_most_ten" in page


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "--out", "out"], "there is no folder nowhere; name the one that holds one folder per student"),
        (["class", "--out", "class/out"], "class/out lies in class, where each folder is a student"),
        (["class", "--out", "solutions"], "solutions holds files that are not results of ours"),
        (["class", "--out", "pyproject.toml"], "pyproject.toml is a file, and results need a folder; choose another"),
        (["class", "--out", "/proc/out"], "/proc/out cannot be used for results"),
        (["class", "--out", "out", "--jobs", "0"], "0 is not in the range x>=1"),
        (["class", "--out", "out", "--solutions", "class"], "class holds no course.toml"),
        (["class"], "Missing option '--out'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], sentence: str, desk: Path, program: Program
) -> None:
    """Exit code 2, the sentence, and nothing written."""
    run = program("grade", *arguments, cwd=desk)
    assert run.returncode == 2
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
    assert not (desk / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grade", "class", "--out", "out", "--exercise", "meen"], "There is no exercise 'meen'. Did you mean 'mean'?"),
        (
            ["grade", "class", "--out", "out", "--exercise", "pages"],
            "{desk}/own/pages/exercise.toml is missing; write it, or take the folder away",
        ),
        (
            ["grade", "class", "--out", "out", "--assignment", "lab-9"],
            "There is no assignment 'lab-9' with exercises. There are: lab-00.",
        ),
        (["prove", "meen"], "There is no exercise 'meen'. Did you mean 'mean'?"),
        (["pytest", "class/ana", "--exercise", "meen"], "There is no exercise 'meen'. Did you mean 'mean'?"),
        (["pytest", "class/eve"], "there is no folder class/eve; name the folder of one student"),
        (["pytest", "class"], "{desk}/class holds a class; name the folder of one student, such as {desk}/class/ana"),
        (["pytest", sys.prefix], f"{sys.prefix} holds the grader itself; name the folder of one student"),
        (
            ["pytest", "class/ana", "--replay", "ana"],
            "--replay takes a key of 64 digits and letters: personal in a line of results.jsonl",
        ),
    ],
)
def test_what_is_not_there_is_one_line(arguments: list[str], sentence: str, desk: Path, program: Program) -> None:
    """How the command is used is not shown, for that was right."""
    shutil.copytree(desk / "solutions", desk / "own")
    (desk / "own" / "pages").mkdir()
    run = program(*arguments, "--solutions", "own", cwd=desk)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"grader: {sentence.format(desk=desk)}\n")


@pytest.mark.parametrize("words", [["grade", "class", "--out"], ["grade", "--out", "out"], ["pytest"]])
def test_a_path_that_cannot_be_looked_at_is_refused(words: list[str], desk: Path, program: Program) -> None:
    """Such as one whose name is too long for any file, or in a folder that others may not enter."""
    run = program(*words, "n" * 300, cwd=desk)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)
    assert "n cannot be looked at: File name too long. Check the name, or ask" in run.stderr


@pytest.mark.parametrize("chosen", [[], ["--exercise", "mean"], ["--assignment", "lab-00"]])
def test_an_exercise_that_lost_its_settings_is_not_left_out(
    chosen: list[str], desk: Path, small_project: Path, program: Program
) -> None:
    """Nobody is graded by what is left of the course."""
    shutil.copytree(small_project / "solutions", desk / "own")
    (desk / "own" / "mean" / "exercise.toml").unlink()
    run = program("grade", "class", "--out", "out", "--solutions", "own", *chosen, cwd=desk)
    said = f"grader: {desk}/own/mean/exercise.toml is missing; write it, or take the folder away\n"
    assert (run.returncode, run.stderr, (desk / "out").exists()) == (2, said, False)


def test_a_broken_exercise_is_named(hand_in: HandIn, tmp_path: Path, program: Program) -> None:
    """The file, what is wrong with it, and no mark."""
    folder = tmp_path / "solutions"
    (folder / "mean").mkdir(parents=True)
    (folder / "course.toml").touch()
    (folder / "mean" / "exercise.toml").write_text("calls = [", encoding="utf-8")
    run = program("grade", hand_in(ana=WRONG), "--out", tmp_path / "out", "--solutions", folder, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stderr.startswith(f"grader: {folder}/mean/exercise.toml is not valid TOML: ")
    assert not (tmp_path / "out").exists()


def test_a_missing_text_is_said_and_costs_nobody_a_mark(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """Where it is missing, how many more are, and what lists them; the class is graded all the same."""
    solutions, out = tmp_path / "solutions", tmp_path / "out"
    shutil.copytree(small_project / "solutions", solutions)
    words = solutions / "mean" / "text" / "es.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("rule = ", "rules = "), encoding="utf-8")
    run = program(
        "grade", hand_in(ana=RIGHT), "--out", out, "--sandbox", "best", "--solutions", solutions, cwd=tmp_path
    )
    assert (run.returncode, run.stderr.count("\n")) == (0, 1)
    assert run.stderr.startswith("grader: mean/text/es.toml: checks.means.rule is missing (and ")
    assert run.stderr.endswith(" more). Grading goes on; grader prove lists what to mend\n")
    assert json.loads((out / "results.jsonl").read_text(encoding="utf-8"))["points"] == 2


def test_results_of_another_version_are_left_alone(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """After a change of the exercises, another --out is needed."""
    project = tmp_path / "project"
    shutil.copytree(small_project, project)
    folder, out = hand_in(ana=WRONG), tmp_path / "out"
    assert program("grade", folder, "--out", out, "--sandbox", "best", cwd=project).returncode == 0
    before = (out / "results.jsonl").read_bytes()
    with (project / "solutions" / "mean" / "hidden.py").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    run = program("grade", folder, "--out", out, "--sandbox", "best", cwd=project)
    said = f"grader: {out} holds results of another version (exercises changed since); choose another --out\n"
    assert (run.returncode, run.stderr) == (2, said)
    assert (out / "results.jsonl").read_bytes() == before


def test_results_of_another_class_are_left_alone(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """Nobody of the one is in the other: that is a mistyped --out, and no class from which all have gone."""
    out = tmp_path / "out"
    grade = ["--out", out, "--sandbox", "best"]
    assert program("grade", hand_in(ana=WRONG), *grade, cwd=small_project).returncode == 0
    before = (out / "results.jsonl").read_bytes()
    other = tmp_path / "other"
    (other / "bob").mkdir(parents=True)
    run = program("grade", other, *grade, cwd=small_project)
    said = f"grader: {out} holds the results of another class, with ana; choose another --out\n"
    assert (run.returncode, run.stderr, (out / "results.jsonl").read_bytes()) == (2, said, before)


@pytest.mark.parametrize("name", ["feedback", "results.jsonl"])
def test_what_lies_in_the_way_of_results_is_named(
    name: str, hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """To make room would not help."""
    out = tmp_path / "out"
    grade = ["grade", hand_in(ana=WRONG), "--out", out, "--sandbox", "best"]
    assert program(*grade, cwd=small_project).returncode == 0
    if (out / name).is_dir():
        shutil.rmtree(out / name)
        (out / name).touch()
    else:
        (out / name).unlink()
        (out / name).mkdir()
    run = program(*grade, cwd=small_project)
    assert run.returncode == 4
    assert f"grader: {out / name} cannot be written: " in run.stderr
    assert "what was graded before is kept, so mend that and run this again" in run.stderr


def test_a_student_we_fail_on_is_named(
    hand_in: HandIn, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4, the student's name, where the story is or what we may not read, and no line for them."""
    out = tmp_path / "out"
    folder = hand_in(ana=WRONG, bob=WRONG + b"# mine\n")
    grade_class = sys.modules["grader.classroom.run"].grade_class

    def failing(roll: object, *arguments: object, **options: object) -> Tally:
        tally: Tally = grade_class(roll[:1], *arguments, **options)  # type: ignore[index]
        tally.students, tally.faults, tally.unread = 3, {"bob": "Traceback: ours"}, {"eve": "mean.py cannot be opened"}
        return tally

    monkeypatch.setattr("grader.classroom.run.grade_class", failing)
    solutions = str(small_project / "solutions")
    arguments = ["grade", str(folder), "--out", str(out), "--sandbox", "best", "--solutions", solutions]
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 4
    story = next(out.glob("fault-*.txt"))
    assert run.stderr.splitlines() == [
        "grader: eve has no mark yet: mean.py cannot be opened. Make it readable, and run this again.",
        f"grader: the grader itself failed on bob, who have no mark yet. Details: {story}",
    ]
    assert ["eve", "-", "0/2"] in [line.split()[:3] for line in run.stdout.splitlines()]
    assert "Not judged: a file that the system does not let the grader read\n  eve\n" in run.stdout
    assert "Traceback: ours" in story.read_text(encoding="utf-8")
    assert len((out / "results.jsonl").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("step", ["grader.classroom.store.refuse_early", "grader.classroom.run.grade_class"])
def test_a_full_disk_is_told_the_same_early_and_late(
    step: str, hand_in: HandIn, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of the command, which may be run again as it is."""

    def full(*_: object, **__: object) -> None:
        raise OutFull("out cannot be written: No space left on device; make room and run this again")

    monkeypatch.setattr(step, full)
    solutions = str(small_project / "solutions")
    arguments = ["grade", str(hand_in(ana=RIGHT)), "--out", str(tmp_path / "out"), "--solutions", solutions]
    run = CliRunner().invoke(main, [*arguments, "--sandbox", "best"])
    said = "grader: out cannot be written: No space left on device; make room and run this again\n"
    assert (run.exit_code, run.stderr) == (4, said)


def test_a_terminal_shows_a_bar(hand_in: HandIn, small_project: Path, tmp_path: Path) -> None:
    """On a real terminal, progress is a bar that is gone at the end; before it, what is done once is said."""
    ours, theirs = pty.openpty()
    command = [PROGRAM, "grade", hand_in(ana=WRONG), "--out", tmp_path / "out", "--sandbox", "best"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = subprocess.Popen(command, cwd=small_project, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 1 << 16):
            seen += piece
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(ours)
    assert run.wait(30) == 0
    once, _, bar = seen.partition(b"\n")
    assert once.startswith(b"trying the known wrong answers of mean; ")
    assert b"graded" in bar


def test_elsewhere_a_line_is_written_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for each student, not on the first, and never the same line twice."""
    clock = iter([0.0, 1.0, 6.0, 6.0, 20.0, 20.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with _progress.progress("graded") as tell:
        for done in (1, 2, 2, 3):
            tell(done, 3)
    assert capsys.readouterr().err == "graded: 2 of 3\ngraded: 3 of 3\n"


def test_with_a_seed_each_student_has_hidden_inputs_of_their_own(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """Two equal wrong answers fail on different inputs; the key in the report asks the same again, in pytest."""
    wrong = b"def mean(x):\n    return sum(x) / len(x) + (len(x) == 40)\n"
    folder, seed = hand_in(ana=wrong, bob=wrong), ("--sandbox", "best", "--personal", "a seed")
    run = program("grade", folder, "--out", tmp_path / "out", *seed, cwd=small_project)
    assert (run.returncode, run.stderr) == (0, "")
    text = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8")
    ana, bob = map(json.loads, text.splitlines())
    cases = [line["exercises"][0]["results"][1]["finding"]["case"] for line in (ana, bob)]
    assert cases[0] != cases[1]
    assert ana["personal"] != bob["personal"]
    again = program("grade", folder, "--out", tmp_path / "again", *seed, cwd=small_project)
    assert again.returncode == 0
    lines = (tmp_path / "again" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["exercises"] for line in lines] == [ana["exercises"], bob["exercises"]]
    replay = program(
        "pytest", folder / "bob", "--sandbox", "best", "--replay", bob["personal"], cwd=small_project, COLUMNS="400"
    )
    shown = "".join(replay.stdout.split())
    assert (replay.returncode, "".join(cases[1].split()) in shown) == (1, True)


def test_results_of_two_seeds_are_not_mixed(
    hand_in: HandIn, small_project: Path, tmp_path: Path, program: Program
) -> None:
    """The folder says what differs; the seed itself is in none of its files."""
    folder, out = hand_in(ana=RIGHT), tmp_path / "out"
    program("grade", folder, "--out", out, "--sandbox", "best", "--personal", "tulips-1637", cwd=small_project)
    run = program("grade", folder, "--out", out, "--sandbox", "best", "--personal", "other", cwd=small_project)
    assert (run.returncode, "personal changed since" in " ".join(run.stderr.split())) == (2, True)
    assert all(b"tulips-1637" not in path.read_bytes() for path in out.rglob("*") if path.is_file())
