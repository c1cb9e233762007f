"""Line sheets: the goods of a collection or a shortlist for a buyer's desk, as a PDF and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from catalogue.adapters import qr
from catalogue.adapters.pdf.documents import pdf
from catalogue.adapters.sheets.workbooks import Column, workbook
from catalogue.adapters.storage import Storage
from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_products
from catalogue.certification.rules import Status
from catalogue.editorial import rows
from catalogue.editorial.fields import Shape
from catalogue.editorial.listings import LISTINGS
from catalogue.enquiries.rules import MOST_ITEMS
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.kernel.text import slug as plain_name
from catalogue.media.rules import RENDITIONS
from catalogue.products.models import Product
from catalogue.products.queries import IN_FULL, products_by_id, products_of_producers
from catalogue.records import in_order_of
from catalogue.showcase import queries
from catalogue.showcase.models import Collection
from catalogue.web import dates, labels, photographs, prints, sheet_words
from catalogue.web.assets import STATIC
from catalogue.web.language import address, current, page, read, speaking
from catalogue.web.public import specs, whereabouts
from catalogue.web.public.records import find_or_redirect
from catalogue.web.public.selection import asked, found

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS = LISTINGS["product"].fields
# Beside what can be sent back: columns that whoever reads the sheet again passes over.
REMARKS = ("certificates", "as_of", "page")
# As wide as a picture is printed, at two pixels a point.
ENOUGH = 320

blueprint = Blueprint("line_sheets", __name__)


@dataclass(frozen=True)
class Sheet:
    """What goes onto a sheet; `titles` in the reader's language and in the other one."""

    titles: tuple[str, str]
    products: Sequence[Product]
    day: date


@page(blueprint, vi="/danh-sach.pdf", en="/shortlist.pdf")
def shortlist_pdf() -> Response:
    """What a reader has chosen, on paper."""
    return _hidden(_as_pdf(_of_shortlist()))


@page(blueprint, vi="/danh-sach.xlsx", en="/shortlist.xlsx")
def shortlist_workbook() -> Response:
    """What a reader has chosen, as a workbook."""
    return _hidden(_as_workbook(_of_shortlist()))


@page(blueprint, vi="/bo-suu-tap/<slug>.pdf", en="/collections/<slug>.pdf")
def collection_pdf(slug: str) -> Response:
    """What a collection shows today, on paper."""
    return _as_pdf(_of_collection(slug))


@page(blueprint, vi="/bo-suu-tap/<slug>.xlsx", en="/collections/<slug>.xlsx")
def collection_workbook(slug: str) -> Response:
    """What a collection shows today, as a workbook."""
    return _as_workbook(_of_collection(slug))


# ---------------------------------------------------------------- what stands on it
def _of_shortlist() -> Sheet:
    _, products, makers = found(asked(request.args))
    titles = []
    for language in (current(), current().other):
        with speaking(language):
            titles.append(gettext("Line sheet"))
    return _sheet((titles[0], titles[1]), products, [maker.id for maker in makers])


def _of_collection(slug: str) -> Sheet:
    day = today()
    collection = find_or_redirect(
        Collection, slug, lambda slug, language: queries.begun_collection(slug, language, day)
    )
    shown = queries.on_show(queries.running_collections(day), day).get(collection.id, [])
    products = products_by_id(one.product_id for one in shown if one.product_id)
    titles = (collection.name.text(current()), collection.name.text(current().other))
    return _sheet(titles, products, [one.producer_id for one in shown if one.producer_id])


def _sheet(titles: tuple[str, str], products: list[Product], makers: list[int]) -> Sheet:
    """These products, then what these makers make, as much as one sheet holds."""
    made = products_of_producers(makers, current()) if makers else ()
    in_turn = sorted(made, key=lambda one: makers.index(one.producer_id))
    chosen = list(dict.fromkeys(one.id for one in (*products, *in_turn)))
    if not chosen:
        raise NotFound("product.unknown")
    return Sheet(titles, in_order_of(Product, chosen[:MOST_ITEMS], *IN_FULL), today())


# ---------------------------------------------------------------- as a PDF
def _as_pdf(sheet: Sheet) -> Response:
    """Both languages side by side, the reader's first."""
    pieces: dict[str, bytes] = {}
    certificates = certificates_of_products([one.id for one in sheet.products])
    pictured = photographs.pictures_of(list(sheet.products))
    html = render_template(
        "pdf/line_sheet.html",
        title=sheet.titles[0],
        other_title=sheet.titles[1] if sheet.titles[1] != sheet.titles[0] else "",
        site=current_app.config["SITE_URL"].partition("://")[2],
        day=dates.day(sheet.day),
        sides=_in_both(lambda: _preface(sheet)),
        products=[
            _product(one, certificates.get(one.id, ()), pictured.get(one.code, ()), sheet.day, pieces)
            for one in sheet.products
        ],
    )
    style, _, _ = current_app.jinja_env.loader.get_source(  # type: ignore[union-attr]
        current_app.jinja_env, "pdf/line_sheet.css"
    )
    return _file(pdf(html, style, pieces), "application/pdf", sheet.titles[0], "pdf")


