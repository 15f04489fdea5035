"""Whether a student's file is text: as Python says of a file, and its parser, given bytes, does not.

The parser lets bytes that are no UTF-8 pass where they stand in a comment.
"""

from __future__ import annotations

import codecs
import io
import tokenize
from typing import Final

PLAIN: Final = bytes(range(128)) + b"?" * 128  # a coding line is found in any bytes
UTF_8: Final = frozenset({"utf-8", "utf-8-sig"})


def refuse_no_text(source: bytes, file: str) -> None:
    """Raise the SyntaxError of a file that is not in UTF-8 and declares no other encoding.

    Of other encodings, those that lie and those that nobody knows, the parser says so.
    """
    try:
        source.decode()
    except UnicodeDecodeError as error:
        if _declared(source) in UTF_8:
            line = len((source[: error.start] + b"?").splitlines())
            raise SyntaxError(
                f"Non-UTF-8 code starting with '\\x{source[error.start]:02x}' on line {line}, but no other encoding "
                "declared; see https://peps.python.org/pep-0263/ for details",
                (file, line, None, None),
            ) from None


def _declared(source: bytes) -> str:
    """Return the name of the encoding that a file's first two lines declare."""
    first = b"\n".join(source.removeprefix(codecs.BOM_UTF8).splitlines()[:2])
    name, _ = tokenize.detect_encoding(io.BytesIO(first.translate(PLAIN)).readline)
    return codecs.lookup(name).name
