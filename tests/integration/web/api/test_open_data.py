"""The open data: every table whole, with sources, terms and day, readable by programs and spreadsheets."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

import config
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.web.api.datasets import DATASETS
from tests.documents import main, words

PAGES = {"vi": "/vi/du-lieu-mo", "en": "/en/open-data"}
EVERY_TABLE = pytest.mark.parametrize("name", DATASETS)
FORMULA = re.compile(r"[=+\-@\t\r]")
# What a spreadsheet program would make another number or a day of.
TURNS = re.compile(r"0\d[\d.]*|\d{16,}|\d+\.\d+|\d{4}-\d\d|\d{1,4}[/-]\d{1,4}|\d+(\.\d+)?[eE][+-]?\d+")


def table(client: FlaskClient, name: str, query: str = "", delimiter: str = ",") -> list[dict[str, str]]:
    response = client.get(f"/open-data/{name}.csv{query}")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    assert response.data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(response.data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter, strict=True))


def types(client: FlaskClient, name: str) -> dict[str, str]:
    """What the package declares of each column."""
    [one] = [
        one for one in client.get("/open-data/datapackage.json").json["resources"] if one["name"] == name
    ]
    return {field["name"]: field["type"] for field in one["schema"]["fields"]}


def records(client: FlaskClient, name: str) -> list[dict]:
    response = client.get(f"/open-data/{name}.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.json["records"]


# ---------------------------------------------------------------- tables
@EVERY_TABLE
def test_both_forms_of_a_table_hold_the_same_records(client, name: str) -> None:
    rows, told = table(client, name), records(client, name)
    assert rows
    assert [row["code"] for row in rows] == [record["code"] for record in told]
    for row, record in zip(rows, told, strict=True):
        for language, text in record.get("name", {}).items():
            assert row[f"name_{language}"] == text
        assert None not in row
        assert None not in row.values()


@EVERY_TABLE
def test_every_row_names_its_sources_the_day_and_the_terms(client, loaded: Flask, name: str) -> None:
    day = datetime(2026, 12, 31, 20, tzinfo=ZoneInfo("UTC"))  # already the new year in Đà Lạt
    with time_machine.travel(day):
        rows = table(client, name)
        about = client.get(f"/open-data/{name}.json").json
        told = client.get(f"/open-data/{name}.csv").headers["Content-Disposition"]
    assert {row["file_date"] for row in rows} == {about["as_of"]} == {"2027-01-01"}
    assert told == f'attachment; filename="{name}-2027-01-01.csv"'
    [terms] = {row["file_terms"] for row in rows}
    assert client.get(terms.removeprefix(loaded.config["SITE_URL"])).status_code == 200
    assert about["terms"].keys() == {"vi", "en"}
    if name not in {"stops", "categories", "flowers"}:
        assert all(row.get("sources", row.get("source_url")) for row in rows)


@EVERY_TABLE
def test_where_people_write_1_5_the_same_table_has_semicolons(client, name: str) -> None:
    usual = table(client, name)
    other = table(client, name, "?separator=semicolon", ";")
    assert [row["code"] for row in other] == [row["code"] for row in usual]
    for mine, theirs in zip(usual, other, strict=True):
        for column in ("point_lat", "point_lon", "distance_km", "area_ha"):
            assert mine.get(column, "").replace(".", ",") == theirs.get(column, "")


@EVERY_TABLE
def test_no_cell_of_the_real_data_runs_as_a_formula_or_turns_into_something_else(client, name: str) -> None:
    columns = {name for name, kind in types(client, name).items() if kind in {"number", "integer"}}
    for row in table(client, name):
        texts = [cell for column, cell in row.items() if column not in columns]
        assert not [cell for cell in texts if FORMULA.match(cell) or TURNS.fullmatch(cell)]


@EVERY_TABLE
def test_every_cell_is_of_the_kind_that_the_package_declares(client, name: str) -> None:
    patterns = {
        "string": r"(?s).*",
        "integer": r"-?\d*",
        "number": r"(-?\d+(\.\d+)?(e-?\d+)?)?",
        "boolean": "(true|false)?",
        "date": r"(\d{4}-\d\d-\d\d)?",
    }
    kinds = types(client, name)
    for row in table(client, name):
        wrong = {name: cell for name, cell in row.items() if not re.fullmatch(patterns[kinds[name]], cell)}
        assert wrong == {}


def test_codes_and_months_come_back_from_a_spreadsheet(client) -> None:
    told = {one["code"]: one for one in records(client, "products")}
    for row in table(client, "products"):
        assert row["hs_code"].removeprefix("HS ") == (told[row["code"]]["hs_code"] or "")
    claims = {one["code"]: one for one in records(client, "certificates")}
    issued = [(row["issued"], claims[row["code"]]["issued"]) for row in table(client, "certificates")]
    assert all(cell.removesuffix(" (month)") == (value or "") for cell, value in issued)
    assert any(cell.endswith("(month)") for cell, _ in issued)


@EVERY_TABLE
def test_what_has_parts_is_written_in_words_and_not_as_json(client, name: str) -> None:
    assert not [cell for row in table(client, name) for cell in row.values() if cell[:1] in {"{", "["}]


def test_a_name_like_a_formula_is_kept_from_running(changed: Flask) -> None:
    """field-s27."""
    evil = '=HYPERLINK("http://evil.example";"x")'
    with changed.app_context(), transaction():
        product = db.session.scalars(db.select(Product)).first()
        product.name, code = Bilingual(evil, "-5 °C"), product.code
    client = changed.test_client()
    [row] = [row for row in table(client, "products") if row["code"] == code]
    assert (row["name_vi"], row["name_en"]) == (f"'{evil}", "'-5 °C")
    [record] = [one for one in records(client, "products") if one["code"] == code]
    assert record["name"] == {"vi": evil, "en": "-5 °C"}


def test_codes_keep_their_noughts_and_coordinates_stay_numbers(client) -> None:
    codes = {row["hs_code"] for row in table(client, "products")}
    assert any(re.fullmatch(r"HS 0\d{3}(\.\d0)?", code) for code in codes)
    points = [(row["point_lat"], row["point_lon"]) for row in table(client, "villages") if row["point_lat"]]
    assert points
    assert all(10 < float(lat) < 13 and 107 < float(lon) < 110 for lat, lon in points)


def test_what_is_planned_never_travels_without_saying_so(client) -> None:
    for row in table(client, "milestones"):
        assert re.search(r"chưa hoạt động", row["centre_status_vi"], re.IGNORECASE)
        assert re.search(r"not (operating|open|in operation)", row["centre_status_en"], re.IGNORECASE)


def test_the_figures_of_the_resolution_are_those_of_the_data(client) -> None:
    raw = json.loads((config.ROOT / "catalogue" / "seeds" / "resolution.json").read_text("utf-8"))
    told = {one["code"]: one for name in ("targets", "outcomes") for one in records(client, name)}
    assert told.keys() == {one["code"] for name in ("targets", "outcomes") for one in raw[name]}
    for one in raw["targets"]:
        assert [told[one["code"]][key] for key in ("min", "max", "baseline", "period_to")] == [
            one[key] for key in ("min", "max", "baseline", "period_to")
        ]
    for one in raw["outcomes"]:
        line = told[one["code"]]
        assert (line["target"], line["nature"]["code"]) == (one["related_target"], one["nature"])
        assert [line[key] for key in ("year", "value", "value_min", "value_max", "bound", "scope")] == [
            one[key] for key in ("year", "value", "value_min", "value_max", "bound", "scope")
        ]
        assert one["source"] in {source["url"] for source in line["sources"]}


def test_a_figure_below_nought_stays_a_number(client) -> None:
    assert "-1.72" in {row["value"] for row in table(client, "outcomes")}


def test_no_claim_is_told_as_valid(client) -> None:
    assert {row["status_code"] for row in table(client, "certificates")} == {"unconfirmed"}


# ---------------------------------------------------------------- documents about the documents
def test_everything_is_in_one_file_too(client) -> None:
    whole = client.get("/open-data/catalogue.json").json
    assert whole["records"].keys() == DATASETS.keys()
    assert len(whole["records"]["products"]) == 335
    assert whole["records"]["villages"] == records(client, "villages")


def test_what_is_sent_while_it_is_being_made_is_packed_too(client) -> None:
    plain = client.get("/open-data/stops.json", headers={"Accept-Encoding": "identity"})
    assert plain.is_streamed
    for coding in ("br", "zstd", "gzip"):
        packed = client.get("/open-data/stops.json", headers={"Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert len(packed.data) < len(plain.data) / 3
    assert gzip.decompress(packed.data) == plain.data


def test_the_list_of_files_names_files_and_columns_that_are_there(client) -> None:
    package = client.get("/open-data/datapackage.json").json
    assert package["licenses"]
    assert [one["name"] for one in package["resources"]] == list(DATASETS)
    for resource in package["resources"]:
        response = client.get(f"/open-data/{resource['path']}")
        [header, *_] = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert len(header) == len(set(header))


@pytest.mark.parametrize("path", ["/open-data/nothing.csv", "/open-data/nothing.json", "/open-data/.csv"])
def test_a_table_that_is_none_is_not_found(client, path: str) -> None:
    assert client.get(path).status_code == 404


# ---------------------------------------------------------------- the page
@pytest.mark.parametrize("language", PAGES)
def test_the_page_leads_to_every_file(read, client, language: str) -> None:
    page = main(read(PAGES[language]))
    hrefs = page.xpath(".//a/@href")
    for name in DATASETS:
        assert {f"/open-data/{name}.csv", f"/open-data/{name}.csv?separator=semicolon"} <= set(hrefs)
        assert f"/open-data/{name}.json" in hrefs
    assert "/api/v1/openapi.json" in hrefs
    assert {client.get(href).status_code for href in set(hrefs) if href.startswith("/")} == {200}
    for row in page.xpath(".//tbody/tr"):
        [count] = row.xpath("td[2]")
        name = row.xpath("th/@id")[0]
        assert words(count) == str(len(records(client, name)))


@pytest.mark.parametrize("path", ["/open-data", "/open-data/"])
def test_the_bare_address_leads_to_the_reader_s_language(client, path: str) -> None:
    for accepted, language in (("vi", "vi"), ("en-US", "en"), ("fr", "en"), ("", "vi")):
        response = client.get(path, headers={"Accept-Language": accepted} if accepted else {})
        assert (response.status_code, response.location) == (302, PAGES[language])
        assert "Accept-Language" in response.headers["Vary"]
        assert "Set-Cookie" not in response.headers


def test_other_sites_may_read_the_files(client) -> None:
    first = client.get("/open-data/villages.csv")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/open-data/villages.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert json.loads(client.get("/open-data/villages.json").data)["version"] > 0


@pytest.mark.parametrize("language", PAGES)
def test_every_page_leads_to_the_open_data(read, language: str) -> None:
    assert PAGES[language] in read(f"/{language}/").xpath("//footer//a/@href")
