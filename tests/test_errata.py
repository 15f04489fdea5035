"""The numbers of the errata and of the reading path are true: each is read out of the page and computed again.

A witness is a line ``name = number`` of a text block. Every digit of it must be right; after a ``~`` only the size, for
those that rounding makes. In prose, each number with four digits or more must be one of the truths known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest

PAGES = Path(__file__).resolve().parent.parent / "solutions" / "pages"
BLOCK = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
WITNESS = re.compile(r"(?P<name>.+) (?P<sign>[=~]) (?P<number>-?\d[\d.e-]*)")
NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?:e-?\d+)?(?![\w.])")
DIGITS = re.compile(r"^0\.0*|\.|e.*$")  # what is left without it are significant digits
CONTEXT = mp.MPContext()
CONTEXT.dps = 60
F = CONTEXT.mpf
Row = list[object]

GOLDEN = [F(2), F(1), F(1) / 10, F(-1)]
STAGES = [F(value) for value in (4, 3, 2, 1, 0, -2)]
RARE = [F(0)] + [F(-18)] * 4095
THREE_BENDS = [F(0), F(-1)] + [F(-30)] * 50
TIED = [F(10), F(10), F(9)] + [F(0)] * 97
RHO = F("1.3")


def softmax(z: Row, tau: object = 1) -> Row:
    """Return the definition, at 60 digits."""
    largest = max(z)
    return normalised([CONTEXT.exp((value - largest) / F(tau)) for value in z])


def normalised(weights: Row) -> Row:
    """Return weights divided by their sum."""
    total = CONTEXT.fsum(weights)
    return [weight / total for weight in weights]


def entropy(p: Row) -> object:
    """Return the sum of -p log p, whatever p adds up to."""
    return -CONTEXT.fsum(value * CONTEXT.log(value) for value in p if value > 0)


def power(tau: object = 2) -> Row:
    """Return the power of the softmax of the stages' logits that nobody normalised."""
    return [value ** (1 / F(tau)) for value in softmax(STAGES)]


def in_float16() -> object:
    """Return the entropy of the power of rare tokens' probabilities, as float16 stores them."""
    stored = np.array([float(value) for value in softmax(RARE)]).astype(np.float16).astype(np.float64)
    return entropy(normalised([CONTEXT.sqrt(value) for value in stored.tolist()]))


def nucleus(p: Row) -> int:
    """Return how many of the most probable tokens together reach 0.9."""
    return next(size for size in range(1, len(p) + 1) if CONTEXT.fsum(p[:size]) >= F("0.9"))


@cache
def rounding() -> tuple[float, float]:
    """Return how often two ways to the same entropy differ in float64, and by how much at most."""
    z = np.random.default_rng(0).normal(0, 3, (20_000, 6))

    def usual(z: np.ndarray) -> np.ndarray:
        weights = np.exp(z - z.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)

    inside, root = usual(z / 2), usual(z) ** 0.5
    outside = root / root.sum(axis=1, keepdims=True)
    apart = np.abs((inside * np.log(inside)).sum(axis=1) - (outside * np.log(outside)).sum(axis=1))
    return float((apart != 0).mean()), float(apart.max())


def moments(z: Row, tau: object) -> tuple[object, object]:
    """Return the variance and the third central moment of the logits under the softmax."""
    q = softmax(z, tau)
    mean = CONTEXT.fdot(q, z)
    second, third = ([(value - mean) ** order for value in z] for order in (2, 3))
    return CONTEXT.fdot(q, second), CONTEXT.fdot(q, third)


def bend(z: Row, tau: object) -> object:
    """Return the second derivative of the entropy, by its formula."""
    variance, third = moments(z, tau)
    return -(third + 3 * tau * variance) / tau**5


def inflection(z: Row, low: str, high: str) -> object:
    """Return where the second derivative of the entropy, by differences of the entropy itself, changes its sign."""
    assert bend(z, F(low)) * bend(z, F(high)) < 0
    found = CONTEXT.findroot(lambda tau: bend(z, tau), (F(low), F(high)), solver="anderson", tol=F("1e-80"))
    around = [entropy(softmax(z, found + step)) for step in (F("-1e-15"), F(0), F("1e-15"))]
    assert abs(around[0] - 2 * around[1] + around[2]) / F("1e-30") < F("1e-12")
    return found


def binary(tau: object) -> object:
    """Return the confidence of a model with two classes, 0.9 at temperature 1."""
    return softmax([CONTEXT.log(9), F(0)], tau)[0]


def loss(tau: object) -> object:
    """Return its mean negative log-likelihood if it is right in three of four cases."""
    return -(3 * CONTEXT.log(binary(tau)) + CONTEXT.log(1 - binary(tau))) / 4


