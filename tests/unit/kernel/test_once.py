"""What is large is made once, however many ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from catalogue.kernel.once import once

THREADS = 8


def test_threads_that_ask_together_have_it_made_once() -> None:
    together = Barrier(THREADS)
    made = []

    @once(2)
    def large(version: int) -> object:
        made.append(version)
        return object()

    def ask(_: int) -> object:
        together.wait()
        return large(7)

    with ThreadPoolExecutor(THREADS) as pool:
        given = list(pool.map(ask, range(THREADS)))
    assert made == [7]
    assert len(set(given)) == 1


def test_the_longest_unasked_goes_first() -> None:
    made = []

    @once(2)
    def large(version: int) -> int:
        made.append(version)
        return version

    for version in (1, 2, 1, 3, 1, 2):
        assert large(version) == version
    assert made == [1, 2, 3, 2]


def test_an_error_is_not_kept() -> None:
    asked = []

    @once(2)
    def large(version: int) -> int:
        asked.append(version)
        if len(asked) == 1:
            raise OSError
        return version

    with pytest.raises(OSError):  # noqa: PT011  whatever went wrong
        large(1)
    assert large(1) == 1
