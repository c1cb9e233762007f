"""What a sheet would do to a list, row by row, before anything is changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


class HasFate(Protocol):
    """What somebody found out about a row."""

    @property
    def fate(self) -> Fate: ...


Outcome = TypeVar("Outcome", bound=HasFate)


@dataclass(frozen=True)
class Plan(Generic[Outcome]):
    """What a whole sheet would do. `digest` changes whenever anything that it would do does."""

    outcomes: tuple[Outcome, ...]
    digest: str

    def having(self, *fates: Fate) -> list[Outcome]:
        """The rows of these fates, in their order."""
        return [one for one in self.outcomes if one.fate in fates]

    @property
    def can_be_applied(self) -> bool:
        """Whether nothing is wrong and something would change."""
        return not self.having(Fate.WRONG) and bool(self.having(Fate.NEW, Fate.CHANGED))


def digest_of(said: Any) -> str:
    """A fingerprint of plain values, whatever the order of their names."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
