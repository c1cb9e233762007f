"""The land under the maps is cut from the layers that the project carries, and says whose it is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tools import basemap

LAYERS = ("land", "water", "roads", "names")


@pytest.mark.parametrize("name", LAYERS)
def test_each_layer_is_what_the_tool_makes(name: str, tmp_path: Path) -> None:
    basemap.build(tmp_path)

    assert (basemap.MAP / f"{name}.json").read_bytes() == (tmp_path / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", LAYERS)
def test_each_layer_is_light_names_its_licence_and_stays_in_its_window(name: str) -> None:
    content = (basemap.MAP / f"{name}.json").read_bytes()
    layer = json.loads(content)

    assert len(gzip.compress(content)) < 16 * 1024
    assert layer["licence"]
    for lon, lat in positions([one["geometry"]["coordinates"] for one in layer["features"]]):
        assert 106.5 < lon < 109.5, (name, lon)
        assert 10.4 < lat < 13.1, (name, lat)


def positions(coordinates: list) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], float | int):
        return [(coordinates[0], coordinates[1])]
    return [position for part in coordinates for position in positions(part)]
