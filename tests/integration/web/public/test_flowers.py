"""Pages of flowers on the real data."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
import time_machine
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import CertificationScheme
from catalogue.database import db, transaction
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, Place
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/hoa", Language.EN: "/en/flowers"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
VILLAGES = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}


@pytest.fixture(scope="module")
def flowers(loaded: Flask) -> list[FlowerVariety]:
    with loaded.app_context():
        everything = select(FlowerVariety).options(selectinload(FlowerVariety.growing_areas))
        return list(db.session.scalars(everything))


@pytest.fixture(scope="module")
def growers(loaded: Flask) -> dict[int, list[Producer]]:
    found = defaultdict(list)
    with loaded.app_context():
        for maker in db.session.scalars(select(Producer).options(selectinload(Producer.flowers))):
            for flower in maker.flowers:
                found[flower.id].append(maker)
    return found


@pytest.fixture(scope="module")
def products(loaded: Flask) -> dict[int | None, list[Product]]:
    found = defaultdict(list)
    with loaded.app_context():
        for product in db.session.scalars(select(Product).options(joinedload(Product.producer))):
            found[product.flower_id].append(product)
    return found


@pytest.fixture(scope="module")
def records(loaded: Flask) -> dict[type, dict[int, object]]:
    with loaded.app_context():
        return {
            model: {row.id: row for row in db.session.scalars(select(model))}
            for model in (Place, CraftVillage, Category)
        }


@pytest.fixture(scope="module")
def pages(loaded: Flask, flowers) -> list[tuple[FlowerVariety, Language, HtmlElement]]:
    """The page of every flower in both languages."""
    client = loaded.test_client()
    return [
        (flower, language, document_fromstring(client.get(address(flower, language)).data))
        for flower in flowers
        for language in Language
    ]


def address(flower: FlowerVariety, language: Language) -> str:
    return f"{ROOTS[language]}/{flower.slug(language)}"


def by_code(flowers: list[FlowerVariety], code: str) -> FlowerVariety:
    return next(flower for flower in flowers if flower.code == code)


def facts(page) -> dict[str, str]:
    return {words(row[0]): words(row[1]) for row in main(page).xpath(".//dl[contains(@class, 'facts')]/div")}


# ---------------------------------------------------------------- the list and its year
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_flower_in_its_trade_group(read, flowers, language) -> None:
    page = read(ROOTS[language])
    assert heading(page).startswith("41 ")
    beds = main(page).xpath(".//ul[contains(@class, 'beds')]/li")
    listed = [path for bed in beds for path in paths(bed, ROOTS[language])]
    assert sorted(listed) == sorted(address(flower, language) for flower in flowers)
    group_of = {address(flower, language): flower.trade_group for flower in flowers}
    for bed in beds[:-1]:
        assert len({group_of[path] for path in paths(bed, ROOTS[language])}) == 1
    assert len({group_of[path] for path in paths(beds[-1], ROOTS[language])}) == 6


@pytest.mark.parametrize("language", Language)
def test_the_year_is_a_table_with_a_square_for_every_month_a_source_names(read, flowers, language) -> None:
    [table] = read(ROOTS[language]).xpath("//main//table[@class='calendar']")
    assert len(table.xpath("./thead//th[@scope='col']")) == 12
    rows = {row.xpath("./th[@scope='row']//a/@href")[0]: row for row in table.xpath("./tbody/tr")}
    known = {address(flower, language): flower for flower in flowers if flower.season_months}
    assert rows.keys() == known.keys()
    for path, flower in known.items():
        squares = rows[path].xpath("./td")
        spoken = [month for month, square in enumerate(squares, start=1) if words(square)]
        painted = [n for n, square in enumerate(squares, start=1) if "peak" in square.get("class", "")]
        assert spoken == painted == sorted(flower.season_months)


def test_a_flower_without_a_season_is_named_as_such_and_has_no_row(read, flowers) -> None:
    section = read("/en/flowers").xpath("//section[@aria-labelledby='year']")[0]
    [named] = [one for one in section.xpath("./div/p") if "No source gives a season" in words(one)]
    unknown = {address(flower, Language.EN) for flower in flowers if not flower.season_months}
    assert set(links(named)) == unknown
    assert len(unknown) == 21


@pytest.mark.parametrize(
    ("day", "there", "absent"),
    [
        (date(2026, 11, 26), "/en/flowers/hydrangea", "/en/flowers/tulip"),
        (date(2026, 2, 1), "/en/flowers/tulip", "/en/flowers/hydrangea"),
    ],
)
def test_this_month_is_the_month_of_the_day(loaded: Flask, day: date, there: str, absent: str) -> None:
    with time_machine.travel(f"{day}T12:00:00+07:00", tick=False):
        page = document_fromstring(loaded.test_client().get("/en/flowers").data)
    [panel] = page.xpath("//main//div[contains(@class, 'panel')]")
    assert there in links(panel)
    assert absent not in links(panel)
    now = page.xpath("//table[@class='calendar']/thead//th[@class='now']")
    assert [head.xpath("./abbr/@title")[0] for head in now] == [f"{day:%B}"]


# ---------------------------------------------------------------- one flower
def test_a_flower_s_page_tells_everything_known(pages, records) -> None:
    for flower, language, page in pages:
        text = words(main(page))
        assert heading(page) == " ".join(flower.name.text(language).split())
        told = [flower.summary, flower.description, records_name(records, flower)]
        told += [area.label for area in flower.growing_areas]
        told += [records[Place][area.place_id].name for area in flower.growing_areas]
        known = [value.text(language) for value in told]
        known += [flower.scientific_name] if flower.scientific_name else []
        known += [flower.hs_code, *flower.keywords[language]]
        grading = flower.grading or {}
        known += [grading["note"][language]] if grading.get("note") else []
        known += [name[language] for name in grading.get("grade_names") or []]
        known += [str(length) for length in grading.get("stem_length_cm") or []]
        known += [str(grading["bunch_size"])] if grading.get("bunch_size") else []
        known += [str(end) for end in (flower.vase_life_days or {}).values() if end]
        assert [value for value in known if " ".join(value.split()) not in text] == [], flower.code
        cited = {source["url"] for source in flower.sources} | set(grading.get("sources", []))
        assert cited <= set(links(main(page))), flower.code
        squares = page.xpath("//main//div[@class='months']//li[contains(@class, 'on')]")
        assert len(squares) == len(flower.season_months or [])


def records_name(records, flower: FlowerVariety):
    return next(one for one in records[Category].values() if one.code == flower.category_code).name


def test_a_flower_s_page_leads_to_its_growers_products_and_villages(
    pages, growers, products, records
) -> None:
    for flower, language, page in pages:
        onward = links(main(page))
        grown = {f"{MAKERS[language]}/{maker.slug(language)}" for maker in growers[flower.id]}
        made = {f"{PRODUCTS[language]}/{product.slug(language)}" for product in products[flower.id]}
        villages = [records[CraftVillage][a.village_id] for a in flower.growing_areas if a.village_id]
        stand = {f"{VILLAGES[language]}/{village.slug(language)}" for village in villages}
        assert grown | made | stand <= set(onward), flower.code
        assert bool(grown) != ("No grower on record" in words(main(page))) or language is Language.VI


def test_growers_products_and_villages_lead_back(read, flowers, growers, products, records) -> None:
    flower = by_code(flowers, "hoa-hong")
    for language in Language:
        [maker, *_] = growers[flower.id]
        [product, *_] = products[flower.id]
        village = records[CraftVillage][flower.growing_areas[1].village_id]
        for path in (
            f"{MAKERS[language]}/{maker.slug(language)}",
            f"{PRODUCTS[language]}/{product.slug(language)}",
            f"{VILLAGES[language]}/{village.slug(language)}",
        ):
            assert address(flower, language) in links(main(read(path)))


def test_the_former_mark_is_told_as_what_criteria_say_and_as_nobody_s_claim(pages, loaded: Flask) -> None:
    with loaded.app_context():
        mark = db.session.scalar(
            select(CertificationScheme).where(CertificationScheme.code == "cm-hoa-da-lat")
        )
    for flower, language, page in pages:
        text = words(main(page))
        assert f"/en/schemes/{mark.slug_en}" in links(main(page)) or language is Language.VI
        if language is Language.EN:
            assert ("is named in the published criteria of the former" in text) == flower.hoa_da_lat_mark
            assert ("not a claim for any grower" in text) == flower.hoa_da_lat_mark
        assert page.xpath("//main//*[contains(@class, 'confirmed') or contains(@class, 'seal')]") == []


def test_vase_life_is_told_as_general_data(read, flowers) -> None:
    page = read(address(by_code(flowers, "cuc-chum"), Language.EN))
    assert facts(page)["Vase life"] == "10–14 days (general florist data, not measured in Đà Lạt)"
    open_end = read(address(by_code(flowers, "hong-mon"), Language.EN))
    assert facts(open_end)["Vase life"].startswith("up to 42 days")
    assert facts(read(address(by_code(flowers, "hoa-dao"), Language.EN)))["Vase life"] == "Not known"


@pytest.mark.parametrize(
    ("code", "term", "words_of_it"),
    [
        ("hoa-hong", "Length classes", "40, 50, 60, 70, 80 cm"),
        ("cam-chuong-chum", "Usual stem length", "55 cm"),
        ("dong-tien", "Greatest stem length", "50–60 cm"),
        ("dia-lan", "Grades part at", "70, 90 cm"),
        ("cuc-chum", "Stem length", "Not stated"),
    ],
)
def test_a_stem_length_is_told_as_what_it_is(read, flowers, code: str, term: str, words_of_it: str) -> None:
    assert facts(read(address(by_code(flowers, code), Language.EN)))[term] == words_of_it


def test_unknown_is_said(read, flowers) -> None:
    page = read(address(by_code(flowers, "hong-tezza"), Language.EN))
    text = words(main(page))
    assert "No grading of this flower was found in public sources." in text
    assert "The catalogue does not know any grower of this flower by name yet." in text
    assert "No route stops where this flower is known to grow." in text
    assert facts(page)["Vase life"] == "Not known"


def test_no_flower_is_shown_with_another_one_s_print(pages) -> None:
    allowed = {"rose", "chrysanthemum", "lily", "orchid"}
    for flower, _, page in pages:
        for plate in page.xpath("//main//div[contains(@class, 'plate')]/@class"):
            [own] = [name.removeprefix("g-") for name in plate.split() if name.startswith("g-")]
            if flower.trade_group in allowed:
                assert own == flower.trade_group
            else:
                assert flower.code in ("cam-tu-cau", "huong-duong")


# ---------------------------------------------------------------- search, addresses and statements
@pytest.mark.parametrize("asked", ["cẩm tú cầu", "cam tu cau", "hydrangea"])
def test_search_finds_a_flower_by_its_names(read, asked: str) -> None:
    assert "/en/flowers/hydrangea" in links(main(read(f"/en/search?q={asked}")))


def test_search_finds_a_flower_by_the_botanists_name(read) -> None:
    assert "/vi/hoa/salem" in links(main(read("/vi/tim?q=limonium+sinuatum")))


def test_the_number_of_statements_does_not_grow_with_growers(changed: Flask, flowers, statements) -> None:
    client, start = changed.test_client(), address(by_code(flowers, "lay-on"), Language.EN)
    with statements() as before:
        client.get(start)
    with changed.app_context(), transaction():
        flower = db.session.scalar(select(FlowerVariety).where(FlowerVariety.code == "lay-on"))
        everyone = select(Producer).options(selectinload(Producer.flowers))
        for maker in db.session.scalars(everyone.where(Producer.kind == "farm")):
            maker.flowers = [*maker.flowers, flower] if flower not in maker.flowers else maker.flowers
    with statements() as after:
        page = main(document_fromstring(client.get(start).data))
    assert len(after) == len(before)
    assert len(paths(page, "/en/producers")) > 10


def test_the_list_takes_few_statements(client, statements) -> None:
    with statements() as run:
        client.get("/vi/hoa")
    assert len(run) <= 6


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        flower = db.session.scalar(select(FlowerVariety).where(FlowerVariety.code == "tulip"))
        flower.slug_en = "tulips"
    response = changed.test_client().get("/en/flowers/tulip")
    assert (response.status_code, response.location) == (301, "/en/flowers/tulips")


@pytest.mark.parametrize("language", Language)
def test_an_unknown_flower_is_not_found(client, language: Language) -> None:
    assert client.get(f"{ROOTS[language]}/nowhere").status_code == 404
