import numpy as np


def repetition_penalty(z, used, rho):
    z = np.asarray(z, dtype=float)
    usados = np.zeros(len(z), dtype=bool)
    usados[np.asarray(used, dtype=int)] = True
    castigo = np.where(z > 0, z / rho, z * rho)
    return np.where(usados, castigo, z)
