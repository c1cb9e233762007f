"""Pages of craft villages on the real data."""

from __future__ import annotations

from collections import defaultdict

import pytest
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Category
from catalogue.routes.models import Stop
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
PLACES = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
ROUTES = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}


@pytest.fixture(scope="module")
def villages(loaded: Flask) -> list[CraftVillage]:
    with loaded.app_context():
        return list(db.session.scalars(select(CraftVillage).options(joinedload(CraftVillage.place))))


@pytest.fixture(scope="module")
def crafts(loaded: Flask) -> dict[str, Category]:
    with loaded.app_context():
        return {category.code: category for category in db.session.scalars(select(Category))}


@pytest.fixture(scope="module")
def makers(loaded: Flask) -> dict[int | None, list[Producer]]:
    found = defaultdict(list)
    with loaded.app_context():
        for maker in db.session.scalars(select(Producer)):
            found[maker.village_id].append(maker)
    return found


@pytest.fixture(scope="module")
def stops(loaded: Flask) -> list[Stop]:
    with loaded.app_context():
        return list(db.session.scalars(select(Stop).options(joinedload(Stop.route))))


@pytest.fixture(scope="module")
def pages(loaded: Flask, villages) -> list[tuple[CraftVillage, Language, HtmlElement]]:
    """The page of every village in both languages."""
    client = loaded.test_client()
    return [
        (village, language, document_fromstring(client.get(address(village, language)).data))
        for village in villages
        for language in Language
    ]


def address(village: CraftVillage, language: Language) -> str:
    return f"{ROOTS[language]}/{village.slug(language)}"


def by_code(villages: list[CraftVillage], code: str) -> CraftVillage:
    return next(village for village in villages if village.code == code)


def facts(page) -> dict[str, str]:
    return {words(row[0]): words(row[1]) for row in main(page).xpath(".//dl[contains(@class, 'facts')]/div")}


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_village_in_the_order_of_the_language(read, villages, language) -> None:
    page = read(ROOTS[language])
    ordered = sorted(villages, key=lambda village: getattr(village, f"sort_{language}"))
    assert heading(page).startswith("35 ")
    assert paths(main(page), ROOTS[language]) == [address(village, language) for village in ordered]


def test_the_list_tells_craft_place_and_recognition(read, crafts, villages) -> None:
    page = read("/en/villages")
    for village in villages:
        [card] = page.xpath(f"//main//li[.//a[@href='{address(village, Language.EN)}']]")
        assert crafts[village.craft_code].name.en in words(card)
        assert village.place is None or village.place.name.en in words(card)
        told = {
            "recognised": "reported by a source",
            "listed": "Named in",
            "none-found": "No recognition found",
        }
        assert told[village.recognition] in words(card)


def test_a_filter_leads_to_as_many_villages_as_it_says(read, villages) -> None:
    page = read("/en/villages")
    for name, value, number in (
        ("category", "brocade", sum(one.craft_code == "brocade" for one in villages)),
        ("recognition", "none-found", sum(one.recognition == "none-found" for one in villages)),
        ("place", "huyen-duc-trong", sum(one.former_district == "Đức Trọng" for one in villages)),
    ):
        [box] = page.xpath(f"//main//input[@name='{name}'][@value='{value}']")
        assert int(words(box.getparent()).split()[-1]) == number
        assert heading(read(f"/en/villages?{name}={value}")).startswith(f"{number} ")


@pytest.mark.parametrize("query", ["category=nothing", "place=%00", "page=99", "recognition=yes"])
def test_nonsense_asks_for_nothing(read, query: str) -> None:
    assert heading(read(f"/en/villages?{query}")).startswith("35 ")


# ---------------------------------------------------------------- one village
def test_a_village_s_page_holds_the_thread_both_ways(pages, makers, stops) -> None:
    for village, language, document in pages:
        page = main(document)
        onward = links(page)
        own = makers[village.id]
        assert {f"{MAKERS[language]}/{maker.slug(language)}" for maker in own} <= set(onward), village.code
        if own:
            assert f"{PRODUCTS[language]}?village={village.code}" in onward, village.code
        if village.place:
            assert f"{PLACES[language]}/{village.place.slug(language)}" in onward, village.code
        ids = {maker.id for maker in own}
        passing = [stop for stop in stops if stop.village_id == village.id or stop.producer_id in ids]
        for stop in passing:
            assert f"{ROUTES[language]}/{stop.route.slug(language)}" in onward, village.code
        if not passing:
            assert paths(page, ROUTES[language]) or ROUTES[language] in onward, village.code


def test_a_village_s_page_tells_everything_known(pages, crafts) -> None:
    for village, language, page in pages:
        text = words(main(page))
        assert heading(page) == village.name.text(language)
        told = [village.summary, village.story, village.visit_notes, village.locality]
        told += [village.place.name] if village.place else []
        told += [crafts[village.craft_code].name]
        known = [value.text(language) for value in told if value]
        known += [activity[language] for activity in village.visit_activities]
        known += [village.ethnic_group] if village.ethnic_group else []
        known += [str(value) for value in (village.recognised_year, village.households) if value]
        known += [value for value in (village.former_commune, village.former_district) if value]
        known += [f"{village.lat}, {village.lon}"] if village.lat else []
        assert [value for value in known if " ".join(value.split()) not in text] == [], village.code
        assert {source["url"] for source in village.sources} <= set(links(main(page))), village.code
        squares = page.xpath("//main//div[@class='months']//li[contains(@class, 'on')]")
        assert len(squares) == len(village.visit_months or [])


