"""What may be asked of the API: the facets of the site's product list, strictly read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import request
from flask_smorest import abort
from marshmallow import EXCLUDE, Schema, fields, validate

from catalogue.producers.rules import ProducerKind
from catalogue.search.everything import MODELS
from catalogue.search.nearness import Way, ways
from catalogue.search.request import (
    CODE,
    FACETS,
    LONGEST_TEXT,
    MOST_VALUES,
    SearchRequest,
    Sort,
    read_request,
)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

# What every list takes besides its own parameters.
PAGES = ("page", "page_size")
SEVERAL = "Several values widen."
WORDS = "Words in either language, with or without their marks."


def _codes(what: str) -> fields.List[Any]:
    code = fields.String(validate=validate.Regexp(f"^(?:{CODE.pattern})$"))
    return _several(code, f"Codes of {what}.")


def _several(one: fields.Field[Any], what: str, **more: Any) -> fields.List[Any]:
    return fields.List(
        one, validate=validate.Length(max=MOST_VALUES), metadata={"description": f"{what} {SEVERAL}"} | more
    )


def _code(what: str, example: str) -> fields.String:
    return fields.String(
        validate=validate.Regexp(f"^(?:{CODE.pattern})$"), metadata={"description": what, "example": example}
    )


def _one_of(*values: str) -> fields.String:
    return fields.String(validate=validate.OneOf(values))


def takes(*names: str) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]:
    """A view that refuses any other parameter: a mistyped filter would else answer with everything (422)."""

    def decorator(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
        @wraps(view)
        def strict(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
            if unknown := set(request.args) - set(names):
                abort(422, messages={"query": dict.fromkeys(unknown, "unknown")}, known=sorted(names))
            return view(*arguments, **named)

        return strict

    return decorator


def names(query: type[Schema]) -> Iterable[str]:
    """The parameters of a list that `query` describes."""
    return (*query().fields, *PAGES)


class Query(Schema):
    """What a list takes besides its pages; each view refuses what neither names (`takes`)."""

    class Meta:
        unknown = EXCLUDE


class SearchQuery(Query):
    """Words to look for, over every kind of record or some, anywhere or on the way."""

    q = fields.String(
        required=True,
        validate=validate.Length(min=1, max=LONGEST_TEXT),
        metadata={"description": WORDS, "example": "ca phe"},
    )
    kind = _several(
        _one_of(*MODELS), "Kinds of records; usually all of them.", example=["product", "producer"]
    )
    near = _code(
        "The code of one place: only what stands within 15 km of its middle, the nearest first. What nobody"
        " knows the place of comes last; schemes and flowers, which stand nowhere, are left out.",
        "thanh-pho-da-lat",
    )
    along = _code(
        "The code of one route: only what stands within 5 km of a stop, in the order of the stops; the rest"
        " as for near. With both, what is on both ways, the nearest to the place first.",
        "da-lat-lang-biang",
    )


class ProductQuery(Query):
    """The facets of the product list: values of one widen, different ones narrow."""

    q = fields.String(validate=validate.Length(max=LONGEST_TEXT), metadata={"description": WORDS})
    category = _codes("categories; a category counts everything below it")
    scheme = _codes("certification schemes")
    level = _codes("levels, such as ocop-4")
    evidence = _several(
        _one_of("confirmed", "reported", "none"), "What a product's certificates rest on today."
    )
    village = _codes("craft villages")
    place = _codes("places, old ones too")
    month = _several(fields.Integer(validate=validate.Range(1, 12)), "Months of the season.")
    visitable = _several(_one_of("yes"), "Makers that a source says can be visited.")
    market = _several(
        fields.String(validate=validate.Regexp("^[A-Z]{2}$")), "Countries, as ISO 3166-1 alpha-2 codes."
    )
    kind = _several(_one_of(*ProducerKind), "Kinds of producers.")
    near = _codes("places; makers within 15 km of the middle of one")
    along = _codes("routes; makers within 5 km of a stop of one")
    sort = fields.String(
        validate=validate.OneOf([sort.value for sort in Sort]),
        metadata={
            "description": "relevance is for q only, way for one value in near or along."
            " The usual order is by Vietnamese name."
        },
    )


def product_request(asked: dict[str, Any]) -> SearchRequest:
    """What the site's own list would make of the same address."""
    pairs = [(name, str(value)) for name, value in asked.items() if name in {"q", "sort"}]
    pairs += [(facet, str(value)) for facet in FACETS for value in asked.get(facet, ())]
    return read_request(pairs)


def asked_ways(asked: dict[str, Any]) -> dict[str, Way]:
    """The place and the route that are asked for; 422 where there is none of that code with a known point."""
    found = ways(asked.get("near", ""), asked.get("along", ""))
    if unknown := [name for name, way in found.items() if way is None]:
        abort(422, messages={"query": dict.fromkeys(unknown, "unknown")})
    return {name: way for name, way in found.items() if way is not None}
