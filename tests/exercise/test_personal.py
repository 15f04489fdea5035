"""Personal probes: other hidden inputs for each student, the same ones again from the same key."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from grader import draws
from grader.author.bank import with_bank
from grader.author.new import new_exercise
from grader.author.place import accepted
from grader.exercise.course import load_author_course, load_author_exercise
from grader.exercise.declare import read_toml
from grader.exercise.exercise import Exercise
from grader.exercise.modules import import_author_module
from grader.exercise.personal import key_of_student, personal
from grader.exercise.reference import Live
from grader.judge import Outcome, judge

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))
KEYS = [key_of_student("a seed", suite="v1", student=name) for name in ("ana", "bo", "chen")]


@pytest.fixture(scope="module", params=SLUGS)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Return each exercise of the course."""
    return with_bank(load_author_exercise(SOLUTIONS, request.param), SOLUTIONS / request.param)


def hidden(exercise: Exercise) -> list[str]:
    """Return the calls of an exercise's hidden probes, as text."""
    return [repr(probe.call) for probe in exercise.probes if probe.group not in exercise.public_groups]


def test_a_key_depends_on_seed_suite_and_student() -> None:
    """And on nothing else: the same three give the same key."""
    given = [("a seed", "v1", "ana"), ("a seed", "v1", "bo"), ("a seed", "v2", "ana"), ("b seed", "v1", "ana")]
    keys = [key_of_student(seed, suite=suite, student=student) for seed, suite, student in given]
    assert len(set(keys)) == 4
    assert keys[0] == key_of_student("a seed", suite="v1", student="ana")
    assert key_of_student("s", suite="v", student="1ana") != key_of_student("s", suite="v1", student="ana")


def test_without_a_key_everybody_has_the_same_numbers() -> None:
    """They are those of numpy's generator, so a hidden input can be drawn anew by hand."""
    assert draws(7).normal() == np.random.default_rng(7).normal()


def test_hidden_inputs_differ_between_students_and_public_ones_do_not(exercise: Exercise) -> None:
    """Whoever has another key has other hidden inputs, and the same key gives the same; a call without any has none."""
    if not any(probe.call.args or probe.call.kwargs for probe in exercise.probes):
        pytest.skip("its functions are given nothing")
    one, again, other = (personal(exercise, SOLUTIONS, KEYS[place]) for place in (0, 0, 1))
    assert hidden(one) == hidden(again)
    assert hidden(one) != hidden(other)
    for name in exercise.public_groups:
        assert one.group(name) is exercise.group(name)


def test_right_answers_are_right_for_every_student(exercise: Exercise) -> None:
    """The solution and every accepted answer keep their points, whatever is drawn."""
    folder = SOLUTIONS / exercise.slug
    declared = read_toml(folder / "exercise.toml").get("accepted", {})
    answers = [folder / "solution.py", *(variant.path for variant in accepted(folder))]
    for key, path in zip(itertools.cycle(KEYS), answers, strict=False):
        report = judge(personal(exercise, SOLUTIONS, key), Live(import_author_module(path, SOLUTIONS)))
        lost = {result.check: result.outcome for result in report.results if result.points < result.max_points}
        assert (path.name, {**lost, **dict.fromkeys(declared.get(path.stem, {}).get("loses", []))}) == (
            path.name,
            dict.fromkeys(declared.get(path.stem, {}).get("loses", [])),
        )


def test_a_wrong_answer_is_still_wrong_and_named_by_its_public_failures(exercise: Exercise) -> None:
    """Groups that were drawn anew name nothing; the others name what they named."""
    mine = personal(exercise, SOLUTIONS, KEYS[0])
    path = next((SOLUTIONS / exercise.slug / "mistakes").rglob("*.py"))
    wrong = Live(import_author_module(path, SOLUTIONS))
    before, after = judge(exercise, wrong), judge(mine, wrong)
    assert after.points < after.max_points
    public = [result for result in after.results if result.visibility == "public"]
    assert public == [result for result in before.results if result.visibility == "public"]
    assert all(result.outcome is not Outcome.ERROR for result in after.results)


def test_an_exercise_without_hidden_checks_stays_as_it_is(tmp_path: Path) -> None:
    """There is nothing to draw."""
    (tmp_path / "course.toml").write_text('[title]\nen = "A"\nes = "A"\n', encoding="utf-8")
    new_exercise("mean", tmp_path)
    (tmp_path / "mean" / "hidden.py").write_text("", encoding="utf-8")
    (made,) = load_author_course(tmp_path).exercises
    mine = personal(made, tmp_path, KEYS[0])
    assert [check.name for check in mine.checks] == [check.name for check in made.checks] == ["means"]
    assert mine.groups == made.groups
