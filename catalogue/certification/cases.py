"""What staff write of a certificate, set against what its scheme demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.archive import archived_too
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.rules import Evidence, Holder
from catalogue.certification.scheme_rules import Area, Case, Demands, Good, lies_in
from catalogue.database import db
from catalogue.flowers.models import FlowerVariety
from catalogue.flowers.queries import flower_categories
from catalogue.kernel.errors import NotFound, RuleBroken
from catalogue.kernel.partial_date import PartialDate
from catalogue.kernel.text import slug
from catalogue.places.models import CraftVillage, Place
from catalogue.producers.models import Producer, ProducerFlower
from catalogue.products.models import Product
from catalogue.products.queries import category_tree
from catalogue.records import by_code

Owner = Product | Producer
MOST_FOUND = 20


@dataclass(frozen=True)
class Grant:
    """What staff read on the paper or in the issuer's register; products, categories and flowers by code."""

    level: str | None = None
    number: str | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    valid_from: date | None = None
    issued_by: str | None = None
    evidence: Evidence = Evidence.PRESS
    source_url: str | None = None
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    flowers: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Grant:
        """What an entry of the register (`register.entry_of`) says of it."""
        return cls(
            level=entry["level"],
            number=entry["number"],
            issued=PartialDate.parse(entry["issued"]) if entry["issued"] else None,
            expires=PartialDate.parse(entry["expires"]) if entry["expires"] else None,
            valid_from=date.fromisoformat(entry["valid_from"]) if entry["valid_from"] else None,
            issued_by=entry["issued_by"],
            evidence=Evidence(entry["evidence"]),
            source_url=entry["source_url"],
            products=tuple(entry["products"]),
            categories=tuple(entry["categories"]),
            flowers=tuple(entry["flowers"]),
        )


def scheme_in_full(code: str) -> CertificationScheme:
    """A scheme with all that its rules rest on; NotFound."""
    found = by_code(
        CertificationScheme,
        code,
        selectinload(CertificationScheme.levels),
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas).selectinload(Place.current),
    )
    if found is None:
        raise NotFound("scheme.unknown")
    return found


def owner(scheme: CertificationScheme, code: str) -> Owner:
    """The product or the maker of that code, whichever the scheme is granted to; a code of the other kind is
    found as well, so that the rule that it breaks can be told. RuleBroken `certificate.holder_unknown`."""
    kinds: tuple[type[Any], ...] = (
        (Product, Producer) if scheme.granted_to == Holder.PRODUCT else (Producer, Product)
    )
    village = joinedload(Producer.village).joinedload(CraftVillage.place)
    for kind in kinds:
        options = [joinedload(Producer.place), village]
        if kind is Product:
            maker = joinedload(Product.producer)
            options = [
                maker.joinedload(Producer.place),
                maker.joinedload(Producer.village).joinedload(CraftVillage.place),
            ]
        found: Owner | None = by_code(kind, code, *options)
        if found is not None:
            return found
    raise RuleBroken("certificate.holder_unknown", field="holder")


def find_owners(scheme: CertificationScheme, text: str) -> list[Owner]:
    """Products or makers, whichever the scheme is granted to, that these words name; by maker and name."""
    words = [word for word in slug(text).split("-") if word]
    maker = joinedload(Product.producer)
    found: Sequence[Owner]
    named: list[ColumnElement[bool]]
    if scheme.granted_to == Holder.PRODUCT:
        named = [Product.slug_vi.contains(word) | Producer.slug_vi.contains(word) for word in words]
        found = db.session.scalars(
            select(Product)
            .join(Producer, Producer.id == Product.producer_id)
            .where(*named)
            .options(maker)
            .order_by(Product.sort_vi)
            .limit(MOST_FOUND)
        ).all()
    else:
        named = [Producer.slug_vi.contains(word) for word in words]
        found = db.session.scalars(
            select(Producer).where(*named).order_by(Producer.sort_vi).limit(MOST_FOUND)
        ).all()
    return list(found) if words else []


