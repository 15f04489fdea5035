import numpy as np
from scipy.special import entr, log_softmax, softmax


def nucleus(logp):
    rank = np.argsort(np.argsort(-logp, kind="stable"), kind="stable")
    mass = np.cumsum(np.sort(np.exp(logp))[::-1])
    return rank <= np.argmax(mass >= 0.9)


def compare_stages(z, tau):
    z = np.asarray(z, float)
    if z.ndim != 1 or not z.size or not np.isfinite(z).all() or not 0 < tau < np.inf:
        raise ValueError("z or tau")
    l1 = log_softmax(z)
    lt = log_softmax(z / tau)

    def renorm(logp):
        return softmax(logp)

    logs = {
        "inside": lt,
        "power": log_softmax(l1 / tau),
        "log_inside": log_softmax(l1 / tau),
        "power_raw": l1 / tau,
        "double": log_softmax(np.exp(l1) / tau),
        "inverse": log_softmax(z * tau),
        "divided": l1,
        "top_p_after": np.where(nucleus(lt), lt, -np.inf),
        "top_p_before": np.where(nucleus(l1), z / tau, -np.inf),
    }
    for cut in ("top_p_after", "top_p_before"):
        logs[cut] = np.log(renorm(logs[cut]), where=np.isfinite(logs[cut]), out=logs[cut])

    answer = {}
    for name, logp in logs.items():
        p = np.exp(logp)
        total = p.sum()
        how = "different"
        if np.linalg.norm(p - np.exp(l1), np.inf) <= 1e-9:
            how = "no effect"
        if np.linalg.norm(p - np.exp(lt), np.inf) <= 1e-9:
            how = "same"
        if not abs(total - 1) <= 1e-9:
            how = "not a distribution"
        answer[name] = (p, float(total), float(entr(p).sum()), how)
    return answer
