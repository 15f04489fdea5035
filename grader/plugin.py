"""The pytest plugin: inert, until a path that pytest is given belongs to an exercise."""
