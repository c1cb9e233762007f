"""Every kind of record that a reader can open or write about: its short name, its word and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.queries import certificate_by_code
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.errors import NotFound
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.routes.models import TourRoute
from catalogue.web import labels
from catalogue.web.language import address, current, read
from catalogue.web.page import quoting, say

CERTIFICATE = "certificate"


@dataclass(frozen=True)
class RecordKind:
    """A kind of record. `room`: the module of its pages, whose `show` takes a slug."""

    name: str
    model: type[Record]
    label: LazyString
    room: str

    def href(self, slug: str) -> str | None:
        """Where a record of this kind stands; None as long as the kind has no pages."""
        return existing(f"public.{self.room}.show", slug=slug)


def existing(endpoint: str, **values: Any) -> str | None:
    """The address of a page; None as long as it is not built."""
    return address(endpoint, **values) if endpoint in current_app.view_functions else None


KINDS = (
    RecordKind("product", Product, lazy_gettext("Product"), "products"),
    RecordKind("producer", Producer, lazy_gettext("Maker"), "producers"),
    RecordKind("village", CraftVillage, lazy_gettext("Craft village"), "villages"),
    RecordKind("route", TourRoute, lazy_gettext("Route"), "routes"),
    RecordKind("scheme", CertificationScheme, lazy_gettext("Certification scheme"), "schemes"),
    RecordKind("flower", FlowerVariety, lazy_gettext("Flower"), "flowers"),
    RecordKind("sight", PointOfInterest, lazy_gettext("Sight"), "sights"),
    RecordKind("place", Place, lazy_gettext("Place"), "places"),
    RecordKind("zone", IndustrialZone, lazy_gettext("Industrial zone"), "zones"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Named:
    """A record as a message names it: `key` is `<kind>:<code>`."""

    key: str
    label: str
    name: str | Markup
    href: str | None


def key_of(record: Record) -> str | None:
    """How an address names a record; None for a kind that readers do not open."""
    return next((f"{kind.name}:{record.code}" for kind in KINDS if isinstance(record, kind.model)), None)


def named(key: str) -> Named | None:
    """The record behind `<kind>:<code>`; None where there is none."""
    name, _, code = key.partition(":")
    if not code or "\0" in code:
        return None
    if name == CERTIFICATE:
        return _certificate(code)
    kind = BY_NAME.get(name)
    record = by_code(kind.model, code) if kind else None
    if kind is None or record is None:
        return None
    return Named(f"{name}:{code}", str(kind.label), say(record.name), kind.href(record.slug(current())))


def certificate_name(certificate: Certificate) -> str:
    """Scheme, level and holder in one line."""
    scheme, holder = certificate.scheme, certificate.product or certificate.producer
    assert holder is not None
    level = labels.level(scheme.code, certificate.level)
    return ", ".join(part for part in (read(scheme.name), level, read(holder.name)) if part)


def _certificate(code: str) -> Named | None:
    try:
        certificate = certificate_by_code(code)
    except NotFound:
        return None
    href = address("public.certificates.show", code=code)
    return Named(
        f"{CERTIFICATE}:{code}", gettext("Certificate"), quoting(certificate_name(certificate)), href
    )
