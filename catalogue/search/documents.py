"""What of each kind of record can be found: one function a kind, both languages at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.adapters.markdown import plain
from catalogue.adapters.search_index import Document
from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme
from catalogue.database import Record, db
from catalogue.flower_centre.models import Milestone
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual
from catalogue.pages.listings import built_in_pages
from catalogue.pages.models import AboutPage, HomeSection
from catalogue.places.models import CraftVillage, IndustrialZone, Located, Place, PointOfInterest
from catalogue.places.rules import without_kind
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.routes.models import Stop, TourRoute
from catalogue.search.pages import ABOUT, KIND, PAGES, SitePage


def all_documents() -> Iterator[Document]:
    """Everything that can be found, read in batches."""
    tables = Names.load()
    for kind in KINDS:
        yield from _documents(kind, tables)
    yield from _page_documents()


def count_documents() -> int:
    """How many documents `all_documents` gives."""
    statements = (select(func.count()).select_from(model) for model, _, _ in KINDS.values())
    return len(PAGES) + sum(db.session.scalar(statement) or 0 for statement in statements)


def documents_of(kind: str, ids: Collection[int]) -> list[Document]:
    """What can be found of these records of a kind; who left the catalogue is missing."""
    if kind == KIND:
        return [document for document in _page_documents() if document.id in ids]
    return list(_documents(kind, Names.load(), ids))


def _documents(kind: str, tables: Names, ids: Collection[int] | None = None) -> Iterator[Document]:
    model, statement, document = KINDS[kind]
    asked = statement if ids is None else statement.where(model.id.in_(ids))
    for record in db.session.scalars(asked.execution_options(yield_per=500)):
        yield document(record, tables)


class Names:
    """Small tables that many documents need: categories with the words for them, places with every name."""

    def __init__(
        self, categories: dict[int, Category], places: dict[int, Place], schemes: dict[int, list[str]]
    ) -> None:
        self.categories, self.places, self.schemes = categories, places, schemes
        self.by_code = {category.code: category for category in categories.values()}

    @classmethod
    def load(cls) -> Names:
        categories = {row.id: row for row in db.session.scalars(select(Category))}
        places = {row.id: row for row in db.session.scalars(select(Place).options(selectinload(Place.names)))}
        scheme_names = {row.id: row.name.texts() for row in db.session.scalars(select(CertificationScheme))}
        schemes: dict[int, list[str]] = defaultdict(list)
        covered = select(CertificateScope.product_id, CertificateScope.scheme_id, Certificate.level).join(
            Certificate
        )
        for product_id, scheme_id, level in db.session.execute(covered):
            stars = [f"{level} sao", f"{level} stars"] if level and level.isdigit() else []
            schemes[product_id] += [*scheme_names[scheme_id], *stars]
        return cls(categories, places, schemes)

    def category_words(self, category: Category) -> list[str]:
        """The category's and its parents' names and synonyms."""
        words: list[str] = []
        current: Category | None = category
        while current is not None:
            words += [*current.name.texts(), *_keywords(current.synonyms)]
            current = self.categories.get(current.parent_id) if current.parent_id else None
        return words

    def place_words(self, record: Located) -> list[str]:
        """Today's unit, the units before July 2025, and the locality."""
        own = [record.former_commune or "", record.former_district or "", *record.locality.texts()]
        place = self.places.get(record.place_id) if record.place_id else None
        return own + (place.name.texts() if place else [])


def product_document(product: Product, names: Names) -> Document:
    """A product by its names, its maker, village and place, its category and the words for it."""
    maker, village = product.producer, product.village or product.producer.village
    words = [
        *maker.name.texts(),
        *(village.name.texts() if village else []),
        *(village.ethnic_group or "" for village in [village] if village),
        *names.place_words(maker),
        *names.category_words(product.category),
        *names.schemes.get(product.id, []),
        *_keywords(product.keywords),
        product.hs_code or "",
        product.code.replace("-", " "),
    ]
    return _document("product", product, [product.summary, product.description], words)


def producer_document(producer: Producer, names: Names) -> Document:
    """A maker by its names, what it makes, its village and place."""
    village = producer.village
    words = [
        *(village.name.texts() if village else []),
        *names.place_words(producer),
        *producer.products_summary.texts(),
        *(name for flower in producer.flowers for name in flower.name.texts()),
        producer.code.replace("-", " "),
    ]
    return _document("producer", producer, [producer.summary, producer.story], words)


def village_document(village: CraftVillage, names: Names) -> Document:
    """A craft village by its names, craft, people and place."""
    craft = names.by_code.get(village.craft_code)
    words = [
        village.ethnic_group or "",
        *names.place_words(village),
        *(names.category_words(craft) if craft else []),
        village.code.replace("-", " "),
    ]
    return _document("village", village, [village.summary, _plain(village.story)], words)


def route_document(route: TourRoute, _names: Names) -> Document:
    """A route by its names, theme and stops."""
    words = [*route.theme.texts(), *(name for stop in route.stops for name in stop.target.name.texts())]
    return _document("route", route, [route.summary, _plain(route.story)], words)


