import numpy as np


def picture(figure, entropy):
    """Draw the entropy of all distributions over two outcomes, and of those over three that give two the same."""
    share = np.linspace(0.0, 1.0, 201)
    two = np.array([entropy([p, 1 - p]) for p in share])
    three = np.array([entropy([p, (1 - p) / 2, (1 - p) / 2]) for p in share])
    axes = figure.subplots()
    axes.plot(share, two, label="$(p,\\ 1-p)$")
    axes.plot(share, three, label=r"$(p,\ \frac{1-p}{2},\ \frac{1-p}{2})$")
    for count in (2, 3):
        axes.axhline(np.log(count), color="grey", linestyle="--")
        axes.text(1.0, np.log(count), rf"$\log {count}$", va="bottom", ha="right")
    axes.set(xlabel="$p$", ylabel="$H$ (nats)", ylim=(-0.03, 1.25))
    axes.legend(loc="lower center")
