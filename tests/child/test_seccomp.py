"""The filter of system calls, run step by step as the kernel would, for both machines that it is made for."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import struct

import pytest

from grader.child.confine import seccomp
from grader.child.confine.syscalls import ALLOWED, CHECKED, MACHINES, NEWEST, OPENING

BOTH = pytest.mark.parametrize("machine", range(len(MACHINES)), ids=MACHINES)
NONE = (0,) * 6
Program = list[tuple[int, int, int, int]]


def verdict(program: Program, number: int, architecture: int, arguments: tuple[int, ...] = NONE) -> int:
    """Return what the filter says of one system call."""
    told = struct.pack("<IIQ6Q", number, architecture, 0, *arguments)
    value = at = 0
    while True:
        code, if_true, if_false, operand = program[at]
        at += 1
        if code == seccomp.RETURN:
            return operand
        if code == seccomp.LOAD:
            (value,) = struct.unpack_from("<I", told, operand)
            continue
        holds = {
            seccomp.JUMP_EQUAL: value == operand,
            seccomp.JUMP_AT_LEAST: value >= operand,
            seccomp.JUMP_MASK: bool(value & operand),
        }[code]
        at += if_true if holds else if_false


def asked(machine: int, name: str, *arguments: int) -> int:
    """Return the verdict on a call by its name."""
    number = {**ALLOWED, **CHECKED}[name][machine]
    program = seccomp._program(machine, files=True)  # noqa: SLF001 - the filter itself, before it is a C structure
    return verdict(program, number, architecture(machine), (*arguments, *NONE)[:6])


def architecture(machine: int) -> int:
    """Return the number by which the kernel calls a machine."""
    return seccomp.ARCHITECTURES[MACHINES[machine]]


@BOTH
@pytest.mark.parametrize("files", [True, False], ids=["files", "no file"])
def test_exactly_the_listed_calls_pass(machine: int, files: bool) -> None:  # noqa: FBT001 - by keyword, from above
    """Every number is tried: the listed ones pass, the others are denied, newer ones are unknown."""
    program = seccomp._program(machine, files=files)  # noqa: SLF001
    listed = {numbers[machine] for numbers in ({**ALLOWED, **OPENING} if files else ALLOWED).values()}
    checked = {numbers[machine] for numbers in CHECKED.values()}
    for number in set(range(700)) - checked:
        expected = seccomp.ALLOW if number in listed else seccomp.DENY if number <= NEWEST else seccomp.UNKNOWN
        assert (number, expected) == (number, verdict(program, number, architecture(machine)))


@BOTH
def test_the_program_fits_its_jumps(machine: int) -> None:
    """A jump is one byte wide, and a program has at most 4096 steps."""
    program = seccomp._program(machine, files=True)  # noqa: SLF001
    assert (True, True) == (len(program) < 4096, all(max(step[1], step[2]) < 256 for step in program))


@BOTH
def test_another_architecture_is_killed_and_x32_is_unknown(machine: int) -> None:
    """32-bit programs and the x32 variant have other numbers, so they must not pass."""
    program = seccomp._program(machine, files=True)  # noqa: SLF001
    assert (seccomp.KILL, seccomp.UNKNOWN) == (
        verdict(program, 0, 0x40000003),
        verdict(program, 0x40000000, architecture(machine)),
    )


@BOTH
@pytest.mark.parametrize(
    ("expected", "name", "arguments"),
    [
        (seccomp.ALLOW, "clone", (0x3D0F00,)),  # a thread of the C library
        (seccomp.DENY, "clone", (0x1200011,)),  # fork
        (seccomp.DENY, "clone", (0x3D0F00 | 0x10000000,)),  # a thread in a new namespace
        (seccomp.UNKNOWN, "clone3", ()),
        (seccomp.ALLOW, "prctl", (15,)),
        (seccomp.DENY, "prctl", (1,)),  # the signal at the parent's death
        (seccomp.DENY, "prctl", (4,)),
        (seccomp.ALLOW, "prlimit64", (0, 9, 0, 1)),
        (seccomp.DENY, "prlimit64", (0, 9, 1 << 40, 1)),
        (seccomp.DENY, "prlimit64", (1, 9, 0, 1)),
        (seccomp.ALLOW, "ioctl", (0, 0x5401)),
        (seccomp.DENY, "ioctl", (0, 0x5412)),  # type into the terminal
        (seccomp.ALLOW, "fcntl", (0, 1)),
        (seccomp.DENY, "fcntl", (0, 8)),  # make others get signals
        (seccomp.DENY, "kill", (1,)),
        (seccomp.DENY, "tgkill", (1,)),
        (seccomp.ALLOW, "kill", (seccomp.OWN_PID,)),
    ],
)
def test_some_calls_pass_for_some_arguments(machine: int, expected: int, name: str, arguments: tuple[int, ...]) -> None:
    """Threads but no processes, reading but no raising of limits, signals to itself only."""
    assert expected == asked(machine, name, *arguments)
