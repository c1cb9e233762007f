"""Which pictures are nearly the same, and which of those are possibly copied from another maker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Two pictures are nearly the same when so few of their fingerprints' 64 bits differ. Of different photographs
# about half the bits differ, of 16,000 pairs never fewer than 16; of the same one, saved again, smaller,
# brighter or in grey, at most 6 (`benchmarks/results/advice.md`).
ALIKE_BITS = 10


@dataclass(frozen=True)
class Print:
    """A picture as others are compared with it. `maker`: whose it is; None where it is nobody's alone."""

    code: str
    fingerprint: str
    maker: str | None


@dataclass(frozen=True)
class Alike:
    """A picture that is nearly the same. `of_another_maker`: possibly copied, which is for staff to see."""

    code: str
    bits: int
    of_another_maker: bool


def alike(one: Print, others: Iterable[Print]) -> list[Alike]:
    """The pictures that are nearly the same as one, the nearest first; itself is not among them."""
    found = [
        Alike(other.code, bits, None not in {one.maker, other.maker} and one.maker != other.maker)
        for other in others
        if other.code != one.code and (bits := bits_apart(one.fingerprint, other.fingerprint)) <= ALIKE_BITS
    ]
    return sorted(found, key=lambda each: (each.bits, each.code))


def bits_apart(one: str, other: str) -> int:
    """In how many bits two fingerprints of 16 hexadecimal digits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
