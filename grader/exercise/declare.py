"""From an author's folder to an `Exercise`: data, modules, groups, checks and texts, each validated.

Whatever is wrong is one `AuthorError` that says in which file, what, and what to do.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.exercise.bank import Bank
from grader.exercise.check import AuthorError, Check
from grader.exercise.exercise import Exercise, Limits
from grader.exercise.generic import GENERIC
from grader.exercise.probe import Group
from grader.exercise.subject import Subject
from grader.exercise.texts import LANGUAGES, Texts, read_texts

KEYS = {
    "order": int,
    "calls": list,
    "imports": list,
    "limits": dict,
    "generic": list,
    "accepted": dict,
    "optional": bool,
    "worth": (int, float),
}
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
LIMITS = {"cpu_seconds": (int, float), "memory_mb": int, "reply_mb": int}
KINDS = {
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
    str: "a text",
    list: "a list of texts",
    dict: "a table",
}
VISIBILITIES = ("public", "hidden")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of an author."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AuthorError(f"{path} is missing") from None
    except OSError as error:
        raise AuthorError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorError(f"{path} is not valid TOML: {error}") from None


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
    _validate(where, "key", settings, KEYS)
    if not settings.get("calls"):
        raise AuthorError(f"{where}: calls is missing; list the functions that the student writes")
    groups = _groups(modules)
    checks = [*_checks(modules), *_generic(where, settings.get("generic", []), groups)]
    checks.sort(key=lambda check: check.visibility != "public")
    public = frozenset(_groups(pair for pair in modules if pair[0] == "public"))
    _validate_checks(folder, checks, groups, public)
    return Exercise(
        slug=folder.name,
        order=settings.get("order", 0),
        calls=tuple(settings["calls"]),
        checks=tuple(checks),
        groups=tuple(groups.values()),
        texts=_texts(folder),
        reference=reference,
        bank=bank,
        limits=_limits(where, settings.get("limits", {})),
        imports=imports_of(settings),
        optional=settings.get("optional", False),
        worth=settings.get("worth"),
        public_groups=public,
    )


def imports_of(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what an exercise loads ahead: what its settings say, else numpy alone."""
    return tuple(settings.get("imports", ["numpy"]))


def _validate(where: Path, noun: str, entries: object, known: Mapping[str, Any]) -> None:
    """Refuse a key that is not known, and a value that is of another kind than it must be."""
    if not isinstance(entries, Mapping):
        raise AuthorError(f"{where}: {noun} {entries!r} must be a table")
    for key, value in entries.items():
        if key not in known:
            raise AuthorError(f"{where}: unknown {noun} {key}; known are {', '.join(sorted(known))}")
        texts = key in ("calls", "imports", "finds", "needs")
        right = isinstance(value, known[key]) and isinstance(value, bool) == (known[key] is bool)
        if not right or (texts and not all(isinstance(item, str) for item in value)):
            kind = "a list" if known[key] is list and not texts else KINDS[known[key]]
            raise AuthorError(f"{where}: {noun} {key} is {value!r}; it must be {kind}")


def _groups(modules: Iterable[tuple[str, ModuleType]]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for _, module in modules:
        for group in (value for value in vars(module).values() if isinstance(value, Group)):
            if groups.setdefault(group.name, group) is not group:
                raise AuthorError(f"{module.__file__}: two groups of probes are called {group.name!r}; rename one")
    return groups


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
    _validate(where, "key of a generic check", entry, GENERIC_KEYS)
    use = entry.get("use")
    if entry.get("visibility", "public") not in VISIBILITIES:
        raise AuthorError(f"{where}: generic check {use!r} is {entry['visibility']!r}; write public or hidden")
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


def _limits(where: Path, entries: Mapping[str, Any]) -> Limits:
    _validate(where, "limit", entries, LIMITS)
    return Limits(**entries)


def _texts(folder: Path) -> dict[str, Texts]:
    texts = {}
    for language in LANGUAGES:
        path = folder / "text" / f"{language}.toml"
        try:
            texts[language] = read_texts(path, language)
        except FileNotFoundError:
            raise AuthorError(f"{path} is missing; every language has one") from None
        except OSError as error:
            raise AuthorError(f"{path} cannot be read: {error.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise AuthorError(f"{path} is not valid TOML: {error}") from None
    return texts
