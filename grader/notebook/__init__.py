"""Notebooks: the check in a student's kernel, and the autograder of an instructor who uses nbgrader."""
