import numpy as np


def picture(figure, sample):
    """Draw how often each of four tokens comes in 4000 draws, cold, as it is, and hot."""
    z = np.array([2.0, 1.0, 0.1, -1.0])
    axes = figure.subplots()
    tokens = np.arange(len(z))
    for place, tau in enumerate((0.5, 1.0, 5.0)):
        drawn = sample(z, tau, 4000, np.random.default_rng(place))
        shares = np.bincount(drawn, minlength=len(z)) / len(drawn)
        axes.bar(tokens + 0.27 * (place - 1), shares, width=0.25, label=rf"$\tau = {tau:g}$")
    axes.set(xlabel="$i$", xticks=tokens, ylim=(0, 1))
    axes.legend()
