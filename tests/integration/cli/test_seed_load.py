"""Loading the seeds: what arrives, what a second load does, what a changed record touches."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

import config
from catalogue import create_app
from catalogue.cli.seed import SEEDS
from catalogue.database import db
from tests.workshop import Workshop

COUNTS = {
    "product": 335,
    "producer": 169,
    "craft_village": 35,
    "tour_route": 14,
    "stop": 106,
    "certification_scheme": 29,
    "place": 66,
    "point_of_interest": 54,
    "category": 59,
    "flower_variety": 41,
    "industrial_zone": 19,
    "certificate": 87,
    "grading_standard": 5,
    "flower_centre": 1,
    "milestone": 9,
    "planned_function": 9,
    "resolution": 1,
    "target": 5,
    "task": 9,
    "solution": 7,
    "outcome": 27,
    "producer_zone": 2,
    "zone_place": 12,
    "zone_survey": 1,
}
FILES = {
    "product": "products-*.json",
    "producer": "producers-*.json",
    "craft_village": "villages.json",
    "tour_route": "routes.json",
    "certification_scheme": "certification_schemes.json",
    "place": "places.json",
    "point_of_interest": "pois.json",
    "category": "categories.json",
    "flower_variety": "flowers.json",
}
TEXTS = [
    "name",
    "summary",
    "story",
    "description",
    "theme",
    "note",
    "issuer",
    "scope",
    "legal_basis",
    "products_summary",
]
PLAIN = [
    "specs",
    "unit",
    "hs_code",
    "season_months",
    "keywords",
    "lat",
    "lon",
    "since",
    "website",
    "visitable",
    "days",
    "mode",
    "distance_km",
    "validity_months",
    "granted_to",
    "ethnic_group",
    "households",
    "recognised_year",
    "hs_codes",
    "synonyms",
    "scientific_name",
    "grading",
    "vase_life_days",
]


def query(site: Flask, sql: str) -> list[Any]:
    with site.app_context():
        return list(db.session.execute(text(sql)))


def seed_records(pattern: str) -> list[dict[str, Any]]:
    return list(chain.from_iterable(json.loads(path.read_text("utf-8")) for path in SEEDS.glob(pattern)))


@pytest.mark.parametrize(("table", "number"), COUNTS.items())
def test_there_are_as_many_rows_as_records(loaded: Flask, table: str, number: int) -> None:
    assert query(loaded, f"SELECT count(*) FROM {table}") == [(number,)]


@pytest.mark.parametrize(("table", "pattern"), FILES.items())
def test_every_value_reaches_its_column(loaded: Flask, table: str, pattern: str) -> None:
    with loaded.app_context():
        rows = db.session.execute(db.metadata.tables[table].select()).mappings()
        stored = {row["code"]: row for row in rows}
    for record in seed_records(pattern):
        row = stored[record.get("slug") or record["code"]]
        for name in record.keys() & TEXTS:
            pair = record[name] or {"vi": None, "en": None}
            assert (row[f"{name}_vi"], row[f"{name}_en"]) == (pair["vi"], pair["en"]), (row["code"], name)
        for name in record.keys() & PLAIN:
            assert row[name] == record[name], (row["code"], name)
        urls = [source["url"] for source in row["sources"]]
        assert urls == record.get("sources", [])
        assert all(source.keys() == {"url", "published", "read"} for source in row["sources"])


def test_stops_stand_in_order_at_what_they_name(loaded: Flask) -> None:
    targets = "coalesce(craft_village.code, producer.code, point_of_interest.code)"
    found = query(
        loaded,
        f"SELECT tour_route.code, {targets}, minutes, note_vi FROM stop"
        " JOIN tour_route ON tour_route.id = route_id"
        " LEFT JOIN craft_village ON craft_village.id = stop.village_id"
        " LEFT JOIN producer ON producer.id = stop.producer_id"
        " LEFT JOIN point_of_interest ON point_of_interest.id = poi_id"
        " ORDER BY tour_route.code, position",
    )
    wanted = [
        (route["slug"], stop["slug"], stop["minutes"], stop["note"]["vi"])
        for route in sorted(seed_records("routes.json"), key=lambda route: route["slug"])
        for stop in route["stops"]
    ]
    assert [tuple(row) for row in found] == wanted


def test_markets_flowers_and_former_names_arrive(loaded: Flask) -> None:
    producers = seed_records("producers-*.json")
    assert query(loaded, "SELECT count(*) FROM producer_market") == [
        (sum(len(p["export_markets"]) for p in producers),)
    ]
    assert query(loaded, "SELECT count(*) FROM producer_flower") == [
        (sum(len(p["flowers"]) for p in producers),)
    ]
    places = seed_records("places.json")
    assert query(loaded, "SELECT count(*) FROM place_name") == [
        (sum(len(p["former_units"]) for p in places),)
    ]
    assert query(loaded, "SELECT count(*) FROM place_successor") == [
        (sum(len(p["current_slugs"]) for p in places),)
    ]


def test_a_zone_stands_in_todays_unit_or_else_in_the_old_one(loaded: Flask) -> None:
    found = dict(
        tuple(row)
        for row in query(
            loaded,
            "SELECT industrial_zone.code, place.code FROM industrial_zone JOIN place ON place.id = place_id",
        )
    )
    assert found["kcn-loc-son"] == "phuong-blao"
    assert found["ccn-cat-tien"] == "huyen-cat-tien"
    assert found["ccn-dinh-van"] == "huyen-lam-ha"  # the cluster spans two of today's communes
    units = query(
        loaded,
        "SELECT place.code FROM zone_place JOIN place ON place.id = zone_place.place_id"
        " JOIN industrial_zone ON industrial_zone.id = zone_id WHERE industrial_zone.code = 'ccn-dinh-van'",
    )
    assert {code for (code,) in units} == {"xa-dinh-van-lam-ha", "xa-phu-son-lam-ha"}


def test_sources_of_documents_keep_the_day_they_were_read(loaded: Flask) -> None:
    [(sources,)] = query(loaded, "SELECT sources FROM resolution")
    assert all(source["read"] for source in json.loads(sources))
    [(zone,)] = query(loaded, "SELECT sources FROM industrial_zone WHERE code = 'kcn-loc-son'")
    assert any(source["read"] for source in json.loads(zone))


def test_a_dry_run_writes_nothing(empty_workshop: Workshop) -> None:
    before = empty_workshop.tables()
    done = empty_workshop.command("--dry-run")
    assert (done.exit_code, empty_workshop.tables()) == (0, before)
    assert "A dry run: nothing was written." in done.output
    assert ["products", "335", "0", "0", "0"] in [line.split() for line in done.output.splitlines()]


def test_a_dry_run_says_what_would_change(workshop: Workshop) -> None:
    workshop.edit("products-craft.json", "tam-ui-bno-c", unit="set")
    before = workshop.tables()
    done = workshop.command("--dry-run")
    assert ["products", "0", "1", "334", "0"] in [line.split() for line in done.output.splitlines()]
    assert workshop.tables() == before


def test_a_second_load_changes_nothing_and_says_so(workshop: Workshop) -> None:
    before = workshop.tables()
    done = workshop.command()
    assert (done.exit_code, workshop.tables()) == (0, before)
    assert "Nothing changed." in done.output


def test_a_changed_record_updates_just_itself(workshop: Workshop) -> None:
    before = workshop.tables()
    workshop.edit("products-craft.json", "tam-ui-bno-c", unit="set")
    assert workshop.load().conflicts == {}
    after = workshop.tables()
    assert {name for name in before if before[name] != after[name]} == {
        "product",
        "seed_record",
        "catalogue_version",
        "index_change",
        "outbox_message",
    }
    assert len(before["product"] - after["product"]) == 1
    assert workshop.value("SELECT unit FROM product WHERE code = 'tam-ui-bno-c'") == "set"


def test_a_changed_list_below_a_record_follows(workshop: Workshop) -> None:
    def turn_round(route: Any) -> None:
        route["stops"] = route["stops"][::-1][:-1]

    route = workshop.record("routes.json", "da-lat-lang-biang")
    workshop.change_record("routes.json", "da-lat-lang-biang", turn_round)
    assert workshop.load().conflicts == {}
    below = f"(SELECT id FROM tour_route WHERE code = '{route['slug']}')"
    query = f"SELECT position, minutes FROM stop WHERE route_id = {below} ORDER BY position"
    minutes = [stop["minutes"] for stop in route["stops"]][::-1][:-1]
    assert workshop.rows(query) == list(enumerate(minutes, start=1))


def test_a_new_record_arrives_and_is_indexed(workshop: Workshop) -> None:
    def add(products: list[Any]) -> None:
        fresh = json.loads(json.dumps(products[0]))
        products.append(
            fresh | {"slug": "mau-moi", "name": {"vi": "Mẫu mới toanh", "en": "A brand new sample"}}
        )

    workshop.change("products-craft.json", add)
    done = workshop.command()
    assert (done.exit_code, f"{workshop.searched()} documents" in done.output) == (0, True), done.output
    assert workshop.value("SELECT slug_vi FROM product WHERE code = 'mau-moi'") == "mau-moi-toanh"


def test_two_records_of_one_name_get_two_addresses(workshop: Workshop) -> None:
    def add(products: list[Any]) -> None:
        products.append(json.loads(json.dumps(products[0])) | {"slug": "cung-ten"})

    workshop.change("products-craft.json", add)
    assert workshop.load().conflicts == {}
    [first, second] = workshop.rows(
        "SELECT slug_vi, slug_en FROM product WHERE name_vi ="
        " (SELECT name_vi FROM product WHERE code = 'cung-ten') ORDER BY id"
    )
    assert (second[0], second[1]) == (f"{first[0]}-2", f"{first[1]}-2")


def test_a_new_name_brings_a_new_address_and_keeps_the_old_one(workshop: Workshop) -> None:
    old = workshop.value("SELECT slug_en FROM product WHERE code = 'tam-ui-bno-c'")
    [(name_vi,)] = workshop.rows("SELECT name_vi FROM product WHERE code = 'tam-ui-bno-c'")
    workshop.edit(
        "products-craft.json", "tam-ui-bno-c", name={"vi": name_vi, "en": "Cil handwoven pouch of 2026"}
    )
    assert workshop.load().conflicts == {}
    assert (
        workshop.value("SELECT slug_en FROM product WHERE code = 'tam-ui-bno-c'")
        == "cil-handwoven-pouch-of-2026"
    )
    assert workshop.rows("SELECT kind, language, slug FROM retired_slug") == [("product", "en", old)]


def test_a_record_gone_from_the_seeds_is_left_alone_and_reported(workshop: Workshop) -> None:
    workshop.change(
        "pois.json", lambda sights: sights.remove(next(s for s in sights if s["slug"] == "dinh-i"))
    )
    done = workshop.command()
    assert done.exit_code == 0
    assert "No longer in the seeds, left alone: point_of_interest dinh-i." in done.output
    assert workshop.value("SELECT count(*) FROM point_of_interest") == 54


def test_all_is_loaded_or_nothing(empty_workshop: Workshop) -> None:
    with empty_workshop.site.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE stop"))  # so the load fails when it has written most kinds
    assert empty_workshop.command().exit_code == 1
    assert empty_workshop.value("SELECT count(*) FROM product") == 0
    assert empty_workshop.value("SELECT count(*) FROM category") == 0


def test_without_tables_it_says_what_to_type(tmp_path: Path) -> None:
    done = create_app(config.Testing(tmp_path)).test_cli_runner().invoke(args=["seed", "load"])
    assert done.exit_code == 1
    assert "flask --app catalogue db upgrade" in done.output


def test_a_schemes_categories_and_levels_may_be_listed_anew(workshop: Workshop) -> None:
    wines = [
        "grape-wine",
        "fruit-wine",
        "jar-wine",
        "herbal-liquor",
    ]  # listed themselves, no longer their parent
    scheme, other = "thuong-hieu-quoc-gia", ["processed-food", "agritourism"]
    workshop.edit("certification_schemes.json", scheme, applies_to=[*wines, *other])
    workshop.edit("certification_schemes.json", "ocop", levels=["5", "4", "3"])
    assert workshop.load().conflicts == {}
    listed = (
        "SELECT category.code FROM scheme_category JOIN category ON category.id = category_id"
        f" WHERE listed AND scheme_id = (SELECT id FROM certification_scheme WHERE code = '{scheme}')"
    )
    assert {code for (code,) in workshop.rows(listed)} == {*wines, *other}
    assert workshop.load().conflicts == {}


def test_a_scheme_may_be_narrowed_together_with_its_claims(workshop: Workshop) -> None:
    def drop_wine(products: list[Any]) -> None:
        for product in products:
            if product["category"] == "fruit-wine":
                product["certifications"] = [c for c in product["certifications"] if c["scheme"] != "organic"]

    without_wine = ["vegetables-fruit", "processed-food", "coffee", "tea", "herbs-mushrooms"]
    workshop.change("products-processed.json", drop_wine)
    workshop.edit("certification_schemes.json", "organic", applies_to=without_wine)
    assert workshop.load().conflicts == {}
    assert not workshop.load().changed
    scope = "SELECT count(*) FROM certificate_scope JOIN certificate ON certificate.id = certificate_id"
    assert workshop.value(f"{scope} WHERE certificate.code = 'langbiang-f-organic'") == 5


def test_a_product_may_move_to_another_category_of_its_certificates_scheme(workshop: Workshop) -> None:
    code, category = workshop.rows(
        "SELECT product.code, category.code FROM certificate JOIN product ON product.id = product_id"
        " JOIN category ON category.id = category_id WHERE category.code LIKE 'tea-%' ORDER BY 1 LIMIT 1"
    )[0]
    workshop.edit("products-processed.json", code, category="tea")
    assert workshop.load().conflicts == {}
    assert category != "tea"
    moved = (
        "SELECT category.code FROM certificate_scope JOIN category ON category.id = category_id"
        f" WHERE product_id = (SELECT id FROM product WHERE code = '{code}')"
    )
    assert {found for (found,) in workshop.rows(moved)} == {"tea"}
    assert not workshop.load().changed
