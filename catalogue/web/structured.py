"""What a page says, said again for machines as JSON-LD in the words of schema.org.

Never more than the page: no price, no rating, no point that is only approximate, and a certification only
where staff confirmed it and it is in force.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from catalogue.certification.models import Certificate
from catalogue.certification.rules import Status
from catalogue.database import Record
from catalogue.places.models import CraftVillage, Located, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import Stop, TourRoute
from catalogue.web import photographs
from catalogue.web.language import address, current, read

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
# Signs that would end the block or mean something inside it; JSON reads the escapes as the signs themselves.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
ADULT_AGE = 18


def register(app: Flask) -> None:
    """Give templates the block."""
    app.jinja_env.filters["json_ld"] = block


def block(things: Sequence[Thing]) -> Markup:
    """The content of a `<script type="application/ld+json">`, safe whatever the texts hold."""
    graph = {"@context": CONTEXT, "@graph": things}
    written = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(ESCAPES))  # noqa: S704  # nothing that ends a script is left in it


def trail(crumbs: Iterable[tuple[Any, str | None]]) -> list[Thing]:
    """The way down to the page, as its crumbs show it; none where there are none."""
    steps = [
        _known({"@type": "ListItem", "position": place, "name": _plain(words), "item": _whole(path)})
        for place, (words, path) in enumerate(crumbs, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": steps}] if steps else []


def site() -> Thing:
    """The site as a whole, for the front page."""
    home = _whole(address("public.home.show"))
    return {"@type": "WebSite", "name": "Đà Lạt", "url": home, "inLanguage": current().value}


def product(record: Product, certificates: Iterable[Certificate], day: date) -> Thing:
    """A product; needs producer and category loaded."""
    alcohol = record.specs.get("contains_alcohol")
    return _known(
        {
            "@type": "Product",
            "name": read(record.name),
            "description": read(record.summary),
            "url": _page("products", record),
            "image": _images(record),
            "category": read(record.category.name),
            "keywords": ", ".join((record.keywords or {}).get(current().value, [])),
            "manufacturer": _linked("Organization", "producers", record.producer),
            "audience": {"@type": "PeopleAudience", "requiredMinAge": ADULT_AGE} if alcohol else None,
            "hasCertification": _in_force(certificates, day),
        }
    )


def producer(record: Producer, certificates: Iterable[Certificate], day: date) -> Thing:
    """A maker; needs place loaded."""
    return _known(
        {
            "@type": "Organization",
            "name": read(record.name),
            "description": read(record.summary),
            "mainEntityOfPage": _page("producers", record),
            "image": _images(record),
            "url": record.website,
            "foundingDate": str(record.since) if record.since else None,
            "address": _postal(record),
            "hasCertification": _in_force(certificates, day),
        }
    )


def village(record: CraftVillage) -> Thing:
    """A craft village; an attraction only where a source says what visitors can do. Needs place loaded."""
    return _known(
        {
            "@type": "TouristAttraction" if record.visit_activities else "Place",
            "name": read(record.name),
            "description": read(record.summary),
            "url": _page("villages", record),
            "image": _images(record),
            "address": _postal(record),
            "geo": _point(record),
        }
    )


def route(record: TourRoute) -> Thing:
    """A route with its stops in order; needs what stands at each loaded."""
    stops = [{"@type": "ListItem", "position": stop.position, "item": _stop(stop)} for stop in record.stops]
    return _known(
        {
            "@type": "TouristTrip",
            "name": read(record.name),
            "description": read(record.summary),
            "url": _page("routes", record),
            "image": _images(record),
            "itinerary": {"@type": "ItemList", "numberOfItems": len(stops), "itemListElement": stops},
        }
    )


def certification(record: Certificate, name: str, day: date) -> list[Thing]:
    """A certificate in force, as its own page tells it; nothing for a claim or an ended one. Needs scheme."""
    if record.status_on(day) is not Status.VALID:
        return []
    issuer = read(record.scheme.issuer)
    return [
        _known(
            {
                **_certification(record),
                "name": name,
                "issuedBy": {"@type": "Organization", "name": issuer} if issuer else None,
                "validFrom": record.valid_from.isoformat() if record.valid_from else None,
            }
        )
    ]


def _in_force(certificates: Iterable[Certificate], day: date) -> list[Thing]:
    return [_certification(one) for one in certificates if one.status_on(day) is Status.VALID]


def _certification(record: Certificate) -> Thing:
    return _known(
        {
            "@type": "Certification",
            "name": read(record.scheme.name),
            "certificationIdentification": record.number,
            "certificationStatus": f"{CONTEXT}/CertificationActive",
            "expires": record.expires,
            "url": _whole(address("public.certificates.show", code=record.code)),
        }
    )


def _stop(stop: Stop) -> Thing:
    if stop.village:
        return _linked("Place", "villages", stop.village)
    if stop.producer:
        return _linked("Place", "producers", stop.producer)
    assert stop.poi is not None
    return _linked("Place", "sights", stop.poi)


def _linked(kind: str, page: str, record: CraftVillage | Producer | PointOfInterest) -> Thing:
    return {"@type": kind, "name": read(record.name), "url": _page(page, record)}


def _images(record: Record) -> list[Thing]:
    """The photographs that the page shows, with whom to thank for them."""
    return [
        _known(
            {
                "@type": "ImageObject",
                "contentUrl": photographs.absolute(photographs.largest(picture)),
                "caption": read(picture.caption),
                "creditText": picture.credit,
            }
        )
        for picture in photographs.pictures_of([record]).get(record.code, [])
    ]


def _postal(record: Located) -> Thing | None:
    if record.place is None:
        return None
    return {
        "@type": "PostalAddress",
        "addressLocality": read(record.place.name),
        "addressRegion": "Lâm Đồng",
        "addressCountry": "VN",
    }


def _point(record: Located) -> Thing | None:
    """Only a point that is meant exactly: machines cannot be told not to navigate to it."""
    point = record.point
    if point is None or point.approximate:
        return None
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}


def _page(kind: str, record: Record) -> str | None:
    return _whole(address(f"public.{kind}.show", slug=record.slug(current())))


def _whole(path: str | None) -> str | None:
    return current_app.config["SITE_URL"] + path if path else None


def _plain(words: Any) -> str:
    """Words as they are read: borrowed ones without the mark that the page puts behind them."""
    return str(getattr(words, "plain", words))


def _known(thing: Thing) -> Thing:
    """What is not known is left out."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
