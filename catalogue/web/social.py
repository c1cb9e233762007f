"""The picture that stands for a page where its address is shared: drawn when first asked for, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from catalogue import records
from catalogue.adapters.shelf import Shelf
from catalogue.database import Record
from catalogue.kernel import weave
from catalogue.kernel.card import HEIGHT, VERSION, WIDTH, Card
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.web import labels, photographs
from catalogue.web.assets import FOR_EVER
from catalogue.web.language import current, read

SITE = "Đà Lạt"
SITE_CODE = "da-lat"  # names the card of the site itself, and seeds its band
# All cards of a few thousand records in both languages; each has about 20 KB.
MOST_KEPT = 8000

blueprint = Blueprint("social", __name__)


@dataclass(frozen=True)
class Kind:
    """A kind of record with cards of its own; `options` load what `words` needs of it."""

    model: type[Any]
    options: tuple[ORMOption, ...]
    words: Callable[[Any], Card]


def register(app: Flask) -> None:
    """Keep cards in the instance folder and tell templates their addresses."""
    app.extensions["social-cards"] = Shelf(app.config["INSTANCE"] / "og", MOST_KEPT)
    app.jinja_env.globals["social_card"] = social_card
    app.register_blueprint(blueprint)


def social_card(record: Record | None) -> dict[str, Any]:
    """The card of a page: its photograph, else one drawn of the record, else the site's.

    Gives the whole address, media type and size, and what it says in words.
    """
    if record is not None and (photograph := photographs.card_of(record)):
        return photograph | {"type": "image/jpeg"}
    for name, kind in KINDS.items():
        if record is not None and isinstance(record, kind.model):
            return _described(name, record.code, kind.words(record))
    return _described("site", SITE_CODE, _of_site())


@blueprint.get(
    "/og/<any(vi, en):language>/<any(products, producers, villages, routes, site):kind>/<name>.png"
)
def picture(kind: str, name: str) -> ResponseReturnValue:
    """A card; one with an old address leads to the present one."""
    code = name.rpartition("-")[0]
    card = _find(kind, code)
    if card is None:
        abort(404)
    if name != _name(code, card):
        return redirect(_address(kind, code, card), 302)
    shelf: Shelf = current_app.extensions["social-cards"]
    drawn = shelf.get(f"{_digest(card)}.png", lambda: _drawn(card))
    response = Response(drawn, mimetype="image/png")
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites show it: that is its use
    return response


def _drawn(card: Card) -> bytes:
    from catalogue.adapters.imaging.cards import draw_card  # Pillow, 5 MB: seldom needed by who serves pages

    return draw_card(card)


def _find(kind: str, code: str) -> Card | None:
    if kind == "site":
        return _of_site() if code == SITE_CODE else None
    known = KINDS[kind]
    record = records.by_code(known.model, code, *known.options)
    return known.words(record) if record else None


def _described(kind: str, code: str, card: Card) -> dict[str, Any]:
    said = (card.kind, card.name, card.note)
    site = current_app.config["SITE_URL"]
    return {
        "href": site + _address(kind, code, card),
        "type": "image/png",
        "width": WIDTH,
        "height": HEIGHT,
        "alt": " · ".join(filter(None, said)),
    }


def _address(kind: str, code: str, card: Card) -> str:
    """A card that says something else has another address."""
    return url_for("social.picture", language=current().value, kind=kind, name=_name(code, card))


def _name(code: str, card: Card) -> str:
    return f"{code}-{_digest(card)[:12]}"


def _digest(card: Card) -> str:
    """Everything that decides how a card looks."""
    return hashlib.sha256(repr((VERSION, weave.VERSION, astuple(card))).encode()).hexdigest()


def _of_site() -> Card:
    words = gettext("Products, makers, craft villages and routes of Lâm Đồng province")
    return Card(SITE_CODE, "", words, "", SITE)


def _of_product(product: Product) -> Card:
    note = gettext("By %(maker)s", maker=read(product.producer.name))
    return Card(product.producer.code, gettext("Product"), read(product.name), note, SITE)


def _of_producer(producer: Producer) -> Card:
    place = read(producer.place.name) if producer.place else ""
    return Card(producer.code, str(labels.PRODUCER_KINDS[producer.kind]), read(producer.name), place, SITE)


def _of_village(village: CraftVillage) -> Card:
    place = read(village.place.name) if village.place else ""
    return Card(village.code, gettext("Craft village"), read(village.name), place, SITE)


def _of_route(route: TourRoute) -> Card:
    days = ngettext("%(num)s day", "%(num)s days", route.days)
    stops = ngettext("%(num)s stop", "%(num)s stops", len(route.stops))
    return Card(route.code, gettext("Route"), read(route.name), f"{days} · {stops}", SITE)


KINDS: dict[str, Kind] = {
    "products": Kind(Product, (joinedload(Product.producer),), _of_product),
    "producers": Kind(Producer, (joinedload(Producer.place),), _of_producer),
    "villages": Kind(CraftVillage, (joinedload(CraftVillage.place),), _of_village),
    "routes": Kind(TourRoute, (selectinload(TourRoute.stops),), _of_route),
}
