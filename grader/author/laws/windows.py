"""Windows of tokens: how a piece of a secret file is recognised wherever it was pasted.

Twelve tokens in a row are found after reformatting; forty in a row with every name made equal are found after
renaming as well. Module docstrings of secret files, and the sentences of guides for marking, serve as canaries: they
are prose that occurs nowhere else.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.author.members import Member
from grader.author.notebooks import GUIDES
from grader.exercise.course import PAGES, fingerprint
from grader.exercise.texts import read_texts

EXACT, RENAMED = 12, 40
CANARY_WORDS = 5
GUIDE_WORDS = 8  # shorter sentences may be anybody's
NAMES = 3  # different words in a window of code; np.array([2.0, 1.0, 0.1, -1.0]) has two
TOKEN = re.compile(r"\d[\w.]*|\w+|[^\w\s]")
WORD = re.compile(r"[A-Za-z_]\w*")
SENTENCE = re.compile(r"(?<=[.?!])\s+")
BASE64 = re.compile(r"[A-Za-z0-9+/\n\r]{40,}={0,2}")
PUBLIC = ("public.py", "picture.py")  # the only author's modules that are released
ANSWERS = {"accepted", "mistakes"}  # folders of whole answers, right and wrong


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be found."""

    exact: frozenset[tuple[str, ...]]
    renamed: frozenset[tuple[str, ...]]
    canaries: frozenset[str]

    def seen_in(self, member: Member, *, own: str = "") -> Iterator[str]:
        """Yield what of the secrets is in a member, each kind once; ``own`` is code that may be found all the same."""
        known, said = TOKEN.findall(own), " ".join(own.split())
        for text in texts_in(member):
            tokens = TOKEN.findall(text)
            if window := _found(self.exact, tokens, known, EXACT):
                yield f"it holds {EXACT} tokens in a row of a secret file: {' '.join(window)}"
                return
            if _found(self.renamed, _renamed(tokens), _renamed(known), RENAMED):
                yield f"it holds {RENAMED} tokens in a row of a secret file, but for names"
                return
            told = " ".join(text.split())
            if found := [canary for canary in self.canaries if canary in told and canary not in said]:
                yield f"it holds a sentence of a secret file: {min(found)}"
                return


def secrets_of(solutions: Path) -> Secrets:
    """Read the secret files below ``solutions``; what was read is kept until one of them changes.

    Of checks and truths, what the released checks say as well is no secret: they are written alike. Of answers, right
    or wrong, only what a stub shows is none, or an answer pasted into the released checks would excuse itself.
    """
    return _read_secrets(solutions, fingerprint(solutions), fingerprint(solutions / PAGES))


@lru_cache(maxsize=1)
def _read_secrets(solutions: Path, _marking: str, _pages: str) -> Secrets:
    secret = [path for path in sorted(solutions.rglob("*.py")) if path.name not in PUBLIC]
    public = [path.read_text(encoding="utf-8") for path in sorted(solutions.rglob("*.py")) if path.name in PUBLIC]
    stubs = [_signatures(path) for path in secret if path.name == "solution.py"]
    is_answer = {path: path.name == "solution.py" or bool(ANSWERS & set(path.parts)) for path in secret}
    answers = [_tokens(path) for path in secret if is_answer[path]]
    checks = [_tokens(path) for path in secret if not is_answer[path]]
    little = [TOKEN.findall(text) for text in stubs]
    shown = [TOKEN.findall(text) for text in (*public, *map(_code, public), *stubs)]
    return Secrets(
        exact=frozenset(filter(_telling, _told(answers, little, EXACT) | _told(checks, shown, EXACT))),
        renamed=_told(_all_renamed(answers), _all_renamed(little), RENAMED)
        | _told(_all_renamed(checks), _all_renamed(shown), RENAMED),
        canaries=frozenset([*_canaries(secret), *_guiding(solutions / PAGES)]),
    )


