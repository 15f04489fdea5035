import numpy as np


def picture(figure, repetition_penalty):
    """Draw the penalised logit of a used token against the logit that it had."""
    z = np.linspace(-2.0, 2.0, 81)
    axes = figure.subplots()
    for rho in (1.0, 1.3, 2.0):
        axes.plot(z, repetition_penalty(z, np.arange(len(z)), rho), label=rf"$\rho = {rho:g}$")
    axes.axhline(0, color="grey", linewidth=0.8)
    axes.set(xlabel="$z$", ylabel="$z'$")
    axes.legend()
