"""A function of one temperature is mapped over the grid; the curve is a scatter, the levels segments."""

import numpy as np
from scipy import special


def sweep(z, taus):
    """Map over the grid."""
    z = np.asarray(z, dtype=np.float64)
    if z.shape != (z.size,) or not z.size or not z.max() > -np.inf or not z.max() < np.inf:
        raise ValueError("z is no row of logits")

    def one(tau):
        if not tau > 0:
            raise ValueError(f"tau = {tau}")
        log_q = special.log_softmax((z - z.max()) / tau)
        q = np.exp(log_q)
        nats = special.entr(q).sum()
        return nats, np.exp(nats), q.max()

    nats, number, top = np.array([one(float(tau)) for tau in taus]).T
    return {"H": nats.copy(), "N": number.copy(), "qmax": top.copy()}


def plot_sweep(ax, z, taus):
    """Draw points, and segments between the ends."""
    z = np.asarray(z, dtype=np.float64)
    ax.set(xscale="log", xlabel="tau", ylabel="H")
    ax.scatter(taus, sweep(z, taus)["H"], s=12, label="H(tau)")
    ax.hlines(np.log(np.sum(z > -np.inf)), taus[0], taus[-1], linestyles="dashed", label="ln V")
    ax.hlines(np.log(np.sum(z == z.max())), taus[0], taus[-1], linestyles="dotted", label="ln m")
    ax.legend(title="nats")
