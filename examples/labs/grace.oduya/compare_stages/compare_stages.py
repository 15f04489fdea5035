import numpy as np


def softmax(x):
    weights = np.exp(x - np.amax(x))
    return weights / np.sum(weights)


def compare_stages(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.shape[0] == 0 or not np.all(np.isfinite(z)):
        raise ValueError("z must be one row of finite logits")
    if np.isnan(tau) or tau <= 0 or tau == np.inf:
        raise ValueError("tau must be above 0 and finite")

    plain = softmax(z)
    stages = {
        "inside": softmax(z / tau),
        "power": plain ** (1 / tau) / np.sum(plain ** (1 / tau)),
        "log_inside": softmax(np.log(plain) / tau),
        "power_raw": plain ** (1 / tau),
        "double": softmax(plain / tau),
        "inverse": softmax(tau * z),
        "divided": plain / tau / np.sum(plain / tau),
        "top_p_after": nucleus(softmax(z / tau),
        "top_p_before": nucleus(plain) ** (1 / tau),
    }
    return {name: (p, np.sum(p), -np.sum(p * np.log(p)), "different") for name, p in stages.items()}
