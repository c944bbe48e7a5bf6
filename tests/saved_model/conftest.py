"""The recorder runs on TensorFlow, in an environment of its own."""

collect_ignore = ["record.py"]
