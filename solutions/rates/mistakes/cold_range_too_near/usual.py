"""gap / tau goes from 5 to 30."""

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
    hot = np.geomspace(1e4, 1e8, 9)
    bent = np.expm1(-(drop / spread) / hot[:, np.newaxis])
    far = np.abs(bent - bent.mean(axis=1)[:, np.newaxis]).max(axis=1) / (drop.size + bent.sum(axis=1))
    cold = np.linspace(5.0, 30.0, 50)
    leak = np.exp(-cold[:, np.newaxis] * (others / gap)).sum(axis=1)
    near = leak / (drop.size - others.size + leak)
    hot_slope = np.polyfit(np.log(hot), np.log(far), 1)[0]
    hot_const = spread * np.exp(np.mean(np.log(hot * far)))
    cold_slope, cold_const = np.polyfit(cold, np.log(near), 1)
    cold_slope *= gap
    return {
        "hot_slope": float(hot_slope),
        "hot_const": float(hot_const),
        "cold_slope": float(cold_slope),
        "cold_const": float(cold_const),
        "gap": float(gap),
    }
