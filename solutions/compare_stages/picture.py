import numpy as np


def picture(figure, compare_stages):
    """Draw what each stage makes of four logits at tau = 2, token upon token, so that its height is its total."""
    stages = compare_stages([2.0, 1.0, 0.1, -1.0], 2.0)
    names = list(stages)
    shares = np.array([stages[name][0] for name in names])  # (stages, tokens)
    below = np.cumsum(shares, axis=1) - shares
    axes = figure.subplots()
    for token in range(shares.shape[1]):
        axes.bar(names, shares[:, token], bottom=below[:, token], label=f"$i = {token}$")
    axes.axhline(1, color="grey", linestyle="--")
    axes.tick_params("x", labelrotation=20)
    axes.set(xlabel=r"$\tau = 2$", ylabel=r"$\sum_i p_i$")
    axes.legend(loc="upper right", ncols=4)
    axes.margins(y=0.25)
