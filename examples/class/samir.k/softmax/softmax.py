import math

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    # first the sum
    n = len(z)
    total = 0
    i = 0
    while i < n:
        total = total + math.exp(z[i] / tau)
    # then the quotients
    q = []
    for zi in z:
        q.append(math.exp(zi / tau) / total)
    return np.array(q)
