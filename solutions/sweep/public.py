"""What a student can run: the three series for small rows, then the figure part by part.

A figure is looked at as data: which lines there are, where they are, on which scales, with which words. Colours,
styles, the order of lines and the language are free, and lines that nobody asked for are welcome.
"""

from __future__ import annotations

import re

import numpy as np

from grader import array, axes, call, check, drawing, expect, probes

NEAR = 1e-10
ANY = np.finfo(np.float64).max  # an error that every number may have, but nan and infinity may not
WORDS = {
    "tau": re.compile(r"tau|τ|temp|^\W*t\W*$"),
    "entropy": re.compile(r"entrop|nats|bits|(?<![a-z])h(?![a-z])"),
}
TAUS = [0.05, 0.1, 0.2, 0.4, 0.7, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 100.0]
FEW = [0.25, 0.5, 1.0, 2.0, 4.0]


def nats(_asked, expected):
    """Allow 1e-10, absolute for numbers up to 1 and relative above.

    An exponent (z_i - max z) / tau with a weight that counts is below 745 in size, and its two roundings move a weight
    by 745 * 2.2e-16 at most; sums of a few terms add as much. So H is right to 1e-12, N = exp(H) to 1e-12 of itself.
    Whoever divides z by tau before subtracting loses eps max|z| / tau, below 2e-11 here wherever H is not 0.
    """
    return NEAR * np.maximum(1.0, np.abs(expected))


def series_of(*pairs):
    """Declare calls of `sweep`."""
    return [call("sweep", z, taus) for z, taus in pairs]


def figures_of(*pairs):
    """Declare calls of `plot_sweep`."""
    return [call("plot_sweep", axes(), z, taus) for z, taus in pairs]


def form(_asked, series):
    """Observe keys, dtypes and shapes, and no number."""
    told = {name: f"{numbers.dtype} {numbers.shape}" for name, numbers in series.items()}
    return str(sorted(told.items()))


def curve_of(drawn, taus):
    """Return the line that may be the curve: one with these temperatures, else the one with most points; or None."""
    lines = [line for line in drawn.lines if line.kind in ("line", "points") and line.xdata.size]
    fitting = [line for line in lines if same_grid(line.xdata, taus)]
    return (fitting or sorted(lines, key=lambda line: -line.xdata.size) or [None])[0]


def same_grid(x, taus):
    """Return whether these are the temperatures, in any order."""
    return x.size == len(taus) and bool(np.allclose(np.sort(x), np.sort(taus), rtol=1e-9, atol=0.0))


def levels_of(drawn, taus):
    """Return the lines that run level, but for the curve."""
    curve = curve_of(drawn, taus)
    return [line for line in drawn.lines if line is not curve and line.level is not None]


def named(label, wanted):
    """Return what a label names: what is wanted, the other of tau and entropy, something else, or nothing."""
    found = [name for name, pattern in WORDS.items() if pattern.search(label.casefold())]
    return wanted if wanted in found else found[0] if found else "else" if label.strip() else "nothing"


def names_of(drawn, taus):
    """Return the names that can be read on the Axes, but for that of the curve."""
    curve = curve_of(drawn, taus)
    shown = {*drawn.legend, *drawn.texts}
    return shown - ({curve.label} if curve is not None else set())


def instead_of_levels(drawn, taus):
    """Return what tells where the levels went: which lines stand upright, and whether the curve has tau upward."""
    upright = [line.xdata[0] for line in drawn.lines if line.xdata.size > 1 and (line.xdata == line.xdata[0]).all()]
    curve = curve_of(drawn, taus)
    turned = curve is not None and same_grid(curve.ydata, taus)
    return {"upright": np.unique(upright), "turned": int(turned)}


def swapped(drawn, heights):
    """Return whether a level at log V is called log m, or the other way round."""
    for line in drawn.lines:
        said = re.sub(r"[^a-z]", "", line.label.casefold().replace("ln", "log"))
        for height, other in zip(heights, ("logm", "logv"), strict=True):
            if line.level is not None and abs(line.level - height) <= NEAR and said.startswith(other):
                return True
    return False


def scales_and_words(asked, told):
    """Observe the scales, what each axis is called, and the numbers on the x axis."""
    drawn, taus = drawing(told), asked.arguments()[0][2]
    curve = curve_of(drawn, taus)
    x = np.zeros(0) if curve is None else curve.xdata
    words = f"{named(drawn.xlabel, 'tau')} {named(drawn.ylabel, 'entropy')}"
    return {"scales": f"{drawn.xscale} {drawn.yscale}", "axes": words, "x": x}


