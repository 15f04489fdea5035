import math

import numpy as np


def s(x):
    m = max(x)
    e = [math.exp(v - m) for v in x]
    t = math.fsum(e)
    return [v / t for v in e]


def normaliza(p):
    t = math.fsum(p)
    return [v / t for v in p]


def elegidos(p):
    """Los tokens más probables hasta llegar a 0.9"""
    orden = sorted(range(len(p)), key=lambda i: p[i], reverse=True)
    quedan, suma = set(), 0.0
    for i in orden:
        quedan.add(i)
        suma += p[i]
        if suma >= 0.9:
            break
    return quedan


def top_p(p):
    quedan = elegidos(p)
    return normaliza([p[i] if i in quedan else 0.0 for i in range(len(p))])


def primero_top_p(z, tau):
    quedan = sorted(elegidos(s(z)))
    corto = s([z[i] / tau for i in quedan])
    largo = [0.0] * len(z)
    for i, v in zip(quedan, corto):
        largo[i] = v
    return largo


def iguales(p, q):
    return all(abs(a - b) <= 1e-9 for a, b in zip(p, q))


def compare_stages(z, tau):
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z: una fila, con algo dentro")
    z = z.tolist()
    if not all(math.isfinite(x) for x in z):
        raise ValueError("z: solo números finitos")
    if not (math.isfinite(tau) and tau > 0):
        raise ValueError("tau: positivo y finito")
    tau = float(tau)

    normal = s(z)
    dentro = s([x / tau for x in z])
    potencia = [p ** (1 / tau) for p in normal]
    etapas = [
        ("inside", dentro),
        ("power", normaliza(potencia)),
        ("log_inside", s([math.log(p) / tau for p in normal])),
        ("power_raw", potencia),
        ("double", s([p / tau for p in normal])),
        ("inverse", s([tau * x for x in z])),
        ("divided", normaliza([p / tau for p in normal])),
        ("top_p_after", top_p(dentro)),
        ("top_p_before", primero_top_p(z, tau)),
    ]
    tabla = {}
    for nombre, p in etapas:
        total = math.fsum(p)
        h = math.fsum(-v * math.log(v) for v in p if v > 0)
        if abs(total - 1) > 1e-9:
            veredicto = "not a distribution"
        elif iguales(p, dentro):
            veredicto = "same"
        elif iguales(p, normal):
            veredicto = "no effect"
        else:
            veredicto = "different"
        tabla[nombre] = (np.array(p), total, h, veredicto)
    return tabla
