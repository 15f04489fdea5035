"""View: what the parts of a screen share: the exercise, the report, the look, and the words for them.

An exercise's texts hold ``{placeholders}`` of measures. A sentence whose number is not there is left out,
so that a text never stops a screen and never shows braces.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.style import Style
from rich.text import Text

from grader.exercise.exercise import Exercise
from grader.exercise.texts import LANGUAGES
from grader.judge.report import Report, Result
from grader.report.clean import one_line
from grader.report.digits import measure
from grader.report.look import Look
from grader.report.words import command, count, fit, say

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s\d])")
CAPITALISED = re.compile(r"A(?= [a-z])|[A-Z][a-z]+\b")  # a word that is large only because it comes first
CALLED = re.compile(r"\w+")
CELL = re.compile(r"cell (\d+)")
NOTEBOOK = ".ipynb"


@dataclass(frozen=True)
class View:
    """One exercise's report, as somebody is to see it.

    ``path`` is the student's file as they know it, and ``picture`` the name of the file with their figure, if any.
    """

    exercise: Exercise
    report: Report
    look: Look
    path: str
    picture: str = ""

    def say(self, key: str, **values: object) -> str:
        """Return one of the engine's sentences."""
        return say(self.look, key, **values)

    def text(self, key: str) -> str | None:
        """Return one of the exercise's texts, or None."""
        return exercise_text(self.exercise, self.look, key)

    def filled(self, key: str, measures: Mapping[str, object]) -> str | None:
        """Return one of the exercise's texts with its measures; what cannot be filled in is left out."""
        text = self.text(key)
        return fill(text, measures) or None if text else None

    def fixed(self, key: str) -> str | None:
        """Return one of the exercise's texts if it has no placeholders: all that is said of a hidden input."""
        text = self.text(key)
        return text if text and not _open(text) else None

    def theirs(self, text: str, limit: int = 300) -> str:
        """Return what a student wrote as one harmless line; how much was left out is said."""
        made, left_out = one_line(text, limit)
        note = f" {self.say('evidence.longer', n=left_out)}" if left_out else ""
        return fit(self.look, made) + note

    def title(self, name: str) -> str:
        """Return the line that a student reads for a check."""
        return check_title(self.exercise, self.look, name)

    def number(self, result: Result) -> int:
        """Return a check's number on this screen."""
        return [one.check for one in self.report.results].index(result.check) + 1

    def secret(self, result: Result) -> bool:
        """Return whether the reader may not see what was asked and answered."""
        return result.visibility != "public" and self.look.audience == "student"

    def function(self, case: str) -> str:
        """Return the name of the student's function in a call, else the exercise's first one."""
        found = CALLED.match(case)
        return found[0] if found and found[0] in self.exercise.calls else self.exercise.calls[0]

    def file(self) -> str:
        """Return the path of the student's file, clean."""
        return self.named(self.path)

    def named(self, file: str) -> str:
        """Return the name of a file, or of a notebook's cell, as the reader calls it."""
        cell = CELL.fullmatch(file)
        return self.say("problem.cell", number=cell[1]) if cell else self.theirs(file)

    @property
    def notebook(self) -> bool:
        """Whether the student has a notebook, and no file that a command could check."""
        return bool(CELL.fullmatch(self.path)) or self.path.endswith(NOTEBOOK)

    def mentioned(self) -> str:
        """Return the student's file, or their notebook's cell, as a sentence mentions it."""
        cell = CELL.fullmatch(self.path)
        return self.say("problem.the_cell", number=cell[1]) if cell else self.file()

    def told(self, key: str, **values: object) -> str:
        """Return a sentence about the student's file; a cell that begins it is written large, a file is as it is."""
        said = self.say(key, path=self.mentioned(), **values)
        return said[0].upper() + said[1:] if CELL.fullmatch(self.path) else said

    def again(self) -> str:
        """Return how to check again: a command, or the cells to run, for a check reads what the answer's cell left."""
        cell = CELL.fullmatch(self.path)
        return self.say("screen.cells", number=cell[1]) if cell else command("check", self.exercise.slug)

    def link(self, line: Text, number: int | None = None) -> Text:
        """Return the line with the file's name as a link, where a terminal can open it."""
        if self.look.links:
            target = Path(self.path).absolute().as_uri() + (f"#{number}" if number else "")
            line.highlight_words([self.file()], Style(link=target))
        return line


def exercise_text(exercise: Exercise, look: Look, key: str) -> str | None:
    """Return a text of an exercise in the look's language, else in English, else None."""
    for language in (look.language, LANGUAGES[0]):
        found = exercise.texts[language].get(key) if language in exercise.texts else None
        if found:
            return fit(look, found)
    return None


def exercise_list(exercise: Exercise, look: Look, key: str) -> tuple[str, ...]:
    """Return a list of texts of an exercise, such as a hint ladder."""
    for language in (look.language, LANGUAGES[0]):
        found = exercise.texts[language].listed(key) if language in exercise.texts else ()
        if found:
            return tuple(fit(look, item) for item in found)
    return ()


def usual_path(exercise: Exercise) -> str:
    """Return where a student's file stands unless somebody says otherwise."""
    return f"exercises/{exercise.slug}/{exercise.slug}.py"


def exercise_title(exercise: Exercise, look: Look) -> str:
    """Return the title of an exercise, else its slug."""
    return exercise_text(exercise, look, "title") or exercise.slug


def check_title(exercise: Exercise, look: Look, name: str) -> str:
    """Return a check's title: its text, else its docstring, which begins small in the middle of a line."""
    text = exercise_text(exercise, look, f"checks.{name}.title")
    if text:
        return text
    title = next((check.title for check in exercise.checks if check.name == name), "") or name
    return fit(look, title[0].lower() + title[1:] if CAPITALISED.match(title) else title)


def fill(text: str, measures: Mapping[str, object]) -> str:
    """Return the sentences of a text that can be filled in."""
    made = (_filled(sentence, measures) for sentence in SENTENCE.split(text))
    return " ".join(sentence for sentence in made if sentence)


def values(look: Look, number: int) -> str:
    """Return ``3 values``."""
    return count(look, "evidence.values", number)


def _filled(sentence: str, measures: Mapping[str, object]) -> str | None:
    made = ""
    try:
        for literal, name, spec, _ in string.Formatter().parse(sentence):
            made += literal
            if name is not None:
                value = measures[name]
                made += format(value, spec) if spec else measure(value)
    except (KeyError, TypeError, ValueError):
        return None
    return made


def _open(text: str) -> bool:
    try:
        return any(name is not None for _, name, _, _ in string.Formatter().parse(text))
    except ValueError:
        return True
