"""That a worker's memory is used again and handed back."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from tests.served import ROOT

PROGRAM = """
import resource
from catalogue.adapters import memory

def faults(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def resident(): return int(open("/proc/self/statm").read().split()[1])

{first}
bytearray(20_000_000)
before = faults()
for _ in range(20): bytearray(20_000_000)
again, held = faults() - before, resident()
memory.give_back()
print(again, held - resident())
"""


def measured(first: str) -> tuple[int, int]:
    """Pages that had to be cleared for 20 large pieces, and pages handed back at the end."""
    command = [sys.executable, "-c", PROGRAM.format(first=first)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    again, back = map(int, done.stdout.split())
    return again, back


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have habits of their own")
def test_large_pieces_are_used_again_and_handed_back_before_a_rest() -> None:
    again, back = measured("memory.keep()")
    usually, _ = measured("")
    assert again < usually / 10
    assert back > 4000
