"""The recorder and its helpers are programs, not tests."""

collect_ignore = ["record.py", "runner.py", "codec.py"]
collect_ignore_glob = ["cases/*"]
