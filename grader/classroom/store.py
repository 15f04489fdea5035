"""Store: what was graded, kept so that neither a power cut nor a second run loses or mixes marks.

One SQLite file, ``OUT/.run.db``. A result is found by a key of all that decides it, so a run that is started again
goes on from there, and equal submissions are graded once. Only the driver writes. The files that people read are
written from it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.exercise.check import AuthorError

FILE = ".run.db"
OURS = 0x67726164  # PRAGMA application_id: "grad"
TABLES = """
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE result (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, body TEXT NOT NULL, feedback TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE student (student TEXT PRIMARY KEY, key BLOB NOT NULL);
"""
PICTURES = """
CREATE TABLE IF NOT EXISTS picture (
    key BLOB NOT NULL, exercise TEXT NOT NULL, svg TEXT NOT NULL, PRIMARY KEY (key, exercise)
)
"""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NO_ROOM_FOR_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
CHOSEN = "chosen"  # in a suite: which exercises were graded
FULL = 50  # results that are waiting are written when there are so many,
NOTHING: Mapping[str, str] = {}
SECONDS = 0.5  # or when the first of them is so old


class OutFull(Exception):
    """Results cannot be written any more; what was written before is safe."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One student's stored result: a line of JSON, the page that the student reads, and the pictures it names."""

    student: str
    body: str
    feedback: str
    pictures: Mapping[str, str] = field(default_factory=dict)  # exercise -> SVG


class Store:
    """Results by key, and which student has which key."""

    def __init__(self, database: sqlite3.Connection, out: Path) -> None:
        self.out = out
        self._database = database
        self._results: dict[bytes, tuple[str, str, Mapping[str, str]]] = {}
        self._students: dict[str, bytes] = {}
        self._since = time.monotonic()
        self._done: set[bytes] = {key for (key,) in database.execute("SELECT key FROM result")}

    def has(self, key: bytes) -> bool:
        """Say whether there is a result of this key."""
        return key in self._done

    def enrol(self, student: str, key: bytes) -> None:
        """Say which result is a student's."""
        self._wait()
        self._students[student] = key

    def keep(self, key: bytes, body: str, feedback: str, pictures: Mapping[str, str] = NOTHING) -> None:
        """Keep a result; the first of two with one key stays."""
        self._wait()
        self._results[key] = (body, feedback, pictures)
        self._done.add(key)

    def flush(self, *, due: bool = False) -> None:
        """Write what is waiting; with ``due``, only if it is enough of it or old enough."""
        waiting = len(self._results) + len(self._students)
        if not waiting or (due and waiting < FULL and time.monotonic() - self._since < SECONDS):
            return
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        results = [(key, body, feedback, now) for key, (body, feedback, _) in self._results.items()]
        pictures = [(key, *drawn) for key, (*_, drawings) in self._results.items() for drawn in drawings.items()]
        with writing(self.out), self._database:
            insert = "INSERT INTO result (key, body, feedback, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            self._database.executemany(insert, results)
            self._database.executemany("INSERT INTO picture VALUES (?, ?, ?) ON CONFLICT DO NOTHING", pictures)
            self._database.executemany("INSERT OR REPLACE INTO student VALUES (?, ?)", self._students.items())
        self._results.clear()
        self._students.clear()

    def students(self) -> set[str]:
        """Return who has a result."""
        return {student for (student,) in self._database.execute("SELECT student FROM student")}

    def restrict(self, students: Iterable[str]) -> set[str]:
        """Forget the students who are no longer in the folder, and return them; their results stay under their keys."""
        gone = self.students() - set(students)
        with writing(self.out), self._database:
            self._database.executemany("DELETE FROM student WHERE student = ?", [(student,) for student in gone])
        return gone

    def results(self) -> Iterator[Stored]:
        """Yield the result of every student who has one, sorted."""
        joined = "SELECT student, body, feedback, key FROM student JOIN result USING (key) ORDER BY student"
        for student, body, feedback, key in self._database.execute(joined):
            drawn = self._database.execute("SELECT exercise, svg FROM picture WHERE key = ?", [key])
            yield Stored(student, body, feedback, dict(drawn.fetchall()))

    def _wait(self) -> None:
        if not self._results and not self._students:
            self._since = time.monotonic()


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Say in one sentence what it means when results cannot be written."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _full(out, error) from error


def _full(out: Path, error: Exception) -> OutFull:
    reason, where, advice = str(error), out, "make room"
    if isinstance(error, OSError):
        reason, where = error.strerror or reason, error.filename2 or error.filename or out
        advice = "make room" if error.errno in NO_ROOM else "mend that"
    return OutFull(
        f"{where} cannot be written: {reason}; what was graded before is kept, so {advice} and run this again"
    )


def refuse_early(out: Path, suite: Mapping[str, str], students: Iterable[str]) -> None:
    """Refuse a folder that cannot take these results, before anything that takes long; a new folder is not made yet."""
    if out.exists():
        with opened_store(out, suite) as store:
            before = store.students()
            if before and before.isdisjoint(students):
                raise AuthorError(f"{out} holds the results of another class, with {min(before)}; choose another --out")


@contextmanager
def opened_store(out: Path, suite: Mapping[str, str]) -> Iterator[Store]:
    """Open the store of a run, making it if ``out`` is empty or new; what is not ours is refused.

    Parameters
    ----------
    out : Path
        The folder for results.
    suite : mapping
        What must be the same for results to be put side by side: versions of the grader and of the exercises.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = os.open(out, os.O_RDONLY)
    except FileExistsError:
        raise AuthorError(f"{out} is a file, and results need a folder; choose another --out") from None
    except OSError as error:
        if error.errno in NO_ROOM:
            raise _full(out, error) from None
        raise AuthorError(f"{out} cannot be used for results: {error.strerror}; choose another --out") from None
    try:
        _take(lock, out)
        _refuse_strangers(out)
        _refuse_unwritable(out)
        database = _connect(out)
        try:
            _agree(database, out, suite)
            yield Store(database, out)
        finally:
            database.close()
    finally:
        os.close(lock)


def _take(lock: int, out: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AuthorError(f"another run is writing to {out}; wait for it, or choose another --out") from None


def _refuse_strangers(out: Path) -> None:
    if not (out / FILE).exists() and any(not path.name.startswith(FILE) for path in out.iterdir()):
        raise AuthorError(f"{out} holds files that are not results of ours; choose another --out, or an empty folder")


def _refuse_unwritable(out: Path) -> None:
    for path in (out, out / FILE):
        if path.exists() and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise AuthorError(f"{path} is not writable; make it writable, or choose another --out")


def _connect(out: Path) -> sqlite3.Connection:
    """Return the database, with its tables; a file that is no database of ours is refused."""
    database = None
    try:
        database = sqlite3.connect(out / FILE)
        (ours,) = database.execute("PRAGMA application_id").fetchone()
        (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and ours != OURS:
            raise sqlite3.DatabaseError("it is a database, but not one of this grader")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        if not tables:
            database.executescript(f"BEGIN; PRAGMA application_id = {OURS}; {TABLES} COMMIT;")
        database.execute(PICTURES)  # which folders of an earlier grader do not have
    except sqlite3.Error as error:
        if database is not None:
            database.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in NO_ROOM_FOR_SQLITE:  # the rest of it says where
            raise _full(out, error) from None
        raise AuthorError(f"{out / FILE} cannot be used: {error}; choose another --out") from None
    return database


def _agree(database: sqlite3.Connection, out: Path, suite: Mapping[str, str]) -> None:
    """Refuse results of another suite: marks of two versions must not stand side by side, nor take another's place."""
    before = dict(database.execute("SELECT name, value FROM run").fetchall())
    other = sorted(name for name in suite if before and before.get(name) != suite[name])
    if other == [CHOSEN] and CHOSEN in before:
        raise AuthorError(f"{out} holds results of {before[CHOSEN]}, not of {suite[CHOSEN]}; choose another --out")
    if other:
        raise AuthorError(
            f"{out} holds results of another version ({', '.join(other)} changed since); choose another --out"
        )
    if not before:
        with writing(out), database:
            database.executemany("INSERT INTO run VALUES (?, ?)", suite.items())
