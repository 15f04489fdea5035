"""Declarations: probes on a ladder, checks with their rules, and texts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

import grader
from grader import AuthorError, call, check, close, probes
from grader.exercise.asked import Asked
from grader.exercise.texts import Texts, placeholders, read_texts


def test_an_author_imports_everything_from_one_place() -> None:
    """Every name of the public API is there, and no other is."""
    assert all(getattr(grader, name) is not None for name in grader.__all__)
    with pytest.raises(AttributeError, match="module 'grader' has no attribute 'probe'"):
        grader.probe  # noqa: B018 - looking is the test


def test_probes_keep_their_order_and_carry_their_group() -> None:
    """The name of a probe is the key under which its answers are recorded."""
    group = probes("batch", [call("f", 1.0), call("f", 2.0)])
    assert [probe.name for probe in group] == ["batch[0]", "batch[1]"]
    assert [probe.call.text for probe in group] == ["f(1.0)", "f(2.0)"]
    assert len(group) == 2
    assert (group.tolerance, group.observes_arguments) == (close, False)


def test_the_usual_tolerance_is_absolute_up_to_1_and_relative_above() -> None:
    """1e-12 leaves room for thousands of roundings."""
    assert close(call("f"), np.array([0.0, 1.0, -1e6])).tolist() == [1e-12, 1e-12, 1e-6]


def test_a_check_is_a_value_with_all_that_was_declared() -> None:
    """The first line of the docstring is what a student reads, without its full stop."""
    group = probes("g", [call("f")])

    @check(points=2, on=group, about="z", finds=["swapped"], needs=["first"])
    def second(subject: Asked, reference: Asked) -> None:
        """Second comes after first.

        This is for authors.
        """

    assert (second.name, second.title, second.points) == ("second", "Second comes after first", 2.0)
    assert (second.on, second.about, second.finds, second.needs) == (group, "z", ("swapped",), ("first",))
    assert (second.wants_reference, second.visibility) == (True, "public")


def test_a_check_needs_no_reference() -> None:
    """A law may be checked on the subject alone."""

    @check(points=0)
    def alone(subject: Asked) -> None:
        """A law."""

    assert alone.wants_reference is False


@pytest.mark.parametrize(
    "function",
    [
        lambda: None,
        lambda student: student,
        lambda reference, subject: (reference, subject),
        lambda subject, other: (subject, other),
    ],
)
def test_a_check_with_other_parameters_is_refused(function: object) -> None:
    """Its parameters are subject, or subject and reference."""
    with pytest.raises(AuthorError, match="its parameters must be subject, or subject, reference"):
        check(points=1)(function)  # type: ignore[arg-type]


def test_texts_are_found_by_dotted_keys(tmp_path: Path) -> None:
    """Tables become dots, lists stay lists, and spaces around a text are dropped."""
    path = tmp_path / "en.toml"
    path.write_text('title = " The mean "\n[diagnoses.sum]\ncause = "A\\nB"\nhints = ["1", " 2 "]\n', encoding="utf-8")
    texts = read_texts(path, "en")
    assert texts == Texts("en", {"title": "The mean", "diagnoses.sum.cause": "A\nB", "diagnoses.sum.hints": ("1", "2")})
    assert texts.get("title") == "The mean"
    assert texts.listed("diagnoses.sum.hints") == ("1", "2")


def test_a_text_that_is_not_there_is_none() -> None:
    """A missing text stops nobody, and a list is no text."""
    texts = Texts("en", {"a": "one", "b": ("two",)})
    assert (texts.get("c"), texts.get("b"), texts.listed("a"), texts.listed("c")) == (None, None, (), ())


def test_a_file_that_is_no_toml_is_not_read(tmp_path: Path) -> None:
    """The loader makes a sentence of it."""
    path = tmp_path / "en.toml"
    path.write_text("title = ", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read_texts(path, "en")


def test_placeholders_are_the_names_in_braces() -> None:
    """Doubled braces are braces."""
    assert placeholders("{gap} of {want:.2f}, not {{this}}") == {"gap", "want"}
    assert placeholders("nothing") == frozenset()
