import numpy as np


def repetition_penalty(z, used, rho):
    """Divide what is positive, multiply what is negative."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.shape[0] == 0 or np.any(np.isnan(z)) or np.any(z == np.inf) or np.all(z == -np.inf):
        raise ValueError("z must be one row of logits")
    if np.isnan(rho) or rho <= 0 or rho == np.inf:
        raise ValueError("rho must be above 0 and finite")

    was_used = [False] * z.shape[0]
    for token in np.asarray(used).tolist():
        if token < 0 or token >= z.shape[0]:
            raise ValueError("no such token: " + str(token))
        was_used[int(token)] = True

    penalised = []
    for logit, again in zip(z.tolist(), was_used):
        if not again:
            penalised.append(logit)
        elif logit > 0:
            penalised.append(logit / rho)
        else:
            penalised.append(logit * rho)
    return np.array(penalised)
