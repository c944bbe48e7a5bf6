"""How the C library of a process that is kerax' own handles memory."""

from __future__ import annotations

import ctypes

# mallopt's names for what it sets, from glibc's malloc.h
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4


def keep_freed_memory() -> None:
    """Lets the process keep the memory it frees, for the next step to use.

    XLA on a CPU allocates a program's buffers at every call and gives them back after it, and the system has to map
    them anew for the next. This changes malloc for the whole process, so it is for the command ``kerax`` alone: as a
    library kerax leaves such settings to the program it is used by. Without glibc, nothing.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for setting, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, 2**31 - 1), (_TOP_PAD, 64 << 20)):
        mallopt(setting, value)
