"""Reasons: why a file was not loaded, or a process ended, in words.

A report holds our own reasons without words: the name of a sentence and what stands in it, or a short note of the
fence. What Python or the operating system said stays as it is.
"""

from __future__ import annotations

import re

from grader.exercise.reply import Problem
from grader.exercise.texts import LANGUAGES
from grader.judge.outcome import Outcome
from grader.report.clean import one_line
from grader.report.look import Look
from grader.report.view import View
from grader.report.words import fit, outcome_word, say

NOTES = {
    "exit": re.compile(r"the process ended with exit code (?P<code>\w+)"),
    "cells": re.compile(r"more than (?P<seconds>[\d.]+) s of CPU time in all cells"),
    "cpu": re.compile(r"more than (?P<seconds>[\d.]+) s of CPU time"),
    "silent": re.compile(r"no answer after (?P<seconds>\d+) s"),
    "signal": re.compile(r"signal (?P<number>\d+)"),
    "not_run": re.compile(r"not run: the time for this exercise ran out"),
}
KINDS = {  # of problems, by the words of the report
    "misnamed": "misnamed",
    "two files": "two_files",
    "symbolic link": "link",
    "no file": "no_file",
    "too large": "too_large",
    "unreadable": "unreadable",
    "timeout": "timeout",
    "memory": "memory",
    "crashed": "crashed",
    "tampered": "tampered",
    "other notebook": "other_notebook",
}


def reason(view: View, problem: Problem) -> str:
    """Return why a file could not be loaded: our own sentence, else Python's words, else how a process ended."""
    told = view.theirs(problem.message)
    if problem.why:
        given = {name: view.theirs(value) for name, value in problem.given.items()}
        return view.say(f"why.{problem.why}", **given) + (f" ({told})" if told else "")
    if problem.kind in KINDS:
        return noted(view, problem.message)
    return ": ".join(part for part in (view.theirs(problem.kind, 60), told) if part)


def noted(view: View, note: str) -> str:
    """Return a note of the fence in the reader's language; one that has no other words is English, and told so only."""
    for key, form in NOTES.items():
        if found := form.fullmatch(note):
            return view.say(f"notes.{key}", **found.groupdict())
    return view.theirs(note) if " " not in note or view.look.language == LANGUAGES[0] else ""


def kind_word(look: Look, kind: str) -> str:
    """Return the short name of a problem, for a table: Python's own name of it, or a word of ours."""
    if kind == "missing":
        return outcome_word(look, Outcome.MISSING)
    return say(look, f"kinds.{KINDS[kind]}") if kind in KINDS else fit(look, one_line(kind, 60)[0])
