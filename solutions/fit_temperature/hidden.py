"""What only the graded run asks: hundreds of simulated cases, exact roots, all scales, and verdicts by a hair."""

from __future__ import annotations

import numpy as np
from scipy import special

from grader import array, check, draws, expect, probes

from .public import LOG, VALUES, answered, best, meet, of, roughly, says


def exactly(_asked, expected):
    """Allow a relative error of 1e-8.

    The slope of the loss is a mean of a few terms, right to about 1e-16, and changes by a tenth or more of the change
    in T: its root is right to 1e-14. Whoever looks for the lowest loss does not come nearer than 1e-8.
    """
    return 1e-8 * np.abs(expected)


def _simulated(seed, cases, tokens, factor, scale=1.5):
    """Return a model that reports a factor times the logits from which its labels were drawn.

    Its best T is near that factor; the labels are noisy, so only the reference knows it exactly.
    """
    generator = draws(seed)
    z = generator.normal(0.0, scale, (cases, tokens)).round(2)
    labels = (z + generator.gumbel(size=z.shape)).argmax(axis=1)
    return of(factor * z, labels)


MANY = probes(
    "many",
    [
        _simulated(1, 200, 4, 2.0),
        _simulated(1, 200, 4, 1.0),
        _simulated(1, 200, 4, 0.5),
        _simulated(2, 500, 10, 2.0),
        _simulated(3, 300, 3, 0.5, scale=3.0),
        _simulated(4, 100, 50, 3.0),
    ],
    tolerance=best,
)

BINARY = probes(
    "binary",
    [
        of(*says(0.9, 3)),
        of(*says(0.8, 4, 6)),
        of(*says(0.6, 9, 10)),
        of(*says(0.75, 19, 20)),
        of(*says(0.9, 11, 20)),
        of(array([[LOG[0.9], 0.0], [0.0, LOG[0.9]]] * 2), [0, 1, 0, 0]),
    ],
    tolerance=exactly,
)

MORE_SCALED = probes(
    "more_scaled",
    [
        of(array([[2.0, 0.0, 1.0], [1.0, 0.0, 3.0], [2.0, 2.5, 0.0]]), [1, 2, 0]),
        of(array([[2e6, 0.0, 1e6], [1e6, 0.0, 3e6], [2e6, 2.5e6, 0.0]]), [1, 2, 0]),
        of(array([[2e-6, 0.0, 1e-6], [1e-6, 0.0, 3e-6], [2e-6, 2.5e-6, 0.0]]), [1, 2, 0]),
        of(array([[30.0, 0.0], [40.0, 0.0], [20.0, 0.0], [-35.0, 0.0]]), [0, 1, 0, 1]),
        of(array([[0.03, 0.0], [0.04, 0.0], [0.02, 0.0], [-0.035, 0.0]]), [0, 1, 0, 1]),
        of(array([[1e150, 0.0], [1e150, 0.0], [1e150, 0.0]]), [0, 0, 1]),
    ],
    tolerance=roughly,
)

MORE_LARGE = probes(
    "more_large",
    [
        of(array([[1e4 + 2.0, 1e4], [1.0, 0.0], [-1e4 + 1.5, -1e4]]), [0, 0, 1]),
        of(array([[800.0, 798.0, 0.0], [3.0, 0.0, 1.0], [0.0, 2.0, 1.0]]), [0, 0, 2]),
        of(array([[-2000.0, -2001.0, -1999.5], [750.0, 751.0, 749.0]]), [0, 1]),
    ],
    tolerance=roughly,
)

MORE_VERDICTS = probes(
    "more_verdicts",
    [
        of(array([[1.0005 * LOG[0.75], 0.0]] * 4), [0, 0, 0, 1]),
        of(array([[0.9995 * LOG[0.75], 0.0]] * 4), [0, 0, 0, 1]),
        of(array([[1000.0 + 1.00001 * LOG[0.8], 1000.0]] * 5), [0, 1, 0, 0, 0]),
        of(array([[0.4, -3.3, 0.3], [0.1, 2.0, 0.6], [0.7, 1.1, 1.4]]), [0, 2, 2]),
        of(array([[2.1, 3.0, 0.8], [3.1, -1.0, 0.9], [0.1, -0.7, 1.1]]), [0, 0, 2]),
        of(array([[0.2, -2.3, 3.3], [1.0, 0.1, 1.4], [2.6, 0.8, -1.7]]), [2, 0, 0]),
    ],
    tolerance=roughly,
)

