import numpy as np


def picture(figure, cold_certificate):
    """Draw what is claimed for each allowed distance: one over the temperature, so that the law is a straight line."""
    rows = {"$z = (1, 0)$": [1.0, 0.0], "$z = (2, 0)$": [2.0, 0.0], "$z = (1, 0, 0, 0)$": [1.0, 0.0, 0.0, 0.0]}
    allowed = np.geomspace(1e-12, 0.3, 60)
    axes = figure.subplots()
    for name, z in rows.items():
        axes.plot(allowed, [1 / cold_certificate(z, eps) for eps in allowed], label=name)
    axes.set(xscale="log", xlabel=r"$\varepsilon$", ylabel=r"$1/\tau_0$")
    axes.legend()
