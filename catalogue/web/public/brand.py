"""About the mark of the same name: what it covers, where, who grants it, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask_babel import format_decimal, gettext, ngettext

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_scheme
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.showcase.models import PointOfSale, PromotionBody, TradeEvent
from catalogue.showcase.queries import (
    brand_mark,
    points_of_sale,
    promotion_body,
    scheme_of_mark,
    trade_events,
)
from catalogue.showcase.rules import MARK, SaleKind
from catalogue.web import dates, labels
from catalogue.web.language import address, current, page, read
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.public.records import source_link, source_links
from catalogue.web.public.schemes import STANDING, categories_of
from catalogue.web.public.thread import place_link
from catalogue.web.public.whereabouts import local

Raw = Mapping[str, Any]

# The scheme covers only a part of this old district (README of the data, certification claims).
PARTLY_COVERED = "huyen-lam-ha"

blueprint = Blueprint("brand", __name__)


@page(blueprint, vi="/thuong-hieu", en="/brand")
def show() -> str:
    """The mark, the places that sell under it, and who promotes it."""
    scheme, mark, body = scheme_of_mark(MARK), brand_mark(MARK), promotion_body()
    listed, agreed = categories_of(scheme)
    outlets = points_of_sale()
    details: Raw = body.details if body else {}
    documents = [*scheme.sources, *(mark.sources if mark else ()), *(body.sources if body else ())]
    return render(
        "public/brand/show.html",
        summary=say(scheme.summary),
        listed=listed,
        agreed=agreed,
        partly=next((read(place.name) for place in scheme.areas if place.code == PARTLY_COVERED), ""),
        areas=[{"text": say(place.name), "href": place_link(place)} for place in scheme.areas],
        issuer=say(scheme.issuer),
        legal_basis=say(scheme.legal_basis),
        official=source_link(scheme.url) if scheme.url else None,
        milestones=[_milestone(step) for step in mark.milestones] if mark else [],
        holders=[_holder_count(count) for count in mark.holders] if mark else [],
        holders_note=say(mark.holders_note) if mark else "",
        figures=[_figure(one) for one in details.get("brand", {}).get("figures", ())],
        here=_here(certificates_of_scheme(scheme.id)),
        scheme_href=address("public.schemes.show", slug=scheme.slug(current())),
        gaps=[_text(gap) for gap in (mark.gaps if mark else ())],
        outlets=[_outlet(one) for one in outlets if one.kind == SaleKind.MARK],
        other_outlets=[_outlet(one) for one in outlets if one.kind != SaleKind.MARK],
        body=_body(body) if body else None,
        ocop_counts=[_ocop_count(one) for one in details.get("ocop_counts", ())],
        events=[_event(one) for one in trade_events()],
        promotion_gaps=[_text(gap) for gap in details.get("gaps", ())],
        sources=source_links(documents),
    )


def _text(pair: Raw | None) -> Any:
    return say(Bilingual(pair["vi"], pair["en"])) if pair else ""


def _links(urls: list[str]) -> list[dict[str, str]]:
    return [source_link(url) for url in urls]


def _here(certificates: Any) -> str:
    """What this catalogue has on record under the mark."""
    day, products = today(), set()
    standing: list[Certificate] = [one for one in certificates if one.status_on(day) in STANDING]
    for certificate in standing:
        products |= {row.product_id for row in certificate.scope}
    makers = ngettext("%(num)s maker", "%(num)s makers", len(standing))
    goods = ngettext("%(num)s product", "%(num)s products", len(products))
    return gettext(
        "In this catalogue a source reports the mark for %(makers)s and says that it covers %(goods)s.",
        makers=makers,
        goods=goods,
    )


def _milestone(step: Raw) -> dict[str, Any]:
    return {
        "date": dates.partial(step["date"]),
        "text": _text(step["event"]),
        "sources": _links(step["sources"]),
    }


def _holder_count(count: Raw) -> dict[str, Any]:
    groups = {
        name: format_decimal(number) if number is not None else None
        for name, number in count["groups"].items()
    }
    return {
        "as_of": dates.partial(count["as_of"]),
        "total": format_decimal(count["total"]),
        **groups,
        "note": _text(count["note"]),
        "source": source_link(count["source"]),
    }


def _figure(one: Raw) -> dict[str, Any]:
    return {
        "as_of": dates.partial(one["as_of"]),
        "text": _text(one["text"]),
        "source": source_link(one["source"]),
    }


def _ocop_count(one: Raw) -> dict[str, Any]:
    stars = [
        gettext("%(stars)s: %(number)s", stars=labels.level("ocop", level), number=format_decimal(number))
        for level, number in (one["stars"] or {}).items()
    ]
    return {
        "as_of": dates.partial(one["as_of"]),
        "total": format_decimal(one["total"]) if one["total"] is not None else "; ".join(stars),
        "scope": str(labels.SCOPES[one["scope"]]),
        "note": _text(one.get("note")),
        "source": source_link(one["source"]),
    }


def _outlet(outlet: PointOfSale) -> dict[str, Any]:
    before = ", ".join(part for part in (outlet.former_commune, outlet.former_district) if part)
    unknown = gettext("Not known")
    told = outlet.announced or outlet.as_of
    by = say(outlet.announced_by)
    return {
        "name": say(outlet.name),
        "summary": say(outlet.summary),
        "facts": [
            (gettext("Address"), say(outlet.address) or unknown),
            (
                gettext("Ward or commune today"),
                local(outlet.current_unit) if outlet.current_unit else unknown,
            ),
            (gettext("Before July 2025"), local(before) if before else ""),
            (
                gettext("Announced") if outlet.announced else gettext("As of"),
                [part for part in (dates.partial(told) if told else None, by) if part],
            ),
            (gettext("Still open?"), _still_open(outlet.still_open)),
            (gettext("Telephone"), outlet.phone or unknown),
        ],
        "sources": source_links(outlet.sources),
    }


def _still_open(value: bool | None) -> str:
    if value is None:
        return gettext("Nobody has confirmed that it is open. Ask before you go.")
    return gettext("Yes") if value else gettext("No")


def _body(body: PromotionBody) -> dict[str, Any]:
    unknown, details = gettext("Not known"), body.details
    return {
        "name": say(body.name),
        "facts": [
            (gettext("Also written"), ", ".join(details["abbreviations"])),
            (gettext("Status"), say(body.status)),
            (gettext("Address"), say(body.address) or unknown),
            (gettext("Telephone"), body.phone or unknown),
            (gettext("E-mail"), body.email or unknown),
            (gettext("Website"), body.website or unknown),
        ],
        "names": [
            {
                "text": one["text"],
                "lang": one["lang"],
                "as_of": dates.partial(one["as_of"]),
                "source": source_link(one["source"]),
            }
            for one in details["names"]
        ],
        "functions": [
            {"text": _text(one["text"]), "source": source_link(one["source"])} for one in details["functions"]
        ],
        "partners": [
            {"text": _text(one["name"]), "source": source_link(one["source"])} for one in details["partners"]
        ],
        "since_merger": [
            {"text": _text(one["text"]), "source": source_link(one["source"])}
            for one in details["since_merger"]
        ],
        "portals": [
            {
                "link": source_link(one["url"]),
                "text": _text(one["note"]),
                "source": source_link(one["source"]),
            }
            for one in details["portals"]
        ],
    }


def _event(event: TradeEvent) -> dict[str, Any]:
    until = event.date_to if event.date_to != event.date_from else None
    return {
        "name": say(event.name),
        "summary": say(event.summary),
        "date": dates.partial(event.date_from),
        "until": dates.partial(until) if until else None,
        "status": str(labels.EVENT_STATUS[event.status]),
        "place": say(event.place),
        "organiser": say(event.organiser) or gettext("Not known"),
        "role": str(labels.CENTRE_ROLES.get(event.centre_role or "", "")),
        "note": say(event.note),
        "conflicts": [
            {"text": _text(one["value"]), "source": source_link(one["source"])}
            for one in event.date_conflicts
        ],
        "sources": source_links(event.sources),
    }
