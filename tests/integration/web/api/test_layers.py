"""GeoJSON of the real records: RFC 7946, longitude first, inside the province."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.database import db
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.routes.models import TourRoute

LAYERS = {"villages": CraftVillage, "producers": Producer, "sights": PointOfInterest, "routes": TourRoute}


def positions(node) -> list[list[float]]:
    if not node:
        return []
    return [node] if isinstance(node[0], int | float) else [one for part in node for one in positions(part)]


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_holds_every_record_where_it_is(client, loaded: Flask, name: str) -> None:
    response = client.get(f"/api/v1/{name}.geojson")
    assert response.mimetype == "application/geo+json"
    layer = response.json
    assert layer["type"] == "FeatureCollection"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", layer["as_of"])
    assert layer["terms"].keys() == {"vi", "en"}
    with loaded.app_context():
        records = {one.code: one for one in db.session.scalars(select(LAYERS[name]))}
    kind = name.removesuffix("s")
    own = {
        one["properties"]["code"]: one
        for one in layer["features"]
        if one["id"] == f"{kind}/{one['properties']['code']}"
    }
    assert own.keys() == records.keys()
    assert len({feature["id"] for feature in layer["features"]}) == len(layer["features"])
    for feature in layer["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["name"].keys() == {"vi", "en"}
        for lon, lat in positions((feature["geometry"] or {}).get("coordinates")):
            assert 107 < lon < 110, feature["id"]
            assert 10 < lat < 13, feature["id"]
    for code, feature in own.items():
        if getattr(records[code], "lat", None) is not None:
            assert feature["geometry"] == {
                "type": "Point",
                "coordinates": [records[code].lon, records[code].lat],
            }
