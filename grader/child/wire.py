"""Plain values as trees with buffers, and back: what a frame carries.

Both sides use this module. Writing is safe against hostile objects: only exact types are looked into, so no method
of a student's class runs. Reading is safe against hostile bytes: every buffer is used once and in order, all sizes
are capped, and whatever is wrong is a `WireError`. Nothing here can run code, which pickle and marshal can.

A scalar stands for itself in the tree. Everything else is a list that begins with a tag: ``l`` list, ``t`` tuple,
``d`` dict, ``a`` array, ``o`` an object of which only the type's name is told, and in requests
``s`` a NumPy scalar, ``A``, ``R`` and ``F`` described arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from .builders import KINDS, Array, Axes, Rng
from .frames import END, HEADER, READY, REQUEST_BYTES, TREE_BYTES, TooLarge, Tree, WireError, pack, parse, split

__all__ = [
    "END",
    "HEADER",
    "READY",
    "REQUEST_BYTES",
    "TREE_BYTES",
    "Reader",
    "TooLarge",
    "Tree",
    "WireError",
    "Writer",
    "pack",
    "parse",
    "split",
    "type_name",
]

DEPTH: Final = 32
NODES: Final = 150_000
INTEGER_BITS: Final = 4096
LONGEST: Final = 1 << 31
DTYPES: Final = {
    np.dtype(name).str: np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
}
SCALARS: Final = frozenset(dtype.type for dtype in DTYPES.values())
BOOL: Final = np.dtype("bool").str
Bytes = bytes | memoryview
KEYS: Final = frozenset({type(None), bool, int, float, str, tuple})


def type_name(value: object) -> str:
    """Return the name of a value's type without asking the value."""
    return str(type.__dict__["__name__"].__get__(type(value)))[:80]


class Writer:
    """Turns values into trees and collects their buffers.

    Parameters
    ----------
    limit : int
        Bytes that all buffers and texts may take together.
    request : bool
        Whether this is a call: it may hold described arguments, and must hold nothing that is no plain value.
    """

    __slots__ = ("buffers", "limit", "nodes", "request", "size")

    def __init__(self, limit: int, *, request: bool = False) -> None:
        self.buffers: list[bytes] = []
        self.limit = limit
        self.nodes = 0
        self.request = request
        self.size = 0

    def tree(self, value: object, depth: int = 0) -> Tree:
        """Return the tree of a value; what is no plain value becomes the name of its type."""
        kind = type(value)
        if value is None or kind is float or kind is bool or kind is str:
            return self._scalar(value)
        if kind is int:
            return value if value.bit_length() <= INTEGER_BITS else self._opaque("int")  # type: ignore[attr-defined]
        if kind is np.ndarray:
            return self._array(value)  # type: ignore[arg-type]
        if kind in SCALARS:
            made = self._array(np.asarray(value))
            return ["s", made[1]] if self.request else made
        if depth >= DEPTH:
            raise TooLarge("nested too deeply")
        if kind is list or kind is tuple:
            return ["l" if kind is list else "t", *self._items(value, depth)]  # type: ignore[arg-type]
        if kind is dict:
            return self._pairs(value, depth)  # type: ignore[arg-type]
        if self.request and isinstance(value, (Array, Rng, Axes)):
            return self._described(value)
        return self._opaque(type_name(value))

    def _described(self, value: Array | Rng | Axes) -> Tree:
        """Return the tree of a described argument; it comes from our own side."""
        if isinstance(value, Array):
            return ["A", self._array(np.array(value.values, value.dtype)), value.kind, value.dtype]
        return ["R", value.seed] if isinstance(value, Rng) else ["F"]

    def _opaque(self, name: str) -> Tree:
        if self.request:
            raise TypeError(f"{name} is no plain value, so it cannot be an argument of a call")
        return ["o", name]

    def _scalar(self, value: object) -> Tree:
        if type(value) is str:
            self.size += len(value)
            if self.size > self.limit:
                raise TooLarge(f"a text of {len(value)} characters")
        return value

    def _items(self, values: list[object] | tuple[object, ...], depth: int) -> list[Tree]:
        self.nodes += len(values)
        if self.nodes > NODES:
            raise TooLarge(f"a {type(values).__name__} of {len(values)} items")
        return [item if type(item) is float else self.tree(item, depth + 1) for item in values]

    def _pairs(self, values: dict[object, object], depth: int) -> Tree:
        if not all(_is_key(key) for key in values):
            return self._opaque("dict")
        flat: list[object] = [part for pair in values.items() for part in pair]
        return ["d", *self._items(flat, depth)]

    def _array(self, value: np.ndarray[Any, Any]) -> Tree:
        kind = value.dtype.str
        if kind not in DTYPES or value.ndim > DEPTH:
            return self._opaque(f"array of {value.dtype.name[:40]}")
        self.size += value.nbytes  # of a broadcast view: what it would take, before it takes it
        if self.size > self.limit:
            raise TooLarge(f"an array of {value.nbytes} bytes")
        self.buffers.append(value.tobytes())
        return ["a", kind, *value.shape]


