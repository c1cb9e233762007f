"""Reads the seed files and judges each record's shape by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from marshmallow import Schema

from catalogue.cli.seeding import documents, promotion_documents, schemas
from catalogue.cli.seeding.faults import Fault

Raw = dict[str, Any]
T = TypeVar("T", list[Any], dict[str, Any])
WHOLE_FILE = "-"


@dataclass(frozen=True)
class Entry:
    """One record as its file states it; `sound`: its shape holds, so its values may be looked at."""

    file: str
    code: str
    raw: Raw
    sound: bool = True


@dataclass
class Seeds:
    """All that the files hold: records by kind, and the documents by file, those of a sound shape.

    `whole`: every file could be read, so a reference that leads nowhere is a fault of the reference.
    """

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    documents: dict[str, Raw] = field(default_factory=dict)
    whole: bool = True

    def of(self, kind: str) -> list[Entry]:
        return self.entries.get(kind, [])


@dataclass(frozen=True)
class Listing:
    """Records of one kind; several files may hold them."""

    kind: str
    pattern: str
    shape: type[Schema]
    key: str = "slug"


LISTINGS = (
    Listing("category", "categories.json", schemas.Category, key="code"),
    Listing("place", "places.json", schemas.Place),
    Listing("craft_village", "villages.json", schemas.Village),
    Listing("point_of_interest", "pois.json", schemas.PointOfInterest),
    Listing("flower_variety", "flowers.json", schemas.Flower),
    Listing("producer", "producers-*.json", schemas.Producer),
    Listing("certification_scheme", "certification_schemes.json", schemas.Scheme, key="code"),
    Listing("product", "products-*.json", schemas.Product),
    Listing("tour_route", "routes.json", schemas.Route),
)
ZONES = Listing("industrial_zone", "industrial-zones.json", documents.Zone)
# One document a file; the industrial zones inside theirs are a listing of their own.
DOCUMENTS: dict[str, type[Schema]] = {
    "flower-centre.json": documents.FlowerCentre,
    "flower-standards.json": documents.FlowerStandards,
    ZONES.pattern: documents.IndustrialZones,
    "resolution.json": documents.Resolution,
    "trade-promotion.json": promotion_documents.TradePromotion,
    "brand-mark.json": promotion_documents.BrandMark,
}
KIND_WORDS: dict[type[Any], str] = {list: "a list of records", dict: "one object"}


def read(folder: Path) -> tuple[Seeds, list[Fault]]:
    """Everything in the folder, and every fault of shape found on the way."""
    seeds, faults = Seeds(), list(_strange_files(folder))
    for listing in LISTINGS:
        for name, records in _contents(folder, listing.pattern, list, faults):
            seeds.entries.setdefault(listing.kind, []).extend(_judged(name, records, listing, faults))
    for pattern, shape in DOCUMENTS.items():
        for name, document in _contents(folder, pattern, dict, faults):
            problems = [
                Fault(name, WHOLE_FILE, where, said) for where, said in _flat(shape().validate(document))
            ]
            faults += problems
            if not problems:
                seeds.documents[name] = document
            if name == ZONES.pattern and isinstance(document.get("zones"), list):
                seeds.entries[ZONES.kind] = list(_judged(name, document["zones"], ZONES, faults))
    for listing in (*LISTINGS, ZONES):
        faults += _repeated(seeds.of(listing.kind), listing.key)
    seeds.whole = not any((fault.record, fault.field) == (WHOLE_FILE, WHOLE_FILE) for fault in faults)
    return seeds, faults


def _strange_files(folder: Path) -> Iterator[Fault]:
    patterns = [listing.pattern for listing in LISTINGS] + list(DOCUMENTS)
    for path in sorted(folder.glob("*.json")):
        if not any(path.match(pattern) for pattern in patterns):
            yield _file_fault(path.name, "is not a file that this command knows")


def _contents(folder: Path, pattern: str, kind: type[T], faults: list[Fault]) -> Iterator[tuple[str, T]]:
    """Name and content of every file of that pattern that can be read."""
    paths = sorted(folder.glob(pattern))
    if not paths:
        faults.append(_file_fault(pattern, f"is not in {folder}"))
    for path in paths:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            faults.append(_file_fault(path.name, "is not UTF-8 text"))
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            faults.append(_file_fault(path.name, f"is not JSON: {error.msg} ({place})"))
        else:
            if isinstance(content, kind):
                yield path.name, content
            else:
                faults.append(_file_fault(path.name, f"must hold {KIND_WORDS[kind]}"))


def _file_fault(file: str, problem: str) -> Fault:
    return Fault(file, WHOLE_FILE, WHOLE_FILE, problem)


def _judged(file: str, records: list[Any], listing: Listing, faults: list[Fault]) -> Iterator[Entry]:
    shape = listing.shape()
    for number, record in enumerate(records, start=1):
        raw = record if isinstance(record, dict) else {}
        key = raw.get(listing.key)
        code = key if isinstance(key, str) and key else f"record {number}"
        problems = [
            Fault(file, code, where or WHOLE_FILE, said) for where, said in _flat(shape.validate(record))
        ]
        faults += problems
        yield Entry(file, code, raw, sound=not problems)


def _repeated(entries: list[Entry], key: str) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.code in seen:
            yield Fault(entry.file, entry.code, key, f"is already used in {seen[entry.code]}")
        seen.setdefault(entry.code, entry.file)


def _flat(errors: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """marshmallow's nested messages as (`certifications[0].scheme`, sentence)."""
    if isinstance(errors, dict):
        for key, inner in errors.items():
            yield from _flat(inner, _below(path, key))
    else:
        for message in errors if isinstance(errors, list) else [errors]:
            yield path, str(message)


def _below(path: str, key: str | int) -> str:
    if key == "_schema":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key
