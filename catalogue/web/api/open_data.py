"""The open data: a page that lists the files in both languages, and the files themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, abort, json, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, lazy_gettext

from catalogue import records, version
from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.web import dates
from catalogue.web.api import tables
from catalogue.web.api.datasets import DATASETS, LAYERS, Dataset
from catalogue.web.api.values import absolute, in_both
from catalogue.web.language import address, negotiate, page
from catalogue.web.page import show as render

ROOT = "/open-data"
EVERYTHING = "catalogue"
TITLE = lazy_gettext("Open data of the catalogue of Lâm Đồng products")
TERMS = lazy_gettext(
    "Facts belong to nobody: use them freely, for any purpose. Please name this catalogue, the day of the"
    " file and the source of each fact. Names and marks belong to their owners; these files give no right to"
    " use them."
)
HONESTY = lazy_gettext(
    "A certificate whose status is “unconfirmed” is a claim of a public page. It is no certificate: say so"
    " wherever you show it. Empty means not known, never no."
)
# So many records make a part of a document that is sent while it is being made.
TOGETHER = 50
# Added to every table, so that a file that travels alone still says where it is from.
ORIGIN = {"file_date": "date", "file_terms": "string"}

blueprint = Blueprint("open_data", __name__)


@page(blueprint, vi="/du-lieu-mo", en="/open-data")
def show() -> str:
    """The files, what they may be used for and how to read them."""
    return render(
        "api/open_data.html",
        title=gettext("Open data"),
        day=dates.day(today()),
        terms=TERMS,
        honesty=HONESTY,
        files=[_file(dataset) for dataset in DATASETS.values()],
        everything=f"{ROOT}/{EVERYTHING}.json",
        package=f"{ROOT}/datapackage.json",
        openapi=url_for("api-docs.openapi_json"),
        examples=[
            url_for("api-products.index", category="coffee-arabica"),
            url_for("api-search.search", q="tho cam"),
        ],
    )


@blueprint.get(ROOT)
@blueprint.get(f"{ROOT}/")
def front() -> ResponseReturnValue:
    """To the page in the reader's language, without remembering anything."""
    response = redirect(address("open_data.show", negotiate(request.accept_languages)), 302)
    response.vary.add("Accept-Language")
    return response


@blueprint.get(f"{ROOT}/<name>.csv")
def table(name: str) -> Response:
    """One table for spreadsheets; `?separator=semicolon` where the computer writes 1,5."""
    dataset = DATASETS.get(name) or abort(404)
    schema, day = dataset.schema(), today()
    found = tables.rows(schema, schema.dump(dataset.entries(), many=True))
    origin = [day.isoformat(), absolute(address("open_data.show", Language.EN))]
    style = Style.SEMICOLON if request.args.get("separator") == "semicolon" else Style.COMMA
    header = [column.name for column in tables.columns(schema)]
    body = csv_table([*header, *ORIGIN], ([*row, *origin] for row in found), style)
    return _attached(body, "text/csv", f"{name}-{day}.csv")


@blueprint.get(f"{ROOT}/{EVERYTHING}.json")
def everything() -> Response:
    """Every table in one document."""
    day = today()
    about, parts = _about(day), _members((name, _records(dataset)) for name, dataset in DATASETS.items())
    return _attached(_document(about, parts), "application/json", f"{EVERYTHING}-{day}.json")


@blueprint.get(f"{ROOT}/datapackage.json")
def package() -> Response:
    """The files as a Data Package: what each is called, and which columns it has."""
    licence = absolute(address("open_data.show", Language.EN))
    body = _about(today()) | {
        "name": "lam-dong-catalogue",
        "homepage": licence,
        "licenses": [{"path": licence, "title": in_both(TERMS)["en"]}],
        "resources": [_resource(dataset) for dataset in DATASETS.values()],
    }
    return Response(_json(body), mimetype="application/json")


@blueprint.get(f"{ROOT}/<name>.json")
def document(name: str) -> Response:
    """One table as the API tells its records."""
    dataset, day = DATASETS.get(name) or abort(404), today()
    return _attached(_document(_about(day), _records(dataset)), "application/json", f"{name}-{day}.json")


def _file(dataset: Dataset) -> dict[str, Any]:
    """A line of the page's table."""
    name = dataset.name
    return {
        "id": name,
        "title": str(dataset.title),
        "about": str(dataset.about),
        "count": format_decimal(records.count(dataset.model)),
        "sheets": [
            ("CSV", f"{ROOT}/{name}.csv"),
            (gettext("CSV with semicolons"), f"{ROOT}/{name}.csv?separator=semicolon"),
        ],
        "programs": [
            ("JSON", f"{ROOT}/{name}.json"),
            *([("GeoJSON", f"/api/v1/{name}.geojson")] if name in LAYERS else []),
            *([("API", url_for(f"api-{name}.index"))] if dataset.in_api else []),
        ],
    }


def _about(day: date) -> dict[str, Any]:
    """What every document says of itself."""
    return {
        "title": in_both(TITLE),
        "terms": in_both(TERMS),
        "note": in_both(HONESTY),
        "as_of": day.isoformat(),
        "version": version.current(),
        "sources": "Each record names its own under `sources`.",
    }


def _document(about: dict[str, Any], records_of_it: Iterable[str]) -> Iterator[str]:
    """A JSON document, sent while it is being made: what it says of itself, and `records`."""
    return stream_with_context(chain([_json(about)[:-1], ', "records": '], records_of_it, ["}"]))


def _members(values: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """A JSON object whose values are given in parts."""
    for number, (name, parts) in enumerate(values):
        yield f"{', ' if number else '{'}{json.dumps(name)}: "
        yield from parts
    yield "}"


def _records(dataset: Dataset) -> Iterator[str]:
    """The records of a table as a JSON list, a handful at a time."""
    schema, entries, between = dataset.schema(), dataset.entries(), ""
    yield "["
    while some := list(islice(entries, TOGETHER)):
        yield between + _json(schema.dump(some, many=True))[1:-1]
        between = ", "
    yield "]"


def _resource(dataset: Dataset) -> dict[str, Any]:
    shown = {column.name: column.type for column in tables.columns(dataset.schema())} | ORIGIN
    return {
        "name": dataset.name,
        "path": f"{dataset.name}.csv",
        "title": in_both(dataset.title)["en"],
        "description": in_both(dataset.about)["en"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": name, "type": kind} for name, kind in shown.items()]},
    }


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


def _attached(body: bytes | Iterator[str], media_type: str, name: str) -> Response:
    """A file to keep, named after its day."""
    response = Response(body, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
