"""Release: what a student may see, built one way from an allow-list.

Every released file is made here by name. Nothing is copied by pattern and nothing is deleted afterwards, so
a file that nobody thought of cannot slip out.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.author.bank import with_bank
from grader.author.pages import build_pages
from grader.author.stub import build_stub
from grader.exercise.check import AuthorError
from grader.exercise.course import SCHEMA, Course
from grader.exercise.declare import read_toml
from grader.exercise.exercise import Exercise
from grader.exercise.recording import bank_to_json, reply_to_json
from grader.exercise.reply import Reply
from grader.exercise.texts import LANGUAGES, Texts

MADE_BY_USE = frozenset({"__pycache__", ".grader", ".ipynb_checkpoints"})  # by Python, by this grader, by Jupyter
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest date a zip can hold: the same bytes every day


def build_release(course: Course) -> dict[str, str]:
    """Return every released file: path below ``exercises/`` -> text."""
    files: dict[str, str] = {}
    for exercise in course.exercises:
        folder = course.folder / exercise.slug
        files.update(_exercise_files(with_bank(exercise, folder), folder))
    files["course.json"] = _as_json(_course_settings(course, files))  # before the pages, which decide no mark
    files.update(build_pages(course))
    return dict(sorted(files.items()))


def write_release(files: Mapping[str, str], target: Path) -> list[str]:
    """Write the files below ``target``, remove released ones that are no more, and return what changed."""
    changed = []
    for name, text in files.items():
        path = target / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            changed.append(name)
    for path in stray_files(files, target):
        path.unlink()
        changed.append(str(path.relative_to(target)))
    return changed


def write_private(files: Mapping[str, str], target: Path) -> list[Path]:
    """Write secret files below ``target``, for their owner alone, and return them."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    for name, text in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(text.encode())
        written.append(path)
    return written


def stray_files(files: Mapping[str, str], target: Path) -> list[Path]:
    """Return files below ``target`` that no release holds; what a run leaves behind is no file of ours."""
    found = (path for path in sorted(target.rglob("*")) if path.is_file() or path.is_symlink())
    kept = (path for path in found if not MADE_BY_USE & set(path.parts))
    return [path for path in kept if path.relative_to(target).as_posix() not in files]


def write_bundle(files: Mapping[str, str], path: Path) -> None:
    """Write ``exercises/`` as a zip: the same input gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in files.items():
            member = zipfile.ZipInfo(f"exercises/{name}", EPOCH)
            member.external_attr = 0o644 << 16
            bundle.writestr(member, text, zipfile.ZIP_DEFLATED)


def _exercise_files(exercise: Exercise, folder: Path) -> Iterator[tuple[str, str]]:
    slug = exercise.slug
    title = exercise.texts["en"].get("title") or slug
    yield f"{slug}/{slug}.py", build_stub(folder / "solution.py", slug, exercise.calls, title)
    yield f"{slug}/public.py", _read(folder / "public.py")
    yield f"{slug}/answers.json", _as_lines(_answers(exercise))
    for language in LANGUAGES:
        yield f"{slug}/text/{language}.md", _read(folder / "text" / f"{language}.md")
        yield f"{slug}/text/{language}.toml", _as_toml(_public_words(exercise, exercise.texts[language]))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing; a release holds it") from None


def _answers(exercise: Exercise) -> dict[str, Any]:
    """Return what the reference and the mistakes say to the public probes."""
    public = exercise.public_groups
    names = {probe.name for probe in exercise.probes if probe.group in public}
    reference = {
        probe.name: reply_to_json(exercise.reference.answer(probe)) for probe in exercise.probes if probe.name in names
    }
    told = (replace(mistake, replies=_only(mistake.replies, names)) for mistake in exercise.bank.mistakes)
    return {"reference": reference, "bank": bank_to_json(mistake for mistake in told if mistake.replies)}


def _only(replies: Mapping[str, Reply], names: set[str]) -> dict[str, Reply]:
    return {name: reply for name, reply in replies.items() if name in names}


def _public_words(exercise: Exercise, texts: Texts) -> dict[str, str | tuple[str, ...]]:
    """Return the texts of public checks and of diagnoses that public probes can tell."""
    public = exercise.public_groups
    told = {
        mistake.diagnosis
        for mistake in exercise.bank.mistakes
        if any(name.partition("[")[0] in public for name in mistake.replies)
    }
    checks = [check for check in exercise.checks if check.visibility == "public"]
    shown = {"checks": {check.name for check in checks}, "diagnoses": told.union(*(check.finds for check in checks))}
    return {key: words for key, words in texts.words.items() if _is_public(key.split("."), shown)}


def _is_public(parts: list[str], shown: Mapping[str, set[str]]) -> bool:
    return parts[0] not in shown or parts[1] in shown[parts[0]]


def _course_settings(course: Course, files: Mapping[str, str]) -> dict[str, Any]:
    exercises = {exercise.slug: _settings(course.folder / exercise.slug, exercise) for exercise in course.exercises}
    assignments = [{"slug": item.slug, "exercises": list(item.exercises)} for item in course.assignments]
    digest = hashlib.sha256(_as_json([exercises, dict(sorted(files.items()))]).encode()).hexdigest()
    return {
        "schema": SCHEMA,
        "titles": dict(course.titles),
        "assignments": assignments,
        "exercises": exercises,
        "suite": digest,
    }


def _settings(folder: Path, exercise: Exercise) -> dict[str, Any]:
    """Return what a student's own check needs of ``exercise.toml``: of hidden and accepted ones only the total."""
    settings = read_toml(folder / "exercise.toml")
    public = ("order", "calls", "imports", "limits", "optional")
    kept: dict[str, Any] = {key: settings[key] for key in public if key in settings}
    generic = [item for item in settings.get("generic", []) if item.get("visibility", "public") == "public"]
    return {**kept, "worth": exercise.max_points, **({"generic": generic} if generic else {})}


def _as_json(tree: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def _as_lines(tree: Mapping[str, Any]) -> str:
    """Return JSON with a line for each answer: short, and quiet in a diff."""
    rooms = (f"{json.dumps(name)}: {_lined(room)}" for name, room in tree.items())
    return "{\n" + ",\n".join(rooms) + "\n}\n"


def _lined(room: Any, depth: int = 2) -> str:  # noqa: ANN401 - JSON
    if depth == 0 or not isinstance(room, dict | list) or not room:
        return json.dumps(room, ensure_ascii=False)
    if isinstance(room, list):
        return "[\n" + ",\n".join(_lined(item, 0) for item in room) + "\n]"
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_lined(item, depth - 1)}" for name, item in room.items()) + "\n}"


def _as_toml(words: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return flat texts as TOML: a JSON string without DEL is a TOML basic string."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in words.items()]
    return "\n".join(lines) + "\n"
