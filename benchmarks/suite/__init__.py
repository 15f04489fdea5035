"""What the rivals run: copied into a folder of their own, beside the generated ``cases.py``, so none of it is ours."""
