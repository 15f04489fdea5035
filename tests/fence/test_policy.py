"""What the sandbox says of itself: layers, what was verified, and when it refuses to start."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.child.wire import pack
from grader.exercise.call import array, call
from grader.exercise.probe import probes
from grader.exercise.reply import Status
from grader.fence import Batch, FenceError, Policy, Sandbox
from grader.fence.policy import CLOSED, Confinement, Layer
from grader.fence.selftest import ATTEMPTS

SYSTEM_PYTHON = Path("/usr/bin") / f"python3.{sys.version_info.minor}"
SITE = Path(pytest.__file__).parent.parent
ROOT = Path(__file__).parents[2]


def test_everything_that_is_tried_is_blocked_here(sandbox: Sandbox) -> None:
    """With all layers on, a real child manages none of the forbidden things."""
    seen = sandbox.confinement
    assert ((), tuple(ATTEMPTS), True) == (seen.possible, seen.verified, seen.closed)
    assert CLOSED <= set(ATTEMPTS)


def test_the_status_line_names_layers_and_what_was_verified(sandbox: Sandbox) -> None:
    """One line, stored with each result."""
    assert re.fullmatch(
        r"sandbox: rlimits\+landlock\(abi\d+\)\+seccomp\(allowlist\)(\+uid\(60001\))?(\+bwrap\([a-z,]+\))?"
        r" \| verified blocked: 18 of 18",
        sandbox.confinement.line,
    )


@pytest.mark.parametrize(
    ("without", "possible"),
    [
        (("seccomp", "bwrap"), "make memory that no limit counts"),
        (("landlock", "uid", "bwrap"), "read grader memory through /proc"),
        (("landlock", "bwrap"), "read a public file"),
        (("landlock", "seccomp", "uid", "bwrap"), "start a program"),
        (("rlimits",), "raise its own limits"),
    ],
)
def test_a_layer_that_is_off_is_seen(without: tuple[str, ...], possible: str) -> None:
    """Without a layer, what it stops becomes possible, and the self-test says so."""
    with Sandbox(policy=Policy.BEST, without=without) as sandbox:
        assert possible in sandbox.confinement.possible
        assert "STILL POSSIBLE: " in sandbox.confinement.line
        off = {layer.name for layer in sandbox.confinement.layers if not layer.on}
    assert set(without) <= off


@pytest.mark.parametrize(("policy", "without"), [(Policy.REQUIRE, ["landlock"]), (Policy.BEST, ["landlock", "bwrap"])])
def test_without_landlock_the_standard_library_is_there(policy: Policy, without: list[str]) -> None:
    """Under bubblewrap alone grading goes on, and what a student imports late is loaded with it and without it."""
    if policy is Policy.REQUIRE and not shutil.which("bwrap"):
        pytest.skip("needs bubblewrap")
    source = b"import decimal, statistics, asyncio\ndef f():\n    import csv, fractions\n    return 1\n"
    batch = Batch(probes("g", [call("f")]))
    with Sandbox(policy=policy, without=without) as sandbox:
        subject = sandbox.open({"w": source}, exercise="w", calls=("f",), batch=batch)
        assert (policy is Policy.REQUIRE, 1) == (sandbox.confinement.closed, subject.answer(batch.probes[0]).value)


NOTHING_OPENS = ("landlock", "bwrap")


@pytest.fixture(scope="module")
def unopening() -> Iterator[Sandbox]:
    """Return a sandbox in which nothing can be opened."""
    with Sandbox(policy=Policy.REQUIRE, imports=("numpy", "matplotlib.pyplot"), without=NOTHING_OPENS) as sandbox:
        yield sandbox


def test_with_neither_landlock_nor_bubblewrap_nothing_can_be_opened_and_all_is_loaded_ahead(
    unopening: Sandbox,
) -> None:
    """A system where neither works is closed all the same, and loads what a student imports, early or late."""
    source = b"""
import asyncio, decimal, fractions, io, statistics
import matplotlib.pyplot as plt
import scipy.optimize.elementwise
def f():
    import time, unittest.mock, xml.etree.ElementTree
    from scipy import signal
    time.strptime("2026", "%Y")
    figure, axes = plt.subplots()
    axes.set_title(r"$\\mathcal{H}(\\tau) \\leq \\sqrt{\\mathbb{R}}$", weight="bold", style="italic")
    axes.set_xlabel("tau", family="monospace")
    figure.tight_layout()
    figure.savefig(io.BytesIO())
    return str(fractions.Fraction(1, 3))
