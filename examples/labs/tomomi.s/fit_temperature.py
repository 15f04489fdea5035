import numpy as np


def fit_temperature(logits, labels):
    z = np.asarray(logits, dtype=np.float64)
    labels = np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("logits")
    if labels.shape != (len(z),) or not ((0 <= labels) & (labels < z.shape[1])).all():
        raise ValueError("labels")
    gap = z.max(axis=1, keepdims=True) - z  # 0 for the best
    lost = np.take_along_axis(gap, labels[:, None].astype(int), axis=1).mean()
    width = gap.max()
    if lost == 0 or lost >= gap.mean() * (1 - 1e-14):
        raise ValueError("no best temperature")

    def expected(beta):  # falls from gap.mean() to 0 as beta grows
        w = np.exp(-gap * beta)
        return ((w * gap).sum(1) / w.sum(1)).mean()

    difference = lost - expected(1.0)
    verdict = "over" if difference > 1e-9 * width else "under" if difference < -1e-9 * width else "calibrated"
    cold = 1 / width
    while expected(cold) > lost:
        cold *= 2
    hot = cold / 2
    while expected(hot) <= lost:
        hot, cold = hot / 2, hot
    for _ in range(60):
        beta = (hot + cold) / 2
        if expected(beta) > lost:
            hot = beta
        else:
            cold = beta
    return float(2 / (hot + cold)), verdict
