"""What a student can run: the form of the answer, then thousands of draws held against their law, then the seeds.

Draws are many things, and none is the expected one. Each group of draws is held against the probabilities that they
should have, by a chi-square test. Seeds are declared, so the same code gets the same verdict every time.
"""

from __future__ import annotations

import numpy as np

from grader import array, by_chance, call, check, expect, found, probes, rng, shares

DRAWS = 8000
MANY = [0.697714562346] + [0.00775090865779] * 39  # one against many, where the tail of the noise decides


def of(z, tau, n, seed):
    """Declare one call."""
    return call("sample", z, tau, n, rng(seed))


def form(asked, tokens):
    """Observe dtype and shape, and the tokens; those of a row of another length may be of any draw."""
    n = asked.arguments()[0][2]
    odd = tokens.ndim == 1 and tokens.size != n
    return {"form": f"{tokens.dtype} {tokens.shape}", "tokens": "" if odd else tokens}


def constant(_asked, tokens):
    """Observe which token it is, if all draws are the same one."""
    return int(tokens[0]) if len(set(tokens.tolist())) == 1 else "different tokens"


def law_of(asked, tokens):
    """Observe the law of the draws: the share of each token, of what is none, and of equal neighbours."""
    return shares(tokens, len(asked.arguments()[0][0]))


def masks_drawn(asked, tokens):
    """Observe which masked tokens come up; two or three tokens would tell little of how the others are drawn."""
    z = np.asarray(asked.arguments()[0][0])
    return {"shape": str(tokens.shape), "masked": np.unique(tokens[np.isneginf(z[tokens])])}


def chance(asked, expected):
    """Allow what two runs of the same code differ by."""
    return by_chance(asked.arguments()[0][2], expected)


def nothing(_asked, _tokens):
    """Observe nothing: what tells is how one answer differs from another."""
    return 0


def under_laws(name, cases, *, n=DRAWS, observe=law_of):
    """Declare a group of draws, and beside it their laws."""
    calls = [of(array(case[0]), case[1], n, seed) for seed, case in enumerate(cases, 10)]
    return probes(name, calls, tolerance=chance, observe=observe), [case[2] for case in cases]


FORM = probes("form", [of(array([7.0]), 1.0, n, 1) for n in (1, 3, 5)], observe=form)

VARIED = probes(
    "varied",
    [
        of(array(row), 1.0, 50, seed)
        for seed, row in enumerate(
            [
                [0.0, 0.2],
                [0.2, 0.0],
                [0.0, 0.3, 0.1],
                [0.1, 0.0, 0.2],
                [0.3, 0.2, 0.1, 0.0],
                [0.0, 0.1, 0.2, 0.3],
                [0.0, 0.1, 0.4, 0.1, 0.2],
                [-0.1, 0.3, 0.0, 0.1, 0.2],
            ],
            2,
        )
    ],
    observe=constant,
)

ORDINARY, LAWS_ORDINARY = under_laws(
    "ordinary",
    [
        ([0.0, 1.0], 1.0, [0.26894142137, 0.73105857863]),
        ([0.0, 1.0], 2.0, [0.377540668798, 0.622459331202]),
        ([0.0, 1.0], 0.5, [0.119202922022, 0.880797077978]),
        ([2.0, 1.0, 0.1, -1.0], 2.0, [0.45118172186, 0.27365554741, 0.174490480876, 0.100672249855]),
        ([2.0, 1.0, 0.1, -1.0], 0.5, [0.861931645488, 0.116649763373, 0.0192820761968, 0.00213651494239]),
        (
            [4.0, 3.0, 2.0, 1.0, 0.0, -2.0],
            2.0,
            [0.419698531675, 0.254560027297, 0.154398461293, 0.0936474005866, 0.0568000196582, 0.0208955594904],
        ),
        ([4.5] + [0.0] * 39, 1.0, MANY),
        ([-0.5, -2.5, 0.5], 10.0, [0.34200876516, 0.280013093859, 0.377978140982]),
    ],
)

MASKED, LAWS_MASKED = under_laws(
    "masked",
    [
        ([-np.inf, 0.0, 1.0], 1.0, [0.0, 0.26894142137, 0.73105857863]),
        ([1.0, -np.inf, 0.5, -np.inf], 1.0, [0.622459331202, 0.0, 0.377540668798, 0.0]),
        ([2.0, -np.inf, 0.0], 1000000.0, [0.5000005, 0.0, 0.4999995]),
        ([-np.inf, -np.inf, 3.0, -2.0], 1000000000000.0, [0.0, 0.0, 0.500000000001, 0.499999999999]),
    ],
    n=2000,
    observe=masks_drawn,
)

COLD, LAWS_COLD = under_laws(
    "cold",
    [
        ([2.0, 1.0, 0.1, -1.0], 0.5, [0.861931645488, 0.116649763373, 0.0192820761968, 0.00213651494239]),
        ([0.0, 1.0, 0.5], 2.0, [0.25427521259, 0.41922895161, 0.3264958358]),
        ([3.0, 3.0, 1.0], 1e-06, [0.5, 0.5, 0.0]),
        ([0.0, 5.0, 5.0, -1.0, 5.0], 1e-06, [0.0, 0.333333333333, 0.333333333333, 0.0, 0.333333333333]),
        ([1.0, 0.999999, 0.0], 1e-06, [0.731058578636, 0.268941421364, 0.0]),
        ([-2.0, -2.0], 1e-06, [0.5, 0.5]),
        ([1000.0, 1000.0, 999.0], 1.0, [0.422318798252, 0.422318798252, 0.155362403497]),
        ([4.5e-6] + [0.0] * 39, 1e-06, MANY),
    ],
    n=4000,
)

