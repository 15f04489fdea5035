import numpy as np


def check_row(z):
    row = np.array(z, dtype=np.float64)
    if row.ndim != 1 or row.size == 0:
        raise ValueError("one row of logits, please")
    if not np.isfinite(row.max()):
        raise ValueError("nan, inf, or nothing but masks")
    return row


def limit_cold(z):
    row = check_row(z)
    winners = row == row.max()
    return winners / np.count_nonzero(winners)


def limit_hot(z):
    row = check_row(z)
    alive = np.isfinite(row)
    return alive / np.count_nonzero(alive)


def close_to_limit(z, tau, which):
    row = check_row(z)
    if not 0 < tau < np.inf:
        raise ValueError("tau")
    row = row[np.isfinite(row)]
    x = (row - row.max()) / tau
    if which == "cold":
        # everything that is not on a maximum is what we are off by
        rest = np.exp(x[row < row.max()]).sum()
        return float(rest / (rest + np.count_nonzero(row == row.max())))
    if which == "hot":
        # q_i - 1/n  =  (n w_i - sum w) / (n sum w)  with w = 1 + e,  e = expm1(x)
        e = np.expm1(x)
        n = len(e)
        above = e - e.mean()
        return float(np.abs(above).sum() / 2 / (n + e.sum()))
    raise ValueError("which must be 'cold' or 'hot'")
