import numpy as np


def picture(figure, sweep, plot_sweep):
    """Draw your own plot of the entropy, and beside it the effective number of tokens and the top probability."""
    z = np.array([2.0, 2.0, 0.0, -1.0])
    taus = np.geomspace(0.05, 200, 121)
    yours, beside = figure.subplots(1, 2)
    plot_sweep(yours, z, taus)
    series = sweep(z, taus)
    beside.plot(taus, series["N"], label="$N = e^H$")
    beside.plot(taus, series["qmax"], label=r"$\max_i q_i$")
    beside.set(xscale="log", xlabel=r"$\tau$", ylim=(0, 4.2))
    beside.legend()