def _in_both(say: Any) -> list[dict[str, Any]]:
    """The same in the reader's language and in the other one."""
    sides = []
    for language in (current(), current().other):
        with speaking(language):
            sides.append(say() | {"language": language.value})
    return sides


def _preface(sheet: Sheet) -> dict[str, str]:
    return {
        "description": gettext(
            "Products of makers in Lâm Đồng, with what is on record about their certificates."
        ),
        "as_of": gettext("Certificates as they stood on %(day)s.", day=dates.day(sheet.day)),
        "unknown": gettext(
            "“On request”: nobody has told the catalogue. The maker will say; nothing was guessed."
        ),
        "leads_to": gettext("Code that leads to"),
    }


def _product(
    product: Product,
    certificates: Sequence[Certificate],
    pictures: Sequence[Any],
    day: date,
    pieces: dict[str, bytes],
) -> dict[str, Any]:
    site: str = current_app.config["SITE_URL"]
    href = site + address("public.products.show", slug=product.slug(current()))
    code, picture = f"{product.code}.svg", _picture(product, pictures, pieces)
    pieces[code] = qr.svg(href)
    return {
        "href": href,
        "shown_href": href.partition("://")[2],
        "qr": code,
        "picture": picture,
        "is_print": not pictures,
        "alt": (read(pictures[0].alt) if pictures and pictures[0].alt else "") or read(product.name),
        "sides": _in_both(
            lambda: {
                "name": read(product.name),
                "maker": read(product.producer.name),
                "place": whereabouts.short_place(product.producer),
                "summary": read(product.summary),
                "held": _held(certificates, day),
                "rows": [
                    (gettext("Kind of product"), read(product.category.name)),
                    *specs.for_paper(product),
                ],
            }
        ),
    }


def _picture(product: Product, pictures: Sequence[Any], pieces: dict[str, bytes]) -> str:
    """The photograph that stands for it, as large as it is printed; else the print of its kind."""
    if not pictures:
        name = f"print-{prints.print_of(product)}.svg"
        pieces.setdefault(name, (STATIC / "prints" / name.removeprefix("print-")).read_bytes())
        return name
    views = pictures[0].views_as("jpeg")
    file = next((one for one in views if one.width >= ENOUGH), views[-1])
    store: Storage = current_app.extensions["storage"]
    pieces[file.path] = store.read(RENDITIONS + file.path)
    return str(file.path)


def _held(certificates: Sequence[Certificate], day: date) -> list[dict[str, str]]:
    """Every certificate of a product with its standing that day; else that none is on record."""
    lines = []
    for one in certificates:
        status = one.status_on(day)
        parts = [
            labels.short_scheme(read(one.scheme.name)),
            labels.level(one.scheme.code, one.level),
            one.number,
        ]
        words = str(labels.CARD_WORDS[status])
        if status is Status.VALID and one.expires:
            words = gettext("%(status)s, until %(day)s", status=words, day=dates.partial(one.expires))
        named = ", ".join(part for part in parts if part)
        lines.append({"kind": labels.STATUS_KIND[status], "text": f"{named}: {words}"})
    return lines or [{"kind": "none", "text": str(labels.NO_CERTIFICATE)}]


# ---------------------------------------------------------------- as a workbook
def _as_workbook(sheet: Sheet) -> Response:
    """The columns of the workshop's own sheets, so that a maker's own sheet can be sent back as it is."""
    known = rows.columns(FIELDS)
    contents = LISTINGS["product"].read_many([one.code for one in sheet.products])
    certificates = certificates_of_products([one.id for one in sheet.products])
    words, decimal = sheet_words.said(FIELDS), sheet_words.decimal()
    site: str = current_app.config["SITE_URL"]
    lines = [
        [
            *_with_unknown(
                rows.row_of(
                    LISTINGS["product"].tidy(contents[one.code].content),
                    one.code,
                    one.producer.code,
                    known,
                    words,
                    decimal,
                ),
                known,
            ),
            "; ".join(held["text"] for held in _held(certificates.get(one.id, ()), sheet.day)),
            sheet.day.isoformat(),
            site + address("public.products.show", slug=one.slug(current())),
        ]
        for one in sheet.products
    ]
    headings = (gettext("Certificates"), gettext("As of"), gettext("Page"))
    columns = [
        *sheet_words.sheet_columns(FIELDS, ()),
        *(Column(code, heading, width=34) for code, heading in zip(REMARKS, headings, strict=True)),
    ]
    body = workbook(gettext("products"), columns, lines, room=0)
    return _file(body, XLSX, sheet.titles[0], "xlsx")


def _with_unknown(cells: Sequence[Any], known: Sequence[rows.Column]) -> list[Any]:
    """A row in which what nobody has said reads so, in words that are read back as nothing."""
    asked_for = gettext("On request")
    return [
        asked_for if cell is None and column.field and column.field.shape is not Shape.TICK else cell
        for cell, column in zip(cells, known, strict=True)
    ]


def _file(body: bytes, media_type: str, title: str, ending: str) -> Response:
    answer = Response(body, content_type=media_type)
    name = plain_name(title) or "line-sheet"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return answer


def _hidden(answer: Response) -> Response:
    """Search engines do not list what readers choose for themselves."""
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
