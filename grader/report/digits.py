"""Digits: as many as a person needs to see a difference, and no more.

Expected and got begin at four decimals and gain digits until they differ on screen. A value is never cut.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

FEWEST = 4
MOST = 17
LARGE = 1e6  # from here on, and below SMALL, numbers are written with an exponent
SMALL = 1e-4

Pair = tuple[object, object]


def pairs(values: Sequence[Pair], wrong: Sequence[bool]) -> tuple[list[tuple[str, str]], bool]:
    """Return expected and got as text, with the fewest digits that show each wrong pair as two different numbers.

    The second result says whether all of them do differ on screen.
    """
    made: list[tuple[str, str]] = []
    for digits in range(FEWEST, MOST + 1):
        made = [_pair(want, got, digits) for want, got in values]
        if all(one != other for (one, other), differs in zip(made, wrong, strict=True) if differs):
            return made, True
    return [_pair(want, got, FEWEST) for want, got in values], False


def measure(value: object) -> str:
    """Return a measured number with three significant digits, or with as many as keep it from looking whole."""
    if isinstance(value, (bool, str)):
        return str(value)
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError, OverflowError):
        return str(value)
    if not math.isfinite(number):
        return str(number)
    if number == int(number) and abs(number) < LARGE:
        return str(int(number))
    for digits in range(3, MOST + 1):
        text = _significant(number, digits)
        if float(text) != round(number) or number == int(number):
            return text
    return repr(number)


def short(value: float) -> str:
    """Return an error or a duration with two significant digits."""
    return f"{value:.2g}"


def seconds(value: float) -> str:
    """Return a duration: two decimals, or two digits where that would say 0.00."""
    if value == 0:
        return "0"
    return f"{value:.2f}" if value >= 0.01 else f"{value:.{min(9, 1 - math.floor(math.log10(value)))}f}"  # noqa: PLR2004


def points(value: float) -> str:
    """Return points: 3, 2.5, 0.6667."""
    return f"{round(value, 4):.10g}"


def plain(value: object) -> float | None:
    """Return a number that a bar can be drawn for: real, and from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= 1 else None  # nan is not


def _pair(want: object, got: object, digits: int) -> tuple[str, str]:
    sizes = [abs(v) for v in (want, got) if isinstance(v, float) and math.isfinite(v) and v != 0]
    exponent = bool(sizes) and not SMALL <= max(sizes) < LARGE
    return _number(want, digits, exponent=exponent), _number(got, digits, exponent=exponent)


def _number(value: object, digits: int, *, exponent: bool) -> str:
    if not isinstance(value, float):
        return str(value)
    if not math.isfinite(value):
        return str(value)
    if exponent and value != 0:
        return f"{value:.{min(digits, MOST - 1)}e}"
    return f"{value:.{digits}f}"


def _significant(number: float, digits: int) -> str:
    """Return a number with so many significant digits, written out where that is short."""
    if not SMALL <= abs(number) < LARGE:
        return f"{number:.{digits}g}"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(number))))
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text