def flowers_of(maker: Producer) -> Sequence[FlowerVariety]:
    """The flowers that a maker is known to grow."""
    return db.session.scalars(
        select(FlowerVariety)
        .join(ProducerFlower, ProducerFlower.flower_id == FlowerVariety.id)
        .where(ProducerFlower.producer_id == maker.id)
        .order_by(FlowerVariety.sort_vi)
    ).all()


def owner_of(certificate: Certificate) -> Owner:
    """Who holds it."""
    found = certificate.product or certificate.producer
    assert found is not None
    return found


def maker_of(holder: Owner) -> Producer:
    """The producer behind a holder."""
    return holder.producer if isinstance(holder, Product) else holder


def demands_of(scheme: CertificationScheme) -> Demands:
    """A scheme's rules; needs levels, categories and areas."""
    return Demands(
        granted_to=Holder(scheme.granted_to),
        levels=tuple(one.level for one in scheme.levels),
        categories=frozenset(one.category_id for one in scheme.categories),
        agreed_only=frozenset(one.category_id for one in scheme.categories if one.agreed_only),
        has_area=bool(scheme.areas),
        validity_months=scheme.validity_months,
    )


def case_of(
    scheme: CertificationScheme,
    holder: Owner,
    grant: Grant,
    covered: Iterable[Product],
    *,
    makes: Collection[int] = (),
    confirmed: bool,
) -> Case:
    """The certificate as it would stand, with the products it covers. `makes`: what `made_by` tells of a
    maker. RuleBroken where a category that it names is not there."""
    known = category_tree().by_code
    if unknown := [code for code in grant.categories if code not in known]:
        raise RuleBroken("certificate.category_unknown", field="categories", missing=unknown[0])
    kinds = flower_categories() if grant.flowers else {}
    return Case(
        holder=Holder.PRODUCT if isinstance(holder, Product) else Holder.PRODUCER,
        level=grant.level,
        goods=(
            *(Good(one.code, one.category_id, _is_own(holder, one)) for one in covered),
            *(Good(code, known[kinds[code]].id) for code in grant.flowers if code in kinds),
        ),
        categories=frozenset(known[code].id for code in grant.categories),
        makes=frozenset(makes),
        in_area=_in_area(scheme, maker_of(holder)),
        issued=grant.issued,
        expires=grant.expires,
        valid_from=grant.valid_from,
        confirmed=confirmed,
    )


def made_by(makers: Collection[int]) -> Mapping[int, Collection[int]]:
    """By maker, the categories of its products, in the catalogue or not: what left may come back."""
    rows = select(Product.producer_id, Product.category_id).where(Product.producer_id.in_(makers)).distinct()
    found: dict[int, set[int]] = defaultdict(set)
    with archived_too():
        for maker, category in db.session.execute(rows):
            found[maker].add(category)
    return found


def covered_by(holder: Owner, grant: Grant) -> list[Product]:
    """The products that a grant covers: a product's own certificate covers that product. A paper also names
    what is not in the catalogue now.

    RuleBroken where there is no product of a code.
    """
    codes = grant.products
    if isinstance(holder, Product) and set(codes) <= {holder.code}:
        return [holder]
    with archived_too():
        found = {one.code: one for one in db.session.scalars(select(Product).where(Product.code.in_(codes)))}
    if unknown := [code for code in codes if code not in found]:
        raise RuleBroken("certificate.product_unknown", field="products", missing=unknown[0])
    return [found[code] for code in codes]


def _is_own(holder: Owner, product: Product) -> bool:
    if isinstance(holder, Product):
        return product.id == holder.id
    return product.producer_id == holder.id


def _in_area(scheme: CertificationScheme, maker: Producer) -> bool | None:
    """By the maker's own place; where none is known, by its village's."""
    where: Producer | CraftVillage = maker
    if not maker.place and not maker.former_district and maker.village:
        where = maker.village
    areas = [
        Area(
            one.code,
            one.former_district if one.kind.startswith("old-") else None,
            frozenset(unit.code for unit in one.current),
        )
        for one in scheme.areas
    ]
    districts = where.former_district.split("; ") if where.former_district else []
    return lies_in(areas, where.place.code if where.place else None, districts)
