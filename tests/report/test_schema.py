"""The schema in the package says what real lines of results look like, and nothing looser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.classroom.exam import read_exam
from grader.classroom.roll import call_the_roll
from grader.classroom.run import grade_class
from grader.fence import Policy
from grader.judge import Outcome
from grader.judge.report import Finding
from grader.report.form import SCHEMA

RIGHT = "def mean(x):\n    return float(sum(x)) / len(x)\n"
CLASS = {
    "right": RIGHT,
    "wrong": "def mean(x):\n    return float(sum(x))\n",
    "nan": "def mean(x):\n    return float('nan')\n",
    "infinite": "def mean(x):\n    return -float('inf')\n",
    "complex": "def mean(x):\n    return 1j\n",
    "array": "import numpy as np\n\n\ndef mean(x):\n    return np.array([1.0, np.nan])\n",
    "text": "def mean(x):\n    return 'one'\n",
    "nothing": "def mean(x):\n    pass\n",
    "object": "def mean(x):\n    return object()\n",
    "crash": "def mean(x):\n    total = 0\n    return total / 0\n",
    "ends": "import os\n\n\ndef mean(x):\n    os._exit(0)\n",
    "memory": "def mean(x):\n    return bytearray(1 << 40)\n",
    "todo": "def mean(x):\n    raise NotImplementedError\n",
    "other": "def median(x):\n    return 0.0\n",
    "broken": "def mean(x:\n    return 0.0\n",
    "import": "import no_such_module\n",
    "leaves": "import sys\n\nsys.exit()\n",
    "warns": "import warnings\n\n\ndef mean(x):\n    warnings.warn('careful')\n    return 0.0\n",
    "surrogate": "def mean(x):\n    raise ValueError('\\ud800\\x1b[2J')\n",
    "late": "def mean(x):\n    return float(sum(x)) / min(len(x), 10)\n",
}


def schema() -> dict[str, Any]:
    """Return the schema of the package."""
    found: dict[str, Any] = json.loads(files("grader.report").joinpath("report.schema.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def lines(small_project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return the lines of a class in which everything happens."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    for student, source in CLASS.items():
        (folder / student).mkdir()
        (folder / student / "mean.py").write_text(source, encoding="utf-8")
    (folder / "missing").mkdir()
    exam = read_exam(small_project / "solutions", [], policy=Policy.BEST, language="en")
    tally = grade_class(call_the_roll(folder), out, exam, workers=1, tell=lambda _done, _all: None)
    assert tally.faults == {}
    return [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_schema_is_one() -> None:
    """It is valid itself, and is called as the lines are."""
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == SCHEMA


def test_every_real_line_fits(lines: list[dict[str, Any]]) -> None:
    """A class of all outcomes gives lines that the schema allows."""
    judge = jsonschema.Draft202012Validator(schema())
    assert [(line["student"], error.message) for line in lines for error in judge.iter_errors(line)] == []


def test_the_class_is_not_too_tame(lines: list[dict[str, Any]]) -> None:
    """The lines that were tried hold most outcomes, findings and problems."""
    results = [result for line in lines for exercise in line["exercises"] for result in exercise["results"]]
    assert {result["outcome"] for result in results} >= {"passed", "failed", "todo", "skipped", "crashed", "missing"}
    assert len({result["finding"]["kind"] for result in results if "finding" in result}) >= 4
    assert sum(exercise["problem"] is not None for line in lines for exercise in line["exercises"]) >= 4


def test_the_schema_knows_every_outcome() -> None:
    """A new outcome is added in both places."""
    assert schema()["$defs"]["result"]["properties"]["outcome"]["enum"] == [str(outcome) for outcome in Outcome]


def test_the_schema_knows_all_of_a_finding() -> None:
    """What no line above happens to hold is in it, too; a drawing is never written down."""
    assert set(schema()["$defs"]["finding"]["properties"]) == {one.name for one in fields(Finding)} - {"drawn"}


def closed(part: object) -> list[bool]:
    """Return for each object that a part of the schema describes whether nothing else may be in it."""
    if isinstance(part, list):
        return [answer for one in part for answer in closed(one)]
    if not isinstance(part, dict):
        return []
    here = [part.get("additionalProperties") is not None] if part.get("type") == "object" else []
    return here + [answer for one in part.values() for answer in closed(one)]


def test_the_schema_is_closed() -> None:
    """No object may hold what the schema does not name."""
    assert all(closed(schema()))


@pytest.mark.parametrize("spoil", [lambda line: line.pop("points"), lambda line: line.update(more=1)])
def test_a_line_that_lacks_or_adds_something_does_not_fit(
    spoil: Callable[[dict[str, Any]], object], lines: list[dict[str, Any]]
) -> None:
    """The schema would notice."""
    line = dict(lines[0])
    spoil(line)
    assert not jsonschema.Draft202012Validator(schema()).is_valid(line)
