"""Who acts: a visitor, a member who speaks for producers, or staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """The person behind a request or command; what it may do is decided by the subjects' `may_*` rules.

    `roles` are the codes of the office's roles (`accounts.rules.Role`); `speaks_for` gives, by a producer's
    code, as what the person speaks for it (`producers.rules.Voice`).
    """

    user_id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    speaks_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether somebody is signed in."""
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether the person works in the office, in whatever role."""
        return bool(self.roles)


def visitor() -> Actor:
    """Somebody of whom nothing is known."""
    return Actor()
