"""Pages of places on the real data: old and new names, and all that stands there."""

from __future__ import annotations

import json
import re
from unicodedata import normalize
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

import config
from catalogue.certification.models import CertificationScheme
from catalogue.database import db, transaction
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.text import slug as make_slug
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.places.rules import OLD_UNITS
from catalogue.producers.models import Producer
from catalogue.routes.models import Stop
from catalogue.slugs import address as give_address
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
VILLAGES = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
SIGHTS = {Language.VI: "/vi/diem-tham-quan", Language.EN: "/en/sights"}
ZONES = {Language.VI: "/vi/khu-cum-cong-nghiep", Language.EN: "/en/industrial-zones"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
ROUTES = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}
RAW = {
    raw["slug"]: raw
    for raw in json.loads((config.ROOT / "catalogue" / "seeds" / "places.json").read_text("utf-8"))
}


@pytest.fixture(scope="module")
def places(loaded: Flask) -> dict[str, Place]:
    loading = (selectinload(Place.names), selectinload(Place.current))
    with loaded.app_context():
        return {place.code: place for place in db.session.scalars(select(Place).options(*loading))}


@pytest.fixture(scope="module")
def pages(loaded: Flask, places) -> dict[tuple[str, Language], HtmlElement]:
    client = loaded.test_client()
    return {
        (code, language): document_fromstring(client.get(address(place, language)).data)
        for code, place in places.items()
        for language in Language
    }


def address(place: Place, language: Language) -> str:
    return f"{ROOTS[language]}/{place.slug(language)}"


def names(document: HtmlElement) -> list[str]:
    """What is said to be meant: the names of the first list."""
    return [words(node) for node in main(document).xpath("(.//ul[@class='entries'])[1]//*[@class='name']")]


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_place_and_tells_every_former_unit(read, places, language) -> None:
    page = read(ROOTS[language])
    assert heading(page).startswith("66 ")
    assert set(paths(main(page), ROOTS[language])) == {address(place, language) for place in places.values()}
    text = words(main(page))
    assert [
        unit["commune"] for raw in RAW.values() for unit in raw["former_units"] if unit["commune"] not in text
    ] == []


def test_units_of_today_stand_under_every_old_unit_they_took_land_from(read, places) -> None:
    groups = main(read("/vi/dia-danh")).xpath(".//ul[@class='ledger']/li")
    told = {
        links(group.xpath(".//h3")[0])[0]: set(links(group.xpath(".//ul")[0]))
        for group in groups
        if group.xpath(".//h3/a")
    }
    for place in places.values():
        if place.kind.startswith("old-"):
            current = {address(unit, Language.VI) for unit in place.current}
            assert told[address(place, Language.VI)] == current, place.code


# ---------------------------------------------------------------- what a name means
@pytest.mark.parametrize("asked", ["Lạc Dương", "lac duong", "LẠC DƯƠNG", normalize("NFD", "Lạc Dương")])
def test_a_name_that_means_several_things_shows_them_all(read, places, asked: str) -> None:
    for language in Language:
        page = read(f"{ROOTS[language]}?q={quote(asked)}")
        found = [places[code] for code in ("xa-lac-duong", "huyen-lac-duong", "phuong-lang-biang-da-lat")]
        assert set(paths(main(page), ROOTS[language])) == {address(place, language) for place in found}
        assert "Thị trấn Lạc Dương" in names(page)


def test_an_address_that_means_several_things_shows_them_all(read, client: FlaskClient) -> None:
    page = read("/vi/dia-danh/lac-duong")
    assert names(page) == ["Huyện Lạc Dương", "Xã Lạc Dương", "Thị trấn Lạc Dương"]
    assert read("/en/places/lac-duong") is not None
    assert len(names(read("/en/places/phuong-1"))) == 2
    assert client.get("/vi/dia-danh/khong-co-noi-nay").status_code == 404


def test_every_former_unit_leads_to_where_it_is_today(client: FlaskClient, places) -> None:
    """By its address in both languages: 301 where that names one place, else a page that names this one."""
    moved = 0
    for code, raw in RAW.items():
        for unit in raw["former_units"]:
            for language in Language:
                own = address(places[code], language)
                asked = f"{ROOTS[language]}/{make_slug(unit['commune'])}"
                answer = client.get(asked)
                if answer.status_code == 301:
                    assert answer.headers["Location"] == own, asked
                    moved += 1
                else:
                    assert answer.status_code == 200, asked
                    assert asked == own or own in links(main(document_fromstring(answer.data))), asked
    assert moved > 200


