"""From an author's folder to an `Exercise`: data, modules, groups, checks and texts, each validated.

Whatever is wrong is one `AuthorError` that says in which file, what, and what to do.
"""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.exercise.bank import Bank
from grader.exercise.check import MEND, AuthorError, Check
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.generic import GENERIC
from grader.exercise.probe import Group
from grader.exercise.settings import imports_of, refuse_settings, validate
from grader.exercise.subject import Subject
from grader.exercise.texts import LANGUAGES, Texts, read_texts

GENERIC_KEYS = {
    "use": str,
    "name": str,
    "title": str,
    "points": (int, float),
    "on": str,
    "about": str,
    "finds": list,
    "needs": list,
    "visibility": str,
}
VISIBILITIES = ("public", "hidden")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of an author."""
    with _read(path, missing="write it"):
        return tomllib.loads(path.read_text(encoding="utf-8"))


@contextmanager
def _read(path: Path, *, missing: str) -> Iterator[None]:
    """Turn what goes wrong in reading a TOML file into a sentence for its author."""
    try:
        yield
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing; {missing}") from None
    except OSError as error:
        raise AuthorError(f"{path} cannot be read: {error.strerror}; make it a readable file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(f"{path} is not valid TOML: {error}; {MEND}") from None


def declare(
    folder: Path,
    settings: Mapping[str, Any],
    modules: Sequence[tuple[str, ModuleType]],
    reference: Subject,
    bank: Bank,
) -> Exercise:
    """Return the exercise of ``folder``.

    Parameters
    ----------
    settings
        What ``exercise.toml`` or ``course.json`` says.
    modules
        Pairs of visibility and module, public first.
    """
    where = folder / "exercise.toml"
    refuse_settings(where, settings)
    groups = _groups(modules)
    _refuse_other_calls(where, settings["calls"], groups.values())
    checks = [*_checks(modules), *_generic(where, settings.get("generic", []), groups)]
    checks.sort(key=lambda check: check.visibility != "public")
    public = frozenset(_groups(pair for pair in modules if pair[0] == "public"))
    _validate_checks(folder, checks, groups, public)
    return Exercise(
        slug=folder.name,
        order=settings["order"],
        calls=tuple(settings["calls"]),
        checks=tuple(checks),
        groups=tuple(groups.values()),
        texts=_texts(folder),
        reference=reference,
        bank=bank,
        limits=Limits(**settings.get("limits", {})),
        imports=imports_of(settings),
        optional=settings.get("optional", False),
        worth=settings.get("worth"),
        public_groups=public,
    )


def _groups(modules: Iterable[tuple[str, ModuleType]]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for _, module in modules:
        for group in (value for value in vars(module).values() if isinstance(value, Group)):
            if groups.setdefault(group.name, group) is not group:
                raise AuthorError(f"{module.__file__}: two groups of probes are called {group.name!r}; rename one")
    return groups


def _refuse_other_calls(where: Path, calls: Sequence[str], groups: Iterable[Group]) -> None:
    """Refuse probes of a function that the student does not write."""
    for group in groups:
        other = next((probe.call.function for probe in group if probe.call.function not in calls), None)
        if other is not None:
            raise AuthorError(f"{where}: calls is {list(calls)}, but the probes {group.name!r} call {other}; add it")


def _checks(modules: Iterable[tuple[str, ModuleType]]) -> list[Check]:
    checks: dict[str, Check] = {}
    for visibility, module in modules:
        for check in (value for value in vars(module).values() if isinstance(value, Check)):
            if check.name in checks:
                raise AuthorError(f"{module.__file__}: two checks are called {check.name}; rename one")
            if not check.title:
                raise AuthorError(
                    f"{module.__file__}: check {check.name} has no docstring; a student reads its first line"
                )
            checks[check.name] = dataclasses.replace(check, visibility=visibility)
    return list(checks.values())


def _generic(where: Path, entries: Iterable[Mapping[str, Any]], groups: Mapping[str, Group]) -> list[Check]:
    return [_generic_check(where, entry, groups) for entry in entries]


def _generic_check(where: Path, entry: Mapping[str, Any], groups: Mapping[str, Group]) -> Check:
    validate(where, "key of a generic check", entry, GENERIC_KEYS)
    use = entry.get("use")
    if entry.get("visibility", "public") not in VISIBILITIES:
        raise AuthorError(f"{where}: generic check {use!r} is {entry['visibility']!r}; write public or hidden")
    if not 0 <= entry.get("points", 0) < math.inf:
        raise AuthorError(f"{where}: generic check {use!r} is worth {entry['points']} points; it must be 0 or more")
    if use not in GENERIC:
        raise AuthorError(f"{where}: generic check uses {use!r}; known are {', '.join(sorted(GENERIC))}")
    group = groups.get(entry.get("on", ""))
    if group is None:
        raise AuthorError(f"{where}: generic check {use!r} is on {entry.get('on')!r}, which is no group of probes")
    return Check(
        name=entry.get("name", use),
        title=entry.get("title", ""),
        points=float(entry.get("points", 0)),
        run=GENERIC[use](group),
        on=group,
        about=entry.get("about"),
        finds=tuple(entry.get("finds", ())),
        needs=tuple(entry.get("needs", ())),
        wants_reference=use == "agrees",
        visibility=entry.get("visibility", "public"),
    )


def _validate_checks(
    folder: Path, checks: Sequence[Check], groups: Mapping[str, Group], public: frozenset[str]
) -> None:
    seen: set[str] = set()
    for check in checks:
        where = folder / f"{check.visibility}.py"
        unknown = [name for name in check.needs if name not in seen]
        if check.name in seen:
            raise AuthorError(f"{folder / 'exercise.toml'}: two checks are called {check.name}; rename one")
        if unknown:
            raise AuthorError(f"{where}: check {check.name} needs {unknown[0]}, which does not come before it")
        if check.on is not None and groups.get(check.on.name) is not check.on:  # a part of one has no wrong answers
            raise AuthorError(f"{where}: check {check.name} is on {check.on.name!r}, which no module declares")
        if check.on is not None and not check.hidden and check.on.name not in public:  # a student is shown its inputs
            raise AuthorError(
                f"{folder / 'exercise.toml'}: check {check.name} is public, on probes of hidden.py"
                f" ({check.on.name!r}); make it hidden, or declare the probes in public.py"
            )
        seen.add(check.name)


def _texts(folder: Path) -> dict[str, Texts]:
    texts = {}
    for language in LANGUAGES:
        path = folder / "text" / f"{language}.toml"
        with _read(path, missing="every language has one"):
            texts[language] = read_texts(path, language)
    return texts
