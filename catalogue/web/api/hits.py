"""What a search and its suggestions tell of a record: what it is, why it is there and how far away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from marshmallow import fields

from catalogue.kernel.language import Language
from catalogue.search.everything import MODELS
from catalogue.search.highlight import excerpt
from catalogue.search.nearness import Spot, Way
from catalogue.search.reasons import Reason, Where
from catalogue.search.suggest import MOST_OF
from catalogue.web.api.values import LinksSchema, Reading, Text, maybe


class ReasonSchema(Reading):
    """A text of a record that has the words: which, in which language (null for names of no one language),
    the part of it around them, and the words as they are spelled there."""

    where = fields.String(
        metadata={"description": f"One of: {', '.join(Where)}.", "example": Where.ALSO_WRITTEN.value}
    )
    language = maybe(fields.String, metadata={"example": "en"})
    text = fields.String(metadata={"example": "arabica coffee"})
    words = fields.List(fields.String(), metadata={"example": ["coffee"]})


class NearSchema(Reading):
    """How far it is from the place, in a straight line between points that are approximate."""

    distance_km = fields.Integer(metadata={"description": "Whole kilometres.", "example": 12})


class AlongSchema(NearSchema):
    """The stop of the route that is nearest, and how far it is from there."""

    stop = fields.Integer(metadata={"description": "The number of the stop, from 1.", "example": 2})


class HitSchema(Reading):
    """A record that a search found, and why.

    `reasons`: its names and summaries that have the words; where none has, the first other text that does;
    empty where no single text has them. `found_in`: the languages of these texts. `pinned`: why the office
    put it first. `near`, `along`: how far away it is; null where that was not asked, or where its place
    is not known.
    """

    kind = fields.String(metadata={"description": f"One of: {', '.join(MODELS)}.", "example": "product"})
    code = fields.String(metadata={"example": "ca-phe-phin-cau-dat"})
    name = Text(allow_none=False)
    summary = Text()
    urls = maybe(fields.Nested, nested=LinksSchema)
    found_in = fields.List(fields.String(), metadata={"example": ["en"]})
    reasons = fields.List(fields.Nested(ReasonSchema))
    pinned = Text()
    near = maybe(fields.Nested, nested=NearSchema)
    along = maybe(fields.Nested, nested=AlongSchema)


class SuggestionSchema(Reading):
    """What may be meant by what was typed so far. `matched`: the name of it that begins so. `picture`: a
    small square one, its photograph or what this site draws for it. `urls`: its pages, of a category those of
    its products.
    """

    kind = fields.String(metadata={"description": f"One of: {', '.join(MOST_OF)}.", "example": "village"})
    code = fields.String(metadata={"example": "krang-go"})
    name = Text(allow_none=False)
    matched = fields.String(metadata={"example": "Krang Go"})
    urls = fields.Nested(LinksSchema)
    picture = fields.Url()


def told(reasons: Sequence[Reason]) -> dict[str, Any]:
    """Why a record is there, as `HitSchema` has it."""
    return {
        "found_in": [one for one in Language if any(reason.language is one for reason in reasons)],
        "reasons": [
            {
                "where": one.where,
                "language": one.language,
                "text": "".join(text for text, _ in excerpt(one.pieces)),
                "words": list(dict.fromkeys(text for text, hit in one.pieces if hit)),
            }
            for one in reasons
        ],
    }


def away(ways: Iterable[Way], spots: Sequence[Spot]) -> dict[str, Any]:
    """How far a record is on each of the ways that were asked for; `spots` is empty where nobody knows."""
    far: dict[str, Any] = {"near": None, "along": None}
    for way, spot in zip(ways, spots, strict=False):
        distance = {"distance_km": round(spot.km)}
        far[way.facet] = distance | ({"stop": spot.stop} if way.facet == "along" else {})
    return far
