import numpy as np
import sys


def softmax_temperature(z, tau, axis=-1):
    scores = np.array(z, dtype=float)
    tau = np.array(tau, dtype=float)
    if scores.ndim == 0 or scores.shape[axis] == 0:
        raise ValueError("no scores")
    if not np.all(tau > 0):
        raise ValueError("tau must be positive")
    if np.isnan(scores).any() or (scores == np.inf).any():
        raise ValueError("scores must be finite or -inf")
    if (scores == -np.inf).all(axis=axis).any():
        raise ValueError("nothing left after masking")

    # definition straight from the notes: q_i = exp(z_i / tau) / sum_j exp(z_j / tau)
    top = np.exp(scores / tau)
    bottom = np.sum(np.exp(scores / tau), axis=axis, keepdims=True)
    return top / bottom


if __name__ == "__main__":
    np.testing.assert_allclose(softmax_temperature([0.0, 1.0], 1.0), [0.2689, 0.7311], atol=1e-4)
    print("ok")
