"""The kinds of value that the seed files hold, each with a plain sentence for what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from babel import Locale
from marshmallow import Schema, ValidationError, fields, validate

from catalogue.kernel.partial_date import PartialDate

WORDS: dict[str, Any] = {
    "required": "is missing",
    "null": "may not be empty (null)",
    "invalid": "has the wrong type",
    "type": "has the wrong type",
    "invalid_utf8": "is not text",
}
# Babel also names groups of countries, exclaves and made-up regions; ISO 3166-1 does not.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
COUNTRIES = {key for key in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(key))} - NO_COUNTRIES
FIRST_YEAR, LAST_YEAR = 1800, 2100
LARGEST = 2**31 - 1  # what a column of whole numbers holds on every database
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Shape(Schema):
    """A record of the data: every key must be there, no other may be."""

    error_messages = {"unknown": "is not a known field", "type": "must be an object"}  # noqa: RUF012


class Checked(fields.Field[Any]):
    """A value that one function judges; it raises ValidationError with the sentence to show."""

    def __init__(self, check: Callable[[Any], None], *, null: bool = False, required: bool = True) -> None:
        super().__init__(required=required, allow_none=null, error_messages=WORDS)
        self._check = check

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_kwargs: Any
    ) -> Any:
        self._check(value)
        return value


Maker = Callable[..., fields.Field[Any]]


def _kind(check: Callable[[Any], None]) -> Maker:
    """A field maker, with `null=` and `required=`, from a judging function."""
    return lambda **options: Checked(check, **options)


def _is_text(value: Any) -> None:
    if not isinstance(value, str):
        raise ValidationError("must be text")
    if not value.strip():
        raise ValidationError("is an empty text")
    if UNFIT.search(value):
        raise ValidationError("holds a control character or half a character")
    if value != unicodedata.normalize("NFC", value):
        raise ValidationError("is not in Unicode form NFC")


def _is_number(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise ValidationError(f"must be a number, {LARGEST} at most")  # which NaN never is


def _is_whole(value: Any) -> None:
    _is_number(value)
    if not isinstance(value, int):
        raise ValidationError("must be a whole number")


def _is_positive(value: Any) -> None:
    _is_whole(value)
    if value < 1:
        raise ValidationError("must be 1 or more")


def _is_year(value: Any) -> None:
    _is_whole(value)
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValidationError(f"must be a year from {FIRST_YEAR} to {LAST_YEAR}")


def _is_flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValidationError("must be true or false")


def _is_partial_date(value: Any) -> None:
    _is_text(value)
    try:
        PartialDate.parse(value)
    except ValueError as error:
        raise ValidationError("must be a date such as 2020, 2022-08 or 2025-03-13") from error


def _matches(pattern: str, sentence: str) -> Callable[[Any], None]:
    shape = re.compile(pattern)

    def check(value: Any) -> None:
        if not isinstance(value, str) or not shape.fullmatch(value) or UNFIT.search(value):
            raise ValidationError(sentence)

    return check


text = _kind(_is_text)
number = _kind(_is_number)
whole = _kind(_is_whole)
positive = _kind(_is_positive)
year = _kind(_is_year)
flag = _kind(_is_flag)
partial_date = _kind(_is_partial_date)
code = _kind(_matches("[a-z0-9]+(-[a-z0-9]+)*", "must be a key of small ASCII letters, digits and hyphens"))
url = _kind(
    _matches(r"https?://[^\s/]+\.[^\s]+", "must be a web address that begins with http:// or https://")
)
hs_heading = _kind(
    _matches(r"[0-9]{2}([0-9]{2}(\.[0-9]{2})?)?", "must be an HS code such as 09, 0901 or 0901.21")
)
hs_code = _kind(_matches(r"[0-9]{4}(\.[0-9]{2})?", "must be an HS code such as 0901 or 0901.21"))
ocop_round = _kind(_matches("20[0-9]{2}-[12]", "must be an OCOP round such as 2020-2"))


def choice(values: Iterable[Any], **options: bool) -> fields.Field[Any]:
    """One of these values."""
    known = set(values)

    def check(value: Any) -> None:
        if isinstance(value, list | dict) or value not in known:
            raise ValidationError(f"{value!r} is not one of: {', '.join(sorted(map(str, known)))}")

    return Checked(check, **options)


def many(
    inner: fields.Field[Any],
    *,
    least: int = 0,
    unique: bool = True,
    null: bool = False,
    required: bool = True,
) -> fields.Field[Any]:
    """A list; without repetitions unless said otherwise."""

    def differ(values: list[Any]) -> None:
        if unique and any(value in values[:place] for place, value in enumerate(values)):
            raise ValidationError("repeats a value")

    enough = validate.Length(min=least, error=f"needs at least {least}")
    words = WORDS | {"invalid": "must be a list"}
    return fields.List(
        inner, required=required, allow_none=null, validate=[enough, differ], error_messages=words
    )


def one(shape: type[Schema], *, null: bool = False, required: bool = True) -> fields.Field[Any]:
    """An object of that shape."""
    return fields.Nested(shape, required=required, allow_none=null, error_messages=WORDS)


def several(shape: type[Schema], *, least: int = 0, required: bool = True) -> fields.Field[Any]:
    """A list of objects of that shape."""
    return many(fields.Nested(shape, error_messages=WORDS), least=least, required=required)


def country() -> fields.Field[Any]:
    """An ISO 3166-1 code of two letters."""

    def check(value: Any) -> None:
        if not isinstance(value, str) or value not in COUNTRIES:
            raise ValidationError(f"{value!r} is not a country code of two letters (ISO 3166-1)")

    return Checked(check)


def months(*, null: bool = False) -> fields.Field[Any]:
    """Months 1 to 12 in seasonal order."""

    def check(value: Any) -> None:
        _is_whole(value)
        if not 1 <= value <= 12:
            raise ValidationError("must be a month from 1 to 12")

    return many(Checked(check), least=1, null=null)


class Pair(Shape):
    """One text in both languages."""

    vi = text()
    en = text()


class WordLists(Shape):
    """Words in both languages."""

    vi = many(text(), least=1)
    en = many(text(), least=1)


class Range(Shape):
    """From `min` to `max`; an open end is null."""

    min = number(null=True)
    max = number(null=True)


def pair(*, null: bool = False, required: bool = True) -> fields.Field[Any]:
    """A text in both languages: both filled, or null as a whole."""
    return one(Pair, null=null, required=required)


def sources() -> fields.Field[Any]:
    """The web addresses that together support a record."""
    return many(url(), least=1)


def free(kind: type[dict[str, Any] | list[Any]], *, null: bool = False) -> fields.Field[Any]:
    """A part of its own shape: only its pairs of languages and its web addresses are judged."""

    def check(value: Any) -> None:
        if not isinstance(value, kind):
            raise ValidationError("must be an object" if kind is dict else "must be a list")
        problems = list(loose_problems(value))
        if problems:
            raise ValidationError([f"{path}: {problem}" if path else problem for path, problem in problems])

    return Checked(check, null=null)


def loose_problems(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Half-filled pairs of languages and broken web addresses anywhere inside, as (path, problem)."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from loose_problems(part, f"{path}[{place}]")
    elif isinstance(value, dict) and set(value) == {"vi", "en"} and not isinstance(value["vi"], list):
        for language, problems in Pair().validate(value).items():
            yield _below(path, language), problems[0]
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in ("source", "url", "website") and part is not None:
                yield from ((_below(path, key), problem) for problem in _address_problems(part))
            yield from loose_problems(part, _below(path, key))


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _address_problems(value: Any) -> list[str]:
    try:
        url().deserialize(value)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []
