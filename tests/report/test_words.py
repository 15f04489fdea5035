"""The engine's words: complete in both languages, really translated, and as short as the screens need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from grader.exercise.texts import LANGUAGES, placeholders
from grader.fence.policy import Confinement, Layer, Policy
from grader.fence.selftest import ATTEMPTS
from grader.judge.outcome import Outcome
from grader.judge.report import Report
from grader.report import words as module
from grader.report.confined import confinement_line
from grader.report.layout import KEPT, LABEL, fold
from grader.report.look import Look
from grader.report.words import command, count, fit, listing, outcome_word, say, words

ENGLISH, SPANISH = (words(language) for language in LANGUAGES)
KEYS = sorted(ENGLISH.words)
LABELS = {
    texts.language: {key: text for key, text in texts.words.items() if key.startswith("labels.")}
    for texts in (ENGLISH, SPANISH)
}
ROOM = Path(module.__file__).parent
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in (ROOM, ROOM.parent / "notebook")  # which says them in the cells of a notebook
    for path in sorted(room.rglob("*"))
    if path.suffix in {".py", ".html"}
)


def test_both_languages_have_the_same_keys() -> None:
    """No sentence exists in one language only."""
    assert sorted(SPANISH.words) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_translation_is_one(key: str) -> None:
    """The two texts have the same placeholders and are not the same text."""
    english, spanish = ENGLISH.get(key) or "", SPANISH.get(key) or ""
    assert placeholders(spanish) == placeholders(english)
    assert spanish != english


def test_every_word_is_used() -> None:
    """No key is left over: the code has it whole, or without what is chosen at the end, or up to a placeholder."""
    whole = set(re.findall(r'"([a-z_.]+)"', CODE))
    begun = tuple(re.findall(r'f"([a-z_.]+\.)\{', CODE))
    endings = (".one", ".many", "_anywhere")
    stems = {key: next((key.removesuffix(end) for end in endings if key.endswith(end)), key) for key in KEYS}
    left_over = {key for key, stem in stems.items() if not {key, stem} & whole and not key.startswith(begun)}
    assert {key for key in left_over if f'f"{stems[key]}.{{' not in CODE} == {"and"} - whole


def test_every_word_that_code_asks_for_exists() -> None:
    """Each key that the code writes out is in the files."""
    asked = set(re.findall(r'say\((?:look, |view\.look, |self\.look, )?"([a-z_.]+)"', CODE))
    assert len(asked) > 50
    assert [key for key in asked if key not in ENGLISH.words] == []


def test_every_forbidden_thing_has_a_name() -> None:
    """What the self-test tries can be told in every language, and nothing else is."""
    assert {key.removeprefix("attempts.") for key in KEYS if key.startswith("attempts.")} == set(ATTEMPTS)


def test_every_refusal_has_its_screen(states: Mapping[str, Report], unread: Mapping[str, object]) -> None:
    """There is a state for each reason of ours, or the card of a notebook."""
    problems = [report.facts.problem for report in states.values()]
    shown = {problem.why for problem in problems if problem and problem.why} | set(unread)
    assert {key.removeprefix("why.") for key in KEYS if key.startswith("why.")} == shown


def test_the_status_line_is_told_in_the_language_of_the_reader() -> None:
    """In English it is the line that is stored; in Spanish it says the same."""
    layers = (Layer("rlimits", on=True), Layer("landlock", on=True, detail="abi 4"), Layer("bwrap", on=False))
    seen = Confinement(Policy.BEST, layers, ("start a program",), ("write to /tmp",))
    for one in (seen, replace(seen, possible=()), Confinement(Policy.OFF, ())):
        told = partial(confinement_line, on=one.on, blocked=len(one.verified), possible=one.possible)
        assert told(Look()) == one.line
        assert not set(told(Look("es")).split()) & {"blocked:", "verified", "code", "STILL", "write"}


def test_labels_fit_their_column(tongue: Look) -> None:
    """No label is wider than the column that it stands in."""
    assert {key for key, text in LABELS[tongue.language].items() if len(text) > LABEL} == set()


def test_there_is_one_word_for_each_outcome() -> None:
    """The table of outcomes is complete; our own fault has no word."""
    named = {language: [outcome_word(Look(language), outcome) for outcome in Outcome] for language in LANGUAGES}
    assert named == {
        "en": ["PASS", "PART", "FAIL", "todo", "wait", "CRASH", "SLOW", "MEMORY", "MISSING", "TAMPER", ""],
        "es": ["BIEN", "PARTE", "FALLA", "falta", "espera", "CAE", "LENTO", "MEMORIA", "AUSENTE", "TRAMPA", ""],
    }


def test_sentences_are_short() -> None:
    """No sentence has more than 20 words, and none makes light of a difficulty."""
    for texts in (ENGLISH, SPANISH):
        said = [sentence for text in texts.words.values() for sentence in re.split(r"(?<=[.!?])\s", str(text))]
        assert [sentence for sentence in said if len(sentence.split()) > 20] == []
        assert [one for one in said if re.search(r"\b(just|simply|obviously|simplemente|obviamente)\b", one)] == []


def test_counts_and_lists_are_grammatical() -> None:
    """One thing is said otherwise than several, and the last of a list is joined by a word."""
    assert [count(Look(), "evidence.values", n) for n in (0, 1, 2)] == ["0 values", "1 value", "2 values"]
    assert [listing(Look("es"), items) for items in ([3], [3, 4], [3, 4, 5])] == ["3", "3 y 4", "3, 4 y 5"]


def test_a_missing_word_stops_nobody() -> None:
    """An unknown key is shown as itself."""
    assert say(Look("es"), "no.such.key") == "no.such.key"


def test_ascii_words_lose_their_accents_only() -> None:
    """On an ASCII stream Spanish stays readable."""
    assert fit(Look("es", ascii=True), "¿Qué línea? «año», τ ≥ 1 — 漢") == 'Que linea? "ano", tau >= 1 - ?'
    assert say(Look("es", ascii=True), "labels.more") == "Mas"


def test_a_command_is_not_broken() -> None:
    """A line ends before a command or after it, never inside."""
    assert KEPT in command("check", "softmax")
    assert fold(f"Next: run {command('check', 'softmax')}", 24) == ["Next: run", "grader check softmax"]
