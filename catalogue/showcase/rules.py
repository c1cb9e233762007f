"""What is known of a point of sale and of an event."""

from __future__ import annotations

from enum import StrEnum

# The scheme of the mark that has the same words as the site's title.
MARK = "da-lat-ket-tinh"


class SaleKind(StrEnum):
    """What a point of sale was announced for."""

    MARK = "mark"
    OCOP = "ocop"


class EventStatus(StrEnum):
    """`announced`: a page said that it would be; none was read that says it took place."""

    HELD = "held"
    ANNOUNCED = "announced"
