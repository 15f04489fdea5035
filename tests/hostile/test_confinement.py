"""What a student's code must not reach or do: with all layers it gets nothing, without the one that counts it does.

An attack that fails with every layer on proves little: it may be badly written. So each is made again with the layers
off that stop it, and must then succeed, which is seen from what it brings back or from what it did to a victim.
"""

from __future__ import annotations

import os
import platform
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.exercise.call import call
from grader.exercise.exercise import Limits
from grader.exercise.probe import probes
from grader.exercise.reply import Status
from grader.fence import Batch, Policy, Sandbox

Arena = Any  # these are made by the fixtures of this folder
Cells = Any
Victim = Any

SUBMISSIONS = Path(__file__).parent / "submissions"
ROOT = Path(__file__).resolve().parents[2]
ROOM = Limits(cpu_seconds=5.0, memory_mb=256, reply_mb=1)
FILES_OFF = ("landlock", "uid", "bwrap")
CALLS_OFF = ("seccomp", "uid", "bwrap")
BOTH_OFF = ("landlock", *CALLS_OFF)
ALL_OFF = ("rlimits", *BOTH_OFF)
LIMITS_OFF = ("rlimits",)
TRACING = frozenset(
    {
        *("memory_file", "memory_written", "memory_call", "traced", "stolen_descriptor"),
        *("parents_memory", "traced_parent"),
    }
)
NEW_USER, NEW_NET = 0x10000000, 0x40000000
RISKY = (101, 135, 154, 155, 161, 163, 165, 166, 169, 172, 175, 246, 248, 250, 272, 298, 304, 310, 311, 321, 323, 425)
X86 = platform.machine() == "x86_64"
SHARED, TRIES = ("/tmp", "/dev/shm"), 3  # noqa: S108 - the machine's folders: others may sweep them before we look


@dataclass(frozen=True)
class Row:
    """One attack: its function, what it is given, which layers stop it, and what it brings home without them."""

    name: str
    file: str
    function: str
    given: tuple[object, ...]
    off: tuple[str, ...]
    loot: object
    root: bool = False  # whether it succeeds for root only
    x86: bool = False

    def __str__(self) -> str:
        return self.name


def reading(
    name: str,
    function: str,
    *given: object,
    off: tuple[str, ...] = FILES_OFF,
    loot: object = "SECRET",
    root: bool = False,
) -> Row:
    """Return a row of an attack that reads."""
    return Row(name, "reading", function, given, off, loot, root)


def acting(
    name: str,
    function: str,
    *given: object,
    loot: object,
    off: tuple[str, ...] = CALLS_OFF,
    root: bool = False,
    x86: bool = False,
) -> Row:
    """Return a row of an attack that does something."""
    return Row(name, "acting", function, given, off, loot, root, x86)