def test_the_mandated_old_commune_moves(client: FlaskClient, places) -> None:
    answer = client.get("/vi/dia-danh/xa-tram-hanh")
    assert answer.status_code == 301
    assert answer.headers["Location"] == address(places["phuong-xuan-truong-da-lat"], Language.VI)


def test_marks_that_are_typed_are_meant(read) -> None:
    assert names(read(f"/vi/dia-danh?q={quote('Tân Thành')}")) == ["Xã Tân Thành"]
    assert sorted(names(read("/vi/dia-danh?q=tan+thanh"))) == ["Xã Tân Thanh", "Xã Tân Thành"]


@pytest.mark.parametrize("asked", ["xyzzy", "–", "%00", "xã" * 200, "<b>"])
def test_a_name_nobody_knows_has_ways_out(client: FlaskClient, asked: str) -> None:
    for language in Language:
        answer = client.get(f"{ROOTS[language]}?q={quote(asked)}")
        assert answer.status_code == 200
        assert ROOTS[language] in links(main(document_fromstring(answer.data)))


def test_namesakes_lead_to_all_that_the_name_means(pages) -> None:
    for code in ("xa-lac-duong", "huyen-lac-duong", "xa-di-linh"):
        onward = links(main(pages[code, Language.VI]))
        assert any(re.match(r"/vi/dia-danh\?q=", href) for href in onward), code
    alone = links(main(pages["xa-ninh-gia", Language.VI]))
    assert not any("?q=" in href for href in alone)


@pytest.mark.parametrize("roots", [ROOTS, SIGHTS, ZONES])
def test_an_address_nobody_knows_leads_to_its_list_first(client: FlaskClient, roots) -> None:
    for language in Language:
        answer = client.get(f"{roots[language]}/qwertz")
        assert answer.status_code == 404
        lists = [href for href in links(main(document_fromstring(answer.data))) if href.startswith("/")]
        assert lists[0] == roots[language]


# ---------------------------------------------------------------- one place
def test_a_page_tells_everything_known(pages, places) -> None:
    for (code, language), page in pages.items():
        place, raw = places[code], RAW[code]
        text = words(main(page))
        assert heading(page) == place.name.text(language)
        told = [raw["note"][language]] if raw["note"] else []
        told += [unit["commune"] for unit in raw["former_units"]]
        told += [unit["district"] for unit in raw["former_units"]]
        told += [f"{raw['lat']}, {raw['lon']}"]
        assert [value for value in told if value not in text] == [], code
        onward = links(main(page))
        assert set(raw["sources"]) <= set(onward), code
        for other in raw["current_slugs"]:
            assert other == code or address(places[other], language) in onward, code
        for old in places.values():
            if old.kind.startswith("old-") and code in RAW[old.code]["current_slugs"]:
                assert address(old, language) in onward, (code, old.code)


def test_a_page_leads_to_all_that_stands_there(loaded: Flask, pages, places) -> None:
    """Whatever names a place, or an old unit, is led to from its page; many makers by their list."""
    with loaded.app_context():
        kinds = {
            model: list(db.session.scalars(select(model)))
            for model in (CraftVillage, PointOfInterest, IndustrialZone, Producer)
        }
        stops = list(db.session.scalars(select(Stop).options(joinedload(Stop.route))))
    roots = {CraftVillage: VILLAGES, PointOfInterest: SIGHTS, IndustrialZone: ZONES, Producer: MAKERS}
    columns = {CraftVillage: "village_id", PointOfInterest: "poi_id", Producer: "producer_id"}
    for (code, language), page in pages.items():
        place, onward = places[code], set(links(main(page)))
        for model, records in kinds.items():
            here = [one for one in records if stands_in(one, place)]
            wanted = {f"{roots[model][language]}/{one.slug(language)}" for one in here}
            if model is Producer and len(here) > 12:
                assert f"{MAKERS[language]}?place={code}" in onward, code
                assert len(wanted & onward) == 12
            else:
                assert wanted <= onward, (code, wanted - onward)
            if model in columns:
                ids = {one.id for one in here}
                passing = [stop for stop in stops if getattr(stop, columns[model]) in ids]
                assert {f"{ROUTES[language]}/{stop.route.slug(language)}" for stop in passing} <= onward, code


def stands_in(record, place: Place) -> bool:
    districts = (record.former_district or "").split("; ")
    old = place.kind.startswith("old-") and place.former_district in districts
    return record.place_id == place.id or bool(old)


