"""A class is graded: in real sandboxes, from real folders, with every way to end early."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.classroom import marking, run
from grader.classroom.exam import Exam, read_exam
from grader.classroom.marking import Examiner, Job
from grader.classroom.roll import call_the_roll
from grader.classroom.run import Tally, grade_class
from grader.exercise.exercise import Exercise
from grader.exercise.subject import Subject
from grader.fence import FenceError, Policy
from grader.fence.intake import HandedIn, take_in
from grader.judge import Report

PROGRAM = Path(sysconfig.get_path("scripts")) / "grader"
RIGHT = b"def mean(x):\n    return sum(float(v) for v in x) / len(x)\n"
WRONG = b"def mean(x):\n    return float(sum(x))\n"
SLOW = b"import time\n\n\ndef mean(x):\n    time.sleep(0.3)\n    return sum(float(v) for v in x) / len(x)\n"
QUICKER = SLOW.replace(b"0.3", b"0.05")

HandIn = Callable[..., Path]


@pytest.fixture(scope="module")
def exam(small_project: Path) -> Exam:
    """Return the exam of the small project."""
    return read_exam(small_project / "solutions", [], policy=Policy.BEST, language="en")


def grade(folder: Path, out: Path, exam: Exam) -> Tally:
    """Grade a folder with one worker."""
    return grade_class(call_the_roll(folder), out, exam, workers=1, tell=lambda _done, _all: None)


def lines(out: Path) -> list[dict[str, Any]]:
    """Return the lines of results."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def marks(out: Path) -> dict[str, float]:
    """Return each student's points."""
    return {line["student"]: line["points"] for line in lines(out)}


def test_everybody_has_a_line_and_a_page(hand_in: HandIn, exam: Exam, tmp_path: Path) -> None:
    """Right, wrong and missing answers: sorted, with the marks they deserve."""
    folder = hand_in(carl=RIGHT, ana=WRONG, bob=None)
    tally = grade(folder, tmp_path / "out", exam)
    assert (tally.students, tally.graded, tally.faults, tally.interrupted) == (3, 3, {}, False)
    assert [line["student"] for line in lines(tmp_path / "out")] == ["ana", "bob", "carl"]
    assert marks(tmp_path / "out") == {"ana": 0, "bob": 0, "carl": 2}
    assert {result["outcome"] for result in lines(tmp_path / "out")[1]["exercises"][0]["results"]} == {"missing"}
    pages = sorted(path.name for path in (tmp_path / "out" / "feedback").iterdir())
    assert pages == ["ana.txt", "bob.txt", "carl.txt"]
    assert (tmp_path / "out" / "feedback" / "carl.txt").read_text(encoding="utf-8").startswith("carl   ")


def test_equal_submissions_are_graded_once_and_named_apart(hand_in: HandIn, exam: Exam, tmp_path: Path) -> None:
    """One row in the store, and a line and a page for each."""
    grade(hand_in(ana=WRONG, bob=WRONG), tmp_path / "out", exam)
    with sqlite3.connect(tmp_path / "out" / ".run.db") as database:
        (rows,) = database.execute("SELECT count(*) FROM result").fetchone()
    database.close()
    assert rows == 1
    one, other = lines(tmp_path / "out")
    assert {**one, "student": "bob"} == other
    assert (tmp_path / "out" / "feedback" / "bob.txt").read_text(encoding="utf-8").startswith("bob   ")


