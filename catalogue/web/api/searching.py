"""One search over records of every kind, and what somebody may be about to type, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import fields, validate

from catalogue import version
from catalogue.database import Record
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.products.models import Category
from catalogue.search.everything import Ranked, load_hits, search_ranked, suggest, suggested
from catalogue.search.nearness import Key, Way
from catalogue.search.reasons import reasons
from catalogue.search.request import LONGEST_TEXT, read_request
from catalogue.search.suggest import Suggestion
from catalogue.web.api.hits import HitSchema, SuggestionSchema, away, told
from catalogue.web.api.kinds import addresses
from catalogue.web.api.parameters import WORDS, Query, SearchQuery, asked_ways, names, takes
from catalogue.web.api.resources import (
    JSON,
    LARGEST_PAGE,
    PAGE_SIZE,
    ROOT,
    Room,
    cut,
    page,
    page_schema,
    search_index,
)
from catalogue.web.api.values import Entry, Reading, absolute
from catalogue.web.language import address
from catalogue.web.small_pictures import small_pictures

MOST_SUGGESTED = 10


class SuggestQuery(Query):
    """What was typed so far, and how many suggestions are wanted."""

    q = fields.String(
        required=True,
        validate=validate.Length(min=1, max=LONGEST_TEXT),
        metadata={"description": WORDS, "example": "krang"},
    )
    limit = fields.Integer(
        load_default=MOST_SUGGESTED, validate=validate.Range(1, MOST_SUGGESTED), metadata={"example": 5}
    )


class SuggestionsSchema(Reading):
    """Suggestions, the likeliest first; `version` grows with every change of the catalogue."""

    version = fields.Integer()
    items = fields.List(fields.Nested(SuggestionSchema))


def blueprints() -> list[Blueprint]:
    """The search and the suggestions."""
    return [_search(), _suggest()]


def _search() -> Blueprint:
    blueprint = Room("api-search", __name__, url_prefix=f"{ROOT}/search", description=HitSchema.__doc__)
    listed = page_schema(
        HitSchema,
        guessed=fields.Boolean(metadata={"description": "Words were read as other words.", "example": False}),
        unspelled=fields.List(
            fields.String(), metadata={"description": "Words found without their marks only.", "example": []}
        ),
        meant=fields.String(
            allow_none=True, metadata={"description": "What may have been meant.", "example": "silk"}
        ),
    )

    @blueprint.get("")
    @takes(*names(SearchQuery))
    @blueprint.arguments(SearchQuery, location="query")
    @blueprint.response(200, listed, content_type=JSON)
    @blueprint.alt_response(404, "NOT_FOUND")
    @blueprint.paginate(page_size=PAGE_SIZE, max_page_size=LARGEST_PAGE)
    def search(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
        """Records of every kind that match the words, the best first; on a way the nearest first."""
        words, ways = read_request([("q", asked["q"])]).q, [*asked_ways(asked).values()]
        found = search_ranked(search_index(), words, today(), asked.get("kind", ()), ways)
        shown = cut(found.keys, pagination_parameters)
        rows = _rows(shown)
        entries = [_hit(key, rows[key], found, ways) for key in shown if key in rows]
        return page(entries, len(found.keys), pagination_parameters) | {
            "guessed": found.guessed,
            "unspelled": found.unspelled,
            "meant": found.meant,
        }

    return blueprint


def _suggest() -> Blueprint:
    blueprint = Room(
        "api-suggest", __name__, url_prefix=f"{ROOT}/suggest", description=SuggestionSchema.__doc__
    )

    @blueprint.get("")
    @takes(*SuggestQuery().fields)
    @blueprint.arguments(SuggestQuery, location="query")
    @blueprint.response(200, SuggestionsSchema, content_type=JSON)
    def suggest_names(asked: dict[str, Any]) -> dict[str, Any]:
        """Products, makers, craft villages and categories with a name that begins as typed."""
        found = suggest(search_index(), asked["q"], asked["limit"])
        rows = suggested(found)
        pictures = small_pictures(rows)
        entries = [_entry(one, row, pictures) for one, row in zip(found, rows, strict=True)]
        return {"version": version.current(), "items": entries}

    return blueprint


def _hit(key: Key, row: Any, found: Ranked, ways: Sequence[Way]) -> Entry:
    kind, _ = key
    return Entry(
        row,
        {
            "kind": kind,
            "urls": addresses(kind, row),
            "pinned": found.pinned.get(key),
            **told(reasons(row, found.terms, Language.VI)),
            **away(ways, found.spots.get(key, ())),
        },
    )


def _entry(one: Suggestion, row: Record, pictures: dict[Record, str]) -> Entry:
    return Entry(
        row,
        {
            "kind": one.kind,
            "matched": one.matched,
            "urls": _of_category(row) if isinstance(row, Category) else addresses(one.kind, row),
            "picture": absolute(pictures[row]),
        },
    )


def _of_category(category: Category) -> dict[str, str]:
    query = [("category", category.code)]
    return {one.value: absolute(address("public.products.index", one, query)) for one in Language}


def _rows(keys: Sequence[Key]) -> dict[Key, Any]:
    """The records behind keys, one statement a kind; those that are gone are missing."""
    return {
        (kind, row.id): row
        for kind in dict.fromkeys(kind for kind, _ in keys)
        for row in load_hits(kind, [number for other, number in keys if other == kind])
    }