MORE_NO_BEST = probes(
    "more_no_best",
    [
        of(array([[0.5, 0.25], [0.0, 1e-3], [7.0, -7.0]]), [0, 1, 0]),
        of(array([[0.5, 0.25], [0.0, 1e-3], [7.0, -7.0]]), [1, 0, 1]),
        of(array([[1e6, 0.0], [0.0, 1e6]]), [0, 1]),
        of(array([[1e-6, 0.0], [0.0, 1e-6]]), [1, 0]),
        of(array([[1.0, 0.0, -1.0]] * 3), [0, 1, 2]),
        of(array([[5.0], [2.0]]), [0, 0]),
        of(np.eye(6) * 3.0, np.roll(np.arange(6), 1)),
        of(np.eye(6) * 3.0, np.arange(6)),
    ],
    tolerance=best,
    observe=answered,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]]), [0, 0, 1, 0]),
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]]), [[0, 0, 1]]),
        of(array([[2.0, 0.0, -1.0], [1.0, 0.0, 0.5], [1.5, 0.0, 2.0]]), [0, 1, 3]),
        of(array([[2.0, 0.0, -1.0], [1.0, 0.0, 0.5], [1.5, 0.0, 2.0]]), [0, 1, -2]),
        of(array([[2.0, 0.0], [1.0, -np.inf], [1.5, 0.0]]), [0, 0, 1]),
        of(array([[2.0, 0.0], [1.0, np.nan], [1.5, 0.0]]), [0, 0, 1]),
        of([], []),
        of(array([[[2.0, 0.0], [1.0, 0.0]]]), [0, 1]),
    ],
    tolerance=best,
)


@check(points=0.7, on=MANY, about="logits", finds=["brier_minimised", "confidence_matched", "search_too_coarse"])
def simulated(subject, reference):
    """Models that report twice, once or half the logits of their labels."""
    meet(subject, reference, MANY, coarse="search_too_coarse")


@check(points=0.4, on=BINARY, about="logits", finds=["search_too_coarse"])
def exact(subject, reference):
    """Eight digits, where the best T has a formula."""
    meet(subject, reference, BINARY, coarse="search_too_coarse")


@check(points=0.3, on=MORE_SCALED, about="logits", needs=["direction"], finds=["search_range_fixed"])
def more_scaled(subject, reference):
    """Logits from 1e-6 to 1e150."""
    meet(subject, reference, MORE_SCALED, far="search_range_fixed")


@check(points=0.2, on=MORE_LARGE, about="logits", finds=["shift_missing"])
def more_large_logits(subject, reference):
    """Rows that lie far from 0, and far from each other."""
    meet(subject, reference, MORE_LARGE)


@check(
    points=0.3,
    on=MORE_VERDICTS,
    about="labels",
    finds=["calibrated_too_soon", "confidence_against_accuracy"],
)
def more_verdicts(subject, reference):
    """Verdicts by a hair, and against the accuracy."""
    meet(subject, reference, MORE_VERDICTS)


@check(points=0.4, on=MORE_NO_BEST, about="labels", finds=["degenerate_accepted"])
def more_without_best(subject):
    """More labels that are all right, or no better than chance."""
    expect(subject).refuses(ValueError, on=MORE_NO_BEST, but=VALUES.probes[0], otherwise="degenerate_accepted")


@check(points=0.2, on=MANY, about="logits")
def stationary(subject):
    """At the best T the model expects the logits that the labels have."""
    for probe in MANY:
        z, labels = probe.call.arguments()[0]
        found, _word = subject(probe)
        expected = (special.softmax(z / found, axis=1) * z).sum(axis=1).mean()
        given = z[np.arange(len(labels)), labels].mean()
        # T is allowed to be off by 3e-7, and the expected logit changes by at most the variance, 10, times that.
        expect(subject(probe)).that(abs(expected - given) <= 1e-5)


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """More logits and labels that do not fit together."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=VALUES.probes[0])