def curve_drawn(asked, told):
    """Observe the curve."""
    curve = curve_of(drawing(told), asked.arguments()[0][2])
    return {"x": np.zeros(0), "y": np.zeros(0)} if curve is None else {"x": curve.xdata, "y": curve.ydata}


def levels_drawn(asked, told):
    """Observe the heights of the levels, or what stands instead of them, and how many names can be read."""
    drawn, taus = drawing(told), asked.arguments()[0][2]
    heights = np.unique([line.level for line in levels_of(drawn, taus)])
    odd = swapped(drawn, heights[::-1]) if heights.size == 2 else False
    lines = min(1, len(drawn.lines))
    seen = {"lines": lines, "heights": heights, "names": min(2, len(names_of(drawn, taus))), "swapped": int(odd)}
    return seen if heights.size else seen | instead_of_levels(drawn, taus)


FORM = probes(
    "form", series_of((array([3.0]), array([1.0, 2.0])), (array([1.0, 0.0]), array([1.0, 2.0, 4.0]))), observe=form
)

ORDINARY = probes(
    "ordinary",
    series_of(
        (array([0.0, 1.0]), array([1.0])),
        (array([0.0, 1.0]), array([0.5, 1.0, 2.0])),
        (array([2.0, 0.0, 1.0]), array([1.0, 4.0])),
        (array([2.0, 1.0, 0.1, -1.0]), array(FEW)),
        (array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0]), array([0.1, 0.5, 1.0, 2.0, 5.0, 20.0, 100.0])),
    ),
    tolerance=nats,
)

TIED = probes(
    "tied",
    series_of(
        (array([1.0, 1.0]), array([0.5, 1.0, 2.0])),
        (array([3.0, 3.0, 1.0]), array([0.1, 1.0, 3.0, 10.0])),
        (array([2.0, -np.inf, 1.0]), array([0.5, 1.0, 5.0, 50.0])),
        (array([-np.inf, 0.0, 0.0, -np.inf, -1.0]), array([0.2, 1.0, 20.0])),
    ),
    tolerance=nats,
)

EXTREME = probes(
    "extreme",
    series_of(
        (array([2.0, 1.0, 0.1, -1.0]), array([1.0, 1e12])),
        (array([2.0, 1.0, 0.1, -1.0]), array([1e-8, 1e-3, 1.0])),
        (array([3.0, 3.0, 1.0]), array([1e-8, 1e12])),
        (array([1000.0, 999.0, 0.0]), array([1.0, 1e4])),
        (array([1.0, 0.999]), array([1e-4, 1e-3, 1.0])),
    ),
    tolerance=nats,
)

KINDS = probes(
    "kinds",
    series_of(
        ([0.0, 1.0], [0.5, 1.0, 2.0]),
        ((0, 1, 3), (1, 2)),
        ([1, 0], array([1, 2, 4], dtype="int64")),
        (array([0.5, 1.5], dtype="float32"), array([0.25, 0.5, 1.0], dtype="float32")),
        (array([0.0, 1.0], kind="readonly"), array([0.5, 1.0, 2.0], kind="readonly")),
    ),
    tolerance=nats,
)

KEPT = probes(
    "kept",
    series_of((array([1.0, 0.0]), array([0.5, 1.0, 2.0])), (array([1.0, -np.inf, 2.0]), array([1.0, 3.0]))),
    tolerance=nats,
    observes_arguments=True,
)

REFUSED = probes(
    "refused",
    series_of(
        (array([1.0, 0.0]), array([0.0, 1.0])),
        (array([1.0, 0.0]), array([1.0, -1.0])),
        (array([1.0, 0.0]), array([np.nan])),
        (array([]), array([1.0])),
        (array([0.0, np.nan]), array([1.0])),
        (array([0.0, np.inf]), array([1.0])),
        (array([-np.inf, -np.inf]), array([1.0])),
    ),
    tolerance=nats,
)

AXES = probes("axes", figures_of((array([2.0, 1.0, 0.1, -1.0]), array(TAUS))), tolerance=nats, observe=scales_and_words)

