"""``python -m kerax SCRIPT.py``; see `kerax.compat.script`."""

from kerax.compat.script import main

if __name__ == "__main__":
    main()
