"""Confinement of one child, layer by layer. An error in a layer that was asked for ends the child."""
