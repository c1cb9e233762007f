"""The door for everybody: nothing here writes, and nothing sets a cookie."""

from __future__ import annotations

from flask import Blueprint

from catalogue.web.public import (
    certificates,
    home,
    itineraries,
    pages,
    places,
    producers,
    products,
    routes,
    schemes,
    search,
    sights,
    villages,
    zones,
)

blueprint = Blueprint("public", __name__)
for room in (
    home,
    itineraries,
    products,
    producers,
    villages,
    routes,
    schemes,
    certificates,
    search,
    pages,
    places,
    sights,
    zones,
):
    blueprint.register_blueprint(room.blueprint)
