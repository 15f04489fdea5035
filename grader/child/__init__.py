"""The untrusted side: what runs in the sandbox. It imports the standard library and numpy, and nothing else of ours."""
