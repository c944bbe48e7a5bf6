"""Threads that share variables take turns.

A program that assigns a variable may overwrite its array. From the moment when it takes the array until the variable
has its new one, no other thread may read it, or take it too.
"""

from __future__ import annotations

import threading

turn = threading.RLock()
