"""A reader's own list: it lives in its address alone, needs no account, and can be asked about as a whole."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, request
from flask_babel import gettext, ngettext

from catalogue.adapters.search_index import SearchIndex
from catalogue.certification.queries import certificates_of_products
from catalogue.enquiries.rules import MOST_ITEMS
from catalogue.kernel.clock import today
from catalogue.kernel.text import one_line
from catalogue.search.queries import search_catalogue
from catalogue.search.request import read_request
from catalogue.web.language import current, page
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.public.cards import maker_row, product_cards
from catalogue.web.public.selection import Selection, asked, found

# So many products are offered when somebody looks for one more.
MOST_OFFERED = 8
HERE = "public.shortlist.show"

blueprint = Blueprint("shortlist", __name__)


@page(blueprint, vi="/danh-sach", en="/shortlist")
def show() -> Response:
    """What was chosen, with a way to take each off, to add one more by its name, and to ask about all."""
    there, products, producers = found(asked(request.args))
    certificates = certificates_of_products([product.id for product in products])
    cards = product_cards(products, certificates, today())
    words = one_line(request.args.get("q", ""))
    answer = make_response(
        render(
            "public/shortlist/show.html",
            title=_title(len(there)),
            selection=there,
            here=current_app.config["SITE_URL"] + there.href(HERE),
            cards=[card | {"save": None} for card in cards],
            removals=[_removal(there, "products", one.code, one.name) for one in products],
            makers=[
                {"row": maker_row(one), "removal": _removal(there, "producers", one.code, one.name)}
                for one in producers
            ],
            enquire=there.href("public.enquiries.write"),
            words=words,
            offers=_offers(there, words) if words else [],
            is_full=len(there) >= MOST_ITEMS,
        )
    )
    if request.args:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _title(number: int) -> str:
    if not number:
        return gettext("Your list is empty")
    return ngettext("Your list: %(num)s entry", "Your list: %(num)s entries", number)


def _removal(there: Selection, kind: str, code: str, name: Any) -> dict[str, Any]:
    """The way to the same list without one of its items."""
    return {"name": say(name), "key": f"{kind}:{code}", "href": there.without(code).href(HERE)}


def _offers(there: Selection, words: str) -> list[dict[str, Any]]:
    """Products that the words find, each with the address of the list that has it too."""
    index: SearchIndex = current_app.extensions["search_index"]
    hits = search_catalogue(index, read_request([("q", words)]), current(), today()).products
    return [
        {
            "name": say(one.name),
            "maker": say(one.producer.name),
            "key": f"products:{one.code}",
            "href": (there | Selection(products=(one.code,))).href(HERE),
        }
        for one in hits
        if one.code not in there.products
    ][:MOST_OFFERED]
