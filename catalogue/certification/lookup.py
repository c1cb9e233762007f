"""The short code on a label: hard to mistype, and easy to read back however it was typed."""

from __future__ import annotations

import secrets
import unicodedata

# Without 0, O, 1, I and L, which paper and people mistake for one another; 31 signs, a prime number.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
HALF = 4


def new_code() -> str:
    """Seven signs by chance and one that checks them, such as `7K3M-9QXD`."""
    signs = [secrets.randbelow(len(ALPHABET)) for _ in range(2 * HALF - 1)]
    return _grouped("".join(ALPHABET[sign] for sign in [*signs, _check(signs)]))


def tidy(typed: str) -> str | None:
    """A code as it is kept, however it was typed: case, blanks, dashes, full-width letters and full stops do
    not matter. None where this cannot be a code, such as one with a single sign mistyped."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    if len(signs) != 2 * HALF or not set(signs) <= set(ALPHABET):
        return None
    *first, check = (ALPHABET.index(sign) for sign in signs)
    return _grouped(signs) if check == _check(first) else None


def _check(signs: list[int]) -> int:
    """Weights that differ and are not 0 modulo a prime: a changed sign, or two exchanged ones, never fit."""
    return -sum(place * sign for place, sign in enumerate(signs, start=2)) % len(ALPHABET)


def _grouped(signs: str) -> str:
    return f"{signs[:HALF]}-{signs[HALF:]}"
