"""What a deed costs the processor, whatever else the machine and the tests before it are at."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds_for(deed: Callable[[], object]) -> float:
    """Time of the processor in this thread; the garbage that other tests left is not swept meanwhile."""
    gc.disable()
    try:
        began = time.thread_time()
        deed()
        return time.thread_time() - began
    finally:
        gc.enable()
