"""Roll: who is in a folder of submissions, and under which names they are shown and filed.

A folder's name is chosen by a student or by a learning platform. It may hold escape sequences, half characters or
another student's name in other letters, so what is printed and what becomes a file name is made from it, one to one.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.exercise.check import AuthorError

LONGEST = 80  # characters of a file name; with its ending it stays below 255 bytes
PLAIN = frozenset("-_. ,'()+@")
RAW = range(0xDC80, 0xDD00)  # how Python spells a byte that is no UTF-8
PASSED_OVER = frozenset({"__pycache__", "__MACOSX"})


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One student's folder, and the name that is shown."""

    student: str
    folder: Path


def call_the_roll(folder: Path) -> list[Entry]:
    """Return the students in a folder, sorted by name; one without any is an `AuthorError`."""
    try:
        found = [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir() and _is_student(entry.name)]
    except NotADirectoryError:
        raise AuthorError(f"{folder} is a file; name the folder that holds one folder per student") from None
    except FileNotFoundError:
        raise AuthorError(f"there is no folder {folder}; name the one that holds one folder per student") from None
    except OSError as error:
        raise AuthorError(f"{folder} cannot be read: {error.strerror}; make it readable, and run this again") from None
    if not found:
        raise AuthorError(f"{folder} holds no student; it must hold one folder per student, with the answers in it")
    return sorted(Entry(name_of(path), path) for path in found)


def passed_over(folder: Path, slugs: Iterable[str]) -> list[str]:
    """Return the folders that are no student's for the dot before their name, and hold a file of an exercise."""
    hidden = sorted(path for path in folder.iterdir() if path.name.startswith("."))
    return [name_of(path) for path in hidden if _holds_answers(path, slugs)]


def students_in(folder: Path, slugs: Sequence[str]) -> list[Path]:
    """Return the folders that hold answers, where the folder itself holds none: then it is a class, and no student."""
    if _holds_answers(folder, slugs):
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and _holds_answers(path, slugs))


def refuse_inside(folder: Path, out: Path) -> None:
    """Refuse to write results among the submissions: the next run would take them for a student's."""
    if out.resolve().is_relative_to(folder.resolve()):
        raise AuthorError(f"{out} lies in {folder}, where each folder is a student; choose an --out elsewhere")


def name_of(folder: Path) -> str:
    """Return the student whose folder it is: its name read as UTF-8, whatever the locale says of file names."""
    return shown(os.fsencode(folder.name).decode("utf-8", "surrogateescape"))


def shown(name: str) -> str:
    """Return a name that every terminal and JSON reader can take; different names stay different."""
    return "".join(letter if _is_printable(letter) else _escaped(letter) for letter in name)


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Return a safe file name, without ending, for each student; no two are one file on any file system."""
    students = list(students)
    safe = {student: _safe(student) for student in students}
    taken = Counter(name.casefold() for name in safe.values())
    return {
        student: name if name == student and taken[name.casefold()] == 1 else f"{name}-{_digest(student)}"
        for student, name in safe.items()
    }


def _holds_answers(folder: Path, slugs: Iterable[str]) -> bool:
    return any(os.path.lexists(folder / file) for slug in slugs for file in (f"{slug}.py", f"{slug}/{slug}.py"))


def _is_student(name: str) -> bool:
    return not name.startswith(".") and name not in PASSED_OVER


def _is_printable(letter: str) -> bool:
    return letter.isprintable() and letter != "\\"


def _escaped(letter: str) -> str:
    code = ord(letter)
    if letter == "\\":
        return "\\\\"
    if code in RAW:
        return f"\\x{code & 0xFF:02x}"
    return f"\\u{{{code:x}}}"


def _safe(student: str) -> str:
    name = unicodedata.normalize("NFC", student)
    kept = "".join(letter if letter.isalnum() or letter in PLAIN else "_" for letter in name)[:LONGEST]
    while len(kept.encode()) > 2 * LONGEST:
        kept = kept[:-1]
    return kept.lstrip(". ").rstrip(". ") or "student"


def _digest(student: str) -> str:
    return hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
