"""Making something large once, however many threads ask for it at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def once(most: int) -> Callable[[Callable[Arguments, Made]], Callable[Arguments, Made]]:
    """Keeps the `most` last results by their arguments, which are hashable; an error is not kept.

    `lru_cache` alone lets all threads that find nothing make it side by side: after each change of the
    catalogue sixteen of them would each read all of it, and take sixteen times as long.
    """

    def of(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
        lock = threading.RLock()
        made = lru_cache(maxsize=most)(make)

        @wraps(make)
        def asked(*arguments: Arguments.args, **named: Arguments.kwargs) -> Made:
            with lock:
                return made(*arguments, **named)  # type: ignore[arg-type]

        return asked

    return of
