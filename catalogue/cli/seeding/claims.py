"""What a page may be reported to certify: who holds it, in which area, for which goods."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.certification.rules import Holder
from catalogue.certification.scheme_rules import Area, lies_in
from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.faults import Problems
from catalogue.cli.seeding.reading import Raw

# The province's mark “Đà Lạt – Kết tinh kỳ diệu từ đất lành” never covers these goods.
MARK = "da-lat-ket-tinh"
MARK_NEVER_COVERS = {"handicraft", "silk-textile", "wine-spirits", "nuts", "dairy", "coffee-robusta"}
ONE_CERTIFICATE = ("level", "number", "issued", "expires")


def on_producer(record: Raw, book: Book) -> Problems:
    """The claims that stand on a producer."""
    for where, claim, scheme in _claims(record, book):
        yield from _claim_alone(where, claim, scheme, record)
        if scheme["granted_to"] != Holder.PRODUCER:
            yield where, f"{scheme['code']} is granted to a {scheme['granted_to']}, not to a producer"
        if in_area(scheme, record["place"], book) is False:
            yield where, f"the producer is outside the area of {scheme['code']}"
    yield from _unknown_or_repeated(record, book)


def on_product(record: Raw, book: Book) -> Problems:
    """The claims that stand on a product: its own, or its producer's that are said to cover it."""
    maker = book.get("producer", record["producer"])
    for where, claim, scheme in _claims(record, book):
        yield from _claim_alone(where, claim, scheme, record)
        yield from _goods(where, scheme, record["category"], book)
        if scheme["granted_to"] not in (Holder.PRODUCT, Holder.PRODUCER):
            yield where, f"{scheme['code']} is granted to a {scheme['granted_to']}, not to a product"
        if maker and in_area(scheme, maker["place"], book) is False:
            yield where, f"its producer is outside the area of {scheme['code']}"
        if maker and scheme["granted_to"] == Holder.PRODUCER:
            yield from _as_its_maker_claims(where, claim, maker)
    yield from _unknown_or_repeated(record, book)


def mark_keeps_to_its_goods(scheme: Raw, book: Book) -> Problems:
    """The province's mark lists no category that reaches the goods it never covers."""
    if scheme["code"] != MARK:
        return
    for field in ("applies_to", "applies_to_unconfirmed"):
        for code in scheme[field]:
            never = {c for c in book.reach([code]) if MARK_NEVER_COVERS.intersection(book.line(c))}
            if never:
                yield field, f"“{code}” would let the Đà Lạt mark cover {', '.join(sorted(never))}"


def in_area(scheme: Raw, place: Raw, book: Book) -> bool | None:
    """Whether a place lies in the scheme's areas; None where the record does not say where it is."""
    districts = place["former_district"].split("; ") if place["former_district"] else []
    areas = [
        Area(
            code,
            area["former"]["district"] if area["kind"].startswith("old-") else None,
            frozenset(area["current_slugs"]),
        )
        for code in scheme["areas"] or ()
        if (area := book.get("place", code))
    ]
    return lies_in(areas, place["slug"], districts)


def _claims(record: Raw, book: Book) -> Iterator[tuple[str, Raw, Raw]]:
    """Where each claim stands, the claim and its scheme; those of unknown schemes are told elsewhere."""
    for place, claim in enumerate(record["certifications"]):
        scheme = book.get("certification_scheme", claim["scheme"])
        if scheme:
            yield f"certifications[{place}]", claim, scheme


def _unknown_or_repeated(record: Raw, book: Book) -> Problems:
    seen: set[str] = set()
    for place, claim in enumerate(record["certifications"]):
        if not book.knows("certification_scheme", claim["scheme"]):
            yield f"certifications[{place}].scheme", f"there is no certification scheme “{claim['scheme']}”"
        if claim["scheme"] in seen:
            yield f"certifications[{place}].scheme", f"{claim['scheme']} is claimed twice"
        seen.add(claim["scheme"])


def _claim_alone(where: str, claim: Raw, scheme: Raw, record: Raw) -> Problems:
    if claim["level"] is not None and claim["level"] not in scheme["levels"]:
        known = ", ".join(scheme["levels"]) or "none"
        yield f"{where}.level", f"“{claim['level']}” is not a level of {scheme['code']} (levels: {known})"
    precision = min(len(claim["issued"] or ""), len(claim["expires"] or ""))
    if precision and claim["issued"][:precision] > claim["expires"][:precision]:
        yield f"{where}.expires", "is before issued"
    if claim["source"] not in record["sources"]:
        yield f"{where}.source", "is not among the record's sources"


def _goods(where: str, scheme: Raw, category: str, book: Book) -> Problems:
    line = set(book.line(category))
    if not line:
        return
    if not line.intersection(scheme["applies_to"] + scheme["applies_to_unconfirmed"]):
        yield where, f"category “{category}” is outside the scope of {scheme['code']}"
    if scheme["code"] == MARK and line & MARK_NEVER_COVERS:
        yield where, f"the Đà Lạt mark never covers “{category}”"


def _as_its_maker_claims(where: str, claim: Raw, maker: Raw) -> Problems:
    """One certificate a producer and scheme: the product only repeats it."""
    own = next((c for c in maker["certifications"] if c["scheme"] == claim["scheme"]), None)
    if own is None:
        yield where, f"{claim['scheme']} is granted to producers, but {maker['slug']} does not claim it"
        return
    for field in ONE_CERTIFICATE:
        if claim[field] != own[field]:
            yield (
                f"{where}.{field}",
                f"does not agree with the claim of {maker['slug']}: {own[field] or 'null'}",
            )
