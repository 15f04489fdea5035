"""The store: what was kept is there after any end, and results of two suites never mix."""

from __future__ import annotations

import contextlib
import errno
import signal
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from grader.classroom import store as room
from grader.classroom.store import CHOSEN, OutFull, Store, Stored, opened_store
from grader.exercise.check import AuthorError

SUITE = {"grader": "1", "exercises": "abc"}


def keep_one(store: Store, student: str = "ana", key: bytes = b"k") -> None:
    """Keep one result."""
    store.enrol(student, key)
    store.keep(key, f"body of {key.decode()}", "page")
    store.flush()


def refused(sentence: str) -> AbstractContextManager[object]:
    """Expect that a folder is refused with this sentence."""
    return pytest.raises(AuthorError, match=sentence)


def test_a_result_outlives_its_run(tmp_path: Path) -> None:
    """A second run finds what the first has kept."""
    with opened_store(tmp_path / "out", SUITE) as store:
        keep_one(store)
    with opened_store(tmp_path / "out", SUITE) as store:
        assert store.has(b"k")
        assert list(store.results()) == [Stored("ana", "body of k", "page")]


def test_equal_submissions_share_a_result(tmp_path: Path) -> None:
    """Two students with one key have one row, and two lines."""
    with opened_store(tmp_path, SUITE) as store:
        keep_one(store)
        store.enrol("bob", b"k")
        store.flush()
        assert [stored.student for stored in store.results()] == ["ana", "bob"]


def test_results_of_other_exercises_are_left_alone(tmp_path: Path) -> None:
    """They would take the place of what is there."""
    with opened_store(tmp_path, {**SUITE, CHOSEN: "softmax"}) as store:
        keep_one(store)
    said = "holds results of softmax, not of entropy; choose another --out"
    with refused(said), opened_store(tmp_path, {**SUITE, CHOSEN: "entropy"}):
        pass


def test_a_student_who_is_gone_has_no_line(tmp_path: Path) -> None:
    """Results are of the folder as it is now."""
    with opened_store(tmp_path, SUITE) as store:
        keep_one(store)
        assert store.restrict(["bob"]) == {"ana"}
        assert list(store.results()) == []


def test_a_new_submission_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """A student's line is of their newest submission only, and waits until that is graded."""
    with opened_store(tmp_path, SUITE) as store:
        keep_one(store)
        store.enrol("ana", b"newer")
        store.flush()
        assert list(store.results()) == []
        keep_one(store, key=b"newer")
        assert [stored.body for stored in store.results()] == ["body of newer"]


def test_few_fresh_results_wait_and_old_ones_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flush that is not due does nothing; one that is old enough writes."""
    with opened_store(tmp_path, SUITE) as store:
        store.enrol("ana", b"k")
        store.keep(b"k", "body", "page")
        store.flush(due=True)
        assert list(store.results()) == []
        monkeypatch.setattr(room, "SECONDS", 0.0)
        store.flush(due=True)
        assert len(list(store.results())) == 1


@pytest.mark.parametrize("name", ["grader", "exercises"])
def test_results_of_another_suite_are_refused(name: str, tmp_path: Path) -> None:
    """The sentence says what has changed, and what to do."""
    with opened_store(tmp_path, SUITE):
        pass
    with (
        pytest.raises(AuthorError, match=rf"another version \({name} changed since\); choose another --out"),
        opened_store(tmp_path, {**SUITE, name: "other"}),
    ):
        pass


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Nothing is written into a folder that is not ours."""
    (tmp_path / "thesis.tex").touch()
    with refused("not results of ours; choose another --out"), opened_store(tmp_path, SUITE):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """A file of our name is not enough."""
    with sqlite3.connect(tmp_path / ".run.db") as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    with (
        pytest.raises(AuthorError, match="not one of this grader; choose another --out"),
        opened_store(tmp_path, SUITE),
    ):
        pass


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Neither is any other content."""
    (tmp_path / ".run.db").write_bytes(b"not a database" * 100)
    with (
        pytest.raises(AuthorError, match="cannot be used: file is not a database; choose another --out"),
        opened_store(tmp_path, SUITE),
    ):
        pass


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """OUT must be a folder."""
    (tmp_path / "out").touch()
    with (
        refused("out is a file, and results need a folder; choose another --out"),
        opened_store(tmp_path / "out", SUITE),
    ):
        pass


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    """The second is told to wait."""
    with (
        opened_store(tmp_path, SUITE),
        refused("another run is writing"),
        opened_store(tmp_path, SUITE),
    ):
        pass


def test_a_killed_run_loses_nothing_that_was_flushed(tmp_path: Path) -> None:
    """Kill -9 between two flushes: the first is there, whole."""
    script = (
        "import os, signal, pathlib\n"
        "from grader.classroom.store import opened_store\n"
        f"with opened_store(pathlib.Path({str(tmp_path)!r}), {SUITE!r}) as store:\n"
        "    store.enrol('ana', b'a'); store.keep(b'a', 'body', 'page'); store.flush()\n"
        "    store.enrol('bob', b'b'); store.keep(b'b', 'body', 'page')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], check=False)
    assert run.returncode == -signal.SIGKILL
    with opened_store(tmp_path, SUITE) as store:
        assert [stored.student for stored in store.results()] == ["ana"]


@pytest.mark.parametrize("name", ["out", "out/.run.db"])
def test_a_folder_that_is_not_writable_is_refused(name: str, ordinary: Path) -> None:
    """Be it the folder, or the results in it."""
    with opened_store(ordinary / "out", SUITE):
        pass
    (ordinary / name).chmod(0o555)
    with (
        refused(f"{name} is not writable; make it writable, or choose another --out"),
        opened_store(ordinary / "out", SUITE),
    ):
        pass
    (ordinary / "out").chmod(0o755)


@pytest.mark.parametrize("made", [True, False])
def test_a_disk_that_is_full_at_the_start_is_told_as_later(made: bool, small_disk: Path) -> None:  # noqa: FBT001 - a parameter
    """There is nothing wrong with the folder."""
    if made:
        (small_disk / "out").mkdir()
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(bytes(1 << 12)):
            pass
    with pytest.raises(OutFull, match=r"make room and run this again$"), opened_store(small_disk / "out", SUITE):
        pass


def test_a_folder_for_which_there_is_no_room_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another name for it would not help."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    said = r"out cannot be written: No space left on device; .* make room and run this again$"
    with pytest.raises(OutFull, match=said), opened_store(tmp_path / "out", SUITE):
        pass


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    """What does not fit is refused in one sentence; what was there before is still there."""
    with opened_store(small_disk, SUITE) as store:
        keep_one(store)
        store.enrol("bob", b"b")
        store.keep(b"b", "x" * 10_000_000, "")
        with pytest.raises(OutFull, match="what was graded before is kept"):
            store.flush()
    with opened_store(small_disk, SUITE) as store:
        assert [stored.student for stored in store.results()] == ["ana"]
