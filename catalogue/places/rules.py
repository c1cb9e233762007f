"""What kinds of places there are."""

from __future__ import annotations

from enum import StrEnum


class PlaceKind(StrEnum):
    """Wards and communes exist since 1 July 2025; the old cities and districts ended that day."""

    WARD = "ward"
    COMMUNE = "commune"
    OLD_CITY = "old-city"
    OLD_DISTRICT = "old-district"


class Recognition(StrEnum):
    """What a source says of a craft village's standing (data README, `recognition_status`)."""

    RECOGNISED = "recognised"
    LISTED = "listed"
    NONE_FOUND = "none-found"
