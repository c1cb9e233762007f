"""One box over every kind of record: what is found, what the office put first, what may have been meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue import version
from catalogue.adapters.search_index import SearchIndex, stem
from catalogue.certification.models import CertificationScheme
from catalogue.database import Record, db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.once import once
from catalogue.kernel.text import fold, nfc, words
from catalogue.pages.models import AboutPage
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Product
from catalogue.products.queries import WITH_MAKER, category_tree
from catalogue.records import in_order_of
from catalogue.routes.models import TourRoute
from catalogue.search import pages
from catalogue.search.asking import Answer, Terms, ask
from catalogue.search.highlight import mark
from catalogue.search.models import SearchPin
from catalogue.search.pages import SitePage
from catalogue.search.rules import pin_key
from catalogue.search.suggest import MOST_OF, Suggestion, suggestions

PAGE_SIZE = 24
MOST_OF_A_KIND = 10
LEAST_BEGINNING, MOST_NEAR = 3, 4  # letters; names
DEEPEST = 100  # hits among which suggestions are looked for
MOST_DROPPED = 6  # words of a question that is tried without each

MODELS: dict[str, tuple[type[Record], tuple[Any, ...]]] = {
    "product": (Product, WITH_MAKER),
    "producer": (Producer, WITH_PLACE),
    "village": (CraftVillage, (joinedload(CraftVillage.place),)),
    "route": (TourRoute, ()),
    "place": (Place, (selectinload(Place.names),)),
    "sight": (PointOfInterest, (joinedload(PointOfInterest.place),)),
    "zone": (IndustrialZone, (joinedload(IndustrialZone.place),)),
    "flower": (FlowerVariety, ()),
    "scheme": (CertificationScheme, ()),
}


@dataclass(frozen=True)
class Pinned:
    """A record that the office put first for some words, why, and the last day of it."""

    kind: str
    id: int
    reason: Bilingual
    until: date


@dataclass(frozen=True)
class Group:
    """The best hits of one kind and how many there are in all."""

    kind: str
    total: int
    records: Sequence[Record | SitePage]


@dataclass(frozen=True)
class Found:
    """What one box finds: the best group first by its best hit; the rest as in `Answer`, but that `meant` is
    what the reader may have meant, in the spelling of the catalogue; None where it is what was typed.
    `pinned` holds why records were put first, by kind and id.
    """

    groups: Sequence[Group] = ()
    total: int = 0
    terms: Terms = frozenset()
    unspelled: tuple[str, ...] = ()
    guessed: bool = False
    meant: str | None = None
    pinned: Mapping[tuple[str, int], Bilingual] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """Everything that was found as (kind, id), the best first; the rest as in `Found`."""

    keys: Sequence[tuple[str, int]]
    unspelled: tuple[str, ...]
    guessed: bool
    meant: str | None


def search_everything(index: SearchIndex, text: str, day: date) -> Found:
    """The records of every kind and the pages that match, the best of each first; one statement a kind."""
    answer, first = ask(index, text), _ahead(text, day)
    groups = []
    for kind in dict.fromkeys([*first, *answer.hits.totals()]):
        ids = _in_order(answer, kind, first.get(kind, ()))
        groups.append(Group(kind, len(ids), _load(kind, ids[:MOST_OF_A_KIND])))
    return _found(answer, text, groups, first)


def search_kind(index: SearchIndex, text: str, kind: str, page: int, day: date) -> Found:
    """The records of one kind that match, one page of them as the only group."""
    answer, first = ask(index, text), _ahead(text, day)
    ids = _in_order(answer, kind, first.get(kind, ()))
    start = (page - 1) * PAGE_SIZE
    group = Group(kind, len(ids), _load(kind, ids[start : start + PAGE_SIZE]))
    return _found(answer, text, [group] if ids else [], first)


def search_ranked(index: SearchIndex, text: str, day: date) -> Ranked:
    """Every record that matches, the best first."""
    answer, first = ask(index, text), _ahead(text, day)
    ahead = [(kind, one.id) for kind, pins in first.items() for one in pins]
    keys = [(hit.kind, hit.id) for hit in answer.hits if hit.kind in MODELS]
    return Ranked(
        list(dict.fromkeys([*ahead, *keys])), answer.unspelled, answer.guessed, _meant(answer, text)
    )


def nearest(index: SearchIndex, text: str) -> dict[str, int]:
    """For a text that finds nothing: the text without one of its words, and how much that finds; the most
    first, three at most."""
    found = [word.text for word in words(nfc(text))]
    totals = {}
    for place in range(len(found) if 1 < len(found) <= MOST_DROPPED else 0):
        less = " ".join(found[:place] + found[place + 1 :])
        totals[less] = len(ask(index, less).hits)
    best = sorted(totals.items(), key=lambda way: -way[1])[:3]
    return {less: total for less, total in best if total}


def suggest(index: SearchIndex, typed: str, most: int) -> list[Suggestion]:
    """What may be about to be typed; where no name begins so, what the search finds of the same kinds."""
    if found := suggestions().find(typed, most):
        return found
    hits = [hit for hit in ask(index, typed).hits[:DEEPEST] if hit.kind in MOST_OF][:most]
    rows = {hit: load_hits(hit.kind, [hit.id]) for hit in hits}
    return [
        Suggestion(hit.kind, hit.id, row.name.text(Language.VI))
        for hit, found in rows.items()
        for row in found
    ]


def near_names(text: str) -> list[Record]:
    """For a text that finds nothing: categories, products, makers and villages with a name that begins as one
    of its words does; fewer and fewer letters of it until there are some."""
    for word in words(nfc(text))[:MOST_DROPPED]:
        for length in range(len(word.text), LEAST_BEGINNING - 1, -1):
            if found := suggestions().find(word.text[:length], MOST_NEAR):
                return suggested(found)
    return []


def suggested(found: Sequence[Suggestion]) -> list[Record]:
    """The records behind suggestions, in their order."""
    rows: dict[tuple[str, int], Record] = {}
    for kind in dict.fromkeys(one.kind for one in found):
        ids = [one.id for one in found if one.kind == kind]
        loaded = _categories(ids) if kind == "category" else load_hits(kind, ids)
        rows |= {(kind, row.id): row for row in loaded}
    return [rows[one.kind, one.id] for one in found if (one.kind, one.id) in rows]


def _categories(ids: Sequence[int]) -> list[Record]:
    return [row for number in ids if (row := category_tree().by_id.get(number)) is not None]


def pinned(text: str, day: date) -> list[Pinned]:
    """What the office put first for these words on that day."""
    found = _pins(str(db.engine.url), version.current()).get(pin_key(text), ())
    return [one for one in found if one.until >= day]


def _ahead(text: str, day: date) -> dict[str, list[Pinned]]:
    found: dict[str, list[Pinned]] = defaultdict(list)
    for one in pinned(text, day):
        found[one.kind].append(one)
    return dict(found)


def _in_order(answer: Answer, kind: str, first: Sequence[Pinned]) -> Sequence[int]:
    """The ids of one kind, those first that the office put first, found or not."""
    ids = answer.hits.of(kind).ids
    return list(dict.fromkeys([*(one.id for one in first), *ids])) if first else ids


def _found(
    answer: Answer, text: str, groups: Sequence[Group], first: Mapping[str, Sequence[Pinned]]
) -> Found:
    return Found(
        groups,
        sum(group.total for group in groups),
        answer.terms,
        answer.unspelled,
        answer.guessed,
        _meant(answer, text),
        {(kind, one.id): one.reason for kind, pins in first.items() for one in pins},
    )


def _meant(answer: Answer, text: str) -> str | None:
    """The words of the best hit's name that were found, as it spells them."""
    if answer.meant is None:
        return None
    record = next(iter(_load(answer.meant.kind, [answer.meant.id])), None)
    names = record.name.texts() if record else []
    said = [" ".join(piece for piece, hit in mark(name, answer.meant_terms, stem) if hit) for name in names]
    best = max(said, key=lambda one: len(words(one)), default="")
    typed, meant = ([fold(word.text) for word in words(one)] for one in (text, best))
    return best if len(meant) >= len(typed) and meant != typed else None


