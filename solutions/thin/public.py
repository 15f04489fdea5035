"""What a student can run: the form of the answer, the law of the draws below and above tau = 1, and the rate.

Draws are many things, and none is the expected one. They are held against the probabilities that they should have, by
a chi-square test. Seeds are declared, so the same code gets the same verdict every time.
"""

from __future__ import annotations

import numpy as np

from grader import array, by_chance, call, check, expect, found, probes, rng, shares

SIX = [4.0, 3.0, 2.0, 1.0, 0.0, -2.0]
SIGMAS = 5  # standard deviations that a rate may be off by: right code is, once in two million runs


def of(z, tau, n, seed):
    """Declare one call."""
    return call("thin", z, tau, n, rng(seed))


def form(asked, answer):
    """Observe of what kind both parts are, and whether there are as many draws as were asked for."""
    n = asked.arguments()[0][2]
    if type(answer) is not tuple or len(answer) != 2:
        return kind(answer, n)
    rate = np.asarray(answer[1])
    return f"{kind(answer[0], n)}, {rate.dtype.kind} {rate.ndim}"


def kind(drawn, n):
    """Return of what kind draws are, and whether they are too few, too many, or n."""
    tokens = np.asarray(drawn)
    return f"{type(drawn).__name__} {tokens.dtype} {tokens.ndim} {np.sign(tokens.size - n)}"


def law(asked, answer):
    """Observe the law of the draws, and how many equal neighbours there are; the rate is another matter."""
    tokens, _ = answer
    return shares(tokens, len(asked.arguments()[0][0]))


def law_and_rate(asked, answer):
    """Observe the law of the draws and the rate."""
    return np.append(law(asked, answer), float(answer[1]))


def chance(asked, expected):
    """Allow what two runs of the same code differ by."""
    return by_chance(asked.arguments()[0][2], expected)


def chance_and_rate(asked, expected):
    """Allow what two counted rates differ by, too: each is off by less than rate / sqrt(n), as n are accepted."""
    allowed = chance(asked, expected)
    allowed[-1] = SIGMAS * np.sqrt(2 / asked.arguments()[0][2]) * np.abs(expected[-1])
    return allowed


def nothing(_asked, _answer):
    """Observe nothing: what tells is how one answer differs from another."""
    return 0


def draws(name, cases, *, n, tolerance=chance, observe=law):
    """Declare a group of draws, and beside it their laws."""
    calls = [of(array(case[0]), case[1], n, seed) for seed, case in enumerate(cases, 10)]
    return probes(name, calls, tolerance=tolerance, observe=observe), [case[2] for case in cases]


FORM = probes("form", [of(array([0.0, 1.0]), 0.5, n, n) for n in (20, 50, 80, 200)], observe=form)

COOL, LAWS_COOL = draws(
    "cool",
    [
        ([0.0, 1.0], 0.5, [0.119202922022, 0.880797077978]),
        ([2.0, 1.0, 0.1, -1.0], 0.5, [0.861931645488, 0.116649763373, 0.0192820761968, 0.00213651494239]),
        (
            SIX,
            0.5,
            [0.86469938018, 0.117024335531, 0.0158375215947, 0.00214337547078, 0.000290074326421, 5.3128966e-06],
        ),
        ([-0.5, -2.5, 0.5], 0.8, [0.218702188335, 0.0179521688285, 0.763345642836]),
    ],
    n=6000,
)

WARM, LAWS_WARM = draws(
    "warm",
    [
        ([0.0, 1.0], 2.0, [0.377540668798, 0.622459331202]),
        ([0.0, 2.0], 2.0, [0.26894142137, 0.73105857863]),
        ([2.0, 1.0, 0.1, -1.0], 2.0, [0.45118172186, 0.27365554741, 0.174490480876, 0.100672249855]),
        ([-0.5, -2.5, 0.5], 10.0, [0.34200876516, 0.280013093859, 0.377978140982]),
    ],
    n=4000,
)

ONE, LAWS_ONE = draws(
    "one",
    [
        ([0.0, 1.0], 1.0, [0.26894142137, 0.73105857863]),
        ([2.0, 1.0, 0.1, -1.0], 1.0, [0.638066351148, 0.234731492691, 0.0954347031136, 0.0317674530478]),
    ],
    n=1000,
    tolerance=chance_and_rate,
    observe=law_and_rate,
)

MASKED, LAWS_MASKED = draws(
    "masked",
    [
        ([1.0, -np.inf, 0.0], 0.5, [0.880797077978, 0.0, 0.119202922022]),
        ([-np.inf, 2.0, -np.inf, 1.0, 1.5], 2.0, [0.0, 0.41922895161, 0.0, 0.25427521259, 0.3264958358]),
    ],
    n=1000,
)

RATES = probes(
    "rates",
    [
        of(array([0.0, 1.0]), 0.5, 4000, 1),
        of(array([0.0, 1.0]), 2.0, 4000, 2),
        of(array(SIX), 0.5, 4000, 3),
        of(array(SIX), 2.0, 1000, 4),
        of(array([1.0, 0.5, 0.0]), 3.0, 4000, 5),
    ],
    tolerance=chance_and_rate,
    observe=law_and_rate,
)
TRUE_RATES = [0.829996598431, 0.712350863355, 0.734829130364, 0.0753755712531, 0.666474897045]

