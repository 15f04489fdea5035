"""What an author does: start an exercise, prove it, release it. One of the few rooms that see the solutions."""
