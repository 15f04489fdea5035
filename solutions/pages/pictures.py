"""The pictures of the reading path. Their words are mathematics, so that one picture serves every language."""

import numpy as np

BLUE, ORANGE, GREEN, RED, GREY = "#0072b2", "#d55e00", "#009e73", "#cc3311", "#777777"
GOLDEN = np.array([2.0, 1.0, 0.1, -1.0])
TIED = np.array([2.0, 2.0, 0.0, -1.0])
STAGES = np.array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0])
INFLECTION = 0.308295870356315  # of two tokens with gap 1
NUCLEUS = 0.9
COPIES = 4095  # of the low logit: enough that what each loses adds up


def tempered(z, tau):
    """Return the probabilities of logits, one row for each temperature."""
    weights = np.exp((z - z.max()) / np.reshape(tau, (-1, 1)))
    return weights / weights.sum(axis=1, keepdims=True)


def nats(p):
    """Return the sum of -p log p of each row, whatever the row adds up to."""
    positive = np.where(p > 0, p, 1.0)
    return -np.sum(p * np.log(positive), axis=1)


def probabilities(figure):
    """Draw each probability against the temperature, between its two limits."""
    axes = figure.subplots()
    taus = np.geomspace(0.05, 200, 121)
    for logit, color, drawn in zip(GOLDEN, (BLUE, GREEN, ORANGE, RED), tempered(GOLDEN, taus).T, strict=True):
        axes.plot(taus, drawn, color=color, lw=2, label=f"$z = {logit:g}$")
    axes.axhline(1 / GOLDEN.size, color=GREY, ls="--", lw=1)
    axes.text(0.055, 1 / GOLDEN.size + 0.015, "$1/V$", color=GREY)
    axes.axvline(1, color=GREY, ls=":", lw=1)
    axes.set(xscale="log", ylim=(-0.02, 1.02), xlabel=r"$\tau$", ylabel=r"$q_i(\tau)$", xlim=(0.05, 200))
    axes.legend(frameon=False)


def entropy(figure):
    """Draw the entropy between its two limits, and where the curve of two tokens stops being convex."""
    left, right = figure.subplots(1, 2)
    taus = np.geomspace(0.05, 200, 121)
    left.plot(taus, nats(tempered(TIED, taus)), color=BLUE, lw=2, label="$z = (2, 2, 0, -1)$")
    left.plot(taus, nats(tempered(GOLDEN, taus)), color=GREEN, lw=2, label="$z = (2, 1, 0.1, -1)$")
    for level, name in ((np.log(4), r"$\log V = \log 4$"), (np.log(2), r"$\log m = \log 2$")):
        left.axhline(level, color=GREY, ls="--", lw=1)
        left.text(190, level - 0.015, name, color=GREY, va="top", ha="right")
    left.set(xscale="log", xlim=(0.05, 200), ylim=(-0.03, 1.48), xlabel=r"$\tau$", ylabel=r"$H(q(\tau))$")
    left.legend(frameon=False, loc="lower right")
    taus = np.linspace(0.01, 1.2, 120)
    two = np.array([1.0, 0.0])
    at = nats(tempered(two, INFLECTION))[0]
    q = tempered(two, INFLECTION)[0]
    slope = q[0] * q[1] / INFLECTION**3
    right.plot(taus, nats(tempered(two, taus)), color=BLUE, lw=2, label="$z = (1, 0)$")
    near = INFLECTION + np.array([-0.17, 0.2])
    right.plot(near, at + slope * (near - INFLECTION), color=ORANGE, lw=1.2)
    right.plot([INFLECTION], [at], "o", color=ORANGE)
    right.annotate(r"$\tau = 0.3083\,\Delta$", (INFLECTION, at), (0.38, at - 0.03), color=ORANGE)
    right.axhline(np.log(2), color=GREY, ls="--", lw=1)
    right.text(0.02, np.log(2) - 0.008, r"$\log 2$", color=GREY, va="top")
    right.set(xlim=(0, 1.2), ylim=(-0.015, 0.74), xlabel=r"$\tau$", ylabel=r"$H(q(\tau))$")
    right.legend(frameon=False, loc="lower right")


