import numpy as np


def picture(figure, fit_temperature):
    """Draw the fitted temperature of one set of labels against a factor that all logits are multiplied by."""
    logits = np.sin(np.arange(1.0, 161.0) ** 2).reshape(40, 4)
    best, second = np.argsort(-logits, axis=1)[:, :2].T
    labels = np.where(np.arange(40) % 3 == 0, second, best)
    factors = np.geomspace(0.5, 50, 25)
    fitted = [fit_temperature(factor * logits, labels) for factor in factors]
    axes = figure.subplots()
    for verdict in dict.fromkeys(word for _, word in fitted):
        shown = [(factor, t) for factor, (t, word) in zip(factors, fitted, strict=True) if word == verdict]
        axes.plot(*zip(*shown, strict=True), "o", label=verdict)
    axes.axhline(1, color="grey", linestyle="--")
    axes.set(xscale="log", yscale="log", xlabel="$s$", ylabel="$T(s z)$")
    axes.legend()
