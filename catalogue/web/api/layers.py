"""Records on the map, as GeoJSON for whoever draws one."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint

from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.places.queries import sights, villages
from catalogue.producers.queries import producers
from catalogue.routes.queries import routes
from catalogue.web import geojson
from catalogue.web.api.open_data import TERMS
from catalogue.web.api.parameters import takes
from catalogue.web.api.resources import ROOT
from catalogue.web.api.values import in_both

COLLECTION = {
    "type": "object",
    "required": ["type", "as_of", "terms", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "as_of": {"type": "string", "format": "date"},
        "terms": {"type": "object"},
        "features": {"type": "array"},
    },
}

blueprint = Blueprint(
    "api-layers",
    __name__,
    url_prefix=ROOT,
    description="GeoJSON (RFC 7946), longitude before latitude. Every position is approximate.",
)


@blueprint.get("/villages.geojson")
@takes()
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def village_layer() -> Response:
    """Craft villages."""
    return _layer(geojson.villages(villages(Language.VI)))


@blueprint.get("/producers.geojson")
@takes()
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def producer_layer() -> Response:
    """Makers."""
    return _layer(geojson.producers(producers(Language.VI)))


@blueprint.get("/sights.geojson")
@takes()
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def sight_layer() -> Response:
    """Points of interest."""
    return _layer(geojson.sights(sights(Language.VI)))


@blueprint.get("/routes.geojson")
@takes()
@blueprint.response(200, COLLECTION, content_type=geojson.MEDIA_TYPE)
def route_layer() -> Response:
    """Routes along roads, each followed by its stops."""
    return _layer(geojson.routes(routes(Language.VI)))


def _layer(collection: geojson.Collection) -> Response:
    """With the day and what may be done with it, as foreign members (RFC 7946, 6.1)."""
    return geojson.answer({"as_of": today().isoformat(), "terms": in_both(TERMS)} | collection)
