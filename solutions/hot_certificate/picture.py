import numpy as np


def picture(figure, hot_certificate):
    """Draw what is claimed for each allowed difference, on two log axes, as the law is a power of eps."""
    rows = {"$z = (1, 0)$": [1.0, 0.0], "$z = (2, 0)$": [2.0, 0.0], "$z = (1, 0, 0, 0)$": [1.0, 0.0, 0.0, 0.0]}
    allowed = np.geomspace(1e-6, 0.1, 40)
    axes = figure.subplots()
    for name, z in rows.items():
        axes.plot(allowed, [hot_certificate(z, eps) for eps in allowed], label=name)
    axes.set(xscale="log", yscale="log", xlabel=r"$\varepsilon$", ylabel=r"$\tau_1$")
    axes.legend()
