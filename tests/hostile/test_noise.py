"""The wire, fuzzed against a live server: a child that says anything at all gets nothing, and the next one is fine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Arena = Any

FRAMES = (Path(__file__).parent / "submissions" / "frames.py").read_text(encoding="utf-8")
FUZZ = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 2**60) | st.floats() | st.sampled_from(["l", "d", "a", "o", "<f8", ""])
)
KEYS = st.sampled_from(
    ["n", "v", "r", "s", "c", "p", "w", "x", "m", "e", "l", "f", "broken", "ready", "kind", "raised"]
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


@FUZZ
@given(noise=st.lists(st.binary(min_size=8, max_size=60), min_size=1, max_size=3), at_import=st.booleans())
def test_random_bytes_are_tampering_and_the_next_student_is_fine(
    arena: Arena, noise: list[bytes], *, at_import: bool
) -> None:
    """A child that writes what it likes to its channel gets nothing for it."""
    writing = f"for piece in {noise!r}: send(piece)"
    code = writing if at_import else f"def mean(x):\n    {writing}\n    return 9.5"
    verdict = arena.attack(f"{FRAMES}\n{code}\n")
    assert (verdict.points, set(verdict.outcomes.values()) - {"skipped"}) in [(0, {"tampered"}), (0, {"timeout"})]


@FUZZ
@given(frames=st.lists(st.tuples(TREES, st.binary(max_size=16)), min_size=1, max_size=4), at_import=st.booleans())
def test_random_frames_are_no_fault_of_ours(arena: Arena, frames: list[Any], *, at_import: bool) -> None:
    """Whole frames with any content are judged, written down and shown, and earn nothing."""
    writing = f"for tree, body in {frames!r}: send(pack(tree, [body]))"
    code = writing if at_import else f"def mean(x):\n    {writing}\n    return 9.5"
    verdict = arena.attack(f"{FRAMES}\nnan, inf = float('nan'), float('inf')\n{code}\n")
    assert (verdict.points, "error" in verdict.outcomes.values()) == (0, False)


@FUZZ
@given(tree=st.dictionaries(KEYS, TREES, max_size=6), body=st.binary(max_size=16))
def test_random_replies_are_no_fault_of_ours(arena: Arena, tree: dict[str, Any], body: bytes) -> None:
    """A reply to the right call may hold anything."""
    code = f"replies(lambda n: {{**{tree!r}, 'n': n}}, {body!r})"
    verdict = arena.attack(f"{FRAMES}\nnan, inf = float('nan'), float('inf')\n{code}\nmean = right\n")
    assert (verdict.points, "error" in verdict.outcomes.values()) == (0, False)
