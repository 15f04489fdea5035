"""Observations: what is compared of a reply when a wrong answer is named.

By default it is the reply itself. Where right values are many, a group of probes says what of them is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply, Status


def observed(group: Group, probe: Probe, reply: Reply) -> Reply:
    """Return a reply with its value turned into the observation of its group.

    A value that is not of the kind that the group was written for cannot be observed, and is compared as it is.
    """
    if group.observe is None or reply.status is not Status.VALUE:
        return reply
    try:
        return replace(reply, value=group.observe(probe.call, reply.value))
    except Exception:  # noqa: BLE001 - a student's value may be anything
        return reply


def all_observed(group: Group, replies: Iterable[Reply]) -> list[Reply]:
    """Return the observations of the replies to all probes of a group."""
    return [observed(group, probe, reply) for probe, reply in zip(group, replies, strict=True)]
