"""Prove: try everything that is kept beside a solution and see whether the laws hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.author.artefacts import build_artefacts
from grader.author.laws import Violation
from grader.author.laws.answers import killing_checks, right_answers, untouched_stub, wrong_answers
from grader.author.laws.doors import same_by_every_door
from grader.author.laws.freshness import released_files_fresh
from grader.author.laws.pages import notebooks_complete, pages_complete
from grader.author.laws.quotes import nothing_quoted
from grader.author.laws.secrecy import Told, files_of, nothing_secret, nothing_secret_in_feedback
from grader.author.laws.texts import texts_complete
from grader.author.laws.truth import reference_true
from grader.author.notebooks import build_notebooks
from grader.author.release import build_release, write_release
from grader.author.trial import Trials, run_trials
from grader.exercise.course import Course, load_public_course
from grader.exercise.texts import LANGUAGES
from grader.report.feedback import render_feedback
from grader.report.look import Look

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Proof:
    """What was tried of each exercise, and every law that does not hold."""

    trials: tuple[Trials, ...]
    violations: tuple[Violation, ...]


def prove(course: Course, slugs: Iterable[str], project: Path | None, *, tell: Tell = lambda _: None) -> Proof:
    """Run all laws over some exercises; those about artefacts need the project's folder.

    Parameters
    ----------
    course : Course
        As the author wrote it.
    slugs : iterable of str
        Which exercises.
    project : Path or None
        The folder with ``pyproject.toml``; without it laws 6 and 7 look at a fresh release only.
    tell : callable
        Called with a line before each step.
    """
    tell("releasing")
    files = build_release(course)
    proofs = [prove_exercise(course, slug, files, tell=tell) for slug in slugs]
    violations = [violation for proof in proofs for violation in proof.violations]
    violations += _of_artefacts(course, files, project, tell)
    return Proof(tuple(trials for proof in proofs for trials in proof.trials), tuple(violations))


def prove_exercise(course: Course, slug: str, files: Mapping[str, str], *, tell: Tell = lambda _: None) -> Proof:
    """Run the laws over one exercise; ``files`` is a release of its course."""
    tell(f"trying {slug}")
    folder = course.folder / slug
    with tempfile.TemporaryDirectory() as empty:
        write_release(files, Path(empty))
        trials = run_trials(course.exercise(slug), folder, load_public_course(Path(empty), {slug}).exercise(slug))
    laws = [right_answers, wrong_answers, untouched_stub, killing_checks]
    violations = [violation for law in laws for violation in law(trials)]
    violations += texts_complete(trials.exercise, folder)
    violations += nothing_secret_in_feedback(trials, _feedback(trials), course.folder)
    violations += nothing_quoted(trials.exercise, _given(slug, files))
    tell(f"trying every door of {slug}")
    violations += same_by_every_door(trials)
    tell(f"checking the reference of {slug} with mpmath")
    violations += reference_true(trials.exercise, trials.folder)
    return Proof((trials,), tuple(violations))


def _of_artefacts(course: Course, files: Mapping[str, str], project: Path | None, tell: Tell) -> list[Violation]:
    notebooks = build_notebooks(course, files)
    violations = [*pages_complete(files), *notebooks_complete(course)]
    if project is None:
        artefacts = {"exercises": files_of(files), "source": files_of(notebooks)}
        return violations + list(nothing_secret(artefacts, course.folder))
    tell("building the wheel, the sdist and the bundle")
    violations += released_files_fresh(files, project / "exercises", course)
    violations += released_files_fresh(notebooks, project / "source", course)
    violations += nothing_secret(build_artefacts(project, files), course.folder)
    return violations


def _given(slug: str, files: Mapping[str, str]) -> list[str]:
    """Return what a student of an exercise reads before any check runs: the stub, the statement, the public checks."""
    return [text for name, text in files.items() if name.startswith(f"{slug}/") and name.endswith((".py", ".md"))]


def _feedback(trials: Trials) -> Iterator[Told]:
    """Yield what each wrong answer's student would be told, in each language."""
    for wrong in trials.wrong:
        code = wrong.variant.path.read_text(encoding="utf-8")
        for language in LANGUAGES:
            name = f"{wrong.variant.diagnosis}/{wrong.variant.name} ({language})"
            shown = render_feedback(wrong.variant.name, [(trials.exercise, wrong.report)], Look(language=language))
            yield Told(name, shown.plain, code)
