import numpy as np


def picture(figure, temperature_for_entropy):
    """Draw the temperature against the entropy that is asked for: of logits, of ten times larger ones, of a tie."""
    rows = {"$z = (2, 1, 0, -1)$": [2.0, 1.0, 0.0, -1.0], "$10\\,z$": [20.0, 10.0, 0.0, -10.0]}
    rows |= {"$z = (2, 2, 0, -1)$": [2.0, 2.0, 0.0, -1.0]}
    axes = figure.subplots()
    for name, z in rows.items():
        least = np.log(z.count(2.0)) if z.count(2.0) > 1 else 0.0
        wanted = np.linspace(least + 0.01, np.log(4) - 0.01, 60)
        axes.plot(wanted, [temperature_for_entropy(z, h) for h in wanted], label=name)
    for level, name in ((np.log(2), r"$\log 2$"), (np.log(4), r"$\log 4$")):
        axes.axvline(level, color="grey", linestyle="--")
        axes.text(level, 1.0, f" {name}", transform=axes.get_xaxis_transform(), va="top")
    axes.set(yscale="log", xlabel="$H$ (nats)", ylabel=r"$\tau$")
    axes.legend()
