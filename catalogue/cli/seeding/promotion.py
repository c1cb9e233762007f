"""How what is known of trade promotion and of the province's mark becomes rows."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.reading import Entry, Raw, Seeds
from catalogue.cli.seeding.rows import Kind, Lookup, Values, cited, copied, texts, with_values
from catalogue.showcase.models import BrandMark, PointOfSale, PromotionBody, TradeEvent
from catalogue.showcase.rules import SaleKind

PROMOTION_FILE, MARK_FILE = "trade-promotion.json", "brand-mark.json"
BODY_COLUMNS = "slug name status_code status address phone email website"
# What of the whole document belongs to no single record.
KEPT_OF_DOCUMENT = ("read_on", "read_note", "ocop_counts", "gaps")


def _cite(document: Raw, entries: Iterable[Raw]) -> list[Entry]:
    """Records of the document, each with its place in it and its dated sources."""
    dates = {source["url"]: source for source in document["sources"]}
    numbered = (
        (Entry(PROMOTION_FILE, raw["slug"], raw), place) for place, raw in enumerate(entries, start=1)
    )
    return [
        with_values(entry, position=place, cited=cited(entry.raw["sources"], dates))
        for entry, place in numbered
    ]


def _bodies(seeds: Seeds, _book: Book) -> list[Entry]:
    document = seeds.documents[PROMOTION_FILE]
    body = document["body"]
    own = {name: value for name, value in body.items() if name not in BODY_COLUMNS.split()}
    brand = {name: value for name, value in document["brand"].items() if name != "points_of_sale"}
    details = own | {name: document[name] for name in KEPT_OF_DOCUMENT} | {"brand": brand}
    return [Entry(PROMOTION_FILE, body["slug"], body | {"details": details, "sources": document["sources"]})]


def _body(raw: Raw, _look: Lookup) -> Values:
    return (
        copied(raw, "status_code phone email website details sources")
        | texts(raw, "name status address")
        | {"code": raw["slug"]}
    )


def _outlets(seeds: Seeds, _book: Book) -> list[Entry]:
    """Those of the mark first."""
    document = seeds.documents[PROMOTION_FILE]
    marked = [
        raw | {"kind": SaleKind.MARK.value, "as_of": None} for raw in document["brand"]["points_of_sale"]
    ]
    unsaid = {"address": None, "announced": None, "announced_by": None, "phone": None}
    return _cite(document, [*marked, *(unsaid | raw for raw in document["other_points_of_sale"])])


def _outlet(raw: Raw, _look: Lookup) -> Values:
    return (
        copied(raw, "position kind announced as_of still_open phone")
        | texts(raw, "name address announced_by summary")
        | copied(raw["place"], "former_commune former_district")
        | {"code": raw["slug"], "current_unit": raw["place"]["current"], "sources": raw["cited"]}
    )


def _events(seeds: Seeds, _book: Book) -> list[Entry]:
    document = seeds.documents[PROMOTION_FILE]
    return _cite(document, document["events"])


def _event(raw: Raw, _look: Lookup) -> Values:
    return (
        copied(raw, "position date_from date_to date_conflicts status centre_role")
        | texts(raw, "name place organiser summary note")
        | {"code": raw["slug"], "sources": raw["cited"]}
    )


def _marks(seeds: Seeds, _book: Book) -> list[Entry]:
    document = seeds.documents[MARK_FILE]
    return [Entry(MARK_FILE, document["scheme"], document)]


def _mark(raw: Raw, look: Lookup) -> Values:
    urls = [url for step in raw["milestones"] for url in step["sources"]]
    urls += [count["source"] for count in raw["holders"]]
    return (
        copied(raw, "milestones holders gaps")
        | texts(raw, "holders_note")
        | {
            "code": raw["scheme"],
            "scheme_id": look.id("certification_scheme", raw["scheme"]),
            "sources": [
                {"url": url, "published": None, "read": raw["read_on"]} for url in dict.fromkeys(urls)
            ],
        }
    )


PROMOTION: tuple[Kind, ...] = (
    Kind("promotion_body", "promotion body", PromotionBody, _bodies, _body),
    Kind("point_of_sale", "points of sale", PointOfSale, _outlets, _outlet),
    Kind("trade_event", "trade events", TradeEvent, _events, _event),
    Kind("brand_mark", "brand mark", BrandMark, _marks, _mark),
)
