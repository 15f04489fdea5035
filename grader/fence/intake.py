"""Intake: a student's files, read once, as bytes. Nothing of theirs is followed, waited for or believed.

A folder of submissions may hold anything: links to other people's files, pipes that never end, devices. So each
step goes through the folder that was opened before it, refuses links, and looks at what was opened before it reads.

What lies there in place of a file is the student's doing, and is refused. What the system does not let us read is not:
then nothing is known of the answer, and whoever grades must give no mark for it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Self

from grader.exercise.reply import Problem

LARGEST = 1 << 20  # bytes of one file; a long answer has ten thousand
FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
FOLDER = FILE | getattr(os, "O_DIRECTORY", 0)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Whose it is, and of each exercise one thing: its source, why that is no answer, or why we could not read it."""

    student: str
    sources: Mapping[str, bytes]
    problems: Mapping[str, Problem]
    unread: Mapping[str, str] = field(default_factory=dict)  # never a mark


class Refused(Exception):
    """A file that is not read: which kind of problem, and why; a report says it in the reader's words."""

    def __init__(self, kind: str, why: str = "", *, message: str = "", **given: str) -> None:
        super().__init__(kind)
        self.problem = Problem(kind, message, why=why, given=given)


class Unread(Exception):
    """The system does not let us read what is there."""

    def __init__(self, shown: str, error: BaseException) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        super().__init__(f"{shown} cannot be opened: {reason}")
        self.problem = Problem("unreadable", reason, why="unopened", given={"name": shown})


def take_in(folder: Path, slugs: Iterable[str], *, student: str | None = None) -> HandedIn:
    """Read ``<slug>.py`` or ``<slug>/<slug>.py`` below a student's folder, for each exercise."""
    sources: dict[str, bytes] = {}
    problems: dict[str, Problem] = {}
    unread: dict[str, str] = {}
    for slug in slugs:
        try:
            sources[slug] = _read_one(folder, slug)
        except Refused as refused:
            problems[slug] = refused.problem
        except Unread as error:
            unread[slug] = str(error)
    return HandedIn(folder.name if student is None else student, sources, problems, unread)


def read_file(path: Path) -> bytes | Problem:
    """Read one file of one's own; a link is followed, and to be allowed to read it is one's own business, too."""
    try:
        return _content(path.resolve(strict=True), path.name)
    except Refused as refused:
        return refused.problem
    except FileNotFoundError:
        return _unfound(path.name, path.parent).problem
    except Unread as unread:
        return unread.problem
    except (OSError, RuntimeError) as error:
        return Unread(path.name, error).problem


def _read_one(folder: Path, slug: str) -> bytes:
    """Return the one file of an exercise; two of them are refused, because a guess would be a mark by chance."""
    name = f"{slug}.py"
    with _Opened(folder, folder.name) as root:
        inner = root.folder(slug)
        if inner is None:
            return root.read(name) if root.exists(name) else _missing(name, root)
        with inner:
            here, there = root.exists(name), inner.exists(name)
            if here and there:
                raise Refused("two files", "two_files", name=name, other=f"{slug}/{name}")
            return inner.read(name) if there else root.read(name) if here else _missing(name, inner, root)


def _missing(name: str, *folders: _Opened) -> NoReturn:
    raise _unfound(name, *(folder.descriptor for folder in folders))


def _unfound(name: str, *folders: Path | int) -> Refused:
    """Return that there is no file, or which one is there whose name differs in capital and small letters only."""
    for folder in folders:
        with suppress(OSError):
            names = os.listdir(folder)  # noqa: PTH208 - of a folder that is held open, too
            alike = sorted(one for one in names if one.lower() == name.lower())
            if alike:
                return Refused("misnamed", "misnamed", name=alike[0])
    return Refused("missing")


class _Opened:
    """A folder that is held open, so that what is read next is surely in it."""

    def __init__(self, name: str | Path, shown: str, within: int | None = None) -> None:
        try:
            self.descriptor = os.open(name, FOLDER, dir_fd=within)
        except OSError as error:
            if _is_link(name, within):
                raise Refused("symbolic link", "link_to_folder", name=shown) from None
            raise Unread(shown, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def exists(self, name: str) -> bool:
        """Say whether there is anything of that name, a broken link included."""
        return self._kind(name) is not None

    def folder(self, name: str) -> _Opened | None:
        """Return a folder below this one, or None if there is none; a link in its place is refused."""
        kind = self._kind(name)
        if kind is None or not (stat.S_ISDIR(kind) or stat.S_ISLNK(kind)):
            return None
        return _Opened(name, name, self.descriptor)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return _content(name, name, self.descriptor)

    def _kind(self, name: str) -> int | None:
        try:
            return os.lstat(name, dir_fd=self.descriptor).st_mode
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unread(name, error) from None


def _content(path: str | Path, shown: str, within: int | None = None) -> bytes:
    """Open, look at what was opened, and read no more than is allowed."""
    try:
        descriptor = os.open(path, FILE, dir_fd=within)
    except OSError as error:
        if _is_link(path, within):
            raise Refused("symbolic link", "link_to_file", name=shown) from None
        _must_be_file(_mode(path, within), shown)
        raise Unread(shown, error) from None
    try:
        _must_be_file(os.fstat(descriptor).st_mode, shown)
        source = _read(descriptor)
    except OSError as error:
        raise Unread(shown, error) from None
    finally:
        os.close(descriptor)
    if len(source) > LARGEST:
        raise Refused("too large", "too_large", name=shown, most=str(LARGEST >> 20))
    return source


def _read(descriptor: int) -> bytes:
    """Return up to one byte more than is allowed."""
    parts, left = [], LARGEST + 1
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _mode(path: str | Path, within: int | None) -> int | None:
    with suppress(OSError):
        return os.lstat(path, dir_fd=within).st_mode
    return None


def _is_link(path: str | Path, within: int | None) -> bool:
    mode = _mode(path, within)
    return mode is not None and stat.S_ISLNK(mode)


def _must_be_file(mode: int | None, shown: str) -> None:
    if mode is not None and not stat.S_ISREG(mode):
        raise Refused("no file", _described(mode), name=shown)


def _described(mode: int) -> str:
    """Return what stands for a file."""
    kinds = ((stat.S_ISDIR, "folder"), (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"))
    return next((kind for fits, kind in kinds if fits(mode)), "device")
