"""The screen of `grader prove`: what was tried, and which wrong answer fails which check."""

from __future__ import annotations

from grader.author.matrix import render_proof
from grader.author.prove import Proof

SCREEN = """\
mean: 2 checks, 2 points, 5 probes
  Reference and right answers   2, of which 2 earn every point
  Wrong answers                 2 with 2 names, 2 named
  Second faults tried           1

  Kill matrix: which wrong answer (line) fails which check (column)
     1  means (public), failed by 1
     2  long_vectors (hidden), failed by 1
                             1  2
    divides_by_at_most_ten   .  x
    sum_instead              x  .

  law 1  holds  right answers earn their marks
  law 2  holds  wrong answers are caught and named
  law 3  holds  the stub is todo
  law 4  holds  no check is decoration
  law 5  holds  every text in every language
  law 6  holds  released files are fresh
  law 7  holds  nothing secret is released
  law 8  holds  the same verdict by every door
  law 9  holds  the reference is true

Proved."""


def test_a_proof_is_shown_with_its_kill_matrix(proof: Proof) -> None:
    """To the letter."""
    assert render_proof(proof) == SCREEN
