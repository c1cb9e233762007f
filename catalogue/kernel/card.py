"""The card that stands for a page where its address is shared: what it says, and its size."""

from __future__ import annotations

from dataclasses import dataclass

# Part of a card's address: raise it whenever `adapters/imaging/cards.py` draws one differently in any way.
VERSION = "1"
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True)
class Card:
    """What a card says. `band` is the code that seeds the cloth; `kind` is a word such as “Product”."""

    band: str
    kind: str
    name: str
    note: str
    site: str
