"""What is loaded in a child, what it cannot see, and that nothing is left running."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.clock import family
from grader.exercise.call import call
from grader.exercise.probe import probes
from grader.fence import Batch, FenceError, Limits, Policy, Sandbox

ROOT = Path(__file__).parents[2]

Ask = Callable[..., Any]  # the fixture: a source and calls -> a subject together with its probes


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Return whether a process ends within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


def test_a_child_knows_nothing_of_the_grader(ask: Ask) -> None:
    """No module of the grader, no pytest, no path of ours is in a live child."""
    source = (
        "import sys\ndef f():\n    return [sorted(sys.modules), sys.path, sys.argv, sorted(__import__('os').environ)]\n"
    )
    modules, path, argv, variables = ask(source).answer_first().value
    top = {name.partition(".")[0] for name in modules}
    assert set() == top & {"grader", "pytest", "hypothesis", "solutions", "click", "rich", "site"}
    assert [] == [entry for entry in path if "site-packages" in entry or "grader" in entry]
    assert (1, False) == (len(argv), any("PYTEST" in name or name in ("HOME", "USER") for name in variables))


@pytest.mark.parametrize("name", ["grader", "pytest", "wire", "builders", "solutions", "pip"])
def test_nothing_but_numpy_scipy_and_the_standard_library_is_importable(ask: Ask, name: str) -> None:
    """The grader and its tools cannot be imported from a child."""
    assert "ModuleNotFoundError" == ask(f"def f():\n    import {name}\n").answer_first().raised.kind


def test_a_child_has_only_its_channel(ask: Ask) -> None:
    """No other descriptor is open."""
    source = """
import os
def f():
    return [n for n in range(64) if not closed(n)]
def closed(n):
    try: os.fstat(n)
    except OSError: return True
"""
    assert [0, 1, 2, 3] == ask(source).answer_first().value


def test_hashes_are_the_same_in_every_server() -> None:
    """The order of a set does not differ between runs."""
    batch = Batch(probes("g", [call("f")]))
    seen = []
    for _ in range(2):
        with Sandbox(policy=Policy.OFF) as sandbox:
            source = {"w": b"def f(): return [hash('a'), list({'x', 'y', 'z'})]"}
            seen.append(sandbox.open(source, exercise="w", calls=("f",), batch=batch).answer(batch.probes[0]).value)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("without", [(), ("bwrap",)])
def test_nothing_is_left_after_closing(without: tuple[str, ...]) -> None:
    """Server, wrapper and children end with the sandbox, even a child that loops."""
    batch = Batch(probes("g", [call("f")]))
    sandbox = Sandbox(policy=Policy.BEST, without=without)
    threads = b"""
import threading
def f():
    threading.Thread(target=loop, daemon=True).start()
def loop():
    while True: pass
"""
    sandbox.open({"w": threads}, exercise="w", calls=("f",), batch=batch, limits=Limits(cpu_seconds=0.5))
    running = list(family(sandbox.server_pid))
    sandbox.close()
    assert (True, True) == (len(running) > 1, all(gone(pid) for pid in running))


KILLED = """
import sys, time
sys.path.insert(0, {root!r})
from grader.exercise.call import call
from grader.exercise.probe import probes
from grader.fence import Batch, Limits, Sandbox
batch = Batch(probes("g", [call("f")]))
sandbox = Sandbox(policy="best", without={without!r})
print(sandbox.server_pid, flush=True)
loop = b"def f():\\n    while True: pass"
sandbox.open({{"w": loop}}, exercise="w", calls=("f",), batch=batch, limits=Limits(cpu_seconds=30))
"""


@pytest.mark.parametrize("without", [(), ("bwrap",), ("bwrap", "seccomp", "landlock")])
def test_nothing_is_left_when_the_grader_is_killed(without: tuple[str, ...]) -> None:
    """SIGKILL of the grader ends the server and a looping child."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED.format(root=str(ROOT), without=without)], stdout=subprocess.PIPE, text=True
    ) as grader:
        server = int(grader.stdout.readline())
        end = time.monotonic() + 10
        while len(list(family(server))) < 2 + 2 * (not without) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        running = list(family(server))
        grader.kill()
    assert all(gone(pid) for pid in running)


def test_ctrl_c_reaches_only_the_grader() -> None:
    """The server is in a session of its own."""
    with Sandbox(policy=Policy.OFF) as sandbox:
        assert os.getsid(sandbox.server_pid) != os.getsid(0)


def test_a_server_that_was_killed_is_replaced() -> None:
    """The next submission gets a new server."""
    batch = Batch(probes("g", [call("f")]))
    with Sandbox(policy=Policy.BEST) as sandbox:
        first = sandbox.server_pid
        for pid in reversed(list(family(first))):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        gone(first)
        subject = sandbox.open({"w": b"def f(): return 1"}, exercise="w", calls=("f",), batch=batch)
        assert (1, True) == (subject.answer(batch.probes[0]).value, first != sandbox.server_pid)


def test_a_closed_sandbox_says_so() -> None:
    """Using it after closing is an error in words."""
    sandbox = Sandbox(policy=Policy.OFF)
    sandbox.close()
    with pytest.raises(FenceError, match="closed"):
        sandbox.open({"w": b""}, exercise="w", calls=("f",), batch=Batch(probes("g", [call("f")])))


def test_a_child_costs_little_memory(sandbox: Sandbox) -> None:
    """What one more child adds is below ten megabytes."""
    batch = Batch(probes("g", [call("f")]))
    source = b"import numpy as np\ndef f():\n    return sum(int(l.split()[1]) for l in [])\n"
    with sandbox.submission({"w": source}) as child:
        child.exercise("w", calls=("f",), batch=batch)
        pid = max(family(sandbox.server_pid))
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    private = sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Private"))
    assert private < 10_000


def test_a_child_that_closes_its_channel_and_goes_on_is_killed() -> None:
    """The server does not wait for it, the next child is served, and closing leaves nothing."""
    source = b"import os\n\n\ndef f():\n    os.closerange(0, 64)\n    while True:\n        pass\n"
    group = probes("quiet", [call("f")])
    limits = Limits(cpu_seconds=0.3, memory_mb=256, reply_mb=1)
    with Sandbox(policy=Policy.BEST, imports=["numpy"]) as sandbox:
        with sandbox.submission({"work": source}) as child:
            reply = child.exercise("work", calls=("f",), batch=Batch(group), limits=limits).answer(group.probes[0])
        with sandbox.submission({"work": b"def f():\n    return 1\n"}) as child:
            after = child.exercise("work", calls=("f",), batch=Batch(group), limits=limits).answer(group.probes[0])
        running = list(family(sandbox.server_pid))
    assert ("tampered", 1) == (str(reply.status), after.value)
    assert [] == [pid for pid in running if not gone(pid)]
