"""Pictures: drawn by the course's own code, and signed, so that a stale or retouched one is seen on any machine.

Another version of matplotlib, or another machine's rounding, may draw other bytes from the same code. So a picture ends
with two hashes, of the code that drew it and of the picture itself: it is fresh if the code is today's and nobody has
touched the picture since. Pictures are drawn from their one file alone, or the first hash would not tell.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from grader.exercise.check import AuthorError
from grader.exercise.modules import import_author_module

SIZE = (7.2, 3.8)  # inches
SIGNATURE = re.compile(r"<!-- code ([0-9a-f]{64}), picture ([0-9a-f]{64}) -->\n\Z")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def draw_pictures(path: Path, root: Path) -> dict[str, str]:
    """Return name -> SVG of each function in ``PICTURES`` of a file below ``root``; each draws on an empty Figure."""
    return _drawn(path, root, path.read_text(encoding="utf-8"))


def same_picture(one: str, other: str) -> bool:
    """Return whether both pictures were drawn from the same code, and neither was touched since."""
    codes = [_signed_code(one), _signed_code(other)]
    return codes[0] is not None and codes[0] == codes[1]


@cache
def _drawn(path: Path, root: Path, code: str) -> dict[str, str]:
    pictures = getattr(import_author_module(path, root), "PICTURES", {})
    if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(ast.parse(code))):
        raise AuthorError(f"{path} imports a file beside it; pictures are drawn from this one file alone")
    for name in pictures:
        if not NAME.fullmatch(name):
            raise AuthorError(f"{path}: {name!r} is no name for a picture; use lower-case letters, digits and _")
    return {name: _signed(_svg(draw), code) for name, draw in pictures.items()}


def _svg(draw: Callable[..., None]) -> str:
    """Return what a function draws as SVG: texts as paths, so that all readers see the same; no date, no chance."""
    import matplotlib as mpl  # noqa: PLC0415 - loaded when somebody draws
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - the same
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("svg", hashsalt="softmax-grader", fonttype="path")
        figure = Figure(figsize=SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure)
        made = io.StringIO()
        figure.savefig(made, format="svg", metadata={"Date": None})
    return made.getvalue()


def _signed(picture: str, code: str) -> str:
    return f"{picture}<!-- code {_hash(code)}, picture {_hash(picture)} -->\n"


def _signed_code(picture: str) -> str | None:
    """Return the hash of the code that drew a picture, or None if the picture is not as it was signed."""
    signature = SIGNATURE.search(picture)
    if signature is None or _hash(picture[: signature.start()]) != signature[2]:
        return None
    return signature[1]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