SEEDS = probes("seeds", [of(array([0.0, 0.5, 1.0, 0.5]), 1.0, 60, seed) for seed in (5, 5, 6, 7)], observe=nothing)

EMPTY = probes(
    "empty", [of(array([7.0]), 2.0, 3, 1), of(array([0.0, 1.0]), 1.0, 0, 2), of(array([7.0]), 2.0, 0, 3)], observe=form
)

KINDS = probes(
    "kinds",
    [
        of([0.0, 100.0], 1.0, 4, 1),
        of((100.0, 0.0), 1.0, 3, 2),
        of([0, 100, 0], 1, 4, 3),
        of(array([0.0, 100.0], dtype="float32"), 0.5, 4, 4),
        of(array([0.0, 100.0, 1.0], kind="readonly"), 1.0, 4, 5),
        of(array([100.0, 0.0], kind="strided"), 1.0, 4, 6),
    ],
)

KEPT = probes(
    "kept",
    [of(array([0.0, 100.0]), 0.5, 3, 1), of(array([-np.inf, 3.0, 103.0]), 0.5, 3, 2)],
    observes_arguments=True,
)

REFUSED = probes(
    "refused",
    [
        of(array([1.0, 0.0]), 0.0, 3, 1),
        of(array([1.0, 0.0]), -1.0, 3, 1),
        of(array([1.0, 0.0]), np.nan, 3, 1),
        of(array([]), 1.0, 3, 1),
        of(array([0.0, np.nan]), 1.0, 3, 1),
        of(array([0.0, np.inf]), 1.0, 3, 1),
        of(array([-np.inf, -np.inf]), 1.0, 3, 1),
        of(array([1.0, 0.0]), 1.0, -1, 1),
    ],
)


@check(
    points=0.5,
    on=FORM,
    about="n",
    finds=[
        "argmax_over_draws",
        "column_returned",
        "counted_from_one",
        "list_returned",
        "logits_returned",
        "one_hot_returned",
        "other_dtype",
    ],
)
def tokens_in_a_row(subject, reference):
    """The answer is one int64 token for each draw."""
    expect(subject).agrees(reference, on=FORM)


@check(points=0.25, on=VARIED, about="rng", needs=["tokens_in_a_row"], finds=["no_noise", "one_draw_repeated"])
def draws_differ(subject):
    """Draws of nearly equal logits are not all equal."""
    for probe in VARIED:
        tokens = subject(probe)
        expect(tokens).that(np.ptp(tokens) > 0, otherwise="one_draw_repeated", saying={"token": float(tokens[0])})


@check(
    points=1.25,
    on=ORDINARY,
    about="tau",
    needs=["draws_differ"],
    finds=[
        "gaussian_noise",
        "gumbel_negated",
        "logistic_noise",
        "logits_cut_to_integers",
        "noise_on_probabilities",
        "one_logarithm_missing",
        "relaxed_softmax_drawn",
        "signs_flipped",
        "smallest_taken",
        "square_root_of_tau",
        "tau_applied_twice",
        "tau_multiplied",
        "temperature_has_no_effect",
        "uniform_noise",
    ],
)
def law(subject):
    """Each token comes as often as softmax(z / tau) says."""
    hold_against(subject, ORDINARY, LAWS_ORDINARY)


@check(
    points=0.25,
    on=ORDINARY,
    about="rng",
    needs=["draws_differ"],
    finds=["draws_sorted", "draws_in_pairs"],
)
def each_forgets_the_last(subject):
    """Each draw is independent of the one before it."""
    for probe, known in zip(ORDINARY, LAWS_ORDINARY, strict=True):
        expect(subject(probe)).independent(len(known))


@check(
    points=0.5,
    on=MASKED,
    about="z",
    needs=["tokens_in_a_row"],
    finds=["masked_tokens_drawn", "masked_tokens_dropped"],
)
def masks(subject):
    """A masked token is never drawn, at any temperature."""
    hold_against(subject, MASKED, LAWS_MASKED)


@check(
    points=0.5,
    on=COLD,
    about="tau",
    needs=["tokens_in_a_row"],
    finds=["overflow_in_exp", "tau_has_a_floor", "ties_to_the_first"],
)
def cold(subject):
    """At tau = 1e-6 ties and near ties follow their law."""
    hold_against(subject, COLD, LAWS_COLD)


@check(points=0.5, on=SEEDS, about="rng", needs=["draws_differ"], finds=["rng_ignored"])
def seeds(subject):
    """The same seed repeats the tokens, another does not."""
    first, again, *others = (subject(probe) for probe in SEEDS)
    if not np.array_equal(first, again) or any(np.array_equal(first, other) for other in others):
        found("rng_ignored")


@check(points=0.25, on=EMPTY, about="n", needs=["tokens_in_a_row"], finds=["no_draws_unhandled"])
def no_draws(subject, reference):
    """For n = 0 the answer is an empty int64 array."""
    expect(subject).agrees(reference, on=EMPTY, otherwise="no_draws_unhandled")


@check(points=0.25, on=KINDS, about="z", needs=["tokens_in_a_row"], finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(points=0.25, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.5, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")


def hold_against(subject, group, laws):
    """Hold the draws of each probe against their law."""
    for probe, known in zip(group, laws, strict=True):
        tokens = subject(probe)
        n = probe.call.arguments()[0][2]
        expect(tokens).shape((n,))
        expect(tokens).follows(known)
