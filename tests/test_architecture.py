"""The house rules that a machine can check, each as one test.

They are tests and not habits, because a rule that nothing enforces is true only on the day it is written down.
Every module of the engine is read as a syntax tree; nothing is imported, so a broken module cannot hide from its rule.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sysconfig
import tomllib
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
ENGINE = sorted(
    path for path in (REPOSITORY / "grader").rglob("*.py") if "course" not in path.relative_to(REPOSITORY).parts
)
MODULES = [pytest.param(path, id=str(path.relative_to(REPOSITORY))) for path in ENGINE]
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
VAGUE = {"manager", "handler", "util", "helper", "base", "process", "data"}
MAY_NAME_SOLUTIONS = ("grader/author/", "grader/classroom/", "grader/notebook/autograde.py", "grader/plugin.py")
PATH_INTO_SOLUTIONS = re.compile(r"(^|[/\\])solutions($|[/\\])")


@cache
def tree(path: Path) -> ast.Module:
    """Return the module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method of a module."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without its docstring, which for a public function may be long, and should be."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    words = function.body[0]
    return lines - ((words.end_lineno or words.lineno) - words.lineno + 1)


def words(name: str) -> set[str]:
    """Return the words of a name, in lower case and the singular."""
    parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+(?![a-z])", name)
    return {part.lower() for part in parts} | {part.lower().removesuffix("s") for part in parts}


def names(path: Path) -> set[str]:
    """Return the names that a module gives: its own, and those of its classes, functions, arguments and variables."""
    given = {path.stem} | set(path.relative_to(REPOSITORY).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            given.add(node.name)
        elif isinstance(node, ast.arg):
            given.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.add(node.id)
    return given


def prose(path: Path) -> set[int]:
    """Return the identities of the docstrings of a module: they may speak of anything."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, homes) and node.body and isinstance(node.body[0], ast.Expr)
    }


@pytest.mark.parametrize("path", MODULES)
def test_a_module_says_what_it_is(path: Path) -> None:
    """Every module has a docstring, and it is a sentence."""
    said = ast.get_docstring(tree(path)) or ""
    assert said.strip().split("\n\n")[0].rstrip().endswith((".", ":", "!", "?"))


@pytest.mark.parametrize("path", MODULES)
def test_a_module_is_one_idea(path: Path) -> None:
    """No module is longer than one sitting."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES)
def test_a_function_is_one_step(path: Path) -> None:
    """No function is longer than a screen, docstring aside."""
    too_long = {function.name: length(function) for function in functions(path) if length(function) > LONGEST_FUNCTION}
    assert too_long == {}


@pytest.mark.parametrize("path", MODULES)
def test_names_are_plain_nouns(path: Path) -> None:
    """No name is made of a word that fits everything."""
    assert sorted(name for name in names(path) if words(name) & VAGUE) == []


@pytest.mark.parametrize("path", MODULES)
def test_only_three_doors_know_where_the_secrets_are(path: Path) -> None:
    """A path into `solutions/` is written only where solutions are read."""
    if path.relative_to(REPOSITORY).as_posix().startswith(MAY_NAME_SOLUTIONS):
        return
    docstrings = prose(path)
    named = [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if PATH_INTO_SOLUTIONS.search(node.value)
    ]
    assert named == []


def test_imports_follow_the_picture() -> None:
    """The import contracts of pyproject.toml hold."""
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    run = subprocess.run([command, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_exception_to_the_linter_has_its_reason() -> None:
    """Each code that ruff is told to ignore has a comment on its line."""
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    rules = text[text.index("[tool.ruff.lint]") : text.index("[tool.importlinter]")]
    bare = [line for line in rules.splitlines() if re.search(r'"[A-Z]+[0-9]*"', line) and "#" not in line]
    assert [line for line in bare if "select" not in line] == []


def test_every_requirement_is_locked() -> None:
    """The lock pins each package that pyproject.toml asks for, by hash."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    locked = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"(?m)^([\w.-]+)==.* \\\n    --hash=sha256:", locked))
    assert {re.split(r"[<>=~!\[; ]", one)[0] for one in asked} - pinned == set()


def test_the_rules_were_given_something_to_read() -> None:
    """The engine was found, so the tests above are not empty."""
    assert REPOSITORY / "grader" / "__init__.py" in ENGINE