def test_the_numbers_are_those_of_the_lists_they_lead_to(read, pages, places) -> None:
    asked = 0
    for code in places:
        page = pages[code, Language.EN]
        for part in ("products", "producers", "villages"):
            href = f"/en/{part}?place={code}"
            if href in links(main(page)):
                [title] = main(page).xpath(f".//h2[@id='{'makers' if part == 'producers' else part}']")
                assert heading(read(href)).split()[0] == words(title).split()[0], href
                asked += 1
    assert asked > 60


def test_a_mark_bound_to_a_place_stands_on_the_page_of_all_its_land(loaded: Flask, pages, places) -> None:
    with loaded.app_context():
        loading = selectinload(CertificationScheme.areas)
        schemes = list(db.session.scalars(select(CertificationScheme).options(loading)))
    bound = [(scheme, area) for scheme in schemes for area in scheme.areas]
    assert len(bound) == 20
    for scheme, area in bound:
        for code in {area.code, *RAW[area.code]["current_slugs"]}:
            assert f"/en/schemes/{scheme.slug_en}" in links(main(pages[code, Language.EN])), (
                scheme.code,
                code,
            )


def test_a_zone_of_two_units_stands_in_both(pages, places, read) -> None:
    zone = "/en/industrial-zones/dinh-van-industrial-cluster"
    for code in ("xa-dinh-van-lam-ha", "xa-phu-son-lam-ha", "huyen-lam-ha"):
        assert zone in links(main(pages[code, Language.EN])), code
    onward = links(main(read(zone)))
    for code in ("xa-dinh-van-lam-ha", "xa-phu-son-lam-ha"):
        assert address(places[code], Language.EN) in onward


def test_what_is_near_says_so(pages) -> None:
    for page in pages.values():
        for item in main(page).xpath(".//ul[@class='nearby']/li"):
            assert re.search(r"\bnear\b|\bgần\b", words(item))


def test_the_number_of_statements_does_not_grow(client: FlaskClient, statements, places) -> None:
    counts = []
    for code in ("xa-da-huoai-3", "thanh-pho-da-lat"):
        client.get(address(places[code], Language.VI))
        with statements() as run:
            client.get(address(places[code], Language.VI))
        counts.append(len(run))
    assert abs(counts[0] - counts[1]) <= 2, counts  # an empty list needs no statement for what belongs to it


def test_a_renamed_place_moves_its_page(changed: Flask) -> None:
    with changed.app_context():
        place = db.session.scalars(select(Place).where(Place.code == "xa-ka-do")).one()
        old = place.slug_vi
        with transaction():
            place.name = Bilingual("Xã Ka Đô Mới", "New Ka Đô Commune")
            give_address(place)
        new = place.slug_vi
    answer = changed.test_client().get(f"/vi/dia-danh/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/vi/dia-danh/{new}")


# ---------------------------------------------------------------- finding them
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Trạm Hành", "phuong-xuan-truong-da-lat"),
        ("tram hanh", "phuong-xuan-truong-da-lat"),
        ("lang biang", "phuong-lang-biang-da-lat"),
        ("Lạc Dương", "huyen-lac-duong"),
        ("Bảo Lộc Ward 1", "phuong-1-bao-loc"),
    ],
)
def test_the_search_finds_places_by_old_and_new_names(read, places, asked: str, code: str) -> None:
    page = read(f"/vi/tim?q={quote(asked)}")
    assert address(places[code], Language.VI) in links(main(page))


def test_a_place_names_the_flowers_that_sources_say_grow_there(loaded: Flask, pages, places) -> None:
    with loaded.app_context():
        villages = {one.id: one.place_id for one in db.session.scalars(select(CraftVillage))}
        varieties = db.session.scalars(
            select(FlowerVariety).options(selectinload(FlowerVariety.growing_areas))
        )
        grown: dict[int | None, set[str]] = {}
        for flower in varieties:
            for area in flower.growing_areas:
                for place_id in {area.place_id, villages.get(area.village_id)}:
                    grown.setdefault(place_id, set()).add(f"/en/flowers/{flower.slug_en}")
    for place in places.values():
        page = pages[place.code, Language.EN]
        told = set(page.xpath("//aside//dd/a[starts-with(@href, '/en/flowers/')]/@href"))
        assert told >= grown.get(place.id, set()), place.code
        if place.kind not in OLD_UNITS:
            assert told == grown.get(place.id, set()), place.code
    assert len(grown) > 10
