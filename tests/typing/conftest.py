"""What is here is read by the type checker only."""

collect_ignore_glob = ["*.py"]
