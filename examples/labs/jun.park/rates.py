import numpy as np


def rates(z):
    x = np.array(z, np.float64)
    if x.ndim != 1 or x.size == 0 or np.isnan(x).any() or (x == np.inf).any() or (x == -np.inf).all():
        raise ValueError("z")
    x = x[x > -np.inf] - x.max()
    if (x == 0).all():
        raise ValueError("all equal")
    spread = -x.min()
    below = x[x < 0]
    m = x.size - below.size

    T = spread * np.logspace(4, 5, 5)
    a = np.zeros(5)
    for i in range(5):
        d = np.expm1(x / T[i])
        a[i] = np.abs(d - d.mean()).max() / np.sum(d + 1)
    hot = np.polyfit(np.log(T), np.log(a), 1)

    first = below.max()
    B = np.linspace(1000, 3000, 5) / -first
    logb = np.zeros(5)
    for i in range(5):
        tail = np.exp((below - first) * B[i]).sum()
        logb[i] = first * B[i] + np.log(tail) - np.log(m)
    cold = np.polyfit(B, logb, 1)
    return {
        "hot_slope": float(hot[0]),
        "hot_const": float(T[-1] * a[-1]),
        "cold_slope": float(cold[0]),
        "cold_const": float(cold[1]),
        "gap": float(spread),
    }
