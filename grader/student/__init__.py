"""The student's door: check one's own code, read a hint, look a diagnosis up. It never sees a solution."""
