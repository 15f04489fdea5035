import numpy as np


def picture(figure, precision_witness):
    """Draw the logits of the witness below the largest one, beside the logarithm of float16's smallest number."""
    z = np.sort(np.asarray(precision_witness(), dtype=float))[::-1]
    axes = figure.subplots()
    axes.plot(np.arange(1, len(z) + 1), z - z[0], ".")
    axes.axhline(np.log(2.0**-24), color="grey", linestyle="--", label=r"$\log 2^{-24}$")
    axes.set(xscale="log", xlabel="$i$", ylabel=r"$z_i - \max z$")
    axes.legend()
