"""What a kind of listing is: how it is read from the catalogue, checked, put on show and taken down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from catalogue.editorial import fields
from catalogue.editorial.fields import Field
from catalogue.editorial.rules import Content
from catalogue.kernel.actor import Actor
from catalogue.slugs import RESERVED


@dataclass(frozen=True)
class Live:
    """A listing as the catalogue shows it. `producer_code`: `rules.OFFICE` for what is nobody's but the
    catalogue's own; `archived_at`: since when it shows it no more; `built_in`: words that the site came with,
    which nobody has replaced."""

    producer_code: str
    content: dict[str, Any]
    since: datetime | None
    archived_at: datetime | None
    built_in: bool = False


def numbered(name: str) -> Iterator[str]:
    """The codes that a listing of that name may have, the best first: `tea`, `tea-2`, `tea-3` …"""
    if name not in RESERVED:
        yield name
    yield from (f"{name}-{number}" for number in count(2))


@dataclass(frozen=True)
class Listing:
    """One kind. `owners` gives the producer of every listing by its code, with what left the catalogue;
    `faults` gives a code by field; `apply` writes the live row, with the translations that are stale;
    `archive` takes it down (a moment) or puts it back (None), with all that names it. All of them in the
    caller's transaction. `title`: the field that names one; `grows`: whether one can be begun that was not
    there before; `codes`: what a new one of that name may be called by, the best first."""

    fields: tuple[Field, ...]
    owners: Callable[[], dict[str, str]]
    read_many: Callable[[Collection[str]], dict[str, Live]]
    faults: Callable[[str, Content], dict[str, str]]
    apply: Callable[[Actor, str, str, Content, list[str], datetime], object]
    archive: Callable[[str, datetime | None], None]
    title: str = "name"
    grows: bool = True
    codes: Callable[[str], Iterator[str]] = numbered

    def read(self, code: str) -> Live | None:
        """One listing; None where there is none."""
        return self.read_many([code]).get(code)

    @property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    def tidy(self, content: Content) -> dict[str, Any]:
        """The content as it is kept: the fields of this kind, and no others."""
        return {field.name: fields.tidy(field, content.get(field.name)) for field in self.fields}