def test_a_second_run_grades_only_what_is_new(
    hand_in: HandIn, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What did not change is not run again; what changed or came is; who is gone is gone."""
    out = tmp_path / "out"
    grade(hand_in(ana=WRONG, bob=WRONG, carl=RIGHT), out, exam)
    for student in ("bob", "carl"):
        (tmp_path / "class" / student / "mean.py").unlink()
    (tmp_path / "class" / "carl").rmdir()
    asked: list[str] = []
    mark = Examiner.mark
    monkeypatch.setattr(Examiner, "mark", lambda self, job: (asked.append(job.handed_in.student), mark(self, job))[1])
    grade(hand_in(bob=RIGHT + b"# mine\n", dora=WRONG), out, exam)
    assert asked == ["bob"]
    assert marks(out) == {"ana": 0, "bob": 2, "dora": 0}
    assert sorted(path.stem for path in (out / "feedback").iterdir()) == ["ana", "bob", "dora"]


def test_a_finished_run_starts_no_sandbox(
    hand_in: HandIn, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where everything is graded, the files are only written anew."""
    folder = hand_in(ana=WRONG)
    grade(folder, tmp_path / "out", exam)
    (tmp_path / "out" / "results.jsonl").unlink()
    monkeypatch.setattr(marking, "Sandbox", None)
    assert grade(folder, tmp_path / "out", exam).graded == 1
    assert marks(tmp_path / "out") == {"ana": 0}


def test_a_sandbox_that_dies_is_restarted_and_the_job_tried_again(exam: Exam) -> None:
    """Kill -9 of the warm server in the middle of a submission costs the student nothing."""
    examiner = Examiner(exam, 0)
    try:
        killed = examiner._sandbox._server.pid  # noqa: SLF001 - what is killed is inside, and has no public name
        os.kill(killed, signal.SIGKILL)
        marked = examiner.mark(Job(b"k", HandedIn("ana", {"mean": RIGHT}, {})))
        assert marked.fault == ""
        assert json.loads(marked.body)["points"] == 2
    finally:
        examiner.close()


def test_a_server_that_dies_during_a_call_is_not_the_students_crash(exam: Exam) -> None:
    """The end of our server looks like a crash from inside; it is looked at before it counts."""
    examiner = Examiner(exam, 0)
    try:
        pid = examiner._sandbox._server.pid  # noqa: SLF001 - as above
        killer = subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(0.4); os.kill({pid}, 9)"])
        marked = examiner.mark(Job(b"k", HandedIn("ana", {"mean": SLOW}, {})))
        killer.wait()
        assert (marked.fault, json.loads(marked.body)["points"]) == ("", 2)
    finally:
        examiner.close()


def test_our_fault_is_no_mark(hand_in: HandIn, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student on whom we fail has no line, is named, and is tried again by the next run."""
    folder, out = hand_in(ana=WRONG, bob=RIGHT), tmp_path / "out"
    judge = marking.judge

    def broken(exercise: Exercise, subject: Subject) -> Report:
        if any("sum(float" in line for line in subject.facts.source):
            raise RuntimeError("our fault")
        return judge(exercise, subject)

    monkeypatch.setattr(marking, "judge", broken)
    tally = grade(folder, out, exam)
    assert list(tally.faults) == ["bob"]
    assert "RuntimeError: our fault" in tally.faults["bob"]
    assert marks(out) == {"ana": 0}
    monkeypatch.undo()
    assert grade(folder, out, exam).faults == {}
    assert marks(out) == {"ana": 0, "bob": 2}


def test_a_file_that_we_may_not_read_is_no_mark(
    hand_in: HandIn, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That student has no line, not even an older one, and is named; the others are graded."""
    folder, out = hand_in(ana=WRONG, bob=RIGHT), tmp_path / "out"
    grade(folder, out, exam)

    def refused(folder: Path, slugs: tuple[str, ...], *, student: str) -> HandedIn:
        taken = take_in(folder, slugs, student=student)
        return HandedIn("bob", {}, {}, {"mean": "mean.py cannot be opened: \x1b"}) if student == "bob" else taken

    monkeypatch.setattr(run, "take_in", refused)
    tally = grade(folder, out, exam)
    assert (tally.unread, tally.unmarked) == ({"bob": "mean.py cannot be opened: \\u{1b}"}, ["bob"])
    assert (tally.graded, marks(out)) == (1, {"ana": 0})
    assert [path.stem for path in (out / "feedback").iterdir()] == ["ana"]


def test_a_sandbox_that_cannot_start_stops_the_run(
    hand_in: HandIn, exam: Exam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets a mark without one."""

    def refuse(**_options: object) -> None:
        raise FenceError("no sandbox here")

    monkeypatch.setattr(marking, "Sandbox", refuse)
    with pytest.raises(FenceError, match="no sandbox here"):
        grade(hand_in(ana=WRONG), tmp_path / "out", exam)


def test_a_hostile_name_does_no_harm(hand_in: HandIn, exam: Exam, tmp_path: Path) -> None:
    """It is shown escaped, and its page lies where all pages lie."""
    folder = hand_in(**{"a\x1b[2Jb": WRONG})
    grade(folder, tmp_path / "out", exam)
    assert [line["student"] for line in lines(tmp_path / "out")] == ["a\\u{1b}[2Jb"]
    pages = list((tmp_path / "out" / "feedback").iterdir())
    assert len(pages) == 1
    assert pages[0].name.isprintable()


@pytest.mark.parametrize("interrupts", [1, 3])
def test_an_interrupted_run_keeps_what_was_graded_and_goes_on(
    interrupts: int, hand_in: HandIn, small_project: Path, tmp_path: Path
) -> None:
    """Ctrl-C once or often: results of those who are graded, 130, and the same command grades the rest."""
    folder = hand_in(**{f"s{n:02}": QUICKER + f"# {n}\n".encode() for n in range(12)})
    out = tmp_path / "out"
    command = [PROGRAM, "grade", folder, "--out", out, "--jobs", "1", "--sandbox", "best"]
    run = subprocess.Popen(command, cwd=small_project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until(lambda: _rows(out) >= 1)
    for _ in range(interrupts):
        run.send_signal(signal.SIGINT)
        time.sleep(0.02)
    _said, complaint = run.communicate(timeout=20)
    graded = len(lines(out))
    assert run.returncode == 130
    assert complaint == f"grader: stopped; {12 - graded} of 12 are not graded. To go on, run it again.\n"
    assert 0 < graded < 12
    before = lines(out)
    again = subprocess.run(command, cwd=small_project, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 0
    assert [line for line in lines(out) if line["student"] in {one["student"] for one in before}] == before
    assert len(lines(out)) == 12


def test_a_full_disk_ends_the_run_with_a_sentence(
    hand_in: HandIn, small_project: Path, small_disk: Path, program: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """What was graded is kept; with room again, the same command goes on."""
    out = small_disk / "out"
    (small_disk / "filler").write_bytes(bytes(3_800_000))
    folder = hand_in(**{f"s{n:03}": WRONG + f"# {n}\n".encode() for n in range(150)})
    arguments = ["grade", folder, "--out", out, "--sandbox", "best"]
    run = program(*arguments, cwd=small_project)
    assert run.returncode == 4
    assert run.stderr.startswith(f"grader: {out} cannot be written: ")
    assert run.stderr.endswith("what was graded before is kept, so make room and run this again\n")
    kept = _rows(out)
    (small_disk / "filler").unlink()
    assert program(*arguments, cwd=small_project).returncode == 0
    assert 0 < kept < len(lines(out)) == 150


def _rows(out: Path) -> int:
    """Return how many results the store holds, as another program may look at any time."""
    try:
        database = sqlite3.connect(f"file:{out / '.run.db'}?mode=ro", uri=True)
    except sqlite3.Error:
        return 0
    try:
        return int(database.execute("SELECT count(*) FROM result").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        database.close()


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