def g():
    return open("/etc/passwd").read()
"""
    batch = Batch(probes("g", [call("f"), call("g")]))
    subject = unopening.open({"w": source}, exercise="w", calls=("f", "g"), batch=batch)
    first, second = (subject.answer(probe) for probe in batch.probes)
    assert ("1/3", "PermissionError") == (first.value, second.raised and second.raised.kind)
    assert "seccomp(allowlist)+noopen" in unopening.confinement.line
    assert (True, ()) == (unopening.confinement.closed, unopening.confinement.possible)


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("import scipy.io", r"scipy\.io"),
        ("pass\ndef f():\n    from scipy import io", r"scipy\.io"),
        ("from scipy.stats import qmc\ndef f():\n    return qmc.Sobol(2).random(4)", "scipy"),  # reads a table
    ],
)
def test_what_was_not_loaded_ahead_is_our_fault_and_no_mark(line: str, lacking: str, unopening: Sandbox) -> None:
    """Whoever needs what nobody thought of is told to a person; a package that nobody has is the student's fault."""
    batch = Batch(probes("g", [call("f")]))
    with pytest.raises(FenceError, match=rf"needs {lacking}, which was not loaded ahead.*--sandbox best"):
        unopening.open({"w": line.encode()}, exercise="w", calls=("f",), batch=batch).answer(batch.probes[0])
    unknown = b"def f():\n    import torch"
    reply = unopening.open({"w": unknown}, exercise="w", calls=("f",), batch=batch).answer(batch.probes[0])
    assert "ModuleNotFoundError" == (reply.raised and reply.raised.kind)


@pytest.mark.parametrize("word", ["torch", "scipy.\x1b[2J", {"a": 1}, ["scipy"], ""])
def test_that_word_of_a_child_is_not_taken_where_it_cannot_be_true(word: object, unopening: Sandbox) -> None:
    """A child that only pretends to lack something pays what pretending costs, and nothing that it wrote is printed."""
    assert Status.TAMPERED == pretending(word, unopening)


def test_that_word_of_a_child_is_not_taken_where_files_can_be_opened(sandbox: Sandbox) -> None:
    """There it only pretends, too."""
    assert Status.TAMPERED == pretending("scipy", sandbox)


def pretending(word: object, sandbox: Sandbox) -> Status:
    """Return what becomes of a submission that says it lacks something."""
    source = f"import os\nos.write(3, {pack({'late': word})!r})".encode()
    batch = Batch(probes("g", [call("f")]))
    return sandbox.open({"w": source}, exercise="w", calls=("f",), batch=batch).answer(batch.probes[0]).status


@pytest.mark.parametrize("off", [["landlock", "noopen", "uid", "bwrap"], ["landlock", "seccomp", "uid", "bwrap"]])
def test_require_refuses_what_is_not_closed(off: list[str]) -> None:
    """Grading others' code stops with one sentence that says what to do."""
    said = r"can still read a grader file.*landlock is off.*Landlock.*\(apt-get install bubblewrap\).*--sandbox best"
    with pytest.raises(FenceError, match=said):
        Sandbox(policy=Policy.REQUIRE, without=off)


def test_off_is_only_a_process_with_limits() -> None:
    """Nothing is verified, and the line says what is open."""
    with Sandbox(policy=Policy.OFF) as sandbox:
        assert (False, "sandbox: rlimits | nothing verified; student code can read your files and use the network") == (
            sandbox.confinement.closed,
            sandbox.confinement.line,
        )


def test_what_was_not_tried_is_not_closed() -> None:
    """Closed means verified."""
    assert not Confinement(Policy.BEST, (Layer("landlock", on=True),)).closed


def test_a_package_that_is_not_installed_is_an_error_in_words() -> None:
    """An exercise that loads something unknown is refused with what to do."""
    with pytest.raises(FenceError, match="needs torch9, which is not installed"):
        Sandbox(imports=["torch9"])


