"""Law 7: nothing of the solutions is in anything that leaves the project.

The scan looks at built artefacts, not at intentions: every member's name must be on an allow-list, and no text of
a member, however wrapped (zip in zip, notebook, JSON string, base64), may hold a window of a secret file's tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from grader.author.laws import Violation
from grader.author.laws.windows import Secrets, secrets_of
from grader.author.members import Member, members
from grader.author.trial import Trials
from grader.exercise.exercise import Exercise

COURSE = (
    r"(course\.json|README(\.es)?\.md|ERRATA(\.es)?\.md|pictures/\w+\.svg"
    r"|(?P<slug>\w+)/((?P=slug)\.py|public\.py|answers\.json|text/\w+\.(md|toml)))"
)
TEMPLATE = "grader/author/template/"
ALLOWED = {
    "exercises": re.compile(COURSE),
    "source": re.compile(r"[\w-]+/[\w-]+\.ipynb"),
    "wheel": re.compile(
        r"grader/[\w/.-]+\.(py|toml|json|md|html|css)|grader/course/pictures/\w+\.svg|grader/author/template/[\w.-]+\.txt|grader/py\.typed|[\w.-]+\.dist-info/[\w/.-]+"
    ),
    "sdist": re.compile(
        r"[\w.-]+/(PKG-INFO|pyproject\.toml|README\.md|CHANGELOG\.md|LICENSE|\.gitignore|(grader|exercises|source)/[\w/.-]+)"
    ),
    "bundle": re.compile(f"exercises/{COURSE}"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The feedback that a student gets, and the code that it is about."""

    student: str
    text: str
    code: str


def nothing_secret(artefacts: Mapping[str, Iterable[Member]], solutions: Path) -> Iterator[Violation]:
    """Scan artefacts by kind: exercises, source, wheel, sdist, bundle.

    Parameters
    ----------
    artefacts
        Members of each artefact, nested archives already opened.
    solutions
        The folder whose content must not be found.
    """
    secrets = secrets_of(solutions)
    scanned: dict[tuple[str, bytes], list[str]] = {}  # most files are in several artefacts
    for kind, found in artefacts.items():
        for member in found:
            if not ALLOWED[kind].fullmatch(member.name):
                yield Violation(7, f"{kind}: {member.name}", "it is not on the list of what may be released")
            if TEMPLATE in member.name:
                continue  # what `grader new` writes is public, and a new exercise still is what it wrote
            same = (PurePath(member.name).suffix, member.content)
            if same not in scanned:
                scanned[same] = list(secrets.seen_in(member))
            for seen in scanned[same]:
                yield Violation(7, f"{kind}: {member.name}", seen)


def nothing_secret_in_feedback(trials: Trials, feedback: Iterable[Told], solutions: Path) -> Iterator[Violation]:
    """Scan what students are told: no hidden input, no window of a secret file that is not their own code."""
    secrets = secrets_of(solutions)
    inputs = hidden_inputs(trials.exercise)
    for told in feedback:
        words = " ".join(told.text.split())
        for case in inputs:
            if case in words:
                yield Violation(7, f"feedback of {told.student}", f"it shows the hidden input {case}")
        for seen in secrets.seen_in(Member("feedback.txt", told.text.encode()), own=told.code):
            yield Violation(7, f"feedback of {told.student}", seen)


def hidden_inputs(exercise: Exercise) -> set[str]:
    """Return the inputs of hidden probes, as they would be shown, that no public probe shares."""
    shown = {probe.call.text for probe in exercise.probes if probe.group in exercise.public_groups}
    return {probe.call.text for probe in exercise.probes} - shown


def files_of(files: Mapping[str, str]) -> Iterator[Member]:
    """Return released texts as members."""
    for name, text in files.items():
        yield from members(Member(name, text.encode()))


__all__ = ["Secrets", "Told", "files_of", "nothing_secret", "nothing_secret_in_feedback"]
