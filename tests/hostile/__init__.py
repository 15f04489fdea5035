"""Attacks: a package, so that the arena is taken down when they are over."""
