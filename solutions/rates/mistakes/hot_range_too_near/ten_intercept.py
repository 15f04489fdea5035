"""tau goes from the spread to ten times it, and the constant is the intercept."""

import numpy as np


def rates(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    drop = z.max() - z[z > -np.inf]
    if not drop.max() > 0:
        raise ValueError("two unmasked logits must differ")
    others = drop[drop > 0]
    spread, gap = drop.max(), others.min()
    hot = np.geomspace(1, 1e1, 50)
    bent = np.expm1(-(drop / spread) / hot[:, np.newaxis])
    far = np.abs(bent - bent.mean(axis=1)[:, np.newaxis]).max(axis=1) / (drop.size + bent.sum(axis=1))
    cold = np.linspace(300.0, 600.0, 7)
    leak = np.exp(-cold[:, np.newaxis] * (others / gap)).sum(axis=1)
    near = leak / (drop.size - others.size + leak)
    hot_slope, level = np.polyfit(np.log(hot * spread), np.log(far), 1)
    hot_const = np.exp(level)
    cold_slope, cold_const = np.polyfit(cold, np.log(near), 1)
    cold_slope *= gap
    return {
        "hot_slope": float(hot_slope),
        "hot_const": float(hot_const),
        "cold_slope": float(cold_slope),
        "cold_const": float(cold_const),
        "gap": float(gap),
    }