def limits(figure):
    """Draw how far the limits still are, and the bounds that are proved for every temperature."""
    left, right = figure.subplots(1, 2)
    m, runners, gap = 1, 1, 1.0
    inverse = np.linspace(0.05, 16, 100)
    e = np.exp(-inverse * gap)
    left.plot(inverse, 1 - tempered(GOLDEN, 1 / inverse)[:, 0], color=BLUE, lw=2, label="$R/(m+R)$")
    most = (GOLDEN.size - m) * e / m
    left.plot(inverse, most, color=ORANGE, ls="--", lw=1.2, label="$(V-m)e/m$")
    left.plot(inverse, runners * e / (m + runners * e), color=GREEN, ls=":", lw=1.5, label="$re/(m+re)$")
    left.set(yscale="log", xlim=(0, 16), xlabel=r"$1/\tau$", ylabel=r"$\mathrm{TV}(q(\tau), q(0^+))$")
    left.legend(frameon=False)
    taus = np.geomspace(0.2, 1e4, 100)
    apart = np.abs(tempered(GOLDEN, taus) - 1 / GOLDEN.size).sum(axis=1) / 2
    right.plot(taus, apart, color=BLUE, lw=2, label=r"$\mathrm{TV}$")
    bound = np.tanh((GOLDEN.max() - GOLDEN.min()) / (4 * taus))
    right.plot(taus, bound, color=ORANGE, ls="--", lw=1.2, label=r"$\tanh(D/(4\tau))$")
    right.set(
        xscale="log", yscale="log", xlim=(0.2, 1e4), xlabel=r"$\tau$", ylabel=r"$\mathrm{TV}(q(\tau), q(\infty))$"
    )
    right.legend(frameon=False)


def stages(figure):
    """Draw the entropy after each stage at temperature 2: what agrees has one colour."""
    p = tempered(STAGES, 1)
    power = np.sqrt(p)
    kept = {"before": np.cumsum(p[0]) - p[0] < NUCLEUS}
    inside = tempered(STAGES, 2)
    kept["after"] = np.cumsum(inside[0]) - inside[0] < NUCLEUS
    after = inside[:, kept["after"]] / inside[:, kept["after"]].sum()
    made = [
        (r"$\mathrm{softmax}(z/\tau)$", inside, BLUE),
        (r"$\mathrm{softmax}(z)^{1/\tau}$, $\div\Sigma$", power / power.sum(), BLUE),
        (r"$\mathrm{softmax}(\log\,\mathrm{softmax}(z)/\tau)$", tempered(np.log(p[0]), 2), BLUE),
        (r"$\mathrm{softmax}(z)^{1/\tau}$", power, RED),
        (r"$\mathrm{softmax}(\mathrm{softmax}(z)/\tau)$", tempered(p[0], 2), ORANGE),
        (r"$\mathrm{softmax}(\tau z)$", tempered(STAGES, 0.5), ORANGE),
        (r"$\mathrm{softmax}(z)/\tau$, $\div\Sigma$", p, GREY),
        (r"$\tau \;\to\; \mathrm{top}\,p$", after, ORANGE),
        (r"$\mathrm{top}\,p \;\to\; \tau$", tempered(STAGES[kept["before"]], 2), ORANGE),
    ]
    axes = figure.subplots()
    names, rows, colors = zip(*made, strict=True)
    heights = [nats(row)[0] for row in rows]
    plain = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    axes.barh(range(len(made)), heights, color=colors, height=0.7)
    for place, (height, row) in enumerate(zip(heights, rows, strict=True)):
        axes.text(
            height + 0.02, place, rf"{height:.4f}   $\Sigma = {row.sum():.3f}$", va="center", fontsize=9, bbox=plain
        )
    axes.axvline(heights[0], color=BLUE, ls=":", lw=1, zorder=0)
    axes.set_yticks(range(len(made)), names)
    axes.invert_yaxis()
    axes.set(xlim=(0, 2.4), xlabel=r"$-\Sigma\, p \log p$,  $\tau = 2$,  $z = (4, 3, 2, 1, 0, -2)$")


def half_precision(figure):
    """Draw what the power form loses when probabilities are stored in 16 bits."""
    axes = figure.subplots()
    depths = np.linspace(0, 24, 241)
    z = np.column_stack([np.zeros_like(depths), *[-depths] * COPIES])
    exact = np.exp(z / 2)
    exact /= exact.sum(axis=1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    power = np.sqrt(p.astype(np.float16).astype(np.float64))
    axes.plot(depths, nats(exact), color=BLUE, lw=5, alpha=0.3, label=r"$\mathrm{softmax}(z/2)$")
    stored = exact.astype(np.float16).astype(np.float64)
    axes.plot(depths, nats(stored), color=BLUE, lw=1.2, label=r"$\mathrm{softmax}(z/2)$, float16")
    rows = power / power.sum(axis=1, keepdims=True)
    axes.plot(depths, nats(rows), color=RED, lw=1.5, label=r"$\mathrm{softmax}(z)^{1/2}$, $\div\Sigma$, float16")
    axes.axvline(17.329, color=GREY, ls="--", lw=1)
    axes.text(17.5, 7.5, "$d = 17.329$", color=GREY)
    axes.set(
        xlim=(0, 24), ylim=(-0.2, 8.7), ylabel=r"$H$", xlabel=rf"$d$,  $z = (0, -d, \ldots, -d)$,  $V = {COPIES + 1}$"
    )
    axes.legend(frameon=False, loc="lower left")


PICTURES = {
    "probabilities": probabilities,
    "limits": limits,
    "entropy": entropy,
    "stages": stages,
    "half_precision": half_precision,
}