def load_hits(kind: str, ids: Sequence[int]) -> list[Record]:
    """Records of a kind in the order of the ids."""
    model, options = MODELS[kind]
    rows = db.session.scalars(select(model).where(model.id.in_(ids)).options(*options))
    found = {row.id: row for row in rows}
    return [found[key] for key in ids if key in found]


def _load(kind: str, ids: Sequence[int]) -> Sequence[Record | SitePage]:
    if kind == pages.KIND:
        return [pages.BY_ID[key] for key in ids if key in pages.BY_ID]
    if kind == pages.ABOUT:
        return in_order_of(AboutPage, ids)
    return load_hits(kind, ids)


def codes() -> dict[tuple[str, int], str]:
    """The code of everything that can be found, by kind and number."""
    found = {
        (kind, number): code
        for kind, (model, _) in MODELS.items()
        for number, code in db.session.execute(select(model.id, model.code))
    }
    return found | {(pages.KIND, page.id): page.code for page in pages.PAGES}


@once(4)
def _pins(_database: str, _version: int) -> Mapping[str, Sequence[Pinned]]:
    """By their words, what the office put first; a record that left the catalogue is missing."""
    found: dict[str, list[Pinned]] = defaultdict(list)
    for row in db.session.scalars(select(SearchPin).order_by(SearchPin.id)):
        model, _ = MODELS[row.kind]
        number = db.session.scalar(select(model.id).where(model.code == row.code))
        if number is not None:
            found[row.key].append(Pinned(row.kind, number, row.reason, row.until))
    return dict(found)