CURVE = probes(
    "curve",
    figures_of((array([0.0, 1.0]), array(FEW)), (array([2.0, 1.0, 0.1, -1.0]), array(TAUS))),
    tolerance=nats,
    observe=curve_drawn,
)

LEVELS = probes(
    "levels",
    figures_of((array([2.0, 1.0, 0.1, -1.0]), array(FEW)), (array([3.0, 3.0, 1.0, -np.inf]), array(FEW))),
    tolerance=nats,
    observe=levels_drawn,
)


@check(
    points=0.5,
    on=FORM,
    about="taus",
    finds=[
        "keys_renamed",
        "lists_returned",
        "one_number_for_all",
        "own_grid",
        "summed_over_temperatures",
        "tuple_returned",
    ],
)
def three_series(subject, reference):
    """The answer holds H, N and qmax, with a number for each temperature."""
    for probe in FORM:
        expect(subject(probe)).close(reference(probe), within=ANY)


@check(
    points=0.5,
    on=ORDINARY,
    about="taus",
    needs=["three_series"],
    finds=[
        "entropy_in_bits",
        "entropy_normalised",
        "epsilon_in_the_log",
        "sign_missing",
        "softmax_of_probabilities",
        "temperature_multiplied",
        "temperature_not_used",
    ],
)
def entropies(subject, reference):
    """H is the entropy of softmax(z / tau), in nats."""
    one_series(subject, reference, ORDINARY, "H")


@check(
    points=0.5,
    on=ORDINARY,
    about="taus",
    needs=["three_series"],
    finds=["inverse_simpson", "number_in_base_two", "number_not_exponentiated"],
)
def effective_number(subject, reference):
    """N is exp(H), the effective number of tokens."""
    one_series(subject, reference, ORDINARY, "N")


@check(
    points=0.25,
    on=ORDINARY,
    about="taus",
    needs=["three_series"],
    finds=["first_probability_returned", "least_probability_returned"],
)
def top_probability(subject, reference):
    """The series qmax is the largest probability."""
    one_series(subject, reference, ORDINARY, "qmax")


@check(points=0.25, on=ORDINARY, about="taus", needs=["three_series"], finds=["temperature_multiplied"])
def never_falls(subject):
    """The entropy never falls from one temperature to the next."""
    for probe in ORDINARY:
        taus, nats_there = probe.call.arguments()[0][1], subject(probe)["H"]
        if len(taus) == 1:
            continue
        at = int(np.argmin(np.diff(nats_there)))  # where it falls most, or rises least
        told = {"low": taus[at], "high": taus[at + 1], "before": nats_there[at], "after": nats_there[at + 1]}
        rises = told["after"] >= told["before"] - 1e-12
        expect(nats_there).that(rises, saying={name: float(number) for name, number in told.items()})


@check(points=0.25, on=TIED, about="z", needs=["three_series"], finds=["zero_times_log"])
def ties_and_masks(subject, reference):
    """Ties share, and masked tokens count nowhere."""
    expect(subject).agrees(reference, on=TIED)


@check(
    points=0.5,
    on=EXTREME,
    about="taus",
    needs=["three_series"],
    finds=["overflow_in_exp", "tau_has_a_floor", "zero_times_log"],
)
def extreme_temperatures(subject, reference):
    """Temperatures from 1e-8 to 1e12 give no nan."""
    expect(subject).agrees(reference, on=EXTREME)


