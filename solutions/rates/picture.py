import numpy as np


def picture(figure, rates):
    """Draw the fitted laws of three rows: on two log axes towards uniform, against 1 / tau towards the cold limit."""
    rows = {"$z = (1, 0)$": [1.0, 0.0], "$z = (2, 0)$": [2.0, 0.0], "$z = (1, 0, 0, 0)$": [1.0, 0.0, 0.0, 0.0]}
    hot, cold = figure.subplots(1, 2)
    tau = np.geomspace(10, 1e4, 50)
    for name, z in rows.items():
        found = rates(z)
        hot.plot(tau, found["hot_const"] * tau ** found["hot_slope"], label=name)
        cold.plot(np.arange(5, 31), np.exp(found["cold_const"] + found["cold_slope"] * np.arange(5, 31)), label=name)
    hot.set(xscale="log", yscale="log", xlabel=r"$\tau$", ylabel="distance to uniform")
    cold.set(yscale="log", xlabel=r"$1/\tau$", ylabel="distance to the cold limit")
    hot.legend()
