import numpy as np


def picture(figure, entropy_slope):
    """Draw the slope of the entropy against the temperature, for logits with one gap, with several, and with a tie."""
    rows = {"$z = (1, 0)$": [1.0, 0.0], "$z = (2, 1, 0.1, -1)$": [2.0, 1.0, 0.1, -1.0], "$z = (1, 1)$": [1.0, 1.0]}
    taus = np.geomspace(0.03, 30, 161)
    axes = figure.subplots()
    for name, z in rows.items():
        axes.plot(taus, [entropy_slope(z, tau)[0] for tau in taus], label=name)
    axes.axhline(0, color="grey", linewidth=0.8)
    axes.set(xscale="log", xlabel=r"$\tau$", ylabel=r"$\mathrm{d}H/\mathrm{d}\tau$")
    axes.legend()
