"""What kinds of producers there are."""

from __future__ import annotations

from enum import StrEnum


class ProducerKind(StrEnum):
    """A tổ hợp tác and a set of households count as an artisan group (data README)."""

    COMPANY = "company"
    COOPERATIVE = "cooperative"
    HOUSEHOLD = "household"
    ARTISAN_GROUP = "artisan-group"
    FARM = "farm"
