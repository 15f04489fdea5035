"""What only the graded run asks: random rows, temperatures beside 1, flat rows, shifted logits, kinds of input."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, draws, expect, probes

from .public import FORM, FOUR, SIX, TWELVE, distances, everything, near, stages, told_apart, vectors, words

TAUS = (2.0, 0.5, 1.0, 3.0)


# Here "top_p_before" has the entropy of softmax(z), to the last digit, and other probabilities: 0.12 apart.
ONE_ENTROPY = 1.8753256680296095


def _row(seed, count):
    """Return random logits with three decimals, no two equal: which of two tied tokens top-p keeps is nobody's rule."""
    generator = draws(seed)
    different = np.unique(generator.normal(0.0, 2.0, 3 * count).round(3))
    return generator.choice(different, count, replace=False).tolist()


RANDOM = stages("random", [(_row(900 + n, 2 + 3 * n // 2), TAUS[n % 4]) for n in range(10)], everything)

NEAR_ONE = stages(
    "near_one",
    [(SIX, 1.000001), (FOUR, 0.999999), (TWELVE, 1.00001), (SIX, 1.000000000001), (FOUR, 0.99999)],
    words,
)

COINCIDING = stages(
    "coinciding",
    [
        (SIX, ONE_ENTROPY),
        ([1e-6, 0.0], 2.0),
        ([0.0, 0.0, 0.0], 2.0),
        ([3.0], 2.0),
        ([0.0, -1e-6, 1e-6, 0.0], 0.5),
        ([5.0, 5.0, 0.0, 0.0], 2.0),
        ([-7.0, -7.0], 3.0),
    ],
    everything,
)

SHIFTED = stages(
    "shifted",
    [
        ([1000.0, 999.0], 2.0),
        ([-1000.0, -1001.0, -1003.0], 0.5),
        ([logit + 800.0 for logit in SIX], 3.0),
        ([logit - 2000.0 for logit in FOUR], 2.0),
    ],
    vectors,
)

KINDS = probes(
    "kinds",
    [
        call("compare_stages", [4, 3, 2, 1], 2),
        call("compare_stages", [2.0, 1.0, 0.1], 0.5),
        call("compare_stages", array([2.0, 1.0, 0.5, -1.0], dtype="float32"), 2.0),
        call("compare_stages", array([4, 0, 1], dtype="int64"), 3),
        call("compare_stages", array([2.0, 1.0, 0.1], kind="strided"), 0.5),
        call("compare_stages", array([2.0, 1.0, 0.1], kind="readonly"), 2.0),
    ],
    tolerance=near,
    observe=everything,
)
KEPT = stages("kept", [([1.0, 0.0], 2.0), (FOUR, 1.0)], words, observes_arguments=True)
MORE_REFUSED = probes(
    "more_refused",
    [
        call("compare_stages", array([0.0, -np.inf]), 2.0),
        call("compare_stages", array([[1.0, 0.0], [0.0, 1.0]]), 2.0),
        call("compare_stages", array(3.0), 2.0),
        call("compare_stages", array([np.nan]), 2.0),
        call("compare_stages", array([1.0, 0.0]), np.inf),
        call("compare_stages", array([1.0, 0.0]), -1e-9),
    ],
)
HAS_A_DICT = ["answers_with_a_dict"]


@check(points=1, on=RANDOM, needs=HAS_A_DICT, finds=["top_p_orders_swapped"])
def random_formulas(subject, reference):
    """Each stage gives its own vector, for rows that nobody chose."""
    expect(subject).agrees_by_key(reference, on=RANDOM, part=0)


@check(points=0.5, on=RANDOM, needs=HAS_A_DICT, finds=["totals_after_normalising"])
def random_totals(subject, reference):
    """Sums are those of the vectors as they are, for rows that nobody chose."""
    expect(subject).agrees_by_key(reference, on=RANDOM, part=1, made_of=0)


@check(points=0.75, on=RANDOM, needs=HAS_A_DICT, finds=["scipy_normalises"])
def random_entropies(subject, reference):
    """Entropies are those of the vectors as they are, for rows that nobody chose."""
    expect(subject).agrees_by_key(reference, on=RANDOM, part=2, made_of=0)


@check(points=1.25, on=RANDOM, needs=HAS_A_DICT, finds=["compared_exactly", "note_believed", "hard_coded"])
def random_verdicts(subject, reference):
    """Verdicts for rows that nobody chose, at tau = 0.5, 1, 2 and 3."""
    expect(subject).agrees_by_key(
        reference, on=RANDOM, part=3, made_of=0, saying=distances, otherwise=told_apart(subject, RANDOM)
    )


@check(points=0.75, on=NEAR_ONE, about="tau", needs=HAS_A_DICT, finds=["loose_tolerance"])
def verdicts_near_one(subject, reference):
    """A temperature beside 1 is another one, unless it differs in the last digits only."""
    expect(subject).agrees_by_key(reference, on=NEAR_ONE, part=3, made_of=0, saying=distances)


@check(points=0.5, on=COINCIDING, needs=HAS_A_DICT, finds=["entropies_compared"])
def verdicts_of_coincidences(subject, reference):
    """Verdicts where entropies coincide, or nearly all logits."""
    expect(subject).agrees_by_key(reference, on=COINCIDING, part=3, made_of=0, saying=distances)


@check(points=0.4, on=SHIFTED, about="z", needs=HAS_A_DICT, finds=["shift_missing"])
def shifted_logits(subject, reference):
    """Logits far from 0 give ordinary vectors."""
    expect(subject).agrees_by_key(reference, on=SHIFTED, part=0)


@check(points=0.25, on=KINDS, about="z", needs=HAS_A_DICT, finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, integers, float32 and views work as well."""
    expect(subject).agrees_by_key(reference, on=KINDS, part=0)


@check(points=0.1, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The logits are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.25, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=FORM.probes[0])
