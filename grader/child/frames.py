"""Frames: the messages on every socket here. Two lengths, a JSON tree, and the raw buffers of the arrays in it.

Nothing in a frame can run code, which pickle and marshal can. It needs the standard library only, since the server
reads its first frame before it knows where numpy lies.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Any, Final

Tree = Any
CHANNEL: Final = 3  # a child's end of the socket
FAILED: Final = 70  # the exit code of a child that ends before it was asked to
HEADER: Final = struct.Struct("<II")
TREE_BYTES: Final = 1 << 20  # a larger tree of small items would take seconds to read
REQUEST_BYTES: Final = 256 << 20  # what comes from the trusted side may be larger
PIECE: Final = 1 << 20
READY: Final = {"ready": 1}  # a child's first word: all layers are on
END: Final = {"e": 1}  # what follows the last reply to a request
TO_JSON: Final = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode  # what we pack has no circles
FROM_JSON: Final = json.JSONDecoder().decode


class WireError(Exception):
    """Bytes that are no message of this protocol."""


class TooLarge(Exception):
    """A value that is larger than what may be sent."""


def pack(tree: Tree, buffers: list[bytes] | None = None, *, largest: int = TREE_BYTES) -> bytes:
    """Return one frame."""
    return framed(written(tree, largest=largest), buffers)


def written(tree: Tree, *, largest: int = TREE_BYTES) -> str:
    """Return a tree as JSON."""
    text = TO_JSON(tree)
    if len(text) > largest:
        raise TooLarge(f"a value of {len(text)} characters")
    return text


def framed(text: str, buffers: list[bytes] | None = None) -> bytes:
    """Return the frame of a tree that was written, and the buffers of the arrays in it."""
    body = buffers or []
    return b"".join([HEADER.pack(len(text), sum(map(len, body))), text.encode("ascii"), *body])


def split(header: bytes | bytearray, limit: int) -> tuple[int, int]:
    """Return the lengths of a frame's tree and body, if they are within bounds."""
    text, body = HEADER.unpack(header)
    if text > TREE_BYTES or body > limit:
        raise WireError(f"a message of {text} + {body} bytes")
    return text, body


def parse(text: bytes | bytearray | memoryview) -> Tree:
    """Return the tree of a frame."""
    try:
        return FROM_JSON(str(text, "ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"no JSON: {error}"[:200]) from None


def receive(channel: int) -> tuple[Tree, memoryview] | None:
    """Return the next frame of the trusted side, or None at the end; its body is a view, for it may be large."""
    header = _exactly(channel, HEADER.size)
    if header is None:
        return None
    text, body = HEADER.unpack(header)
    whole = _exactly(channel, text + body)
    if whole is None:
        return None
    view = memoryview(whole)
    return parse(view[:text]), view[text:]


def _exactly(channel: int, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = os.read(channel, min(size, PIECE))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
