"""Pages of industrial zones on the real data: every figure with its date and source, none merged."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

import config
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.places.models import IndustrialZone
from catalogue.producers.models import Producer
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/khu-cum-cong-nghiep", Language.EN: "/en/industrial-zones"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
PLACES = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
DOCUMENT = json.loads((config.ROOT / "catalogue" / "seeds" / "industrial-zones.json").read_text("utf-8"))
RAW = {raw["slug"]: raw for raw in DOCUMENT["zones"]}


@pytest.fixture(scope="module")
def zones(loaded: Flask) -> list[IndustrialZone]:
    loading = (joinedload(IndustrialZone.place), selectinload(IndustrialZone.units))
    with loaded.app_context():
        return list(db.session.scalars(select(IndustrialZone).options(*loading)))


@pytest.fixture(scope="module")
def pages(loaded: Flask, zones) -> list[tuple[IndustrialZone, Language, HtmlElement]]:
    client = loaded.test_client()
    return [
        (zone, language, document_fromstring(client.get(address(zone, language)).data))
        for zone in zones
        for language in Language
    ]


def address(zone: IndustrialZone, language: Language) -> str:
    return f"{ROOTS[language]}/{zone.slug(language)}"


def rows(page: HtmlElement, part: str) -> list[HtmlElement]:
    return main(page).xpath(f".//section[@aria-labelledby='{part}']//tbody/tr")


@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_zone_and_tells_the_whole_survey(read, zones, language) -> None:
    page = read(ROOTS[language])
    text, onward = words(main(page)), links(main(page))
    assert heading(page).startswith("19 ")
    assert set(paths(main(page), ROOTS[language])) == {address(zone, language) for zone in zones}
    told = list(DOCUMENT["gaps"]) + [one["event"] for one in DOCUMENT["history"]]
    told += [one["text"] for one in DOCUMENT["province_figures"]] + [
        one["name"] for one in DOCUMENT["managed_by"]
    ]
    told += [one["subject"] for one in DOCUMENT["conflicts"]]
    told += [value["value"] for one in DOCUMENT["conflicts"] for value in one["values"]]
    assert [one[language] for one in told if one[language] not in text] == []
    assert {source["url"] for source in DOCUMENT["sources"]} <= set(onward)


def test_a_page_tells_everything_known(pages) -> None:
    for zone, language, page in pages:
        raw, text, onward = RAW[zone.code], words(main(page)), set(links(main(page)))
        assert heading(page) == raw["name"][language]
        told = [raw[field][language] for field in ("status", "investor", "sectors", "summary") if raw[field]]
        told += [one["text"][language] for one in raw["figures"] + raw["other_enterprises"]]
        told += [one["name"] for one in raw["other_enterprises"]]
        told += [one["note"][language] for one in raw["areas"] if one["note"]]
        told += [
            raw["place"][field] for field in ("former_commune", "former_district") if raw["place"][field]
        ]
        told += [f"{raw['lat']}, {raw['lon']}"] if raw["lat"] else []
        assert [value for value in told if value not in text] == [], zone.code
        assert set(raw["sources"]) <= onward, zone.code
        for unit in zone.units or [zone.place]:
            assert f"{PLACES[language]}/{unit.slug(language)}" in onward, zone.code


def test_every_area_stands_beside_its_date_and_source(pages) -> None:
    for zone, language, page in pages:
        raw = RAW[zone.code]
        found = rows(page, "areas")
        assert len(found) == len(raw["areas"]), zone.code
        for row, area in zip(found, raw["areas"], strict=True):
            assert links(row) == [area["source"]]
            assert (urlsplit(area["source"]).hostname or "").removeprefix("www.") in words(row)
            year = (area["as_of"] or "")[:4]
            unknown = "Date not known" if language is Language.EN else "Chưa rõ ngày"
            assert (year or unknown) in words(row)
        assert len(rows(page, "figures")) == len(raw["figures"])


def test_an_area_told_as_nearly_says_so(pages) -> None:
    [page] = [page for zone, language, page in pages if (zone.code, language) == ("ccn-loc-thang", "en")]
    assert words(rows(page, "areas")[0]).startswith("nearly 32.3 ha")


def test_the_state_of_things_is_said_first(pages) -> None:
    told = {"operating": "Operating", "established": "Founded by decision", "planned": "Planned, not built"}
    for zone, language, page in pages:
        if language is Language.EN:
            [tag] = main(page).xpath(".//*[contains(@class, 'tag')]")
            assert words(tag) == told.get(zone.status_code, "Only proposed"), zone.code


def test_makers_lead_to_their_zone_and_zones_to_their_makers(loaded: Flask, read, pages) -> None:
    with loaded.app_context():
        makers = {maker.code: maker for maker in db.session.scalars(select(Producer))}
    for zone, language, page in pages:
        for code in RAW[zone.code]["producers"]:
            maker = f"{MAKERS[language]}/{makers[code].slug(language)}"
            assert maker in links(main(page)), zone.code
            assert address(zone, language) in links(main(read(maker))), code


def test_history_stands_on_the_page_of_the_zone_it_names(pages) -> None:
    for zone, language, page in pages:
        history = (
            words(main(page).xpath(".//section[@aria-labelledby='history']")[0])
            if (main(page).xpath(".//section[@aria-labelledby='history']"))
            else ""
        )
        for event in DOCUMENT["history"]:
            named = (
                zone.code in ("kcn-loc-son", "kcn-phu-hoi")
                and zone.name.vi.removeprefix("Khu công nghiệp ") in event["event"]["vi"]
            )
            assert not named or event["event"][language] in history, zone.code


def test_a_place_deduced_from_a_name_says_so(pages) -> None:
    for zone, language, page in pages:
        if language is Language.EN:
            assert ("Deduced from the name" in words(main(page))) is zone.place_inferred, zone.code


def test_the_search_finds_a_zone(read) -> None:
    onward = links(main(read("/en/search?q=loc+son+industrial+park")))
    assert "/en/industrial-zones/loc-son-industrial-park" in onward


@pytest.mark.parametrize("language", Language)
def test_the_resolution_leads_to_the_zones_it_is_about_and_they_lead_back(read, pages, language) -> None:
    resolution = {Language.VI: "/vi/nghi-quyet", Language.EN: "/en/resolution"}[language]
    solutions = {
        one.get("id"): one for one in read(resolution).xpath("//section[@aria-labelledby='solutions']//li")
    }
    back: dict[str, set[str]] = {}
    for zone, spoken, page in pages:
        for href in main(page).xpath(".//dd/a/@href") if spoken is language else ():
            if href.startswith(f"{resolution}#"):
                back.setdefault(href.partition("#")[2], set()).add(address(zone, language))
    assert sum(len(found) for found in back.values()) >= 10
    for anchor, found in back.items():
        assert found <= set(solutions[anchor].xpath(".//a/@href"))
    told = {
        href
        for one in solutions.values()
        for href in one.xpath(".//a/@href")
        if ROOTS[language] + "/" in href
    }
    assert told == set().union(*back.values())
