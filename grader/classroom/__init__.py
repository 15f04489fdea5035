"""The instructor's door: take a class in, grade it with hidden checks, keep and export what was found."""
