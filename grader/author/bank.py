"""The bank of an exercise: every wrong answer asked every probe, once for each version of the suite.

Wrong answers run through the fence like anybody's, because some of them hang or crash. What they said is
kept in the user's cache folder under a hash of all that it depends on.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

import grader
from grader.author.place import Variant, mistakes
from grader.author.warm import warm_sandbox
from grader.exercise.bank import Bank, Mistake
from grader.exercise.course import fingerprint
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group, Probe
from grader.exercise.recording import bank_from_json, bank_to_json
from grader.exercise.reply import Reply
from grader.exercise.subject import Subject
from grader.fence import sheet_of
from grader.judge.diagnose import same
from grader.judge.observe import observed

LOG = logging.getLogger(__name__)
ROOMS = ("exercise", "judge", "fence", "child")  # of the engine: no other room has a say in what is recorded
FORMAT = "bank/v3"  # of the file, so that an older one is not misread


def with_bank(
    exercise: Exercise, folder: Path, *, said: Mapping[Variant, Subject] | None = None, cache: Path | None = None
) -> Exercise:
    """Return the exercise of ``folder`` with its bank filled, from the cache if nothing changed.

    ``said`` is what every wrong answer says, for who has asked them all already.
    """
    path = (cache or cache_folder()) / f"{_key(exercise, folder)}.json"
    try:
        return replace(exercise, bank=bank_from_json(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError):
        bank = record_bank(exercise, folder) if said is None else bank_of(exercise, said.items())
        _keep(path, bank)
        return replace(exercise, bank=bank)


def record_bank(exercise: Exercise, folder: Path) -> Bank:
    """Ask every wrong answer every probe, and keep what tells it from the reference."""
    LOG.info("trying the known wrong answers of %s; what they say is kept for the next run", exercise.slug)
    sheet = sheet_of(exercise)
    with warm_sandbox(exercise, folder) as sandbox:

        def asked(variant: Variant) -> Subject:
            with sandbox.submission(variant.source(exercise.slug)) as child:
                return child.ask([sheet])[0]

        return bank_of(exercise, ((variant, asked(variant)) for variant in mistakes(folder)))


def bank_of(exercise: Exercise, said: Iterable[tuple[Variant, Subject]]) -> Bank:
    """Keep what is observed of every wrong answer where that differs from the reference."""

    def unlike(subject: Subject) -> dict[str, Reply]:
        return {
            probe.name: seen
            for group in exercise.groups
            for probe in group
            if not _same(exercise, group, probe, seen := observed(group, probe, subject.answer(probe)))
        }

    made = (Mistake(variant.diagnosis, variant.name, unlike(subject)) for variant, subject in said)
    return Bank(tuple(made))


def cache_folder() -> Path:
    """Return the folder of cached banks: ``$XDG_CACHE_HOME/softmax-grader``, readable by its owner only."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "softmax-grader"


def _key(exercise: Exercise, folder: Path) -> str:
    parts = (
        FORMAT,
        *(fingerprint(Path(grader.__file__).parent / room) for room in ROOMS),
        fingerprint(folder),
        _content(folder.parent / "oracles.py"),
        exercise.slug,
        version("softmax-grader"),
        np.__version__,
        sys.version,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _same(exercise: Exercise, group: Group, probe: Probe, seen: Reply) -> bool:
    """Return whether an observation is that of the reference."""
    return same(group, probe, observed(group, probe, exercise.reference.answer(probe)), seen)


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _keep(path: Path, bank: Bank) -> None:
    """Write the cache; where that cannot be done, the next run asks again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(bank_to_json(bank.mistakes)), encoding="utf-8")
        temporary.chmod(0o600)
        temporary.replace(path)
    except OSError:
        return
