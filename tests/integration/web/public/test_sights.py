"""Pages of sights on the real data."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.places.models import PointOfInterest
from catalogue.routes.models import Stop
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/diem-tham-quan", Language.EN: "/en/sights"}
PLACES = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
ROUTES = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}


@pytest.fixture(scope="module")
def sights(loaded: Flask) -> list[PointOfInterest]:
    with loaded.app_context():
        return list(db.session.scalars(select(PointOfInterest).options(joinedload(PointOfInterest.place))))


@pytest.fixture(scope="module")
def stops(loaded: Flask) -> list[Stop]:
    with loaded.app_context():
        chosen = select(Stop).where(Stop.poi_id.is_not(None)).options(joinedload(Stop.route))
        return list(db.session.scalars(chosen))


@pytest.fixture(scope="module")
def pages(loaded: Flask, sights) -> list[tuple[PointOfInterest, Language, HtmlElement]]:
    client = loaded.test_client()
    return [
        (sight, language, document_fromstring(client.get(address(sight, language)).data))
        for sight in sights
        for language in Language
    ]


def address(sight: PointOfInterest, language: Language) -> str:
    return f"{ROOTS[language]}/{sight.slug(language)}"


@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_sight_in_the_order_of_the_language(read, sights, language) -> None:
    page = read(ROOTS[language])
    ordered = sorted(sights, key=lambda sight: getattr(sight, f"sort_{language}"))
    assert heading(page).startswith("54 ")
    assert paths(main(page), ROOTS[language]) == [address(sight, language) for sight in ordered]


def test_a_kind_leads_to_as_many_sights_as_it_says(read, sights) -> None:
    page = read("/en/sights")
    counted = Counter(sight.kind for sight in sights)
    for kind, number in counted.items():
        [box] = page.xpath(f"//main//input[@name='kind'][@value='{kind}']")
        assert int(words(box.getparent()).split()[-1]) == number
    assert heading(read("/en/sights?kind=waterfall")).startswith(f"{counted['waterfall']} ")
    both = counted["waterfall"] + counted["lake"]
    assert heading(read("/en/sights?kind=waterfall&kind=lake")).startswith(f"{both} ")


@pytest.mark.parametrize("query", ["kind=nothing", "place=%00", "page=99"])
def test_nonsense_asks_for_nothing(read, query: str) -> None:
    assert heading(read(f"/en/sights?{query}")).startswith("54 ")


def test_a_page_tells_everything_known(pages) -> None:
    for sight, language, page in pages:
        text = words(main(page))
        assert heading(page) == sight.name.text(language)
        told = [value.text(language) for value in (sight.summary, sight.locality) if value]
        told += [sight.place.name.text(language)] if sight.place else []
        told += [value for value in (sight.former_commune, sight.former_district) if value]
        told += [f"{sight.lat}, {sight.lon}"] if sight.lat else []
        assert [value for value in told if " ".join(value.split()) not in text] == [], sight.code
        onward = links(main(page))
        assert {source["url"] for source in sight.sources} <= set(onward), sight.code
        if sight.place:
            assert f"{PLACES[language]}/{sight.place.slug(language)}" in onward, sight.code


def test_a_page_leads_to_the_routes_that_stop_there_and_they_lead_back(read, pages, stops) -> None:
    for sight, language, page in pages:
        text, onward = words(main(page)), links(main(page))
        passing = [stop for stop in stops if stop.poi_id == sight.id]
        for stop in passing:
            assert f"{ROUTES[language]}/{stop.route.slug(language)}" in onward, sight.code
            assert not stop.note or stop.note.text(language) in text
        if not passing:
            assert paths(main(page), ROUTES[language]) or ROUTES[language] in onward, sight.code
    for stop in stops:
        onward = links(main(read(f"{ROUTES[Language.EN]}/{stop.route.slug(Language.EN)}")))
        assert any(
            href == address(one, Language.EN)
            for one, _, _ in pages
            for href in onward
            if one.id == stop.poi_id
        )


def test_what_is_near_says_so_and_lies_within_fifteen_kilometres(pages) -> None:
    for sight, _, page in pages:
        for item in main(page).xpath(".//ul[@class='nearby']/li"):
            text = words(item)
            assert re.search(r"\bnear\b|\bgần\b", text), sight.code
            distance = re.search(r"(\d+) km", text)
            assert distance is None or int(distance[1]) <= 15


def test_nothing_is_near_what_has_no_point(pages, sights) -> None:
    """Where only the old district is known, its middle says nothing about makers and villages."""
    unknown = {sight.code for sight in sights if sight.lat is None}
    assert len(unknown) == 2
    for sight, _, page in pages:
        if sight.code in unknown:
            assert main(page).xpath(".//h2[@id='near']") == []


def test_the_number_of_statements_is_the_same(client: FlaskClient, statements, sights) -> None:
    counts = set()
    for code in ("ga-da-lat", "lang-cu-lan", "san-bay-lien-khuong"):
        [sight] = [one for one in sights if one.code == code]
        client.get(address(sight, Language.VI))
        with statements() as run:
            client.get(address(sight, Language.VI))
        counts.add(len(run))
    assert len(counts) == 1, counts


def test_the_search_finds_a_sight(read, sights) -> None:
    [station] = [sight for sight in sights if sight.code == "ga-da-lat"]
    assert address(station, Language.VI) in links(main(read("/vi/tim?q=ga+da+lat")))
