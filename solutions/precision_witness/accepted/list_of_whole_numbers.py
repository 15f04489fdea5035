"""A list of integers, as long as it may be."""


def precision_witness():
    """Build a list."""
    return [20 if token == 7 else 0 for token in range(5000)]
