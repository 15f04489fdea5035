"""What a student can run: the vectors of nine stages, their sums and entropies as they are, and the verdicts."""

from __future__ import annotations

import functools

import numpy as np

from grader import array, call, check, expect, probes

NAMES = (
    "inside",
    "power",
    "log_inside",
    "power_raw",
    "double",
    "inverse",
    "divided",
    "top_p_after",
    "top_p_before",
)
UNCUT = NAMES[:7]  # without top-p
PART = {"p": 0, "total": 1, "H": 2, "verdict": 3}
VERDICTS = ("same", "no effect", "different", "not a distribution")
EPS = np.finfo(np.float64).eps
ROUNDING = 1e-12  # a difference up to here comes from the last digits
EQUAL = {"power": "inside", "log_inside": "inside"}  # what is equal to what, at every temperature


def near(asked, expected):
    """Allow 1e-12, and a relative error of 8 eps max|z| max(tau, 1 / tau).

    An exponent x = z / tau or tau z is rounded once, so a weight is off by a relative eps |x|; shifting it by the
    maximum afterwards keeps that error. 8 leaves room for the logarithm, the power and the sums. For ordinary logits
    all this is below 1e-14, and the smallest slip in a stage moves a probability of these inputs by 1e-4 or more.
    """
    z, tau = asked.arguments()[0]
    size = np.max(np.abs(np.asarray(z, np.float64)), initial=0.0)
    return 1e-12 * np.maximum(1.0, np.abs(expected)) + 8 * EPS * size * max(tau, 1 / tau) * np.abs(expected)


def form(_asked, value):
    """Observe what of the form is wrong: a list, a key missing, a key added, another length, another word."""
    if not isinstance(value, dict):
        return np.array([1.0, 0.0, 0.0, 0.0, 0.0]) if isinstance(value, list) else value
    known = [value[name] for name in NAMES if name in value]
    tuples = [entry for entry in known if isinstance(entry, tuple) and len(entry) == len(PART)]
    words = all(entry[3] in VERDICTS for entry in tuples)
    added = any(name not in NAMES for name in value)
    return np.array([0.0, len(known) < len(NAMES), added, len(tuples) < len(known), not words], dtype=float)


def vectors(_asked, value):
    """Observe the vectors only."""
    return np.concatenate([value[name][0] for name in NAMES])


def sums(_asked, value):
    """Observe by how much a total is not the sum of its own vector: a slip in a vector hides no slip in a sum."""
    return np.array([value[name][1] - value[name][0].sum() for name in NAMES])


def surprises(_asked, value):
    """Observe all H, and the sums of the vectors: without these, a raw power that was divided has the H of scipy."""
    return np.array([number for name in NAMES for number in (value[name][2], value[name][0].sum())])


def words(_asked, value):
    """Observe the verdicts on all but top-p, where slips are many, and the vectors, whose slips change verdicts."""
    codes = [VERDICTS.index(value[name][3]) for name in UNCUT]
    return np.concatenate([codes, *(value[name][0] for name in UNCUT)])


def everything(_asked, value):
    """Observe all parts."""
    codes = [VERDICTS.index(value[name][3]) for name in NAMES]
    return np.concatenate([codes, *(part for name in NAMES for part in value[name][:3])], axis=None)


@functools.cache
def _asked(z, tau):
    """Return the call for a row: groups that look at different parts of one answer share it."""
    return call("compare_stages", array(list(z)), tau)


def stages(name, cases, observe, **options):
    """Declare a group of calls."""
    calls = [_asked(tuple(z), tau) for z, tau in cases]
    return probes(name, calls, tolerance=near, observe=observe, **options)


SIX = [4.0, 3.0, 2.0, 1.0, 0.0, -2.0]
FOUR = [2.0, 1.0, 0.1, -1.0]
TWELVE = [1.7, -0.4, 3.2, 0.9, -2.3, 2.6, 0.3, -1.1, 1.2, 3.9, -0.8, 2.1]

FORM = stages("form", [([1.0, 0.0], 2.0), (SIX, 0.5)], form)
FORMULAS = stages("formulas", [([1.0, 0.0], 2.0), (FOUR, 2.0), (SIX, 2.0), (SIX, 0.5), (FOUR, 3.0)], vectors)
TOTALS = stages("totals", [([1.0, 0.0], 2.0), (SIX, 2.0), (FOUR, 0.5)], sums)
ENTROPIES = stages("entropies", [([1.0, 0.0], 2.0), (SIX, 2.0), (FOUR, 0.5)], surprises)
SAID = stages("said", [(SIX, 2.0), (FOUR, 0.5), (TWELVE, 3.0), (SIX, 0.5)], words)
TAU_ONE = stages("tau_one", [([1.0, 0.0], 1.0), (SIX, 1.0), (FOUR, 1.0)], words)
REFUSED = probes(
    "refused",
    [
        call("compare_stages", array([]), 2.0),
        call("compare_stages", array([0.0, np.nan]), 2.0),
        call("compare_stages", array([0.0, np.inf]), 2.0),
        call("compare_stages", array([1.0, 0.0]), 0.0),
        call("compare_stages", array([1.0, 0.0]), -1.0),
        call("compare_stages", array([1.0, 0.0]), np.nan),
    ],
)