def test_a_failing_import_in_the_server_is_an_error_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong at the start comes back as a sentence."""
    (tmp_path / "breaks.py").write_text("raise ValueError('on purpose')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FenceError, match="did not start: ValueError: on purpose"):
        Sandbox(imports=["breaks"], without=["bwrap"])


def test_a_system_that_cannot_fork_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows the sandbox says what to use instead."""
    monkeypatch.delattr(os, "fork")
    with pytest.raises(FenceError, match="on Windows, use WSL 2"):
        Sandbox()


def test_an_argument_that_cannot_be_built_is_an_error_on_our_side() -> None:
    """It must never look like the fault of a student."""
    with pytest.raises(ValueError, match="kind is 'odd'"):
        Batch(probes("g", [call("f", array([1.0], kind="odd"))]))


def test_threads_of_a_preloaded_package_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forking while a thread runs is not safe, so the server says no."""
    (tmp_path / "threads.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FenceError, match="2 threads are running"):
        Sandbox(imports=["threads"], without=["bwrap"])


@pytest.mark.skipif(os.getuid() != 0, reason="only root has a user of its own for each slot")
def test_as_root_each_slot_has_a_user_of_its_own() -> None:
    """The student's code is not root, and another slot is another user."""
    batch = Batch(probes("g", [call("f")]))
    source = b"import os\ndef f(): return [os.getuid(), os.getgid(), os.getgroups()]\n"
    with Sandbox(slot=3) as sandbox:
        subject = sandbox.open({"w": source}, exercise="w", calls=("f",), batch=batch)
        assert [60004, 60004, []] == subject.answer(batch.probes[0]).value


DOCKER = (  # what Docker leaves to a container's root
    "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,"
    "+mknod,+audit_write,+setfcap"
)
AS_USER = """
import sys
sys.path[:0] = [{root!r}, {site!r}]
from grader.child.wire import pack
from grader.exercise.call import array, call
from grader.exercise.probe import probes
from grader.fence import Batch, Limits, Sandbox
batch = Batch(probes("g", [call("f", 1), call("f", 0)]))
source = b"import os\\ndef f(x):\\n    while x: pass\\n    return os.getuid()\\n"
with Sandbox(policy="require", without={without!r}) as sandbox:
    print(sandbox.confinement.line, *sandbox.confinement.layers)
    subject = sandbox.open({{"w": source}}, exercise="w", calls=("f",), batch=batch, limits=Limits(cpu_seconds=0.2))
    print([subject.answer(probe).status.value for probe in batch.probes])
"""


@pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("setpriv") or not SYSTEM_PYTHON.exists(),
    reason="needs root, setpriv, and a Python that other users may read",
)
@pytest.mark.parametrize("without", [(), ("bwrap",), ("landlock",), ("landlock", "bwrap")])
def test_an_ordinary_user_gets_the_same(without: tuple[str, ...]) -> None:
    """All is verified closed for a user without any rights, with Landlock and bubblewrap and with one of them."""
    closed_and_running(["--reuid", "12345", "--regid", "12345", "--clear-groups"], SYSTEM_PYTHON, without)


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv")
@pytest.mark.parametrize(
    ("held", "said"),
    [
        (DOCKER, r"uid\(60001\)|needs the capability CAP_DAC_READ_SEARCH"),  # by whether others may read Python
        ("-all", "needs the capability CAP_SETGID, CAP_SETUID"),
    ],
    ids=["docker", "none"],
)
def test_the_root_of_a_container_gets_the_same(held: str, said: str) -> None:
    """With few capabilities, or none, children may have to stay root, which is said; other layers close all."""
    told = closed_and_running(["--inh-caps=-all", f"--bounding-set={held}"], Path(sys.executable), ())
    assert re.search(said, told)


def closed_and_running(changed: list[str], python: Path, without: tuple[str, ...]) -> str:
    """Return what a sandbox says that is started by somebody else; its calls are answered and stopped."""
    script = AS_USER.format(root=str(ROOT), site=str(SITE), without=without)
    command = ["setpriv", *changed, str(python), "-B", "-c", script]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd="/",
    )
    assert ("", True, "['timeout', 'value']") == (
        done.stderr,
        "18 of 18" in done.stdout,
        (done.stdout.splitlines() or [""])[-1],
    )
    return done.stdout
