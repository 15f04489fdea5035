"""What a student can run: the witness is looked at, and both ways are computed from it."""

from __future__ import annotations

import functools

import numpy as np

from grader import call, check, expect, probes

TAU = 2.0
LONGEST = 5000
ASKED, NOTHING = 0.1, 0.01  # nats from which a witness earns all, and up to which it earns nothing
ROUNDING = 1e-12  # float64 is off by 1e-14 for 5000 tokens: eps, times an exponent of 30, times an entropy of 9
CERTAIN = 1e-9


def row(value):
    """Return a witness as an array of float64, or None if it is no row of numbers."""
    try:
        found = np.asarray(value)
    except ValueError:  # a list of lists of different lengths
        return None
    right = found.ndim == 1 and found.size > 0 and found.dtype.kind in "fiub"
    return found.astype(np.float64) if right else None


def kind(_asked, value):
    """Observe in which way a witness is none, because right ones are many."""
    z = row(value)
    if z is None:
        return "rows" if _holds_rows(value) or np.ndim(value) > 1 else value
    if infinities(z):
        return "masks" if (z < np.inf).all() else "no number"
    if z.size > LONGEST:
        return "long"
    if z.size > 1 and (z >= 0).all() and abs(z.sum() - 1) < CERTAIN:
        return "probabilities"
    known = computed(z)
    if known["off"] > ASKED:
        return "breaks"
    return "nothing lost" if known["lost"] == 0 else "too few" if _enough_would_do(z) else "too far"


WITNESS = probes("witness", [call("precision_witness")], observe=kind)


@check(
    points=0.5,
    on=WITNESS,
    finds=["masks_used", "more_than_one_row", "printed_not_returned"],
)
def one_row(subject):
    """The witness is one row of finite logits."""
    for probe in WITNESS:
        value = subject(probe)
        z = row(value)
        if z is None:
            found = _array(value)
            expect(found).shape((getattr(found, "size", 1) or 1,))  # which tells a type that has none
        expect(value).that(infinities(z) == 0, saying={"tokens": z.size, "infinite": infinities(z)})


@check(points=0.5, on=WITNESS, needs=["one_row"], finds=["too_many_tokens"])
def short_enough(subject):
    """It has at most 5000 tokens."""
    for probe in WITNESS:
        size = row(subject(probe)).size
        expect(subject(probe)).that(size <= LONGEST, saying={"tokens": size})


@check(
    points=2,
    on=WITNESS,
    needs=["one_row", "short_enough"],
    finds=["lost_tokens_weigh_nothing", "nothing_lost", "probabilities_returned", "too_few_tokens"],
)
def power_breaks(subject):
    """By way of the power in float16 the entropy is off by more than 0.1 nat."""
    for probe in WITNESS:
        known = computed(row(subject(probe)))
        shown = known | {"asked": ASKED}
        expect(subject(probe)).that(known["apart"] <= ROUNDING, saying=shown)
        share = float(np.clip((known["off"] - NOTHING) / (ASKED - NOTHING), 0, 1))
        expect(subject(probe)).worth(share, saying=shown | {"share": share})


def infinities(z):
    """Return how many entries are nan or infinite."""
    return int(np.count_nonzero(~np.isfinite(z)))


def computed(z):
    """Return what both ways make of a witness, and how far they are apart; several checks ask of the same one."""
    return dict(_computed(z.tobytes()))


@functools.lru_cache(maxsize=1)
def _computed(entries):
    z = np.frombuffer(entries)
    logs, cool = log_shares(z), log_shares(z / TAU)
    exact, power = _entropy(np.exp(cool)), _entropy(_shared(np.exp(logs) ** (1 / TAU)))
    stored = np.exp(logs).astype(np.float16)
    half = _entropy(_shared(stored.astype(np.float64) ** (1 / TAU)))
    return {
        "tokens": z.size,
        "lost": int(np.count_nonzero(stored == 0)),
        "exact": exact,
        "apart": abs(power - exact),
        "inside_half": _entropy(np.exp(cool).astype(np.float16).astype(np.float64)),
        "half": half,
        "off": abs(half - exact),
    }


def _holds_rows(value):
    """Return whether a list or tuple holds others, of different lengths."""
    return isinstance(value, (list, tuple)) and any(isinstance(part, (list, tuple, np.ndarray)) for part in value)


def _enough_would_do(z):
    """Return whether 5000 tokens would do that are as improbable as the most probable lost one."""
    logs = log_shares(z)
    crowd = np.full(LONGEST, logs[np.exp(logs).astype(np.float16) == 0].max())
    crowd[0] = 0.0
    return computed(crowd)["off"] > ASKED


def log_shares(z):
    """Return the logarithms of the probabilities; the maximum goes first, or large logits would lose their digits."""
    below = z - z.max()
    return below - np.logaddexp.reduce(below)


def _shared(weights):
    return weights / weights.sum()


def _entropy(p):
    seen = p[p > 0]
    return abs(float(np.dot(seen, np.log(seen))))  # p may be off by its rounding, but no logarithm is above 0 by more


def _array(value):
    """Return a list as an array if it can be one, so that its shape can be told."""
    try:
        return np.asarray(value) if isinstance(value, (list, tuple)) else value
    except ValueError:
        return value
