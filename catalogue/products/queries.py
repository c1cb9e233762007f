"""Reads about products and categories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.slugs import find_by_slug
from catalogue.version import kept

WITH_MAKER = (
    joinedload(Product.producer).joinedload(Producer.place),
    joinedload(Product.producer).joinedload(Producer.village).joinedload(CraftVillage.place),
    joinedload(Product.category),
    joinedload(Product.flower),
)


# Everything that is told of a product by itself.
IN_FULL = (*WITH_MAKER, joinedload(Product.village), selectinload(Product.markets))


@dataclass(frozen=True)
class CategoryTree:
    """All categories in their own order, with ways up and down."""

    categories: tuple[Category, ...]

    @cached_property
    def by_id(self) -> dict[int, Category]:
        return {category.id: category for category in self.categories}

    @cached_property
    def by_code(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def roots(self) -> tuple[Category, ...]:
        return tuple(category for category in self.categories if category.parent_id is None)

    def children(self, category: Category) -> tuple[Category, ...]:
        """The categories right below."""
        return tuple(child for child in self.categories if child.parent_id == category.id)

    def line(self, category: Category) -> tuple[Category, ...]:
        """The category and everything above it, itself first."""
        found = [category]
        while found[-1].parent_id is not None:
            found.append(self.by_id[found[-1].parent_id])
        return tuple(found)


@kept
def category_tree() -> CategoryTree:
    """The whole tree, in one statement."""
    return CategoryTree(tuple(db.session.scalars(select(Category).order_by(Category.position))))


def product_by_slug(slug: str, language: Language) -> Product:
    """A product with maker, village, place, category, flower and markets; NotFound."""
    product = find_by_slug(
        Product,
        language,
        slug,
        *WITH_MAKER,
        joinedload(Product.village).joinedload(CraftVillage.place),
        selectinload(Product.markets),
    )
    if product is None:
        raise NotFound("product.unknown")
    return product


def products_by_id(ids: Iterable[int]) -> list[Product]:
    """Products with maker and category, in the order of the ids."""
    wanted = list(ids)
    rows = db.session.scalars(select(Product).where(Product.id.in_(wanted)).options(*WITH_MAKER))
    found = {product.id: product for product in rows}
    return [found[key] for key in wanted if key in found]


def products_by_code(codes: Iterable[str]) -> list[Product]:
    """Products with maker and category, in the order of the codes; a code that nothing has is passed over."""
    wanted = list(dict.fromkeys(codes))
    rows = db.session.scalars(select(Product).where(Product.code.in_(wanted)).options(*WITH_MAKER))
    found = {product.code: product for product in rows}
    return [found[code] for code in wanted if code in found]


def products_of_producers(producer_ids: Iterable[int], language: Language) -> Sequence[Product]:
    """What these producers make, in the order of the language."""
    order = Product.sort_vi if language is Language.VI else Product.sort_en
    return db.session.scalars(
        select(Product).where(Product.producer_id.in_(set(producer_ids))).options(*WITH_MAKER).order_by(order)
    ).all()


@dataclass(frozen=True)
class Named:
    """What is needed to name a product."""

    code: str
    name: Bilingual


def named_by_producer(producer_ids: Iterable[int]) -> dict[int, list[Named]]:
    """Code and name of what each of these producers makes, by code."""
    rows = db.session.execute(
        select(Product.producer_id, Product.code, Product.name)
        .where(Product.producer_id.in_(set(producer_ids)))
        .order_by(Product.code)
    )
    found: dict[int, list[Named]] = defaultdict(list)
    for producer_id, code, name in rows:
        found[producer_id].append(Named(code, name))
    return found


def products_of_makers(
    producer_ids: Iterable[int], village_ids: Iterable[int], language: Language
) -> Sequence[Product]:
    """What these producers and the makers of these villages make, in the order of the language."""
    order = Product.sort_vi if language is Language.VI else Product.sort_en
    made = Product.producer_id.in_(set(producer_ids)) | Producer.village_id.in_(set(village_ids))
    return db.session.scalars(
        select(Product).join(Product.producer).where(made).options(*WITH_MAKER).order_by(order)
    ).all()


def product_ids_by_producer(producer_ids: Iterable[int], language: Language) -> dict[int, list[int]]:
    """The ids of what each of these producers makes, in the order of the language."""
    order = Product.sort_vi if language is Language.VI else Product.sort_en
    made = select(Product.producer_id, Product.id).where(Product.producer_id.in_(set(producer_ids)))
    found: dict[int, list[int]] = defaultdict(list)
    for producer_id, product_id in db.session.execute(made.order_by(order)):
        found[producer_id].append(product_id)
    return dict(found)


def products_of_flower(flower_id: int, language: Language) -> Sequence[Product]:
    """The products that are this flower, in the order of the language."""
    order = Product.sort_vi if language is Language.VI else Product.sort_en
    return db.session.scalars(
        select(Product).where(Product.flower_id == flower_id).options(*WITH_MAKER).order_by(order)
    ).all()


@kept
def category_ids_by_producer() -> dict[int, set[int]]:
    """The categories of what each producer makes, by id; kept, for it reads every product."""
    found: dict[int, set[int]] = defaultdict(set)
    made = select(Product.producer_id, Product.category_id).distinct()
    for producer_id, category_id in db.session.execute(made):
        found[producer_id].add(category_id)
    return found


def product_counts_by_flower() -> dict[int, int]:
    """How many products of each flower there are."""
    counted = select(Product.flower_id, func.count()).group_by(Product.flower_id)
    return {flower_id: count for flower_id, count in db.session.execute(counted) if flower_id is not None}


def newest_products(most: int) -> Sequence[Product]:
    """The products that entered the catalogue last, the newest first."""
    newest = select(Product).options(*WITH_MAKER).order_by(Product.published_at.desc(), Product.code)
    return db.session.scalars(newest.limit(most)).all()


def first_published() -> datetime | None:
    """When the catalogue got its first product; None while it is empty."""
    return db.session.scalar(select(func.min(Product.published_at)))


def product_counts_by_producer() -> dict[int, int]:
    """How many products each producer has."""
    counted = select(Product.producer_id, func.count()).group_by(Product.producer_id)
    return dict(db.session.execute(counted).all())


def neighbour_prices(category_code: str, currency: str, unit: str | None, besides: str) -> list[float]:
    """The prices of other products of a category in a currency and unit of sale, the lowest first."""
    asked = (
        select(Product.price)
        .join(Category, Product.category_id == Category.id)
        .where(Category.code == category_code, Product.currency == currency, Product.price.is_not(None))
        .where(Product.unit == unit, Product.code != besides)
        .order_by(Product.price)
    )
    return [float(price) for price in db.session.scalars(asked) if price is not None]
