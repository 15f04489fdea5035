import numpy as np


def precision_witness():
    # one big and many small, so that float16 loses the small ones
    z = np.array([20.0] + [0.0] * 3000)
    q = np.exp(z - z.max())
    return q / q.sum()
