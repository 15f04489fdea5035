"""What only the graded run asks: float16 from end to end, and a second call."""

from __future__ import annotations

import numpy as np

from grader import call, check, expect, found, probes

from .public import ASKED, computed, kind, log_shares, row

AGAIN = probes("again", [call("precision_witness"), call("precision_witness")], observe=kind)


@check(points=0.5, on=AGAIN, needs=["one_row", "short_enough"], finds=["nothing_lost", "too_few_tokens"])
def float16_throughout(subject):
    """The power, the sum and the division in float16 are off as well."""
    z = row(subject(AGAIN.probes[0]))
    stored = np.exp(log_shares(z)).astype(np.float16)
    roots = np.sqrt(stored)
    p = (roots / roots.sum(dtype=np.float16)).astype(np.float64)
    off = abs(-np.sum(p[p > 0] * np.log(p[p > 0])) - computed(z)["exact"])
    expect(subject(AGAIN.probes[0])).that(off > ASKED / 2)  # roots in float16 may be off by a few hundredths of a nat


@check(points=0.5, on=AGAIN, needs=["one_row"], finds=["witness_by_luck"])
def same_each_time(subject):
    """Every call returns the same witness."""
    first, second = (row(subject(probe)) for probe in AGAIN)
    if second is None or not np.array_equal(first, second):
        found("witness_by_luck")
