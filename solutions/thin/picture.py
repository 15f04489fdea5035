import numpy as np


def picture(figure, thin):
    """Draw which tokens are accepted at three temperatures, and which share of the proposals that takes."""
    z = np.array([2.0, 1.0, 0.1, -1.0])
    rng = np.random.default_rng(1)
    bars, rates = figure.subplots(1, 2)
    tokens = np.arange(len(z))
    for place, tau in zip((-0.27, 0.0, 0.27), (0.5, 1.0, 2.0), strict=True):
        drawn, _ = thin(z, tau, 2000, rng)
        bars.bar(tokens + place, np.bincount(drawn, minlength=len(z)) / 2000, width=0.27, label=rf"$\tau = {tau:g}$")
    bars.set(xlabel="$i$", ylabel="$q_i$", xticks=tokens)
    bars.legend()
    taus = np.geomspace(0.1, 10, 21)
    rates.plot(taus, [thin(z, tau, 400, rng)[1] for tau in taus], "o")
    rates.set(xscale="log", xlabel=r"$\tau$", ylabel=r"$A(\tau)$", ylim=(0, 1.05))
