"""Pages of makers on the real data."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

import pytest
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Product
from catalogue.routes.models import Stop
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
VILLAGES = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
PLACES = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
ROUTES = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}
PAPERS = {Language.VI: "/vi/giay-chung-nhan", Language.EN: "/en/certificates"}
NEAR = {Language.VI: "gần, cách", Language.EN: "near, "}
# What must not be said of a claim (issue: certificates are honest), unless it is denied.
BOASTS = {
    Language.VI: re.compile(
        r"(đang|còn) (có )?hiệu lực|được chứng nhận|đã xác nhận|có hiệu lực đến", re.IGNORECASE
    ),
    Language.EN: re.compile(
        r"\bin force\b|\bvalid until\b|\bcertified\b|(?<!not )\bconfirmed\b", re.IGNORECASE
    ),
}


@pytest.fixture(scope="module")
def makers(loaded: Flask) -> list[Producer]:
    everything = (
        joinedload(Producer.place),
        joinedload(Producer.village).joinedload(CraftVillage.place),
        selectinload(Producer.markets),
        selectinload(Producer.flowers),
        selectinload(Producer.zones),
    )
    with loaded.app_context():
        return list(db.session.scalars(select(Producer).options(*everything).order_by(Producer.code)))


@pytest.fixture(scope="module")
def made(loaded: Flask) -> dict[int, list[Product]]:
    found = defaultdict(list)
    with loaded.app_context():
        for product in db.session.scalars(select(Product)):
            found[product.producer_id].append(product)
    return found


@pytest.fixture(scope="module")
def stops(loaded: Flask) -> list[Stop]:
    with loaded.app_context():
        return list(db.session.scalars(select(Stop).options(joinedload(Stop.route))))


def address(maker: Producer, language: Language) -> str:
    return f"{ROOTS[language]}/{maker.slug(language)}"


def by_code(makers: list[Producer], code: str) -> Producer:
    return next(maker for maker in makers if maker.code == code)


@pytest.fixture(scope="module")
def pages(loaded: Flask, makers) -> list[tuple[Producer, Language, HtmlElement]]:
    """The page of every maker, by turns in either language: half the time, and no maker left out."""
    client, turns = loaded.test_client(), itertools.cycle(Language)
    return [
        (maker, language, document_fromstring(client.get(address(maker, language)).data))
        for maker, language in zip(makers, turns, strict=False)
    ]


def whole_list(read, start: str) -> list[str]:
    found, number = [], 1
    while True:
        page = read(f"{start}{'&' if '?' in start else '?'}page={number}")
        found += paths(main(page), start.partition("?")[0])
        if not page.xpath("//main//a[@rel='next']"):
            return found
        number += 1


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_maker_in_the_order_of_the_language(read, makers, language) -> None:
    ordered = sorted(makers, key=lambda maker: getattr(maker, f"sort_{language}"))
    assert heading(read(ROOTS[language])).startswith(f"{len(makers)} ")
    assert whole_list(read, ROOTS[language]) == [address(maker, language) for maker in ordered]


def test_the_list_gives_the_busiest_makers_first_when_asked(read, makers, made) -> None:
    found = paths(main(read("/en/producers?sort=products")), "/en/producers")
    most = max(makers, key=lambda maker: len(made[maker.id]))
    assert found[0] == address(most, Language.EN)
    assert read("/en/producers?sort=products").xpath("//option[@value='products']/@selected")


def test_a_filter_leads_to_as_many_makers_as_it_says(read, makers) -> None:
    page = read("/en/producers")
    for value in ("farm", "cooperative"):
        [box] = page.xpath(f"//main//input[@name='kind'][@value='{value}']")
        count = int(words(box.getparent()).split()[-1])
        assert count == sum(maker.kind == value for maker in makers)
        assert heading(read(f"/en/producers?kind={value}")).startswith(f"{count} ")


def test_values_of_one_filter_widen_and_filters_narrow(read, makers) -> None:
    both = [maker for maker in makers if maker.kind in {"farm", "cooperative"}]
    assert heading(read("/en/producers?kind=farm&kind=cooperative")).startswith(f"{len(both)} ")
    visited = [maker for maker in both if maker.visitable]
    narrowed = whole_list(read, "/en/producers?kind=farm&kind=cooperative&visitable=yes")
    assert set(narrowed) == {address(maker, Language.EN) for maker in visited}


def test_an_old_district_holds_the_makers_of_its_wards_of_today(read, makers) -> None:
    found = whole_list(read, "/vi/nha-san-xuat?place=thanh-pho-bao-loc")
    of_today = [maker for maker in makers if maker.former_district == "Bảo Lộc"]
    assert any(maker.place.code != "thanh-pho-bao-loc" for maker in of_today)
    assert {address(maker, Language.VI) for maker in of_today} <= set(found)


def test_what_is_chosen_can_be_taken_back(read) -> None:
    page = read("/en/producers?kind=farm&visitable=yes&sort=products")
    chips = links(page.xpath("//main//ul[@class='chips']")[0])
    assert "/en/producers?visitable=yes&sort=products" in chips
    assert "/en/producers?kind=farm&sort=products" in chips


def test_a_choice_that_nothing_fits_leads_on(read) -> None:
    page = read("/en/producers?kind=farm&village=cau-dat")
    assert heading(page) == "0 makers"
    assert {"/en/producers", "/en/villages"} <= set(links(main(page)))


@pytest.mark.parametrize(
    "query",
    ["kind=castle", "kind=", "page=two", "page=-1", "sort=price", "village=%00", "place=%ff", "kind[]=farm"],
)
def test_nonsense_asks_for_nothing(read, makers, query: str) -> None:
    assert heading(read(f"/en/producers?{query}")).startswith(f"{len(makers)} ")


def test_there_is_no_page_beyond_the_last(client) -> None:
    assert client.get("/vi/nha-san-xuat?page=9").status_code == 404


# ---------------------------------------------------------------- one maker
def test_a_maker_s_page_holds_the_thread_both_ways(pages, made, stops) -> None:
    for maker, language, document in pages:
        page = main(document)
        onward = links(page)
        for product in made[maker.id]:
            assert f"{PRODUCTS[language]}/{product.slug(language)}" in onward, maker.code
        if maker.village:
            assert f"{VILLAGES[language]}/{maker.village.slug(language)}" in onward, maker.code
        if maker.place:
            assert f"{PLACES[language]}/{maker.place.slug(language)}" in onward, maker.code
        passing = [
            stop
            for stop in stops
            if stop.producer_id == maker.id or (maker.village_id and stop.village_id == maker.village_id)
        ]
        for stop in passing:
            assert f"{ROUTES[language]}/{stop.route.slug(language)}" in onward, maker.code
        if not passing:
            offered = paths(page, ROUTES[language])
            near = [words(item) for item in page.xpath(".//ul[@class='nearby']/li")]
            assert offered or ROUTES[language] in onward, maker.code
            assert all(NEAR[language] in text for text in near)
            assert len(offered) <= len(near)


def test_a_maker_s_page_tells_everything_known(pages) -> None:
    for maker, language, page in pages:
        text = words(main(page))
        assert heading(page) == maker.name.text(language)
        told = [maker.summary, maker.story, maker.products_summary, maker.locality]
        told += [record.name for record in (*maker.flowers, *maker.zones)]
        told += [maker.place.name] if maker.place else []
        known = [value.text(language) for value in told if value]
        known += [str(value) for value in (maker.since, maker.former_commune, maker.former_district) if value]
        known += [f"{maker.lat}, {maker.lon}"] if maker.lat else []
        assert [value for value in known if " ".join(value.split()) not in text] == [], maker.code
        assert {source["url"] for source in maker.sources} <= set(links(main(page))), maker.code
        assert maker.website is None or maker.website in links(main(page))


@pytest.mark.parametrize("language", Language)
def test_old_units_are_marked_as_vietnamese(pages, language: Language) -> None:
    for maker, spoken, page in pages:
        if spoken is language and maker.former_district:
            marked = [words(one) for one in main(page).xpath(".//span[@lang='vi']")]
            assert any(maker.former_district in one for one in marked), maker.code


def test_export_markets_are_countries_in_the_reader_s_language(read, makers) -> None:
    maker = by_code(makers, "rung-hoa-da-lat")
    english, vietnamese = (words(main(read(address(maker, one)))) for one in (Language.EN, Language.VI))
    assert "Belgium, China, Denmark, Japan, Netherlands, New Zealand" in english
    assert "reported at some time, not necessarily today" in english
    assert {"Bỉ", "Nhật Bản", "Hà Lan"} <= set(re.findall(r"Bỉ|Nhật Bản|Hà Lan", vietnamese))


def test_unknown_is_said_and_nothing_is_offered_that_does_not_exist(read, makers) -> None:
    maker = by_code(makers, "xuan-thanh-trang")
    page = main(read(address(maker, Language.EN)))
    rows = {words(row[0]): words(row[1]) for row in page.xpath(".//dl[contains(@class, 'facts')]/div")}
    assert rows["Visits"] == "Not known: ask before you go"
    assert rows["Opening hours, telephone"] == rows["Place"] == "Not known"
    assert rows["Prices, minimum order"].startswith("Not known")
    assert "No source gives its location precisely enough" in words(page)
    assert "/en/routes" in links(page)
    assert page.xpath(".//form | .//button") == []


def test_a_near_route_is_called_near_and_stays_off_the_thread(read, makers) -> None:
    page = main(read(address(by_code(makers, "dalat-hasfarm"), Language.EN)))
    assert page.xpath(".//ol[contains(@class, 'thread')]//a[starts-with(@href, '/en/routes/')]") == []
    assert len(page.xpath(".//ul[@class='nearby']//a[starts-with(@href, '/en/routes/')]")) == 3


# ---------------------------------------------------------------- certificates
def test_claims_are_told_as_claims(pages, loaded: Flask) -> None:
    with loaded.app_context():
        held = select(Certificate).options(joinedload(Certificate.scheme), joinedload(Certificate.product))
        by_maker = defaultdict(list)
        for one in db.session.scalars(held):
            by_maker[one.producer_id or one.product.producer_id].append(one)
    for maker, language, document in pages:
        page = main(document)
        assert page.xpath(".//*[contains(@class, 'seal') or contains(@class, 'confirmed')]") == []
        said = words(page)
        for text in (maker.summary, maker.story, maker.products_summary):
            for sentence in re.split(r"(?<=[.!?])\s", text.text(language)):
                said = said.replace(sentence, "")
        assert not BOASTS[language].search(said), maker.code
        for one in by_maker[maker.id]:
            assert f"{PAPERS[language]}/{one.code}" in links(page)
            assert one.scheme.name.text(language) in words(page)
            assert one.issued is None or one.issued[:4] in words(page)
            assert one.product_id or one.source_url in links(page)


def test_a_maker_s_claim_does_not_reach_products_that_no_source_names(read, makers) -> None:
    page = main(read(address(by_code(makers, "htx-song-vu"), Language.EN)))
    assert "The source does not say which of its products are meant" in words(page)
    named = main(read(address(by_code(makers, "voco"), Language.EN)))
    assert "The source names these products: " in words(named)


def test_a_maker_without_any_claim_says_so(read, makers) -> None:
    maker = by_code(makers, "nhom-det-bno-c")
    assert "No certificate on record" in words(main(read(address(maker, Language.EN))))
    assert "Chưa có chứng nhận nào được ghi nhận" in words(main(read(address(maker, Language.VI))))


# ---------------------------------------------------------------- addresses and statements
@pytest.mark.parametrize("code", ["dalat-hasfarm", "nhom-det-bno-c"])
def test_the_number_of_statements_does_not_grow_with_what_a_maker_has(
    changed: Flask, makers, statements, code: str
) -> None:
    client, start = changed.test_client(), address(by_code(makers, code), Language.EN)
    client.get(start)
    with statements() as before:
        client.get(start)
    with changed.app_context(), transaction():
        maker = db.session.scalar(select(Producer).where(Producer.code == code))
        category_id = db.session.scalar(select(Product.category_id).where(Product.producer_id == maker.id))
        for number in range(15):
            name = f"{code} {number}"
            product = Product(code=f"{code}-{number}", producer_id=maker.id, category_id=category_id)
            product.name = type(maker.name)(name, name)
            product.slug_vi = product.slug_en = f"{code}-{number}"
            db.session.add(product)
        db.session.execute(ProducerMarket.__table__.delete())
        for country in ("SE", "NO", "FI"):
            db.session.add(ProducerMarket(producer_id=maker.id, country=country))
    client.get(start)  # what is kept for each version is read again
    with statements() as after:
        page = client.get(start)
    assert len(after) <= len(before)
    assert len(paths(main(document_fromstring(page.data)), "/en/products")) > 15


def test_the_list_takes_few_statements(client, statements) -> None:
    client.get("/vi/nha-san-xuat")  # what is kept for each version is read again
    with statements() as run:
        client.get("/vi/nha-san-xuat")
    with statements() as narrowed:
        client.get("/vi/nha-san-xuat?kind=farm&place=thanh-pho-da-lat&page=1&near=thanh-pho-da-lat&sort=way")
    assert len(run) == len(narrowed) <= 6


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        maker = db.session.scalar(select(Producer).where(Producer.code == "dalat-hasfarm"))
        maker.slug_vi = "hasfarm"
    response = changed.test_client().get("/vi/nha-san-xuat/dalat-hasfarm?x=1")
    assert (response.status_code, response.location) == (301, "/vi/nha-san-xuat/hasfarm?x=1")


@pytest.mark.parametrize("language", Language)
def test_an_unknown_maker_is_not_found(client, language: Language) -> None:
    response = client.get(f"{ROOTS[language]}/nobody-here")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text


def test_the_switch_leads_to_the_same_maker_with_the_same_query(read, makers) -> None:
    maker = by_code(makers, "nhom-det-bno-c")
    page = read(f"{address(maker, Language.VI)}?x=1")
    assert f"{address(maker, Language.EN)}?x=1" in page.xpath("//nav[@id='languages']//a/@href")


# ---------------------------------------------------------------- words, near a place, along a route
def rows(page: HtmlElement) -> list[HtmlElement]:
    return page.xpath("//main//ul[@class='swatch']/li")


def count(page: HtmlElement) -> int:
    found = re.match(r"\d+", words(page.xpath("//h1")[0]))
    assert found
    return int(found[0])


@pytest.mark.parametrize(("start", "typed"), [("/vi/nha-san-xuat", "ca phe"), ("/en/producers", "coffee")])
def test_the_list_is_searched_by_words_and_says_why_each_is_there(read, start: str, typed: str) -> None:
    page = read(f"{start}?q={typed}")
    assert page.xpath("//main//input[@name='q']/@value") == [typed]
    assert 5 < count(page) < count(read(start))
    for row in rows(page):
        assert row.xpath(".//mark"), words(row)
    assert {option.get("value") for option in page.xpath("//select[@name='sort']/option")} == {
        *("relevance", "name", "products")
    }
    [chip] = page.xpath("//main//a[contains(@class, 'chip') and contains(., '“')]/@href")
    assert count(read(chip)) == count(read(start))


def test_words_stay_while_filters_change_and_the_map_shows_the_same(read, client) -> None:
    page = read("/en/producers?q=coffee&near=thanh-pho-da-lat&sort=way")
    assert 1 < count(page) < count(read("/en/producers?q=coffee"))
    [source] = page.xpath("//main//*[@data-map]/@data-map")
    assert len(client.get(source).json["features"]) == count(page)


def test_near_a_place_each_maker_says_how_far_it_is(read) -> None:
    said = [words(row) for row in rows(read("/en/producers?near=thanh-pho-bao-loc&sort=way"))]
    far = [int(found[1]) if (found := re.search(r"about (\d+) km in a", one)) else 0 for one in said]
    assert far == sorted(far)
    assert 3 < far[-1] <= 15
    assert all(re.search(r"(about \d+|less than 1) km in a straight line", one) for one in said)


def test_along_a_route_makers_stand_in_the_order_of_its_stops(read) -> None:
    said = [words(row) for row in rows(read("/en/producers?along=da-lat-lang-biang&sort=way"))]
    stops = [int(re.search(r"stop (\d+), ", one)[1]) for one in said]
    assert stops == sorted(stops)
    assert stops


@pytest.mark.parametrize("query", ["near=nowhere", "along=nowhere", "sort=way", "sort=relevance", "q=%00"])
def test_a_way_that_is_none_asks_for_nothing(read, query: str) -> None:
    assert count(read(f"/vi/nha-san-xuat?{query}")) == count(read("/vi/nha-san-xuat"))
