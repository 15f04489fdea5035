"""How long grading takes, side by side with what people use instead: run ``python -m benchmarks``."""