def _is_key(key: object) -> bool:
    kind = type(key)
    return kind in KEYS and (kind is not tuple or all(_is_key(part) for part in key))  # type: ignore[attr-defined]


class Reader:
    """Turns trees into values, taking each buffer once and in order."""

    __slots__ = ("at", "body", "nodes", "opaque", "request")

    def __init__(self, body: Bytes, *, opaque: Callable[[str], object] | None = None, request: bool = False) -> None:
        self.body = body
        self.at = 0
        self.nodes = 0
        self.opaque = opaque
        self.request = request

    def value(self, tree: Tree, depth: int = 0) -> object:
        """Return the value of a tree."""
        kind = type(tree)
        if tree is None or kind is float or kind is str or kind is bool:
            return tree
        if kind is int:
            if tree.bit_length() > INTEGER_BITS:
                raise WireError("a very long integer")
            return tree
        if kind is not list or not tree or type(tree[0]) is not str or depth > DEPTH:
            raise WireError("a tree that is no value")
        read = READERS.get(tree[0])
        if read is None:
            raise WireError("an unknown tag")
        return read(self, tree, depth)

    def end(self) -> None:
        """Refuse bytes that no array used."""
        if self.at != len(self.body):
            raise WireError("bytes that belong to no array")

    def array(self, tree: Tree, _depth: int) -> np.ndarray[Any, Any]:
        """Return a read-only array made of the next bytes."""
        dtype = DTYPES.get(tree[1]) if len(tree) > 1 and type(tree[1]) is str else None
        shape = tree[2:]
        whole = [n for n in shape if type(n) is int and 0 <= n < LONGEST]
        if dtype is None or len(shape) > DEPTH or len(whole) < len(shape):
            raise WireError("an array of unknown dtype or impossible shape")
        size = math.prod(shape)
        end = self.at + size * dtype.itemsize
        if end > len(self.body):
            raise WireError("an array larger than its bytes")
        made = np.frombuffer(self.body[self.at : end], dtype=dtype, count=size)
        if tree[1] == BOOL and size and int(made.view(np.uint8).max()) > 1:
            raise WireError("a truth value that is neither 0 nor 1")
        self.at = end
        try:
            return made if len(shape) == 1 else made.reshape(shape)
        except ValueError:  # no entries, but other lengths whose product numpy refuses
            raise WireError("an array of impossible shape") from None

    def listed(self, tree: Tree, depth: int) -> list[object]:
        """Return the values that follow the tag."""
        self.nodes += len(tree)
        if self.nodes > 2 * NODES:
            raise WireError("too many values")
        return [item if type(item) is float else self.value(item, depth + 1) for item in tree[1:]]

    def tupled(self, tree: Tree, depth: int) -> tuple[object, ...]:
        """Return the same as a tuple."""
        return tuple(self.listed(tree, depth))

    def mapped(self, tree: Tree, depth: int) -> dict[object, object]:
        """Return a dict of alternating keys and values."""
        flat = self.listed(tree, depth)
        keys = flat[::2]
        if len(flat) % 2 or not all(_is_key(key) for key in keys):
            raise WireError("a dict without proper keys")
        return dict(zip(keys, flat[1::2], strict=True))

    def named(self, tree: Tree, _depth: int) -> object:
        """Return what stands for an object of which only the type's name is told: in replies only."""
        if self.opaque is None or len(tree) != 2 or type(tree[1]) is not str or len(tree[1]) > 80:  # noqa: PLR2004
            raise WireError("an object without a name")
        return self.opaque(tree[1])

    def described(self, tree: Tree, depth: int) -> object:
        """Return a NumPy scalar, or a described argument: in requests only."""
        match tree if self.request else None:
            case ["A", values, kind, dtype] if kind in KINDS:
                return Array(self.value(values, depth + 1), kind=kind, dtype=str(dtype))
            case ["s", _dtype]:
                return self.array(tree, depth)[()]
            case ["R", seed] if type(seed) is int:
                return Rng(seed)
            case ["F"]:
                return Axes()
            case _:
                raise WireError("a scalar or a described argument where none may be")


READERS: Final[dict[str, Callable[[Reader, Tree, int], object]]] = {
    "l": Reader.listed,
    "t": Reader.tupled,
    "d": Reader.mapped,
    "a": Reader.array,
    "o": Reader.named,
    **dict.fromkeys("ARFs", Reader.described),
}
