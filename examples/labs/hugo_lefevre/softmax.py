import numpy as np

# Hugo L. -- j'ai tout remis en 2 dimensions


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    if z.ndim == 0:
        raise ValueError("z doit etre un tableau")
    t = np.broadcast_to(np.array(tau, dtype=float), z.shape)
    a = np.moveaxis(z, axis, 0)
    t = np.moveaxis(t, axis, 0)
    n = a.shape[0]
    if n == 0:
        raise ValueError("vide")
    forme = a.shape
    a = a.reshape(n, -1)
    t = t.reshape(n, -1)
    if not (t > 0).all():
        raise ValueError("tau > 0 !")
    haut = a.max(0)
    if not np.isfinite(haut).all():
        raise ValueError("logits")
    e = np.exp((a - haut) / t)
    return np.moveaxis((e / e.sum(0)).reshape(forme), 0, axis)
