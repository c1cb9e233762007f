"""The door for everybody: nothing here writes, and nothing sets a cookie."""

from __future__ import annotations

from flask import Blueprint

from catalogue.web.public import (
    certificates,
    feeds,
    home,
    machines,
    pages,
    producers,
    products,
    routes,
    schemes,
    search,
    sitemaps,
    villages,
)

blueprint = Blueprint("public", __name__)
for room in (
    home,
    products,
    producers,
    villages,
    routes,
    schemes,
    certificates,
    search,
    pages,
    sitemaps,
    feeds,
    machines,
):
    blueprint.register_blueprint(room.blueprint)
