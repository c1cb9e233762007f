"""Cuts the land under our maps out of catalogue/seeds/geo: `python tools/basemap.py` writes static/map/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "catalogue" / "seeds" / "geo"
MAP = ROOT / "static" / "map"
# Four decimals are eleven metres, less than a pixel on the closest view.
DECIMALS = 4
ODBL = (
    "ODbL 1.0, © OpenStreetMap contributors; parts drawn by hand are CC0 1.0 (catalogue/seeds/geo/README.md)"
)
PUBLIC = "Public domain: Natural Earth; USGS SRTM/GMTED2010 and NOAA ETOPO1 via Mapzen terrain"
# The province alone is drawn: its neighbours are cut by the data's window, and their coast with them.
PROVINCE = {"vn2025-lam-dong": "new", "VN-35": "old"}
WIDE_KM2 = 3
MAIN_ROADS = {"motorway": 1, "trunk": 1, "primary": 1, "secondary": 2, "tertiary": 3}

Feature = dict[str, Any]


def build(folder: Path) -> None:
    """Write every layer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = {
        "land": (PUBLIC, _land),
        "roads": (ODBL, _roads),
        "water": (ODBL, _water),
        "names": (ODBL, _names),
    }
    for name, (licence, features) in layers.items():
        layer = {"type": "FeatureCollection", "licence": licence, "features": list(features())}
        text = json.dumps(layer, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _land() -> Iterable[Feature]:
    """The province of today, the old one upon it, and contours."""
    outlines = {one["properties"]["id"]: one for one in _read("provinces")}
    for name, part in PROVINCE.items():
        yield _feature(outlines[name], kind=part)
    for one in _read("contours"):
        yield _feature(one, kind="contour")


def _roads() -> Iterable[Feature]:
    for one in (*_read("roads-schematic"), *_read("roads-osm")):
        yield _feature(one, rank=MAIN_ROADS.get(one["properties"]["road_class"].removesuffix("_link"), 3))


def _water() -> Iterable[Feature]:
    """Streams are left out: too fine for this map."""
    for one in (*_read("water-schematic"), *_read("water-osm")):
        if (kind := one["properties"]["kind"]) != "stream":
            yield _feature(one, kind=kind)


def _names() -> Iterable[Feature]:
    """Towns, peaks, passes, stations and lakes; `rank`: 1 is written first."""
    for one in _read("points"):
        about = one["properties"]
        if about["name"]["vi"].startswith("QL"):
            continue  # a junction, known by the number of its road
        yield _feature(one, kind=about["kind"], rank=about.get("rank") or 3, name=_short(about["name"]))
    for one in (*_read("water-schematic"), *_read("water-osm")):
        about = one["properties"]
        if about["kind"] == "lake" and about["name"]:
            middle = {"geometry": {"type": "Point", "coordinates": _middle(one["geometry"])}}
            rank = 3 if about["area_km2"] > WIDE_KM2 else 4
            yield _feature(middle, kind="lake", rank=rank, name=_short(about["name"]))


def _short(name: dict[str, str]) -> dict[str, str]:
    """Names without the remark that some of the data's carry in brackets."""
    return {language: re.sub(r" \([^)]*\)", "", text) for language, text in name.items()}


def _middle(shape: dict[str, Any]) -> list[float]:
    ring = shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"][0][0]
    spans = [(min(axis), max(axis)) for axis in zip(*ring, strict=True)]
    return [(low + high) / 2 for low, high in spans]


def _read(name: str) -> list[Feature]:
    layer = json.loads((SOURCES / f"{name}.geojson").read_text(encoding="utf-8"))
    features: list[Feature] = layer["features"]
    return features


def _feature(source: Feature, **about: Any) -> Feature:
    """The same shape with fewer decimals, and only what the map uses."""
    shape = source["geometry"]
    rounded = {"type": shape["type"], "coordinates": _round(shape["coordinates"])}
    return {"type": "Feature", "geometry": rounded, "properties": about}


def _round(coordinates: Any) -> Any:
    if not isinstance(coordinates[0], list):
        return [round(number, DECIMALS) for number in coordinates]
    found: list[Any] = []
    for one in map(_round, coordinates):
        if not found or found[-1] != one:
            found.append(one)
    return found


if __name__ == "__main__":
    build(MAP)
