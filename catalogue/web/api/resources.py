"""Lists and single records of every kind, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import abort, current_app
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import Schema, fields

from catalogue import records, version
from catalogue.adapters.search_index import SearchIndex
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.products.models import Product
from catalogue.search.queries import choose
from catalogue.web.api.kinds import KINDS, Kind
from catalogue.web.api.parameters import PAGES, ProductQuery, names, product_request, takes
from catalogue.web.api.values import Entry, Reading

T = TypeVar("T")

ROOT = "/api/v1"
JSON = "application/json"
PAGE_SIZE, LARGEST_PAGE = 24, 100


class Room(Blueprint):  # type: ignore[misc]  # the library has no types
    """The library's blueprint; how many there are in all stands in the answer itself, not in a header."""

    PAGINATION_HEADER_NAME = None

    def _document_pagination_metadata(self, spec: Any, resp_doc: Any) -> None:
        """Nothing: there is no header to describe."""


def blueprints() -> list[Blueprint]:
    """One for each kind."""
    return [*map(_resource, KINDS.values())]


def _resource(kind: Kind) -> Blueprint:
    blueprint = Room(
        f"api-{kind.name}", __name__, url_prefix=f"{ROOT}/{kind.name}", description=kind.schema.__doc__
    )
    listed = page_schema(kind.schema)

    if kind.model is Product:

        @blueprint.get("")
        @takes(*names(ProductQuery))
        @blueprint.arguments(ProductQuery, location="query")
        @blueprint.response(200, listed, content_type=JSON)
        @blueprint.alt_response(404, "NOT_FOUND")
        @blueprint.paginate(page_size=PAGE_SIZE, max_page_size=LARGEST_PAGE)
        def index(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
            """Products by words and facets, in Vietnamese alphabetical order or by relevance."""
            ids = choose(search_index(), product_request(asked), Language.VI, today()).ids
            rows = records.in_order_of(kind.model, cut(ids, pagination_parameters), *kind.options)
            return page(kind.dress(rows), len(ids), pagination_parameters)

    else:

        @blueprint.get("", endpoint="index")
        @takes(*PAGES)
        @blueprint.response(200, listed, content_type=JSON)
        @blueprint.alt_response(404, "NOT_FOUND")
        @blueprint.paginate(page_size=PAGE_SIZE, max_page_size=LARGEST_PAGE)
        def everything(pagination_parameters: PaginationParameters) -> dict[str, Any]:
            """All records of this kind, by code."""
            start, size = pagination_parameters.first_item, pagination_parameters.page_size
            rows, total = records.page_by_code(kind.model, start, size, *kind.options)
            return page(kind.dress(rows), total, pagination_parameters)

    @blueprint.get("/<code>")
    @takes()
    @blueprint.response(200, kind.schema, content_type=JSON)
    @blueprint.alt_response(404, "NOT_FOUND")
    def show(code: str) -> Entry:
        """One record by its code."""
        row = records.by_code(kind.model, code, *kind.options)
        if row is None:
            raise NotFound("record.unknown")
        return kind.dress([row])[0]

    return blueprint


def page_schema(items: type[Reading], **more: fields.Field[Any]) -> Schema:
    """A page of a list: `version` grows with every change of the catalogue, `as_of` is the day in Đà Lạt."""
    shape: dict[str, fields.Field[Any]] = {
        "version": fields.Integer(),
        "as_of": fields.Date(),
        "total": fields.Integer(),
        "page": fields.Integer(),
        "page_size": fields.Integer(),
        **more,
        "items": fields.List(fields.Nested(items)),
    }
    return Reading.from_dict(shape, name=items.__name__.replace("Schema", "PageSchema"))()


def page(items: Sequence[Entry], total: int, asked: PaginationParameters) -> dict[str, Any]:
    """A page beyond the last one is not there, as on the site; the first one is, even where it is empty."""
    if asked.first_item >= max(total, 1):
        abort(404)
    return {
        "version": version.current(),
        "as_of": today(),
        "total": total,
        "page": asked.page,
        "page_size": asked.page_size,
        "items": items,
    }


def cut(items: Sequence[T], asked: PaginationParameters) -> Sequence[T]:
    """The items of the page that was asked for."""
    return items[asked.first_item : asked.last_item + 1]


def search_index() -> SearchIndex:
    """The index that is asked."""
    index: SearchIndex = current_app.extensions["search_index"]
    return index
