"""Export: the files that people and programs read, written from the store.

Each is written beside its place and moved there when it is whole, so that whoever reads it never sees half of one.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from grader.classroom.roll import file_names
from grader.classroom.store import Store, writing
from grader.report.picture import ENDING

RESULTS = "results.jsonl"
FEEDBACK = "feedback"
WHOSE = "\ue000"  # stands in a stored page for the student's file name; no text of a student's can hold it
GAP = 3  # spaces between a name and what stands at the right edge


def write_results(store: Store, out: Path, without: Iterable[str] = ()) -> None:
    """Write ``results.jsonl``, one line per student, and ``feedback/<student>.txt`` with its pictures.

    An older page of a student who has no result now is taken away, and so are pictures that no page names any more.
    """
    names = file_names(stored.student for stored in store.results())
    folder = out / FEEDBACK
    with writing(out):
        folder.mkdir(exist_ok=True)
        _write(out / RESULTS, (_named(stored.body, stored.student) for stored in store.results()), lasting=True)
        for stored in store.results():
            name = names[stored.student]
            texts = {f"{name}.txt": _headed(stored.feedback, stored.student).replace(WHOSE, name)}
            texts |= {picture_file(name, exercise): svg for exercise, svg in stored.pictures.items()}
            for file, text in texts.items():
                if not _holds(path := folder / _on_disk(file), text):
                    _write(path, [text])
            _take_away(folder, name, texts)
        for name in set(file_names(without).values()) - set(names.values()):
            _take_away(folder, name, ())


def picture_file(name: str, exercise: str) -> str:
    """Return the name of the file with a student's figure in an exercise."""
    return f"{name}.{exercise}.{ENDING}"


def _take_away(folder: Path, name: str, kept: Collection[str]) -> None:
    """Remove what an earlier run wrote of a student."""
    stem, staying = _on_disk(name), set(map(_on_disk, kept))
    found = [folder / f"{stem}.txt", *folder.glob(picture_file(glob.escape(stem), "*"))]
    for path in found:
        others = "." in path.stem.removeprefix(f"{stem}.")  # of a student whose name goes on after a dot
        if path.name not in staying and not others:
            path.unlink(missing_ok=True)


def _on_disk(name: str) -> str:
    """Return how Python spells a file's name of UTF-8 here: a locale may be unable to say it."""
    return os.fsdecode(name.encode())


def _named(body: str, student: str) -> str:
    """Return a stored line with the student's name in it; equal submissions share one line in the store."""
    return json.dumps({**json.loads(body), "student": student}, ensure_ascii=False)


def _headed(page: str, student: str) -> str:
    """Return a page with the name in the room that was left for it in its first line."""
    first, _, rest = page.partition("\n")
    room = len(first) - len(first.lstrip(" "))
    if len(student) + GAP <= room:
        return f"{student}{first[len(student) :]}\n{rest}"
    return f"{student}\n{page}"


def _holds(path: Path, page: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == page.rstrip("\n") + "\n"
    except (OSError, UnicodeDecodeError):
        return False


def _write(path: Path, texts: Iterable[str], *, lasting: bool = False) -> None:
    """Write texts, each with a newline at its end, or leave the file as it was; a lasting one survives a power cut."""
    part = path.with_name(f".{path.name[:100]}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            for text in texts:
                file.write(text.rstrip("\n") + "\n")
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