ROWS = [
    reading("a hidden file, 0600", "read", "FILE_0600"),
    reading("a hidden file, 0644", "read", "FILE_0644"),
    reading("a hidden file by os.open", "read_by_descriptor", "FILE_0644"),
    reading("a hidden file by mmap", "read_mapped", "FILE_0644"),
    reading("a hidden file by numpy", "read_by_numpy", "FILE_0644"),
    reading("a hidden file by the C library", "read_by_c", "FILE_0644"),
    reading("a hidden file by a loader", "read_by_import_machinery", "FILE_0644"),
    reading("a hidden file by linecache", "read_by_lines", "FILE_0644"),
    reading("the reference of softmax", "read", "SOLUTION", loot="SOLUTION'S FIRST LINE"),
    reading("the list of hidden checks", "read_by_path", "SOLUTIONS", loot="SOLUTION'S FOLDER"),
    reading("/etc/passwd", "read", "/etc/passwd", loot="PASSWD'S FIRST LINE"),
    reading("the list of /proc", "listed", "/proc", loot=True),
    reading("the list of the home folder", "listed", "HOME", loot=True),
    reading("the list of the root folder", "listed", "/", loot=True),
    reading("the grader by sys.path", "import_from", "ROOT", "grader", loot="grader"),
    reading("the grader by sys.meta_path", "import_by_finder", "ROOT", "grader", loot="grader"),
    reading("another process's memory as a file", "memory_file", "PID", "ADDRESS", "SIZE"),
    reading("another process's memory, written", "memory_written", "PID", "ADDRESS", "SIZE", loot="H"),
    reading("another process's memory by a call", "memory_call", "PID", "ADDRESS", "SIZE", off=BOTH_OFF),
    reading("another process, traced", "traced", "PID", off=BOTH_OFF, loot="seized"),
    reading("another process's descriptor", "stolen_descriptor", "PID", "DESCRIPTOR", off=BOTH_OFF),
    reading("another process's command line", "command_line", "PID"),
    reading("the server's memory as a file", "parents_memory", loot="read", root=True),  # others may not, in any case
    reading("the server, traced", "traced_parent", off=BOTH_OFF, loot="seized", root=True),
    reading("out by TCP", "over_tcp", "TCP", "SECRET", off=BOTH_OFF, loot="sent"),
    reading("out by UDP", "over_udp", "UDP", "SECRET", off=BOTH_OFF, loot="sent"),
    reading("out by an abstract socket", "over_unix", "ABSTRACT", "SECRET", off=BOTH_OFF, loot="sent"),
    reading("out by a socket that is a file", "over_unix", "SOCKET", "SECRET", off=BOTH_OFF, loot="sent"),
    acting("kill -9 another process", "killed", "PID", off=BOTH_OFF, loot="killed"),
    acting("kill -9 by a handle", "killed_by_handle", "PID", off=BOTH_OFF, loot="killed"),
    acting("kill -9 by a thread's number", "killed_by_thread", "PID", off=BOTH_OFF, loot="killed", x86=True),
    acting("kill -9 the server", "killed_parent", off=BOTH_OFF, loot="A NEW SERVER"),
    acting("signal everybody", "may_signal_everybody", off=BOTH_OFF, loot="yes"),
    acting("own the signals of another", "owner_of_signals", "PID", off=BOTH_OFF, loot="set"),
    acting("fill /tmp", "filled", "/tmp", off=ALL_OFF, loot="8 MB"),  # noqa: S108 - what is attacked
    acting("fill /dev/shm", "filled", "/dev/shm", off=ALL_OFF, loot="8 MB"),  # noqa: S108
    acting("make a file in /tmp", "made_file", "/tmp", off=FILES_OFF, loot="made"),  # noqa: S108
    acting("make a file in /dev/shm", "made_file", "/dev/shm", off=FILES_OFF, loot="made"),  # noqa: S108
    acting("make a file in the home folder", "made_file", "HOME", off=FILES_OFF, loot="made"),
    acting("make a file in the grader's folder", "made_file", "CWD", off=FILES_OFF, loot="made"),
    acting("make a folder", "made_folder", "FOLDER", off=BOTH_OFF, loot="made"),
    acting("make a link", "made_link", "FOLDER", off=BOTH_OFF, loot="made"),
    acting("make a pipe", "made_pipe", "FOLDER", off=BOTH_OFF, loot="made"),
    acting("make a socket", "made_socket", "FOLDER", off=BOTH_OFF, loot="made"),
    acting("remove a file", "removed", "FILE_0666", off=BOTH_OFF, loot="removed"),
    acting("rename a file", "renamed", "FILE_0666", off=BOTH_OFF, loot="renamed"),
    acting("empty a file", "emptied", "FILE_0666", off=BOTH_OFF, loot="emptied"),
    acting("empty a file by opening it", "emptied_by_opening", "FILE_0666", off=FILES_OFF, loot="emptied"),
    acting("open up a file", "opened_up", "FILE_0666", loot="opened"),  # Landlock knows no such right: seccomp alone
    acting("change a file's times", "touched", "FILE_0666", loot="touched"),
    acting("fork bomb", "forked", 20, off=ALL_OFF, loot=20),
    acting("a process without a parent", "orphaned", off=ALL_OFF, loot="A PID"),
    acting("start a program", "spawned", off=ALL_OFF, loot="A PID"),
    acting("become a program", "executed", "FOLDER", off=BOTH_OFF, loot=None),
    acting("200 threads", "threads", 200, off=LIMITS_OFF, loot=200),
    acting("memory", "memory", 512, off=LIMITS_OFF, loot=512),
    acting("memory by mmap", "memory_mapped", 512, off=LIMITS_OFF, loot=512),
    acting("System V shared memory", "shared_memory", loot="made"),
    acting("System V messages", "message_queue", loot="made"),
    acting("POSIX shared memory", "posix_shared_memory", off=ALL_OFF, loot="A NAME"),
    acting("a file without a name", "hidden_file", off=CALLS_OFF, loot="made"),
    acting("setuid(0)", "become", 0, loot=0, root=True),
    acting("setgroups", "become_by_capability", loot=[0], root=True),
    acting("more memory", "raised_limit", "RLIMIT_AS", 1 << 40, off=LIMITS_OFF + CALLS_OFF, loot="raised"),
    acting("more open files", "raised_limit", "RLIMIT_NOFILE", 0, off=LIMITS_OFF + CALLS_OFF, loot="raised"),
    acting("a core dump", "core_size", off=LIMITS_OFF + CALLS_OFF, loot="allowed"),
    acting("become readable for others", "dumpable", loot=1),
    acting("a user namespace", "namespace", NEW_USER, loot="made"),
    acting("a network namespace", "namespace", NEW_NET, loot="made", root=True),
    acting("outlive the server", "outlives", loot="undone"),
    acting("a ring of system calls", "ring", loot="made", x86=True),
    acting("the door for 32-bit programs", "other_architecture", loot="asked", x86=True),
]


