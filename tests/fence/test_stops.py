"""Calls that end their child: named, placed, and paid for only by themselves."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from grader.exercise.call import Call, call
from grader.exercise.probe import Probe, probes
from grader.exercise.reply import Status
from grader.fence import Batch, Limits, Policy, Sandbox, Sheet

BAD = """
import os
def f(x):
    if x == 1:
        while True:
            x = x
    if x == 2:
        os.kill(os.getpid(), 11)
    if x == 3:
        os._exit(0)
    if x == 4:
        return bytearray(2**40)
    if x == 5:
        os.close(3)
    return x
"""
HUNGRY = """
import time
def f(x):
    end = time.process_time() + x
    while time.process_time() < end:
        pass
    return x and bytearray(2**40)
"""
QUICK = Limits(cpu_seconds=0.2, memory_mb=256, reply_mb=1)

Asking = Any  # what the fixture returns: a subject together with its probes
Ask = Callable[..., Asking]


def statuses(subject: Asking) -> list[str]:
    """Return how all probes ended."""
    return [subject.answer(probe).status.value for probe in subject.probes]


def test_each_bad_call_costs_only_itself(ask: Ask) -> None:
    """Between and after calls that loop, crash, exit or ask for too much, all others are answered."""
    subject = ask(BAD, *(call("f", x) for x in (0, 1, 7, 2)), limits=QUICK)
    assert ["value", "timeout", "value", "crashed"] == statuses(subject)


def test_a_loop_is_named_with_its_line(ask: Ask) -> None:
    """A timeout says where the code was, and how long it took."""
    reply = ask(BAD, call("f", 1), limits=QUICK).answer_first()
    assert ("work.py", "f", True) == (reply.place.file, reply.place.function, reply.place.line in (5, 6))
    assert ("more than 0.2 s of CPU time", True, 0.0) == (reply.note, 0.2 <= reply.seconds < 0.4, reply.waited)


def test_a_crash_names_its_signal(ask: Ask) -> None:
    """A crash says which signal it was, an exit its code."""
    subject = ask(BAD, call("f", 2), call("f", 3), limits=QUICK)
    assert ["SIGSEGV", "the process ended with exit code 0"] == [subject.answer(p).note for p in subject.probes]


def test_too_much_memory_is_told_as_memory(ask: Ask) -> None:
    """An allocation beyond the limit is the status "memory", and the next call goes on."""
    assert ["memory", "value"] == statuses(ask(BAD, call("f", 4), call("f", 0), limits=QUICK))


def test_memory_below_the_limit_is_there(ask: Ask) -> None:
    """What the limit allows can be used."""
    source = "import numpy as np\ndef f():\n    return float(np.ones(20 * 2**17).sum())\n"
    assert ["value"] == statuses(ask(source, limits=Limits(cpu_seconds=1.0, memory_mb=64)))


def test_closing_the_channel_is_no_way_to_go_on(ask: Ask) -> None:
    """A call that closes the channel ends its child."""
    assert ["crashed", "value"] == statuses(ask(BAD, call("f", 5), call("f", 0), limits=QUICK))


def test_a_sleeper_is_stopped_by_the_wall_clock(ask: Ask) -> None:
    """Code that only waits uses no CPU time, and is stopped at ten times the limit."""
    reply = ask("import time\ndef f():\n    time.sleep(60)\n", limits=Limits(cpu_seconds=0.05)).answer_first()
    assert (Status.TIMEOUT, True) == (reply.status, reply.note.startswith("no answer after"))
    assert (True, True) == (reply.waited >= 0.5, reply.seconds < 0.05)


def test_a_slow_machine_is_no_timeout(ask: Ask) -> None:
    """Waiting a little longer than the CPU limit is allowed."""
    source = "import time\ndef f():\n    time.sleep(0.3)\n    return 1\n"
    assert ["value"] == statuses(ask(source, limits=Limits(cpu_seconds=0.1)))


def test_a_timeout_must_happen_twice(ask: Ask) -> None:
    """What is slow once, and quick in a fresh child, is a value: here a busy moment is made with the clock."""
    moment = int(time.time()) + 1
    source = f"import time\ndef f(x):\n    while time.time() < {moment}: pass\n    return x\n"
    limits = Limits(cpu_seconds=0.6)
    time.sleep(max(0.0, moment - 0.9 - time.time()))
    assert ["value", "value"] == statuses(ask(source, call("f", 1), call("f", 2), limits=limits))


def test_loops_everywhere_do_not_hold_up_the_class(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """After many stopped calls of a group the rest is not run, and other groups are answered all the same."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 0.5)
    looping = probes("looping", [call("f", 1) for _ in range(50)])
    fine = probes("fine", [call("f", 0) for _ in range(5)])
    batch = Batch([*looping, *fine])
    start = time.monotonic()
    with sandbox.submission({"work": BAD.encode()}) as child:
        subject = child.exercise("work", calls=("f",), batch=batch, limits=Limits(cpu_seconds=0.1))
    last = [subject.answer(probe) for probe in looping][-1]
    assert {"timeout"} == {subject.answer(probe).status.value for probe in looping}
    assert ("not run: the time for this exercise ran out", 0.0) == (last.note, last.limit)
    assert {"value"} == {subject.answer(probe).status.value for probe in fine}
    assert time.monotonic() - start < 6  # without a bound it would be ten seconds of CPU time


