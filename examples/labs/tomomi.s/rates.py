import numpy as np


def rates(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    gap = z.max() - z[z > -np.inf]
    if not gap.any():
        raise ValueError("all the same")
    V, m = len(gap), int(np.sum(gap == 0))
    far, near = gap.max(), gap[gap > 0].min()

    def log_a(u):  # tau = exp(u) * far
        loss = -np.expm1(-gap / far * np.exp(-u))
        return np.log(max(loss.mean(), loss.max() - loss.mean())) - np.log(V - loss.sum())

    def log_b(x):  # 1 / tau = x / near
        r = np.logaddexp.reduce(-gap[gap > 0] / near * x)
        return r - np.logaddexp(np.log(m), r)

    # slope from two points, far out, where both laws are straight
    hot = (log_a(13.0) - log_a(11.0)) / 2
    cold = (log_b(3000.0) - log_b(1000.0)) / 2000
    return {
        "hot_slope": float(hot),
        "hot_const": float(np.exp(log_a(13.0) + 13.0) * far),
        "cold_slope": float(cold * near),
        "cold_const": float(log_b(3000.0) - 3000.0 * cold),
        "gap": float(near),
    }
