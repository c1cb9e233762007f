"""The small values that records of the API are made of: texts in both languages, codes with words, points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel.speaklater import LazyString
from marshmallow import Schema, fields

from catalogue.kernel.language import Language


@dataclass(frozen=True)
class Entry:
    """A record with what other subjects add to it, by the names of its schema's fields."""

    record: Any
    more: Mapping[str, Any] = field(default_factory=dict)


class Reading(Schema):
    """What only goes out: every field is always there, unknown ones as null."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """From the record itself or from what was added to it."""
        if isinstance(obj, Entry):
            if attr in obj.more:
                return obj.more[attr]
            obj = obj.record
        return obj.get(attr, default) if isinstance(obj, dict) else getattr(obj, attr, default)


def maybe(kind: type[fields.Field[Any]], **options: Any) -> Any:
    """A field that is null where nobody knows."""
    return kind(allow_none=True, **options)


class TextSchema(Reading):
    """A text in both languages; null where it is not written in one."""

    vi = maybe(fields.String)
    en = maybe(fields.String)


class Text(fields.Nested):
    """A bilingual text; null where it is written in neither language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(TextSchema, **{"allow_none": True} | options)

    def _serialize(self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return super()._serialize(nested_obj or None, attr, obj, **kwargs)  # type: ignore[no-untyped-call]


class WordSchema(Reading):
    """A code that never changes, and what people call it."""

    code = fields.String()
    vi = fields.String()
    en = fields.String()


class Word(fields.Nested):
    """A code of the data with its words, looked up in a table of `web/labels.py`."""

    def __init__(self, table: Mapping[Any, LazyString], **options: Any) -> None:
        super().__init__(WordSchema, **options)
        self._said = cache(lambda code: {"code": code, **in_both(table[code])})

    def _serialize(self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return self._said(nested_obj)


class ReferenceSchema(Reading):
    """Another record: its code, for asking for it, and its name."""

    code = fields.String()
    name = Text(allow_none=False)


def reference(**options: Any) -> Any:
    """One other record, or null."""
    return fields.Nested(ReferenceSchema, allow_none=True, **options)


def references(**options: Any) -> Any:
    """Several other records."""
    return fields.List(fields.Nested(ReferenceSchema), **options)


class PointSchema(Reading):
    """A WGS 84 position in decimal degrees; `approximate`: a hamlet or commune centre, not a door."""

    lat = fields.Float()
    lon = fields.Float()
    approximate = fields.Boolean()


class SourceSchema(Reading):
    """A page that a record rests on, with ISO dates as far as they are known."""

    url = fields.String()
    published = maybe(fields.String)
    read = maybe(fields.String)


class LinksSchema(Reading):
    """The addresses of a page in both languages."""

    vi = fields.Url()
    en = fields.Url()


def sources() -> Any:
    """Where a record's facts come from."""
    return fields.List(fields.Nested(SourceSchema))


def months(**options: Any) -> Any:
    """Months 1 to 12 in the order of the season; null where the season is not known."""
    return fields.List(fields.Integer(), allow_none=True, **options)


class MarketSchema(Reading):
    """A country that a source named as a market."""

    country = fields.String()


def countries() -> Any:
    """ISO 3166-1 alpha-2 codes of markets that sources named at any time; empty is no proof of absence."""
    return fields.List(fields.Pluck(MarketSchema, "country"), attribute="markets")


def in_both(label: LazyString) -> dict[str, str]:
    """A word of the interface in both languages."""
    said = {}
    for language in Language:
        with force_locale(language.value):
            said[language.value] = str(label)
    return said


def absolute(path: str) -> str:
    """An address that works from anywhere."""
    site: str = current_app.config["SITE_URL"]
    return site + path