def windows(tokens: list[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield every run of ``size`` tokens."""
    return (tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1))


def _found(secret: frozenset[tuple[str, ...]], tokens: list[str], own: list[str], size: int) -> tuple[str, ...] | None:
    """Return the first run of tokens that is secret, unless ``own`` has it as well."""
    found = [window for window in windows(tokens, size) if window in secret]
    spared = set(windows(own, size)) if found else set()
    return next((window for window in found if window not in spared), None)


def _telling(window: tuple[str, ...]) -> bool:
    """Return whether a window says something: a row of numbers is nobody's secret."""
    return sum(WORD.fullmatch(token) is not None for token in set(window)) >= NAMES


def texts_in(member: Member) -> Iterator[str]:
    """Yield the texts of a member: itself, the strings of JSON and notebooks, and what base64 wraps."""
    text = member.content.decode("utf-8", errors="replace")
    yield text
    if member.name.endswith((".json", ".ipynb")):
        with contextlib.suppress(ValueError):  # what is no JSON is searched as it is
            for said in _strings(json.loads(text)):
                yield said
                yield from _unwrapped(said)
    yield from _unwrapped(text)


def _unwrapped(text: str) -> Iterator[str]:
    """Yield what base64 wraps, in one line or in many."""
    for match in BASE64.finditer(text):
        letters = "".join(match.group().split()).rstrip("=")
        for start in range(4):  # letters that stand before it by chance must not hide it
            whole = letters[start : start + (len(letters) - start) // 4 * 4]
            yield base64.b64decode(whole).decode("utf-8", errors="replace")


def _strings(tree: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for item in tree.values():
            yield from _strings(item)
    elif isinstance(tree, list):
        if tree and all(isinstance(item, str) for item in tree):
            yield "".join(tree)  # a notebook keeps the lines of a cell as a list
        for item in tree:
            yield from _strings(item)


def _code(source: str, *, wordless: bool = False) -> str:
    """Return code without comments, docstrings and imports: those are prose or anybody's.

    Of code that draws a page's pictures the words go as well: they are seen in the pictures.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if wordless and isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            node.body = [item for item in body if not isinstance(item, (ast.Import, ast.ImportFrom))] or [ast.Pass()]
    return ast.unparse(tree)


def _signatures(path: Path) -> str:
    """Return what a stub shows of a solution besides its docstring: the first line of each function."""
    functions = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        function.body, function.decorator_list = [ast.Pass()], []
    return "\n".join(ast.unparse(function).removesuffix("pass") for function in functions)


def _renamed(tokens: list[str]) -> list[str]:
    return ["name" if token.isidentifier() and token.isascii() else WORD.sub("name", token) for token in tokens]


def _all_renamed(sources: Iterable[list[str]]) -> list[list[str]]:
    return list(map(_renamed, sources))


def _tokens(path: Path) -> list[str]:
    """Return the tokens of a secret file's code."""
    return TOKEN.findall(_code(path.read_text(encoding="utf-8"), wordless=path.parent.name == PAGES))


def _told(secret: Iterable[list[str]], shown: Iterable[list[str]], size: int) -> frozenset[tuple[str, ...]]:
    """Return the windows of some secret files but for those of texts that are shown."""
    return _all(secret, size) - _all(shown, size)


def _all(sources: Iterable[list[str]], size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(window for tokens in sources for window in windows(tokens, size))


def _canaries(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        line = " ".join(docstring.partition("\n")[0].split())
        if len(line.split()) >= CANARY_WORDS:
            yield line


def _guiding(pages: Path) -> Iterator[str]:
    """Yield the sentences of what a good answer in words says."""
    for path in sorted(pages.glob(f"{GUIDES}.*.toml")):
        for text in read_texts(path, path.suffixes[0]).words.values():
            lines = (" ".join(sentence.split()) for sentence in SENTENCE.split(str(text)))
            yield from (line for line in lines if len(line.split()) >= GUIDE_WORDS)
