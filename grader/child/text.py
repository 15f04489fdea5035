"""Whether a student's file is text: as Python says of a file, and its parser, given bytes, does not.

The parser lets bytes that are no UTF-8 pass where they stand in a comment. Python runs such a file only if it declares
an encoding, be it UTF-8: then the parser has the last word.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

LINE_END: Final = re.compile(rb"\r\n|\r|\n")
DECLARED: Final = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*[-\w.]")
BLANK: Final = re.compile(rb"[ \t\f]*(?:#.*)?$")


def refuse_no_text(source: bytes, file: str) -> None:
    """Raise the SyntaxError of a file that is not in UTF-8 and declares no encoding."""
    try:
        source.decode()
    except UnicodeDecodeError as error:
        if not _declares(source):
            line = len(LINE_END.split(source[: error.start]))
            raise SyntaxError(
                f"Non-UTF-8 code starting with '\\x{source[error.start]:02x}' on line {line}, but no encoding "
                "declared; see https://peps.python.org/pep-0263/ for details",
                (file, line, None, None),
            ) from None


def _declares(source: bytes) -> bool:
    """Return whether a file begins with a byte order mark, or has a coding line where Python looks for one."""
    first, second, *_ = [*LINE_END.split(source, 2), b""]
    below = BLANK.match(first) is not None and DECLARED.match(second) is not None
    return source.startswith(codecs.BOM_UTF8) or DECLARED.match(first) is not None or below