@check(points=0.2, on=FORM, finds=["not_keyed_by_name"])
def answers_with_a_dict(subject, reference):
    """The answer is a dict."""
    for probe in FORM:
        if not isinstance(subject(probe), dict):
            expect(subject(probe)).close(reference(probe))


@check(
    points=0.3,
    on=FORM,
    needs=["answers_with_a_dict"],
    finds=["other_keys", "other_words", "tuple_of_another_length"],
)
def has_every_stage(subject, reference):
    """Nine names, a tuple of four for each, and a known word at its end."""
    for probe in FORM:
        want, got = reference(probe), subject(probe)
        expect(dict.fromkeys(got)).equal(dict.fromkeys(want), otherwise="other_keys")
        for name, entry in got.items():
            if not isinstance(entry, tuple) or len(entry) != len(PART):
                expect(entry).close(want[name], at=f"[{name!r}]", otherwise="tuple_of_another_length")
            expect(entry[3]).one_of(VERDICTS, at=f"[{name!r}][3]", otherwise="other_words")


@check(
    points=1,
    on=FORMULAS,
    needs=["answers_with_a_dict"],
    finds=[
        "double_tempered_inside",
        "dropped_logit_zero",
        "inverse_negated",
        "one_order_of_top_p",
        "low_precision",
        "not_normalised",
        "nucleus_edge_wrong",
        "nucleus_shortened",
        "power_of_tau",
        "power_raw_normalised",
        "tau_applied_twice",
        "top_p_orders_swapped",
    ],
)
def formulas(subject, reference):
    """Each stage gives its own vector."""
    expect(subject).agrees_by_key(reference, on=FORMULAS, part=0, saying=_sum)


@check(
    points=0.5,
    on=TOTALS,
    needs=["answers_with_a_dict"],
    finds=["sum_and_entropy_exchanged", "totals_after_normalising", "totals_before_normalising"],
)
def totals(subject, reference):
    """Sums are those of the vectors as they are."""
    expect(subject).agrees_by_key(reference, on=TOTALS, part=1, made_of=0)


@check(
    points=0.5,
    on=ENTROPIES,
    needs=["answers_with_a_dict"],
    finds=["other_base", "scipy_normalises", "zero_times_log_zero"],
)
def entropies(subject, reference):
    """Entropies are those of the vectors as they are."""
    expect(subject).agrees_by_key(reference, on=ENTROPIES, part=2, made_of=0, saying=_sum)


@check(
    points=1,
    on=SAID,
    needs=["answers_with_a_dict"],
    finds=[
        "compared_exactly",
        "compared_with_softmax_z",
        "no_effect_unknown",
        "normalised_before_verdict",
        "note_believed",
        "sum_not_tested",
    ],
)
def verdicts(subject, reference):
    """Each verdict is the first that holds, up to rounding."""
    expect(subject).agrees_by_key(
        reference, on=SAID, part=3, made_of=0, saying=distances, otherwise=told_apart(subject, SAID)
    )


@check(points=0.5, on=TAU_ONE, about="tau", needs=["answers_with_a_dict"], finds=["hard_coded", "no_effect_first"])
def verdicts_at_one(subject, reference):
    """At tau = 1 nearly all stages are the same."""
    expect(subject).agrees_by_key(reference, on=TAU_ONE, part=3, made_of=0, saying=distances)


@check(points=0.25, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=FORM.probes[0])


def _sum(_probe, want, _got, key):
    """Return the sum of the right vector."""
    return {"right_sum": round(want[key][1], 12)}  # 0.9999999999999998 is 1


def distances(_probe, want, _got, key):
    """Return how far the right vector is from the definition and from the softmax at tau = 1."""
    p = want[key][0]
    return {
        "right_sum": round(want[key][1], 12),  # 0.9999999999999998 is 1, and at tau near 1 a sum is nearly that
        "from_inside": float(np.abs(p - want["inside"][0]).max()),
        "from_plain": float(np.abs(p - want["divided"][0]).max()),
    }


def told_apart(subject, group):
    """Return the name of a comparison that sees rounding, or None.

    Which equal vectors such a comparison takes for different depends on the last digits, so no two spellings of it
    give the same verdicts. It is known by that: it calls the logarithm's way different, or one stage sometimes this,
    sometimes that.
    """
    seen = [_different(subject(probe)) for probe in group]
    wavers = any(0 < sum(name in one for one in seen) < len(seen) for name in EQUAL)
    return "compared_exactly" if wavers or any("log_inside" in one for one in seen) else None


def _different(got):
    """Return which stages are called different though their vectors agree to 1e-12 with what they are equal to."""
    try:
        return {
            name
            for name, known in EQUAL.items()
            if got[name][3] == "different" and np.abs(got[name][0] - got[known][0]).max() < ROUNDING
        }
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # no such stages, no such tuples
        return set()