def place_document(place: Place, _names: Names) -> Document:
    """A place by its names of today and those of the units before July 2025, with their kind and without."""
    former = [name.commune for name in place.names if name.commune]
    called = [*place.name.texts(), *former]
    districts = [place.former_district or "", *(name.district or "" for name in place.names)]
    names = (*called, *(without_kind(name) for name in called))
    return Document(
        kind="place",
        id=place.id,
        names=tuple(dict.fromkeys(names)),
        words=tuple(word for word in districts if word),
    )


def sight_document(sight: PointOfInterest, names: Names) -> Document:
    """A sight by its names and place."""
    words = [*names.place_words(sight), sight.code.replace("-", " ")]
    return _document("sight", sight, [sight.summary], words)


def zone_document(zone: IndustrialZone, names: Names) -> Document:
    """An industrial zone by its names, places, trades and the firms in it."""
    words = [
        *names.place_words(zone),
        *(name for unit in zone.units for name in unit.name.texts()),
        *zone.sectors.texts(),
        *(firm["name"] for firm in zone.other_enterprises),
    ]
    return _document("zone", zone, [zone.summary, zone.investor], words)


def flower_document(flower: FlowerVariety, names: Names) -> Document:
    """A flower by its names, the botanists' name, the words for its kind, and where it grows."""
    category = names.by_code.get(flower.category_code)
    words = [
        flower.scientific_name or "",
        flower.trade_group,
        *_keywords(flower.keywords),
        *(names.category_words(category) if category else []),
        *(name for area in flower.growing_areas for name in area.label.texts()),
        flower.hs_code,
        flower.code.replace("-", " "),
    ]
    return _document("flower", flower, [flower.summary, flower.description], words)


def scheme_document(scheme: CertificationScheme, _names: Names) -> Document:
    """A scheme by its names, issuer and scope."""
    words = [*scheme.issuer.texts(), scheme.code.replace("-", " ")]
    return _document("scheme", scheme, [scheme.summary, scheme.scope, _plain(scheme.criteria)], words)


def page_document(page: SitePage, texts: Iterable[str] = ()) -> Document:
    """A page of the site by its title, what it is about, other names for it, and the texts it shows."""
    return Document(
        KIND, page.id, tuple(page.name.texts()), page.words, (*page.summary.texts(), *filter(None, texts))
    )


def about_document(page: AboutPage, _names: Names) -> Document:
    """A page about the site that staff added, by its words."""
    return _document(ABOUT, page, [page.summary, _plain(page.text)], [])


def _page_documents() -> Iterator[Document]:
    """The pages that stand for no record, with what staff wrote on them."""
    texts: dict[str, list[str]] = defaultdict(list)
    for step in db.session.scalars(select(Milestone)):
        texts["flower-centre"] += step.event.texts()
    for section in db.session.scalars(select(HomeSection)):
        texts["home"] += [*section.title.texts(), *_plain(section.text).texts()]
    written = {page.code: page for page in db.session.scalars(select(AboutPage))}
    for code, content in built_in_pages().items():
        known = written.get(code)
        name, text = (
            (known.name, known.text)
            if known
            else (Bilingual.of(content["name"]), Bilingual.of(content["text"]))
        )
        texts[code] += [*name.texts(), *_plain(text).texts()]
    for page in PAGES:
        yield page_document(page, texts[page.code])


def _plain(text: Bilingual) -> Bilingual:
    """The words of a Markdown text."""
    return Bilingual(*(plain(each) if each else None for each in (text.vi, text.en)))


def _keywords(words: dict[str, Any]) -> list[str]:
    """Search words of both languages."""
    return [str(word) for language in ("vi", "en") for word in words.get(language, [])]


def _document(kind: str, record: Record, texts: Iterable[Bilingual], words: Iterable[str]) -> Document:
    return Document(
        kind=kind,
        id=record.id,
        names=tuple(record.name.texts()),
        texts=tuple(part for text in texts for part in text.texts()),
        words=tuple(word for word in words if word),
    )


def _products() -> Any:
    return select(Product).options(
        joinedload(Product.producer).joinedload(Producer.village),
        joinedload(Product.village),
        joinedload(Product.category),
    )


def _producers() -> Any:
    return select(Producer).options(joinedload(Producer.village), selectinload(Producer.flowers))


def _routes() -> Any:
    stops = selectinload(TourRoute.stops)
    return select(TourRoute).options(
        stops.joinedload(Stop.village), stops.joinedload(Stop.producer), stops.joinedload(Stop.poi)
    )


# By kind: what is read, with what it needs, and the function that makes a document of it.
KINDS: dict[str, tuple[Any, Any, Callable[[Any, Names], Document]]] = {
    "product": (Product, _products(), product_document),
    "producer": (Producer, _producers(), producer_document),
    "village": (CraftVillage, select(CraftVillage).options(joinedload(CraftVillage.place)), village_document),
    "route": (TourRoute, _routes(), route_document),
    "place": (Place, select(Place).options(selectinload(Place.names)), place_document),
    "sight": (PointOfInterest, select(PointOfInterest), sight_document),
    "zone": (
        IndustrialZone,
        select(IndustrialZone).options(selectinload(IndustrialZone.units)),
        zone_document,
    ),
    "flower": (
        FlowerVariety,
        select(FlowerVariety).options(selectinload(FlowerVariety.growing_areas)),
        flower_document,
    ),
    "scheme": (CertificationScheme, select(CertificationScheme), scheme_document),
    ABOUT: (AboutPage, select(AboutPage).where(AboutPage.code.not_in(built_in_pages())), about_document),
}
