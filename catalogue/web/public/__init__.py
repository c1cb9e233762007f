"""The door for everybody: only its forms write, and only they set a cookie."""

from __future__ import annotations

from flask import Blueprint

from catalogue.web import kinds
from catalogue.web.public import (
    about,
    brand,
    certificates,
    collections,
    corrections,
    enquiries,
    exporters,
    feeds,
    flower_centre,
    flowers,
    home,
    itineraries,
    join,
    line_sheets,
    machines,
    pages,
    places,
    producers,
    products,
    resolution,
    routes,
    schemes,
    search,
    shortlist,
    sights,
    sitemaps,
    sources,
    translations,
    villages,
    zones,
)

blueprint = Blueprint("public", __name__)
for room in (
    home,
    itineraries,
    products,
    producers,
    exporters,
    collections,
    line_sheets,
    villages,
    routes,
    flowers,
    flower_centre,
    schemes,
    certificates,
    search,
    pages,
    places,
    sights,
    zones,
    resolution,
    brand,
    sources,
    corrections,
    enquiries,
    shortlist,
    join,
    about,
    translations,
    sitemaps,
    feeds,
    machines,
):
    blueprint.register_blueprint(room.blueprint)
blueprint.add_app_template_global(kinds.key_of, "record_key")
