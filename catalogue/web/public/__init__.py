"""The door for everybody: nothing here writes, and nothing sets a cookie."""

from __future__ import annotations

from flask import Blueprint

from catalogue.web.public import (
    certificates,
    flower_centre,
    flowers,
    home,
    pages,
    producers,
    products,
    routes,
    schemes,
    search,
    villages,
)

blueprint = Blueprint("public", __name__)
for room in (
    home,
    products,
    producers,
    villages,
    routes,
    flowers,
    flower_centre,
    schemes,
    certificates,
    search,
    pages,
):
    blueprint.register_blueprint(room.blueprint)
