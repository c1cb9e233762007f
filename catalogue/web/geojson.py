"""Records as GeoJSON (RFC 7946): longitude before latitude, names and addresses in both languages.

Every position is approximate. `located_by` says what it rests on (own, village, commune, district) and
`within_km` how far off it may be; a commune or district is an area to draw, never an address. A record whose
place nobody knows has no geometry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import Response, current_app

from catalogue.database import Record
from catalogue.kernel.geo import Point
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage, Located, PointOfInterest
from catalogue.places.queries import position
from catalogue.places.rules import WITHIN_KM, Basis
from catalogue.producers.models import Producer
from catalogue.routes import roads
from catalogue.routes.models import Stop, TourRoute
from catalogue.web.language import address

MEDIA_TYPE = "application/geo+json"
LINES_FROM = "© OpenStreetMap contributors, ODbL 1.0; simplified, not for navigation"

Feature = dict[str, Any]
Collection = dict[str, Any]


def villages(records: Iterable[CraftVillage]) -> Collection:
    """Craft villages; needs `place` loaded."""
    return _collection(_record("village", one) for one in records)


def producers(records: Iterable[Producer]) -> Collection:
    """Makers; needs `place`, `village` and the village's `place` loaded."""
    return _collection(_record("producer", one, one.village) for one in records)


def sights(records: Iterable[PointOfInterest]) -> Collection:
    """Points of interest; needs `place` loaded."""
    return _collection(_record("sight", one) for one in records)


def together(*collections: Collection) -> Collection:
    """Several collections as one."""
    return _collection(feature for one in collections for feature in one["features"])


def routes(records: Iterable[TourRoute]) -> Collection:
    """Routes, each followed by its stops; needs what `routes.queries.WITH_STOPS` loads.

    A route's geometry is a MultiLineString; `by_road` says of each of its lines, in order, whether it follows
    a known road or is straight because none is known.
    """
    features = [feature for one in records for feature in (_route(one), *map(_stop, one.stops))]
    return _collection(features) | {"attribution": LINES_FROM}


def answer(collection: Collection) -> Response:
    """A collection as a response, without idle blanks."""
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype=MEDIA_TYPE)


def _collection(features: Iterable[Feature]) -> Collection:
    return {"type": "FeatureCollection", "features": list(features)}


def _record(kind: str, record: Located, village: CraftVillage | None = None, **more: Any) -> Feature:
    assert isinstance(record, Record)
    found = position(record, village)
    basis = found[1] if found else None
    return {
        "type": "Feature",
        "id": f"{kind}/{record.code}",
        "geometry": _point(found[0]) if found else None,
        "properties": {
            "kind": kind,
            "code": record.code,
            "name": _both(record.name),
            "url": _addresses(f"public.{kind}s.show", record),
            "place": _both(record.place.name) if record.place else None,
            "located_by": basis.value if basis else None,
            "within_km": WITHIN_KM[basis] if basis else None,
        }
        | more,
    }


def _route(route: TourRoute) -> Feature:
    halts = tuple(
        roads.Halt(where[0], sure=where[1] in (Basis.OWN, Basis.VILLAGE))
        for stop in route.stops
        if (where := position(stop.target, stop.producer.village if stop.producer else None))
    )
    stretches = roads.way(halts, route.mode)
    lines = [[list(one) for one in stretch.line] for stretch in stretches]
    return {
        "type": "Feature",
        "id": f"route/{route.code}",
        "geometry": {"type": "MultiLineString", "coordinates": lines} if lines else None,
        "properties": {
            "kind": "route",
            "code": route.code,
            "name": _both(route.name),
            "url": _addresses("public.routes.show", route),
            "days": route.days,
            "mode": route.mode,
            "distance_km": route.distance_km,
            "season_months": route.season_months,
            "by_road": [stretch.by_road for stretch in stretches],
        },
    }


def _stop(stop: Stop) -> Feature:
    """A stop is the record that stands there, with its place in the route."""
    kind = "village" if stop.village else "producer" if stop.producer else "sight"
    village = stop.producer.village if stop.producer else None
    route = stop.route.code
    feature = _record(kind, stop.target, village, route=route, position=stop.position, minutes=stop.minutes)
    return feature | {"id": f"route/{route}/{stop.position}"}


def _point(point: Point) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [point.lon, point.lat]}


def _both(text: Bilingual) -> dict[str, str]:
    return {language.value: text.text(language) for language in Language}


def _addresses(endpoint: str, record: Record) -> dict[str, str]:
    site = current_app.config["SITE_URL"]
    return {
        language.value: site + address(endpoint, language, slug=record.slug(language))
        for language in Language
    }
