"""The declaration of one task: calls, probes, checks, texts. It judges nothing and runs nothing."""
