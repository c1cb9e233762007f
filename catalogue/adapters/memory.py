"""The C library's habit with large pieces of memory, for a program that needs such again and again."""

from __future__ import annotations

import ctypes
import sys

# Names and numbers of malloc.h; the largest threshold that glibc takes on 64 bits is 32 MiB.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
MOST_KEPT, LARGEST_KEPT = 256 * 2**20, 32 * 2**20


def keep() -> None:
    """Keep what was let go for the next use. By itself glibc hands each large piece back to the system, and
    a worker then spends an eighth of its time on having pages cleared. Other C libraries are left alone."""
    if library := _glibc():
        library.mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT)
        library.mallopt(M_TRIM_THRESHOLD, MOST_KEPT)


def give_back() -> None:
    """Hand everything unused back to the system: before a rest."""
    if library := _glibc():
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if library is not None and hasattr(library, "gnu_get_libc_version") else None