def test_a_recognition_is_told_as_a_report(read, villages) -> None:
    recognised = read(address(by_code(villages, "dam-pao"), Language.EN))
    assert facts(recognised)["Recognition"] == "Recognition reported by a source"
    assert facts(recognised)["Year of recognition"] == "2011"
    assert facts(recognised)["Number of the decision"] == "Not known"
    assert recognised.xpath("//main//*[contains(@class, 'confirmed') or contains(@class, 'seal')]") == []
    listed = facts(read(address(by_code(villages, "k-long"), Language.EN)))
    assert listed["Recognition"] == "Named in a provincial scheme or report"
    assert "Year of recognition" not in listed


def test_households_are_those_of_the_source_s_day(read, villages) -> None:
    page = read(address(by_code(villages, "krang-go"), Language.EN))
    assert facts(page)["Households"] == "5 households in the craft, at the date of the source"


def test_unknown_is_said(read, villages) -> None:
    page = read(address(by_code(villages, "dau-tam-dak-mang"), Language.EN))
    text = words(main(page))
    assert "What a visitor may see is not known" in text
    assert "No maker on record yet" in text
    assert facts(page)["Households"] == "Not known"
    assert facts(page)["Ward or commune today"] == "Not known"
    assert "Latitude, longitude" not in facts(page)


def test_a_village_without_makers_offers_its_craft_and_villages_near(read, villages) -> None:
    village = by_code(villages, "dau-tam-da-kho")
    page = main(read(address(village, Language.EN)))
    assert f"/en/products?category={village.craft_code}" in links(page)
    near = page.xpath(".//ul[@class='nearby']/li[.//a[starts-with(@href, '/en/villages/')]]")
    assert near
    assert all("near, " in words(item) for item in near)


def test_the_cloth_is_no_claim_of_tradition(read, villages) -> None:
    for language in Language:
        page = main(read(address(by_code(villages, "buon-bno-c"), language)))
        assert page.xpath(".//img[contains(@src, '/cloth/buon-bno-c.svg')][@alt='']")
    assert "not a pattern of its tradition" in words(main(read("/en/villages/bno-c-weaving-village")))


# ---------------------------------------------------------------- addresses and statements
def test_the_number_of_statements_does_not_grow_with_makers(changed: Flask, villages, statements) -> None:
    client, start = changed.test_client(), address(by_code(villages, "buon-ka-tung"), Language.EN)
    with statements() as before:
        client.get(start)
    with changed.app_context(), transaction():
        village_id = db.session.scalar(select(CraftVillage.id).where(CraftVillage.code == "buon-ka-tung"))
        for maker in db.session.scalars(select(Producer).where(Producer.kind == "household")):
            maker.village_id = village_id
    with statements() as after:
        page = main(document_fromstring(client.get(start).data))
    assert len(after) == len(before)
    assert len(paths(page, "/en/producers")) > 30


def test_the_list_takes_few_statements(client, statements) -> None:
    client.get("/vi/lang-nghe")  # what is kept for each version is read once
    with statements() as run:
        client.get("/vi/lang-nghe")
    assert len(run) <= 4


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        village = db.session.scalar(select(CraftVillage).where(CraftVillage.code == "krang-go"))
        village.slug_en = "krang-go"
    response = changed.test_client().get("/en/villages/krang-go-pottery-village")
    assert (response.status_code, response.location) == (301, "/en/villages/krang-go")


@pytest.mark.parametrize("language", Language)
def test_an_unknown_village_is_not_found(client, language: Language) -> None:
    assert client.get(f"{ROOTS[language]}/nowhere").status_code == 404


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(("start", "typed"), [("/vi/lang-nghe", "tho cam"), ("/en/villages", "silk")])
def test_the_list_is_searched_by_words_and_says_why_each_is_there(
    read, client, start: str, typed: str
) -> None:
    page = read(f"{start}?q={typed}")
    cards = page.xpath("//main//li[contains(@class, 'village')]")
    assert 0 < len(cards) < len(read(start).xpath("//main//li[contains(@class, 'village')]"))
    for card in cards:
        assert card.xpath(".//mark"), words(card)
    [source] = page.xpath("//main//*[@data-map]/@data-map")
    assert len(client.get(source).json["features"]) <= len(cards)
    [chip] = page.xpath("//main//a[contains(@class, 'chip') and contains(., '“')]/@href")
    assert chip == start


def test_a_village_found_in_the_other_language_says_so(read) -> None:
    cards = read("/vi/lang-nghe?q=households").xpath("//main//li[contains(@class, 'village')]")
    assert any(card.xpath(".//p[contains(@class, 'why')]/span[@lang='en']/mark") for card in cards)