SEEDS = probes("seeds", [of(array([0.0, 0.5, 1.0]), 0.5, 60, seed) for seed in (5, 5, 6, 7)], observe=nothing)

KINDS = probes(
    "kinds",
    [
        of([0.0, 100.0], 1.0, 4, 1),
        of((100.0, 0.0), 1.0, 3, 2),
        of([0, 100, 0], 1, 4, 3),
        of(array([0.0, 100.0], dtype="float32"), 1.0, 4, 4),
        of(array([1000.0, 1100.0], kind="readonly"), 1.0, 4, 5),
    ],
)

KEPT = probes(
    "kept",
    [of(array([0.0, 100.0]), 1.0, 3, 1), of(array([-np.inf, 3.0, 103.0]), 1.0, 3, 2)],
    observes_arguments=True,
    observe=nothing,
)

REFUSED = probes(
    "refused",
    [
        of(array([1.0, 0.0]), 0.0, 3, 1),
        of(array([1.0, 0.0]), -1.0, 3, 1),
        of(array([1.0, 0.0]), np.nan, 3, 1),
        of(array([1.0, 0.0]), 0.5, 0, 1),
        of(array([]), 0.5, 3, 1),
        of(array([0.0, np.nan]), 0.5, 3, 1),
        of(array([0.0, np.inf]), 0.5, 3, 1),
        of(array([-np.inf, -np.inf]), 0.5, 3, 1),
    ],
    observe=nothing,
)


@check(
    points=0.3,
    on=FORM,
    about="n",
    finds=["list_returned", "order_exchanged", "other_dtype", "rate_missing", "wrong_number_of_draws"],
)
def answer(subject):
    """The answer is n int64 draws, and a rate."""
    for probe in FORM:
        tokens, rate = subject(probe)
        expect(tokens).shape((probe.call.arguments()[0][2],))
        expect(tokens).dtype("int64")
        expect(rate).shape(())


@check(
    points=0.5,
    on=COOL,
    about="tau",
    needs=["answer"],
    finds=["every_token_kept_alike", "proposal_forgotten", "tau_inverted", "wrong_exponent"],
)
def cool(subject):
    """Below tau = 1 the draws follow softmax(z / tau)."""
    hold_against(subject, COOL, LAWS_COOL)


@check(
    points=0.5,
    on=WARM,
    about="tau",
    needs=["answer"],
    finds=["every_token_kept_alike", "ratio_cut_at_one", "rejected_still_used", "wrong_exponent"],
)
def warm(subject):
    """Above tau = 1 the draws follow softmax(z / tau)."""
    hold_against(subject, WARM, LAWS_WARM)


@check(points=0.2, on=WARM, about="rng", needs=["answer"], finds=["last_one_repeated"])
def each_forgets_the_last(subject):
    """Each draw is independent of the one before it."""
    for probe, known in zip(WARM, LAWS_WARM, strict=True):
        tokens, _ = subject(probe)
        expect(tokens).independent(len(known))


@check(
    points=0.5,
    on=RATES,
    about="tau",
    needs=["cool", "warm"],
    finds=[
        "accepts_less_than_it_could",
        "drawn_directly",
        "rate_not_weighted",
        "rejections_counted",
        "tries_for_each_draw",
        "uniform_proposals",
    ],
)
def rates(subject):
    """The rate is 1 over the largest q_i / p_i."""
    hold_rates(subject, RATES, TRUE_RATES)


@check(points=0.2, on=ONE, about="tau", needs=["answer"], finds=["tau_one_forgotten"])
def at_one(subject):
    """At tau = 1 every proposal is accepted."""
    hold_against(subject, ONE, LAWS_ONE)
    for probe in ONE:
        _, rate = subject(probe)
        expect(rate).close(1.0, within=1e-12)


@check(points=0.2, on=MASKED, about="z", needs=["answer"], finds=["masked_token_the_rarest"])
def masked(subject):
    """A masked token is never drawn, and stops nothing."""
    hold_against(subject, MASKED, LAWS_MASKED)


@check(points=0.2, on=SEEDS, about="rng", needs=["answer"], finds=["rng_ignored"])
def seeds(subject):
    """The same seed repeats the draws, another does not."""
    first, again, *others = (subject(probe)[0] for probe in SEEDS)
    if not np.array_equal(first, again) or any(np.array_equal(first, other) for other in others):
        found("rng_ignored")


@check(points=0.1, on=KINDS, about="z", needs=["answer"], finds=["list_not_converted", "shift_missing"])
def kinds_of_input(subject, reference):
    """Lists, integers, float32 and large logits work as well."""
    for probe in KINDS:
        tokens, _ = subject(probe)
        expect(tokens).equal(reference(probe)[0])


@check(points=0.1, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.2, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")


def hold_against(subject, group, laws):
    """Hold the draws of each probe against their law."""
    for probe, known in zip(group, laws, strict=True):
        tokens, _ = subject(probe)
        expect(tokens).shape((probe.call.arguments()[0][2],))
        expect(tokens).follows(known)


def hold_rates(subject, group, known):
    """Hold each rate against the true one, as far as chance allows: n are accepted of about n / rate proposals."""
    for probe, true in zip(group, known, strict=True):
        _, rate = subject(probe)
        expect(rate).shape(())
        far = 1e-12 + SIGMAS * true * np.sqrt((1 - true) / probe.call.arguments()[0][2])  # where all are, it is rounded
        expect(rate).close(true, within=far)