@dataclass(frozen=True)
class Targets:
    """What is attacked, by the names that the rows use, and how to see that it was hit."""

    named: dict[str, Any]
    arrived: Callable[[], list[str]]

    def fill(self, value: object) -> object:
        """Return what a name in a row stands for."""
        return self.named.get(value, value) if isinstance(value, str) else value


@pytest.fixture
def targets(arena: Arena, victim: Victim, tmp_path: Path) -> Iterator[Targets]:
    """Make secrets in files of all kinds, sockets on which somebody listens, and a victim."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    for mode in (0o600, 0o644, 0o666):
        path = tmp_path / f"hidden-{mode:o}"
        path.write_text(arena.secret, encoding="utf-8")
        path.chmod(mode)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    solution = ROOT / "solutions" / "softmax" / "solution.py"
    abstract = f"\0hostile-{os.getpid()}-{tmp_path.name}"
    tcp, udp = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    unix, named = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    with tcp, udp, unix, named:
        udp.bind(("127.0.0.1", 0))
        for bound, address in ((unix, str(tmp_path / "socket")), (named, abstract)):
            bound.bind(address)
            bound.listen()
        (tmp_path / "socket").chmod(0o777)
        yield Targets(
            {
                **{f"FILE_{mode}": str(tmp_path / f"hidden-{mode}") for mode in ("0600", "0644", "0666")},
                **{f"FILE_0{mode}": str(tmp_path / f"hidden-{mode}") for mode in ("600", "644", "666")},
                "FOLDER": str(tmp_path / "open"),
                "HOME": str(Path.home()),
                "CWD": str(Path.cwd()),
                "ROOT": str(ROOT),
                "SOLUTION": str(solution),
                "SOLUTIONS": str(solution.parent),
                "PID": victim.pid,
                "ADDRESS": victim.address,
                "SIZE": len(arena.secret),
                "DESCRIPTOR": victim.descriptor,
                "SECRET": arena.secret,
                "TCP": tcp.getsockname()[1],
                "UDP": udp.getsockname()[1],
                "SOCKET": str(tmp_path / "socket"),
                "ABSTRACT": abstract,
                "SOLUTION'S FIRST LINE": solution.read_text(encoding="utf-8").partition("\n")[0],
                "SOLUTION'S FOLDER": sorted(path.name for path in solution.parent.iterdir()),
                "PASSWD'S FIRST LINE": Path("/etc/passwd").read_text(encoding="utf-8").partition("\n")[0],
            },
            lambda: [*_heard(tcp), *_heard(unix), *_heard(named), *_received(udp)],
        )


def _heard(listener: socket.socket) -> list[str]:
    listener.settimeout(0.05)
    try:
        caller, _address = listener.accept()
    except OSError:
        return []
    with caller:
        return [caller.recv(100).decode()]


def _received(listener: socket.socket) -> list[str]:
    listener.settimeout(0.05)
    try:
        return [listener.recv(100).decode()]
    except OSError:
        return []


def states(folder: Path) -> list[tuple[object, ...]]:
    """Return all that could have been changed of the files in a folder."""
    return sorted((str(p), p.lstat().st_mode, p.lstat().st_size, p.lstat().st_mtime_ns) for p in folder.rglob("*"))


def yama() -> bool:
    """Return whether this kernel lets nobody trace what is not their own child."""
    path = Path("/proc/sys/kernel/yama/ptrace_scope")
    return path.exists() and path.read_text(encoding="ascii").strip() != "0"


def source_of(row: Row) -> bytes:
    """Return the attacker's file."""
    if row.x86 and not X86:
        pytest.skip("its numbers are those of x86_64")
    return (SUBMISSIONS / f"{row.file}.py").read_bytes()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_with_all_layers_it_gets_nothing(  # noqa: PLR0917 - fixtures
    row: Row, arena: Arena, cells: Cells, targets: Targets, victim: Victim, tmp_path: Path
) -> None:
    """It brings nothing home, earns nothing, and neither victim nor folders nor other students feel it."""
    before, server = states(tmp_path), arena.sandbox.server_pid
    source, given = source_of(row), [targets.fill(value) for value in row.given]
    reply = cells.ask((), source, row.function, *given, limits=ROOM)
    if row.name == "200 threads":
        assert (reply.status, int(reply.value) < 100) == (Status.VALUE, True)
    else:
        assert (reply.status in {Status.RAISED, Status.MEMORY, Status.CRASHED}, reply.value) == (True, None)
    verdict = arena.attack(source + f"\n\ndef mean(x):\n    return {row.function}(*{given!r})\n".encode())
    assert (verdict.points, verdict.outcomes["means"] in {"crashed", "memory", "failed", "timeout"}) == (0, True)
    assert (targets.arrived(), victim.lives(), states(tmp_path)) == ([], True, before)
    assert arena.sandbox.server_pid == server


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_without_the_layer_it_succeeds(  # noqa: PLR0917 - fixtures
    row: Row, arena: Arena, cells: Cells, targets: Targets, victim: Victim, tmp_path: Path
) -> None:
    """The same code, with the layers off that stop it, brings its loot home or leaves its mark."""
    if row.root and os.getuid() != 0:
        pytest.skip("only root may do this at all")
    if yama() and row.function in TRACING:
        pytest.skip("this kernel stops it, too")
    before = states(tmp_path)
    server = cells.server(row.off) if row.loot == "A NEW SERVER" else None
    source, given = source_of(row), [targets.fill(value) for value in row.given]
    try:
        for again in range(TRIES):
            reply = cells.ask(row.off, source, row.function, *given, limits=ROOM)
            assert brought(row, reply.value, targets), reply
            changed = (
                states(tmp_path) != before
                or arena.traces() != arena.written
                or (server and cells.server(row.off) != server)
            )
            if str(row.loot) not in SEEN or SEEN[str(row.loot)](targets, victim, changed):
                return
            assert row.given[0] in SHARED, f"not seen from outside, at try {again + 1}"
        pytest.fail("it says that it wrote, and nothing is there")
    finally:
        arena.sweep()


