"""Claims become certificates: one a holder and scheme, with the products that it is said to cover."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.certification.models import Certificate, CertificateScope
from catalogue.certification.rules import Evidence, Holder, certificate_code
from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.reading import Entry, Raw, Seeds
from catalogue.cli.seeding.rows import Kind, Lookup, Values, child, cited, copied


def _certificates(seeds: Seeds, book: Book) -> list[Entry]:
    """One entry for each holder and scheme that a source reports."""
    covered = _products_covered(seeds, book)
    return [
        Entry(
            file=entry.file,
            code=certificate_code(entry.code, claim["scheme"]),
            raw={
                **claim,
                "holder": holder.value,
                "holder_code": entry.code,
                "covers": covered.get((entry.code, claim["scheme"]), []),
            },
        )
        for holder in (Holder.PRODUCT, Holder.PRODUCER)
        for entry in seeds.of(holder.value)
        for claim in entry.raw["certifications"]
        if book.all("certification_scheme")[claim["scheme"]]["granted_to"] == holder
    ]


def _products_covered(seeds: Seeds, book: Book) -> dict[tuple[str, str], list[Raw]]:
    """What each (holder, scheme) covers: a product holds its own, or repeats the claim of its producer."""
    covered: dict[tuple[str, str], list[Raw]] = {}
    for entry in seeds.of("product"):
        for claim in entry.raw["certifications"]:
            to_product = book.all("certification_scheme")[claim["scheme"]]["granted_to"] == Holder.PRODUCT
            holder = entry.code if to_product else entry.raw["producer"]
            covers = {"product": entry.code, "category": entry.raw["category"], "source": claim["source"]}
            covered.setdefault((holder, claim["scheme"]), []).append(covers)
    return covered


def _sources(raw: Raw) -> Iterator[str]:
    yield from dict.fromkeys([raw["source"], *(covers["source"] for covers in raw["covers"])])


def _values(raw: Raw, look: Lookup) -> Values:
    """A report of the press and no more: nothing here is confirmed, so nothing can read as valid."""
    return {
        "code": certificate_code(raw["holder_code"], raw["scheme"]),
        "scheme_id": look.id("certification_scheme", raw["scheme"]),
        f"{raw['holder']}_id": look.id(raw["holder"], raw["holder_code"]),
        "evidence": Evidence.PRESS.value,
        "source_url": raw["source"],
        "sources": cited(_sources(raw)),
        **copied(raw, "level number issued expires"),
    }


def _scope(raw: Raw, look: Lookup) -> list[Values]:
    return [
        {
            "product_id": look.id("product", covers["product"]),
            "scheme_id": look.id("certification_scheme", raw["scheme"]),
            "category_id": look.id("category", covers["category"]),
            "source_url": covers["source"],
        }
        for covers in raw["covers"]
    ]


CERTIFICATES = Kind(
    "certificate",
    "certificates",
    Certificate,
    _certificates,
    _values,
    (child(CertificateScope, "certificate_id", _scope),),
)
