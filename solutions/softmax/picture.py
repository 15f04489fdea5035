import numpy as np


def picture(figure, softmax_temperature):
    """Draw each probability against the temperature, from nearly cold to nearly hot."""
    z = np.array([2.0, 1.0, 0.1, -1.0])
    taus = np.geomspace(0.05, 200, 161)
    q = np.array([softmax_temperature(z, tau) for tau in taus])
    axes = figure.subplots()
    for logit, curve in zip(z, q.T, strict=True):
        axes.plot(taus, curve, label=f"$z = {logit:g}$")
    axes.axhline(1 / len(z), color="grey", linestyle="--", label="$1/V$")
    axes.axvline(1, color="grey", linestyle=":", label=r"$\tau = 1$")
    axes.set(xscale="log", xlabel=r"$\tau$", ylabel="$q_i$", ylim=(-0.02, 1.02))
    axes.legend()
