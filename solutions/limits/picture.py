import numpy as np


def picture(figure, limit_cold, limit_hot, close_to_limit):
    """Draw both limits, and how the distance to each falls: on the axes where its law is a straight line."""
    z = np.array([2.0, 1.0, 0.1, -1.0])
    bars, cold, hot = figure.subplots(1, 3)
    tokens = np.arange(len(z))
    bars.bar(tokens - 0.2, limit_cold(z), width=0.4, label=r"$\tau \to 0$")
    bars.bar(tokens + 0.2, limit_hot(z), width=0.4, label=r"$\tau \to \infty$")
    bars.set(xlabel="$i$", ylabel="$q_i$", xticks=tokens, ylim=(0, 1.02))
    bars.legend()
    beta = np.linspace(0.5, 400, 120)
    cold.plot(beta, [close_to_limit(z, 1 / b, "cold") for b in beta])
    cold.set(yscale="log", xlabel=r"$1/\tau$", ylabel=r"$\mathrm{TV}$", title=r"$\tau \to 0$")
    taus = np.geomspace(1, 1e12, 120)
    hot.plot(taus, [close_to_limit(z, tau, "hot") for tau in taus])
    hot.set(xscale="log", yscale="log", xlabel=r"$\tau$", title=r"$\tau \to \infty$")
