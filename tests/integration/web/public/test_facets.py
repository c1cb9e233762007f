"""Facets of products and exporters: whatever is chosen, the page counts what the data holds.

The rows are read from the data files and counted one by one (case field-s01, for any combination).
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement

from catalogue.certification.models import Certificate
from catalogue.certification.queries import WITH_HOLDER, all_certificates
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from tests.documents import heading, main, paths, words

SEEDS = Path(__file__).parents[4] / "catalogue" / "seeds"
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
EXPORTERS = {Language.VI: "/vi/xuat-khau", Language.EN: "/en/exporters"}
FACETS = (
    "category", "scheme", "level", "evidence", "village", "place", "month", "visitable", "market", "kind",
)  # fmt: skip

Values = Mapping[str, set[str]]
Chosen = Mapping[str, Sequence[str]]


def records(pattern: str) -> list[dict[str, Any]]:
    return [one for file in sorted(SEEDS.glob(pattern)) for one in json.loads(file.read_text("utf-8"))]


class Truth:
    """The values of every product and exporter, from the files; only standings come from the rules."""

    def __init__(self) -> None:
        self.makers = {one["slug"]: one for one in records("producers-*.json")}
        self.villages = {one["slug"]: one for one in records("villages.json")}
        self.parents = {one["code"]: one["parent"] for one in records("categories.json")}
        self.old = {
            one["former"]["district"]: one["slug"]
            for one in records("places.json")
            if one["kind"] in {"old-city", "old-district"}
        }
        self.held: dict[tuple[str, str], list[tuple[str, str | None, str]]] = defaultdict(list)
        words = {Status.VALID: "confirmed", Status.UNCONFIRMED: "reported"}
        codes = dict(db.session.execute(db.select(Product.id, Product.code)).all())
        for paper in all_certificates():
            if word := words.get(paper.status_on(today())):
                for row in paper.scope:
                    self.held["product", codes[row.product_id]].append((paper.scheme.code, paper.level, word))
        for paper in db.session.scalars(db.select(Certificate).options(*WITH_HOLDER)):
            if paper.producer and (word := words.get(paper.status_on(today()))):
                self.held["producer", paper.producer.code].append((paper.scheme.code, paper.level, word))

    @cached_property
    def products(self) -> dict[str, Values]:
        return {one["slug"]: self._product(one) for one in records("products-*.json")}

    @cached_property
    def exporters(self) -> dict[str, Values]:
        made = defaultdict(list)
        for one in records("products-*.json"):
            made[one["producer"]].append(self.products[one["slug"]])
        return {
            code: self._exporter(maker, made[code])
            for code, maker in self.makers.items()
            if maker["export_markets"]
        }

    def _product(self, one: dict[str, Any]) -> Values:
        maker = self.makers[one["producer"]]
        village = one["village"] or maker["village"]
        return {
            **self._of_maker(maker),
            **self._standing(self.held["product", one["slug"]]),
            "category": set(self._line(one["category"])),
            "village": {village} if village else set(),
            "month": {str(month) for month in one["season_months"] or ()},
            "market": set(one["export_markets"]),
        }

    def _exporter(self, maker: dict[str, Any], made: list[Values]) -> Values:
        own = self._standing(self.held["producer", maker["slug"]])
        found = self._of_maker(maker) | {"market": set(maker["export_markets"])}
        for facet in ("category", "month"):
            found[facet] = set().union(*(one[facet] for one in made))
        for facet in ("scheme", "level"):
            found[facet] = own[facet].union(*(one[facet] for one in made))
        said = own["evidence"].union(*(one["evidence"] for one in made))
        found["evidence"] = {next(word for word in ("confirmed", "reported", "none") if word in said)}
        return found

    def _of_maker(self, maker: dict[str, Any]) -> dict[str, set[str]]:
        village = self.villages.get(maker["village"])
        return {
            "village": {maker["village"]} if village else set(),
            "place": self._places(maker) or (self._places(village) if village else set()),
            "visitable": {"yes"} if maker["visitable"] else set(),
            "kind": {maker["kind"]},
        }

    def _places(self, record: dict[str, Any]) -> set[str]:
        where = record["place"]
        districts = (where["former_district"] or "").split("; ")
        return {where["slug"]} - {None} | {self.old[name] for name in districts if name in self.old}

    def _standing(self, held: list[tuple[str, str | None, str]]) -> dict[str, set[str]]:
        said = {word for _, _, word in held}
        return {
            "scheme": {scheme for scheme, _, _ in held},
            "level": {f"{scheme}-{level.lower()}" for scheme, level, _ in held if level},
            "evidence": {"confirmed"} if "confirmed" in said else said or {"none"},
        }

    def _line(self, code: str | None):
        while code:
            yield code
            code = self.parents[code]


def fitting(rows: Mapping[str, Values], chosen: Chosen) -> set[str]:
    """What a list must hold, row by row."""
    return {
        code
        for code, values in rows.items()
        if all(values[facet] & set(wanted) for facet, wanted in chosen.items())
    }


def total(document: HtmlElement) -> int:
    found = re.match(r"[\d.,]+", heading(document))
    assert found
    return int(re.sub(r"\D", "", found[0]))


def offered(document: HtmlElement) -> dict[tuple[str, str], int]:
    """The count beside every value that can be ticked."""
    return {
        (box.get("name"), box.get("value")): int(re.sub(r"\D", "", box.getparent().xpath("./small")[0].text))
        for box in document.xpath("//form[@id='filters']//input[@type='checkbox']")
    }


def whole(read, document: HtmlElement, root: str) -> list[str]:
    """The records on all pages of a list, in order."""
    found = paths(document.xpath("//*[@id='results']")[0], root)
    while onward := document.xpath("//main//nav[@class='pages']/a[@rel='next']/@href"):
        document = read(onward[0])
        found += paths(document.xpath("//*[@id='results']")[0], root)
    return found


@pytest.fixture(scope="module")
def truth(loaded: Flask) -> Truth:
    with loaded.app_context():
        return Truth()


@pytest.fixture(scope="module")
def slugs(loaded: Flask) -> dict[tuple[type, Language], dict[str, str]]:
    with loaded.app_context():
        return {
            (model, language): {one.slug(language): one.code for one in db.session.scalars(db.select(model))}
            for model in (Product, Producer)
            for language in Language
        }


def some_choice(chance: random.Random, rows: Mapping[str, Values]) -> dict[str, list[str]]:
    """One to three facets with one to three values each, mostly such as one record has together."""
    seed = rows[chance.choice(sorted(rows))]
    chosen = {}
    for facet in chance.sample(FACETS, chance.randint(1, 3)):
        every = sorted(set().union(*(values[facet] for values in rows.values())))
        values = {*chance.sample(sorted(seed[facet]), min(len(seed[facet]), 1))}
        values |= set(chance.sample(every, min(len(every), chance.randint(0, 2))))
        if values:
            chosen[facet] = sorted(values)
    return chosen


@pytest.mark.parametrize("number", range(24))
@pytest.mark.parametrize("kind", ["products", "exporters"])
def test_counts_are_those_of_the_data_under_any_combination(
    read, truth, slugs, kind: str, number: int
) -> None:
    rows = getattr(truth, kind)
    chance = random.Random(f"{kind} {number}")
    language = list(Language)[number % 2]
    lists, model, root = {
        "products": (PRODUCTS, Product, PRODUCTS),
        "exporters": (EXPORTERS, Producer, MAKERS),
    }[kind]
    chosen = some_choice(chance, rows) if number else {}
    query = urlencode([(facet, value) for facet, values in chosen.items() for value in values])
    document = read(f"{lists[language]}?{query}")

    expected = fitting(rows, chosen)
    assert total(document) == len(expected), chosen
    held = [slugs[model, language][path.rsplit("/", 1)[1]] for path in whole(read, document, root[language])]
    assert (len(held), set(held)) == (len(expected), expected), chosen

    counts = offered(document)
    for facet in FACETS:
        for value in set().union(*(values[facet] for values in rows.values())):
            right = len(fitting(rows, {**chosen, facet: [value]}))
            assert counts.get((facet, value), 0) == right, (chosen, facet, value)


@pytest.mark.parametrize("kind", ["products", "exporters"])
def test_every_count_leads_to_a_list_of_that_length(read, kind: str) -> None:
    address = {"products": PRODUCTS, "exporters": EXPORTERS}[kind][Language.EN]
    for (facet, value), count in list(offered(read(address)).items())[::5]:
        assert total(read(f"{address}?{facet}={value}")) == count


@pytest.mark.parametrize(("first", "second"), [("tea", "coffee"), ("coffee", "coffee-arabica")])
def test_values_of_one_facet_widen(read, truth, first: str, second: str) -> None:
    both = total(read(f"/vi/san-pham?category={first}&category={second}"))
    assert both == len(fitting(truth.products, {"category": [first, second]}))
    assert both >= max(total(read(f"/vi/san-pham?category={one}")) for one in (first, second))


@pytest.mark.parametrize(
    "address", ["/vi/san-pham?category=tea&month=12", "/vi/xuat-khau?market=JP&category=flowers"]
)
def test_a_fragment_is_never_sent_whatever_asks_for_one(client, address: str) -> None:
    """Case field-s25: one address has one answer, a whole document."""
    plain = client.get(address)
    for headers in (
        {"HX-Request": "true"},
        {"X-Requested-With": "XMLHttpRequest"},
        {"X-Fragment": "results"},
    ):
        assert client.get(address, headers=headers).data == plain.data
    assert b"<title>" in plain.data
    assert urlsplit(address).path.encode() in plain.data


@pytest.mark.parametrize(
    ("address", "nonsense"),
    [
        ("/vi/nha-san-xuat?place=atlantis", "place=atlantis"),
        ("/en/villages?category=brocade&recognition=royal", "&recognition=royal"),
        ("/en/routes?month=13", "month=13"),
        ("/vi/diem-tham-quan?kind=volcano", "kind=volcano"),
        ("/en/exporters?month=13", "month=13"),
        ("/vi/san-pham?month=13", "month=13"),
    ],
)
def test_a_value_that_no_facet_knows_is_named_and_narrows_nothing(read, address: str, nonsense: str) -> None:
    asked, sensible = read(address), read(address.replace(nonsense, ""))
    notes = [words(note) for note in main(asked).xpath(".//*[contains(@class, 'note')]")]
    value = nonsense.split("=")[1]
    assert f"Không hiểu nên bỏ qua: {value}" in notes or (
        f"This could not be read and was left out: {value}" in notes
    )
    assert heading(asked) == heading(sensible)
    assert not any(value in words(note) for note in main(sensible).xpath(".//*[contains(@class, 'note')]"))
