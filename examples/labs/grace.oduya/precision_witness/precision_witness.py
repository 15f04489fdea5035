def precision_witness():
    """A staircase: 20, then 4500 tokens that get less and less likely, all too small for float16."""
    staircase = [20.0]
    for step in range(4500):
        staircase.append(2.0 - step / 4500)
    return staircase