def brought(row: Row, value: object, targets: Targets) -> bool:
    """Return whether an attack brought home what it was after; a process that outlived it is ended here."""
    if row.loot == "A NEW SERVER":
        return value in {None, "killed"}  # the child ends with its server, and has said so or not
    if row.loot == "A NAME":
        return str(value).startswith("hostile-")
    if row.loot != "A PID":
        return bool(value == targets.fill(row.loot))
    if type(value) is int and row.function == "orphaned":
        return outlived(value)
    return type(value) is int


def outlived(pid: int) -> bool:
    """Return whether a process goes on without its parent; the arena makes such orphans ours, so it can be ended."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if str(pid) in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split():
            os.kill(pid, signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        time.sleep(0.02)
    return False


# What an attack did, seen from outside: its message arrived, its victim is dead, a file is not what it was.
SEEN: dict[str, Callable[[Targets, Victim, bool], bool]] = {
    "sent": lambda targets, _victim, _changed: targets.arrived() == [targets.named["SECRET"]],
    "killed": lambda _targets, victim, _changed: victim.dies(),
    **dict.fromkeys(
        ("removed", "renamed", "emptied", "opened", "touched", "8 MB", "None", "A NEW SERVER"),
        lambda _targets, _victim, changed: changed,
    ),
}


@pytest.mark.parametrize(("policy", "off"), [(Policy.REQUIRE, ()), (Policy.BEST, ("noopen",))], ids=["on", "off"])
def test_with_neither_landlock_nor_bubblewrap_the_filter_lets_no_file_be_read(
    policy: Policy, off: tuple[str, ...], targets: Targets
) -> None:
    """The last layer that is left stops it, and without that one it succeeds."""
    functions = ("read", "read_by_descriptor", "read_mapped", "read_by_numpy", "read_by_c")
    batch = Batch(probes("g", [call(function, targets.fill("FILE_0644")) for function in functions]))
    source = {"a": (SUBMISSIONS / "reading.py").read_bytes()}
    with Sandbox(policy=policy, without=("landlock", "uid", "bwrap", *off)) as sandbox:
        subject = sandbox.open(source, exercise="a", calls=functions, batch=batch)
        brought_home = [subject.answer(probe).value for probe in batch.probes]
    assert brought_home == [targets.fill("SECRET") if off else None] * len(functions)


def test_calls_that_only_programs_with_plans_need_are_refused(cells: Cells) -> None:
    """Mounting, rebooting, loading modules, tracing and the like: refused, and not refused without the filter."""
    if not X86:
        pytest.skip("the numbers are those of x86_64")
    source = (SUBMISSIONS / "acting.py").read_bytes()
    closed, opened = (cells.ask(off, source, "refused_calls", list(RISKY)).value for off in ((), CALLS_OFF))
    assert (closed, len(opened) < len(RISKY) / 2) == (list(RISKY), True)


def test_no_descriptor_but_the_channel_is_open(cells: Cells) -> None:
    """Nothing of ours can be read, written or inherited by number."""
    assert cells.ask((), (SUBMISSIONS / "acting.py").read_bytes(), "descriptors").value == [0, 1, 2, 3]


@pytest.mark.parametrize("function", ["found_in_objects", "found_by_inspect"])
def test_the_reference_is_nowhere_in_the_child(function: str, arena: Arena) -> None:
    """No object, frame, module or source in a child holds a word of the solution or of the hidden checks."""
    source = (SUBMISSIONS / "reading.py").read_text(encoding="utf-8")
    words = ["THE WORD ITSELF", arena.secret, "The mean of a long vector", "divides_by_at_most_ten"]
    backwards = [word[::-1] for word in words]  # so that the search does not find itself
    search = f"def mean(x):\n    return {function}({backwards!r}) if len(x) == 1 else 0.0"
    code = f"{source}\nHERE = 'THE WORD ITSELF'\n\n{search}\n"
    with arena.asked(code.encode(), ROOM) as subject:
        first, *others = subject.answer(arena.exercise.probes[0]).value
    assert (first > 0, others) == (True, [0, 0, 0])


def test_no_module_of_ours_is_loaded(cells: Cells) -> None:
    """The child has never heard of the grader."""
    assert cells.ask((), (SUBMISSIONS / "reading.py").read_bytes(), "known_modules").value == []


def test_a_killed_server_is_replaced_for_the_next_student(cells: Cells) -> None:
    """Without any layer a child can end its server; even then the next submission is answered."""
    source = (SUBMISSIONS / "acting.py").read_bytes()
    off = (*ALL_OFF, "on its own")  # a sandbox of its own
    first = cells.ask(off, source, "worked", 0.0).value, cells.server(off)
    cells.ask(off, source, "killed_parent")
    assert (cells.ask(off, source, "worked", 0.0).value, cells.server(off) != first[1]) == (first[0], True)


def test_the_self_test_takes_away_what_it_could_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files can be made but not removed, the attempt to make one leaves nothing, either."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox(policy=Policy.BEST, without=FILES_OFF) as sandbox:
        possible = sandbox.confinement.possible
    assert ("write to /tmp" in possible, list(tmp_path.iterdir())) == (True, [])
