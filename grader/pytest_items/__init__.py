"""Checks as pytest items: what the plugin and ``grader pytest`` collect, and what a person is shown of it."""
