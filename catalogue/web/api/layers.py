"""Records on the map, as GeoJSON for whoever draws one."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint

from catalogue.kernel.language import Language
from catalogue.places.queries import sights, villages
from catalogue.producers.queries import producers
from catalogue.routes.queries import routes
from catalogue.web import geojson
from catalogue.web.api.resources import ROOT

COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
}

blueprint = Blueprint(
    "api-layers",
    __name__,
    url_prefix=ROOT,
    description="GeoJSON (RFC 7946), longitude before latitude. Every position is approximate.",
)


@blueprint.get("/villages.geojson")
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def village_layer() -> Response:
    """Craft villages."""
    return geojson.answer(geojson.villages(villages(Language.VI)))


@blueprint.get("/producers.geojson")
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def producer_layer() -> Response:
    """Makers."""
    return geojson.answer(geojson.producers(producers(Language.VI)))


@blueprint.get("/sights.geojson")
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def sight_layer() -> Response:
    """Points of interest."""
    return geojson.answer(geojson.sights(sights(Language.VI)))


@blueprint.get("/routes.geojson")
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def route_layer() -> Response:
    """Routes along roads, each followed by its stops."""
    return geojson.answer(geojson.routes(routes(Language.VI)))