LOOPING = [*probes("a", [call("f", 1), call("f", 7)]), *probes("b", [call("f", 1), call("f", 8)])]
HIDDEN = [*probes("c", [call("f", 1), call("f", 9)])]


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        (LOOPING, [("timeout", None), ("value", None)]),  # the time of hidden calls is their own
        (LOOPING[:1], [("timeout", 0.0), ("timeout", 0.0)]),  # and is not given where nothing has ended so far
    ],
    ids=["some loop", "all loop"],
)
def test_what_works_is_answered_although_the_time_is_spent(
    shown: list[Probe], hidden: list[tuple[str, float | None]], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first loop spends the time; calls after it are made in a hurry, and a loop costs only itself."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 0.4)
    sheet = Sheet("work", ("f",), QUICK, Batch(shown), Batch(HIDDEN))
    with sandbox.submission({"work": BAD.encode()}) as child:
        answered = told(child.ask([sheet])[0], [*shown, *HIDDEN])
    said = [("timeout", None), ("value", None), ("timeout", 0.05), ("value", None)]
    assert [*said[: len(shown)], *hidden] == answered


def test_time_for_stopped_calls_is_bounded_in_all(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """With loops in every group, what they get in all is bounded."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 1.0)
    groups = [probes(f"g{n}", [call("f", 1), call("f", 1)]) for n in range(20)]
    start = time.monotonic()
    with sandbox.submission({"work": BAD.encode()}) as child:
        batch = Batch(probe for group in groups for probe in group)
        subject = child.exercise("work", calls=("f",), batch=batch, limits=QUICK)
    assert {"timeout"} == {subject.answer(probe).status.value for group in groups for probe in group}
    assert time.monotonic() - start < 6  # without a bound it would be sixteen seconds of CPU time


def told(subject: Asking, calls: Iterable[Call | Probe]) -> list[tuple[str, float | None]]:
    """Return how calls ended, and the limit of those that did not have the usual one."""
    replies = (subject.answer(one) if isinstance(one, Probe) else subject.call(one) for one in calls)
    return [(reply.status.value, reply.limit) for reply in replies]


def test_running_out_of_memory_counts_if_it_takes_time(ask: Ask) -> None:
    """After two such calls of a group the rest is made in a hurry, and what works is answered."""
    asked = [call("f", x) for x in (0.11, 0.12, 0.13, 0.0)]
    subject = ask(HUNGRY, *asked, limits=QUICK)
    said = [("memory", None), ("memory", None), ("timeout", 0.05), ("value", None)]
    assert (said, said) == (told(subject, subject.probes), told(subject, asked))


def test_running_out_of_memory_at_once_costs_nothing(ask: Ask) -> None:
    """However many calls do it, the next one has its whole time."""
    calls = [call("f", x) for x in (1e-4, 2e-4, 3e-4, 0.11)]
    subject = ask(HUNGRY, *calls, limits=QUICK)
    assert [("memory", None)] * 4 == told(subject, subject.probes)


def test_where_all_run_out_of_memory_the_rest_is_not_run(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time for it is bounded in all, and hidden and computed calls have none where nothing was answered."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 0.1)
    shown, hidden = probes("a", [call("f", 0.11), call("f", 0.12)]), probes("b", [call("f", 0.13)])
    sheet = Sheet("work", ("f",), QUICK, Batch(shown), Batch(hidden))
    with sandbox.submission({"work": HUNGRY.encode()}) as child:
        said = told(child.ask([sheet])[0], [*shown, *hidden, call("f", 0.14)])
    assert [("memory", None), ("memory", 0.0), ("timeout", 0.0), ("timeout", 0.0)] == said


def test_after_too_much_sleep_in_all_the_rest_is_not_run(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No call is blamed for what those before it slept, and none is told that it was stopped."""
    monkeypatch.setattr("grader.fence.conversation.IDLE_SECONDS", 0.4)
    source = "import time\ndef f(x):\n    time.sleep(0.3)\n    return x\n"
    subject = ask(source, *(call("f", x) for x in range(5)), limits=QUICK)
    said = told(subject, [*subject.probes, call("f", 9)])
    assert (("value", None), {("value", None), ("timeout", 0.0)}) == (said[0], set(said))
    assert [("timeout", 0.0)] * 3 == said[-3:]


def test_computed_calls_are_stopped_too(ask: Ask) -> None:
    """A computed input that loops is a timeout; the one after it is answered."""
    subject = ask(BAD, call("f", 0), limits=QUICK)
    assert ["timeout", "value", "crashed"] == [subject.call(call("f", x)).status.value for x in (1, 0, 2)]


def test_computed_calls_go_on_in_a_hurry(ask: Ask) -> None:
    """After two that loop a third is given less time, and what works is answered."""
    subject = ask(BAD, call("f", 0), limits=QUICK)
    said = [("timeout", None), ("timeout", None), ("timeout", 0.05), ("value", None)]
    assert said == told(subject, [call("f", x) for x in (1, 1, 1, 0)])


def test_without_linux_the_wall_clock_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no other process's CPU time can be read, calls are stopped all the same."""
    monkeypatch.setattr("grader.fence.child.LINUX", False)
    batch = Batch(probes("group", [call("f", x) for x in (0, 1, 2)]))
    with Sandbox(policy=Policy.OFF) as plain:
        subject = plain.open({"work": BAD.encode()}, exercise="work", calls=("f",), batch=batch, limits=QUICK)
    assert ["value", "timeout", "crashed"] == [subject.answer(probe).status.value for probe in batch.probes]


@pytest.mark.parametrize("forged", ["b'junk' * 100", "pack({'n': 0, 'v': 1.0}) * 3", "pack({'n': 99, 'v': 1.0})"])
def test_forged_replies_are_tampering(ask: Ask, forged: str) -> None:
    """A message that is not the one that is due is the status "tampered", and the child is ended."""
    source = f"import os\nfrom fence_child.frames import pack\ndef f():\n    os.write(3, {forged})\n    return 2.0\n"
    assert ["tampered"] == statuses(ask(source))


def test_a_second_reply_spoils_its_call_and_no_other(ask: Ask) -> None:
    """A reply that comes twice is tampering by that call; the next call is answered by a new child."""
    source = """
import os, sys
from fence_child.frames import pack
def f(x):
    if x == 1:
        os.write(3, pack({"n": sys._getframe(1).f_locals["number"], "v": 9.0}))
    return x
"""
    subject = ask(source, call("f", 1), call("f", 0))
    assert ["tampered", "value"] == statuses(subject)