def working_share(tau: object) -> object:
    """Return the share of draws that the rejection which looks at the token accepts."""
    p, order = softmax(STAGES), 1 / F(tau) - 1
    pivot = max(p) if order > 0 else min(p)
    return CONTEXT.fsum(value * (value / pivot) ** order for value in p)


def in_bfloat16(text: str) -> float:
    """Return a number as bfloat16 stores it: the upper half of a float32, rounded to even."""
    bits = int(np.float32(text).view(np.uint32))
    return float(np.uint32((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).view(np.float32))


def penalised(z: Row, used: int) -> Row:
    """Return logits after the sign rule for one token."""
    return [value if i != used else value / RHO if value > 0 else value * RHO for i, value in enumerate(z)]


TRUTHS: dict[str, Callable[[], object]] = {
    "H(softmax(z/tau))": lambda: entropy(softmax(STAGES, 2)),
    "H(softmax(z)^(1/tau), normalised)": lambda: entropy(normalised(power())),
    "sum of softmax(z)^(1/tau)": lambda: CONTEXT.fsum(power()),
    "H(softmax(z/tau)), 4096 logits": lambda: entropy(softmax(RARE, 2)),
    "H(power of float16 probabilities), 4096 logits": in_float16,
    "H(softmax(z)^(1/tau)), not normalised": lambda: entropy(power()),
    "H(softmax(softmax(z)/tau))": lambda: entropy(softmax(softmax(STAGES), 2)),
    "H(softmax(tau z))": lambda: entropy(softmax([2 * value for value in STAGES])),
    "H(softmax(z)/tau, normalised)": lambda: entropy(normalised([value / 2 for value in softmax(STAGES)])),
    "H(tau, then top-p)": lambda: entropy(normalised(softmax(STAGES, 2)[: nucleus(softmax(STAGES, 2))])),
    "H(top-p, then tau)": lambda: entropy(softmax(STAGES[: nucleus(softmax(STAGES))], 2)),
    "share with H1 != H2": lambda: rounding()[0],
    "largest distance of H1 and H2": lambda: rounding()[1],
    "H(accepted by a blind coin)": lambda: entropy(normalised([value / 3 for value in softmax(STAGES)])),
    "share accepted by the working rule at tau = 2": lambda: working_share(2),
    "share accepted by the working rule at tau = 0.5": lambda: working_share("0.5"),
    "best temperature": lambda: CONTEXT.findroot(lambda tau: CONTEXT.diff(loss, tau), F("1.9")),
    "confidence at tau = 0.9": lambda: binary("0.9"),
    "confidence at tau = 1.1": lambda: binary("1.1"),
    "loss at tau = 0.9": lambda: loss("0.9"),
    "loss at tau = 1": lambda: loss(1),
    "loss at tau = 1.1": lambda: loss("1.1"),
    "loss at tau = 2": lambda: loss(2),
    "H(softmax(z/tau)), one mask": lambda: entropy(softmax([F(4), F(3), F(1), F("-inf")], "1e9")),
    "log 3": lambda: CONTEXT.log(3),
    "log 4": lambda: CONTEXT.log(4),
    "inflection of two tokens": lambda: inflection([F(1), F(0)], "0.2", "0.5"),
    "H'' at tau = 0.2": lambda: CONTEXT.diff(lambda tau: entropy(softmax([F(1), F(0)], tau)), F("0.2"), 2),
    "H'' at tau = 1": lambda: CONTEXT.diff(lambda tau: entropy(softmax([F(1), F(0)], tau)), F(1), 2),
    "first inflection": lambda: inflection(THREE_BENDS, "0.2", "0.5"),
    "second inflection": lambda: inflection(THREE_BENDS, "1.5", "3"),
    "third inflection": lambda: inflection(THREE_BENDS, "4", "9"),
    "largest probability, two tied": lambda: max(softmax([F(2), F(2), F(0), F(-1)], "0.01")),
    "H(softmax(z/tau)), two tied": lambda: entropy(softmax([F(2), F(2), F(0), F(-1)], "0.01")),
    "step of bfloat16 between 16 and 32": lambda: (
        min(in_bfloat16(str(20 + eighths / 64)) for eighths in range(1, 65) if in_bfloat16(str(20 + eighths / 64)) > 20)
        - 20
    ),
    "20.01 stored in bfloat16": lambda: in_bfloat16("20.01"),
    "20.04 stored in bfloat16": lambda: in_bfloat16("20.04"),
    "last token, not penalised": lambda: softmax(STAGES, 2)[-1],
    "last token, divided by rho": lambda: softmax([*STAGES[:-1], STAGES[-1] / RHO], 2)[-1],
    "last token, by the sign rule": lambda: softmax(penalised(STAGES, 5), 2)[-1],
    "first token, not penalised": lambda: softmax(STAGES, 2)[0],
    "first token, by the sign rule": lambda: softmax(penalised(STAGES, 0), 2)[0],
    "first token, by the sign rule after subtracting the maximum": lambda: softmax(
        penalised([value - 4 for value in STAGES], 0), 2
    )[0],
    "first probability at tau = 1": lambda: softmax(GOLDEN)[0],
    "exponent of the first token at tau = 100": lambda: GOLDEN[0] / 100,
    "its exponential": lambda: CONTEXT.exp(GOLDEN[0] / 100),
}
READ: dict[str, Callable[[], object]] = {
    **{f"the second probability at tau = {tau}": lambda tau=tau: softmax(GOLDEN, tau)[1] for tau in (1, 2, 100)},
    **{
        f"largest distance to the cold limit at tau = {tau}": lambda tau=tau: max(
            abs(value - F(1) / 2 * (place < 2)) for place, value in enumerate(softmax(TIED, tau))
        )
        for tau in ("1.5", "2")
    },
    **{f"half of 2 ** -{bits}": lambda bits=bits: (bits + 1) * CONTEXT.log(2) for bits in (1074, 149, 24)},
}


@cache
def truth(name: str) -> object:
    """Return what a witness must be."""
    return {**TRUTHS, **READ}[name]()


def page(name: str) -> str:
    """Return a page as it was written."""
    return (PAGES / name).read_text(encoding="utf-8")


def witnesses(name: str) -> dict[str, tuple[str, str]]:
    """Return the witnesses of a page: name -> sign and number, as they are printed."""
    lines = "".join(BLOCK.findall(page(name))).splitlines()
    found = [WITNESS.fullmatch(line) for line in lines if not line.startswith("#")]
    assert None not in found, "a line of a text block is neither a comment nor a witness"
    return {match["name"]: (match["sign"], match["number"]) for match in found if match is not None}


def rounds_to(value: object, printed: str) -> bool:
    """Return whether a printed number is a value rounded to its last printed digit."""
    digits, _, exponent = printed.partition("e")
    unit = F(10) ** (int(exponent or 0) - len(digits.partition(".")[2]))
    return bool(abs(F(value) - F(printed)) <= unit / 2 * (1 + F("1e-9")))


@pytest.mark.parametrize("name", TRUTHS)
def test_a_witness_is_true(name: str) -> None:
    """To its last digit, or in its size if only rounding makes it."""
    sign, printed = witnesses("errata.en.md")[name]
    if sign == "=":
        assert rounds_to(truth(name), printed), CONTEXT.nstr(F(truth(name)), 35)
    else:
        assert float(printed) / 3 <= truth(name) <= float(printed) * 3  # type: ignore[operator]


def test_every_witness_is_computed_again() -> None:
    """None is taken on trust, and both languages print the same."""
    assert list(witnesses("errata.en.md")) == list(TRUTHS)
    assert witnesses("errata.es.md") == witnesses("errata.en.md")


@pytest.mark.parametrize("name", ["errata.en.md", "errata.es.md", "reading.en.md", "reading.es.md"])
def test_a_number_in_prose_is_a_truth(name: str) -> None:
    """Those of four digits or more, outside of blocks, quotes and the table that is tested below."""
    prose = re.sub(r"^\|.*$", "", BLOCK.sub("", page(name)), flags=re.MULTILINE)
    long = {number for number in NUMBER.findall(prose) if len(DIGITS.sub("", number)) > 3}
    exact = [key for key in {**TRUTHS, **READ} if key not in {"share with H1 != H2", "largest distance of H1 and H2"}]
    stored = {"20.01", "20.04"}  # inputs, not results
    assert [number for number in sorted(long - stored) if not any(rounds_to(truth(key), number) for key in exact)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_table_of_the_reading_path_is_true(language: str) -> None:
    """Entropy, variance, slope, largest probability and effective number, at five temperatures."""
    rows = re.findall(r"^\| (\d[\d.]*) \| (.+) \|$", page(f"reading.{language}.md"), flags=re.MULTILINE)
    assert [tau for tau, _ in rows] == ["0.25", "0.5", "1", "2", "4"]
    for tau, row in rows:
        height, (variance, _) = entropy(softmax(GOLDEN, tau)), moments(GOLDEN, F(tau))
        slope = CONTEXT.diff(lambda at: entropy(softmax(GOLDEN, at)), F(tau))
        expected = [height, variance, slope, max(softmax(GOLDEN, tau)), CONTEXT.exp(height)]
        assert all(map(rounds_to, expected, row.split(" | "))), row


def test_the_largest_distance_crosses_its_level_three_times() -> None:
    """As the reading path says of ten, ten, nine and 97 zeros: not every distance to the limit is monotone."""
    taus = [F(step) / 100 for step in range(100, 301)]
    above = [max(abs(q - F(1) / 2) if i < 2 else q for i, q in enumerate(softmax(TIED, tau))) > 0.194 for tau in taus]
    assert sum(one != other for one, other in pairwise(above)) == 3
