"""Points on the map and the distance between them."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_DIAMETER_KM = 12742.0


@dataclass(frozen=True)
class Point:
    """A WGS 84 position in decimal degrees. `approximate`: a hamlet or commune centre, not a door."""

    lat: float
    lon: float
    approximate: bool = True


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(half))
