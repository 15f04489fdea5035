"""Descriptions: shapes, types and refusals in words. The report has them in a short form that has no language."""

from __future__ import annotations

import re

from rich.text import Text

from grader.judge.report import Finding
from grader.report.drawn import told_whole
from grader.report.layout import Lines, paragraph
from grader.report.view import View, values

INDENT = 4
SHAPE = re.compile(r"\(?\s*(\d+(?:\s*[x,]\s*\d+)*)?\s*,?\s*\)?")
ARRAY = re.compile(r"(\w+) array of shape (\([\d, ]*\))")
SIZE = re.compile(r"(\d+) (bytes|characters|items)")
KEYS = re.compile(r"dict dict with keys (.*)")
PLAIN = re.compile(r"(list|tuple|str|int|float|bool|complex) (.+)")
NUMBERS = "a number or an array of numbers"
LONGEST = 200


def sentence(view: View, finding: Finding) -> Lines:
    """Return what differs where a table of values would not tell it: a shape, a type, a refusal, an argument."""
    said = "" if told_whole(finding) else _said(view, finding)
    if not said:
        return []
    return [Text(), *paragraph(said, view.look.width, indent=INDENT), Text()]


def shape(view: View, text: str) -> str:
    """Return a shape in words: a bare number, 3 values, a 3 x 3 array."""
    if SHAPE.fullmatch(text) is None:
        return view.theirs(text, LONGEST)
    lengths = re.findall(r"\d+", text)
    if not lengths:
        return view.say("evidence.quantity")
    if len(lengths) == 1:
        return values(view.look, int(lengths[0]))
    return view.say("evidence.array", shape=" x ".join(lengths))


def kind(view: View, text: str) -> str:
    """Return a value's type in words."""
    if text == NUMBERS:
        return view.say("evidence.number")
    if text.startswith("NoneType"):
        return "None"
    if found := ARRAY.fullmatch(text):
        return view.say("evidence.typed_array", dtype=found[1], shape=found[2])
    if found := KEYS.fullmatch(text):
        return view.say("evidence.dict", keys=view.theirs(found[1], LONGEST))
    if found := PLAIN.fullmatch(text):
        return f"{view.theirs(found[2], LONGEST)} ({found[1]})"
    return view.theirs(text, LONGEST)


def too_large(view: View, note: str) -> str:
    """Return a sentence on a value that did not come whole, from a note such as ``an array of 8000000000 bytes``."""
    found = SIZE.search(note)
    size = f"{found[1]} " + view.say(f"sizes.{found[2]}") if found else view.theirs(note, LONGEST)
    return view.say("evidence.too_large", size=size)


def _said(view: View, finding: Finding) -> str:
    match finding.kind:
        case "shape":
            return view.say("evidence.shape", expected=shape(view, finding.expected), got=shape(view, finding.got))
        case "type":
            said = view.say("evidence.type", expected=kind(view, finding.expected), got=kind(view, finding.got))
            return f"{said}. {too_large(view, finding.note)}" if finding.note else said
        case "dtype" | "word" | "choice":
            expected, got = view.theirs(finding.expected, LONGEST), view.theirs(finding.got, LONGEST)
            return view.say(f"evidence.{finding.kind}", expected=expected, got=got)
        case "keys":
            named = (("missing", finding.expected), ("added", finding.got))
            return " ".join(
                view.say(f"evidence.{word}", keys=view.theirs(keys, LONGEST)) for word, keys in named if keys
            )
        case "range":
            return view.say("evidence.range", expected=finding.expected, got=finding.got)
        case "not_refused" | "wrong_refusal":
            return _refusal(view, finding)
        case "arguments":
            return view.say("evidence.arguments", got=_arguments(view, finding))
        case _:
            return ""


def _refusal(view: View, finding: Finding) -> str:
    got = view.theirs(finding.got, 60)
    if finding.raised is not None and finding.raised.message:
        got += ": " + view.theirs(finding.raised.message)
    said = view.say(f"evidence.{finding.kind}", expected=finding.expected, got=got)
    refused, of = finding.measures.get("refused"), finding.measures.get("of", 0)
    if refused is None or of <= 1:
        return said
    return f"{said.removesuffix('.')}. {view.say('evidence.refused', refused=int(refused), of=int(of))}"


def _arguments(view: View, finding: Finding) -> str:
    """Return the changed arguments by name; a position is looked up in the student's own function."""
    facts = view.report.facts.functions.get(view.function(finding.case))
    names = facts.parameters if facts else ()
    given = [part.strip() for part in finding.got.split(",")]
    known = [names[int(one)] if one.isdecimal() and int(one) < len(names) else one for one in given]
    return view.theirs(", ".join(known), LONGEST)
