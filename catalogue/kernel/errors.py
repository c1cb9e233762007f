"""Errors that rules and actions raise: a code and parameters, never a sentence."""

from __future__ import annotations


class CatalogueError(Exception):
    """Something a person can be told about; `code` is worded in `web/errors.py`."""

    def __init__(self, code: str, *, field: str | None = None, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.parameters = parameters


class NotFound(CatalogueError):
    """There is no such record, or not for this reader."""


class Gone(CatalogueError):
    """There was such a record; it was taken down for good."""


class NotAllowed(CatalogueError):
    """This person may not do that."""


class RuleBroken(CatalogueError):
    """A rule of the domain forbids the change."""


class Conflict(CatalogueError):
    """Somebody else was quicker; nothing was overwritten."""


class Unreadable(CatalogueError):
    """What was asked for cannot be understood."""


class OutsideFailure(CatalogueError):
    """A disk, network or library let us down."""


def require(allowed: bool, code: str = "not_allowed") -> None:
    """Go on only where a rule allows it; else NotAllowed."""
    if not allowed:
        raise NotAllowed(code)
