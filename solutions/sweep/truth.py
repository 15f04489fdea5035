"""What is true of a sweep: entropies at 50 digits and by scipy, and a figure that holds them, drawn on a real Axes."""

import mpmath
import numpy as np
import scipy.special
import scipy.stats
from hypothesis import strategies as st

from grader import axes, call

DIGITS = 50
LOGITS = st.one_of(st.floats(-30, 30), st.sampled_from([0.0, 1.0, 1.0 - 1e-6, -np.inf]))
ROWS = st.lists(LOGITS, min_size=1, max_size=6).filter(lambda row: max(row) > -np.inf)
TAUS = st.lists(st.one_of(st.floats(0.05, 100), st.sampled_from([1e-8, 1e12])), min_size=1, max_size=4)
INPUTS = st.one_of(
    st.builds(lambda row, taus: call("sweep", row, taus), ROWS, TAUS),
    st.builds(lambda row, taus: call("plot_sweep", axes(), row, taus), ROWS, TAUS),
)


def faults(function, *arguments):
    """Yield where a series or a drawn line is not the true one."""
    if len(arguments) == 3:
        yield from _figure(function, *arguments)
        return
    z, taus = (np.asarray(argument, dtype=np.float64) for argument in arguments)
    series = function(*arguments)
    if set(series) != {"H", "N", "qmax"}:
        yield f"the keys are {sorted(series)}"
    exact = np.array([_exact(z, tau) for tau in taus])  # (T, 3)
    for name, known in zip(("H", "N", "qmax"), exact.T, strict=True):
        if not (np.abs(series[name] - known) <= 1e-11 * np.maximum(1.0, known)).all():
            yield f"mpmath gives {name} = {known}, the reference {series[name]}"
    q = scipy.special.softmax((z - z.max()) / taus[:, np.newaxis], axis=1)  # (T, V)
    if not (np.abs(series["H"] - scipy.stats.entropy(q, axis=1)) <= 1e-11).all():
        yield f"scipy gives {scipy.stats.entropy(q, axis=1)}, the reference {series['H']}"


def _figure(function, ax, z, taus):
    z = np.asarray(z, dtype=np.float64)
    function(ax, z, taus)
    curve, *levels = ax.get_lines()
    exact = [_exact(z, tau)[0] for tau in np.asarray(taus, dtype=np.float64)]
    if not np.allclose(curve.get_ydata(), exact, rtol=0, atol=1e-11) or list(curve.get_xdata()) != list(taus):
        yield f"the curve is {curve.get_xydata()}"
    limits = [np.log((z > -np.inf).sum()), np.log((z == z.max()).sum())]
    if not np.allclose([line.get_ydata()[0] for line in levels], limits, rtol=0, atol=1e-12):
        yield f"the levels are {[line.get_ydata()[0] for line in levels]}, and should be {limits}"
    if (ax.get_xscale(), ax.get_yscale()) != ("log", "linear"):
        yield "the scales are others"


def _exact(z, tau):
    with mpmath.workdps(DIGITS):
        peak = mpmath.mpf(float(z.max()))
        weight = [mpmath.exp((mpmath.mpf(float(x)) - peak) / mpmath.mpf(float(tau))) for x in z if x > -np.inf]
        total = mpmath.fsum(weight)
        entropy = -mpmath.fsum(w / total * mpmath.log(w / total) for w in weight if w > 0)
        return [float(entropy), float(mpmath.exp(entropy)), float(max(weight) / total)]