@check(points=0.25, on=KINDS, about="taus", needs=["three_series"], finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(points=0.25, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """Logits and temperatures are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.25, on=REFUSED, about="taus", finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")


@check(points=0.25, on=AXES, about="ax", finds=["axes_left_empty"])
def on_the_axes(subject):
    """The figure is drawn on the Axes that was passed in."""
    for probe in AXES:
        told = subject(probe)
        lines = drawing(told).lines
        expect(told).that(len(lines) > 0, otherwise="axes_left_empty", saying={"lines": len(lines)})


@check(
    points=0.5,
    on=AXES,
    about="taus",
    needs=["on_the_axes"],
    finds=["axes_swapped", "both_axes_log", "linear_axis", "log_tau_plotted"],
)
def scales(subject):
    """The x axis is logarithmic, the y axis is linear."""
    for probe in AXES:
        drawn, taus = drawing(subject(probe)), probe.call.arguments()[0][2]
        line = curve_of(drawn, taus)
        fits = line is not None and same_grid(line.xdata, taus)
        expect(drawn.xscale).equal("log", at="xscale", otherwise="linear_axis" if fits else None)
        expect(drawn.yscale).equal("linear", at="yscale", otherwise="both_axes_log" if fits else None)


@check(
    points=0.25, on=AXES, about="ax", needs=["on_the_axes"], finds=["axes_swapped", "labels_missing", "labels_swapped"]
)
def words_at_the_axes(subject, reference):
    """The x axis names the temperature, the y axis the entropy."""
    for probe in AXES:
        drawn, known = drawing(subject(probe)), drawing(reference(probe))
        found = named(drawn.xlabel, "tau"), named(drawn.ylabel, "entropy")
        name = "labels_missing" if "nothing" in found else "labels_swapped" if found == ("entropy", "tau") else None
        if found[0] != "tau":
            expect(drawn.xlabel).equal(known.xlabel, at="xlabel", otherwise=name)
        if found[1] != "entropy":
            expect(drawn.ylabel).equal(known.ylabel, at="ylabel", otherwise=name)


@check(
    points=0.5,
    on=CURVE,
    about="taus",
    needs=["on_the_axes"],
    finds=["index_for_tau", "other_series_plotted", "points_drawn_apart"],
)
def curve(subject, reference):
    """One line holds the entropy at every temperature."""
    for probe in CURVE:
        hold_curve(subject(probe), reference(probe), probe)


@check(
    points=0.5,
    on=LEVELS,
    about="z",
    needs=["on_the_axes"],
    finds=[
        "levels_from_the_curve",
        "levels_missing",
        "levels_not_logged",
        "levels_upright",
        "masked_tokens_counted",
        "maxima_counted_as_one",
    ],
)
def levels(subject, reference):
    """Level lines mark log V and log m."""
    hold_levels(subject, reference, LEVELS)


@check(points=0.25, on=LEVELS, about="ax", needs=["on_the_axes"], finds=["names_missing", "names_swapped"])
def names(subject, reference):
    """Both levels have a name that can be read."""
    for probe in LEVELS:
        told, taus = subject(probe), probe.call.arguments()[0][2]
        drawn = drawing(told)
        heights = [line.level for line in drawing(reference(probe)).lines[1:]]
        expect(told).that(len(names_of(drawn, taus)) >= 2, otherwise="names_missing")
        expect(told).that(not swapped(drawn, heights), otherwise="names_swapped")


def one_series(subject, reference, group, key):
    """Hold one of the three series against the truth."""
    for probe in group:
        got, want = subject(probe)[key], reference(probe)[key]
        expect(got).close(want, within=nats(probe.call, want), at=f"[{key!r}]")


def hold_curve(told, known, probe):
    """Look for the curve among the lines; if none is it, show how the likeliest one differs."""
    drawn, right, taus = drawing(told), drawing(known).lines[0], probe.call.arguments()[0][2]
    lines = [line for line in drawn.lines if line.kind in ("line", "points") and same_grid(line.xdata, taus)]
    if any((np.abs(line.ydata[np.argsort(line.xdata)] - right.ydata) <= NEAR).all() for line in lines):
        return
    likeliest = curve_of(drawn, taus)
    expect(told).that(likeliest is not None)
    at = f"lines[{drawn.lines.index(likeliest)}]"
    expect(likeliest.xdata).close(np.asarray(taus, np.float64), within=1e-9 * np.abs(taus), at=f"{at}.xdata")
    expect(likeliest.ydata).close(right.ydata, within=NEAR, at=f"{at}.ydata")


def hold_levels(subject, reference, group):
    """Give each figure half for each level that is marked, and show the one that has least."""
    shares, expected, seen = [], [], []
    for probe in group:
        drawn, known = drawing(subject(probe)), drawing(reference(probe))
        heights = [line.level for line in levels_of(drawn, probe.call.arguments()[0][2])]
        expected.append([line.level for line in known.lines[1:]])
        seen.append(len(heights))
        shares.append(np.mean([any(abs(one - want) <= NEAR for one in heights) for want in expected[-1]]))
    worst = int(np.argmin(shares))
    top, bottom = expected[worst]
    name = None if any(seen) else "levels_missing"
    known = {"top": top, "bottom": bottom}
    expect(subject(group.probes[worst])).worth(float(np.mean(shares)), otherwise=name, saying=known)
