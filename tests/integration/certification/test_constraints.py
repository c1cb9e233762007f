"""The database itself refuses what must never be there, whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

import config
from catalogue import create_app
from catalogue.database import db
from tests.postgres import new_database
from tests.workshop import load_seeds

RECORDS = [
    "category",
    "place",
    "craft_village",
    "point_of_interest",
    "industrial_zone",
    "flower_variety",
    "producer",
    "product",
    "certification_scheme",
    "tour_route",
]
REQUIRED_TEXTS = [
    *((table, "name_vi") for table in RECORDS),
    ("flower_centre", "name_vi"),
    ("flower_centre", "disclaimer_vi"),
    ("milestone", "event_vi"),
    ("planned_function", "name_vi"),
    ("growing_area", "label_vi"),
    ("resolution", "title_vi"),
    ("target", "indicator_vi"),
    ("task", "text_vi"),
    ("solution", "name_vi"),
    ("outcome", "indicator_vi"),
]
LISTS = [
    ("stop", "route_id"),
    ("place_name", "place_id"),
    ("growing_area", "flower_id"),
    ("milestone", "centre_id"),
    ("planned_function", "centre_id"),
    ("target", "resolution_id"),
    ("task", "resolution_id"),
]
# A certificate that a product holds, one that a producer holds, and a product that the first may not cover.
OF_PRODUCT = "(SELECT min(id) FROM certificate WHERE product_id IS NOT NULL)"
OF_PRODUCER = "(SELECT min(id) FROM certificate WHERE producer_id IS NOT NULL)"
ITS_SCHEME = f"(SELECT scheme_id FROM certificate WHERE id = {OF_PRODUCT})"
REACHED = f"(SELECT category_id FROM scheme_category WHERE scheme_id = {ITS_SCHEME})"
COVERED = f"(SELECT product_id FROM certificate_scope WHERE certificate_id = {OF_PRODUCT})"
OUTSIDE = f"(SELECT min(id) FROM product WHERE category_id NOT IN {REACHED})"
INSIDE = f"(SELECT min(id) FROM product WHERE category_id IN {REACHED} AND id NOT IN {COVERED})"


def covering(product: str, *, scheme: str = ITS_SCHEME, category: str = "") -> str:
    """A statement that adds a product to the scope of OF_PRODUCT."""
    category = category or f"(SELECT category_id FROM product WHERE id = {product})"
    columns = "certificate_id, product_id, scheme_id, category_id, source_url"
    values = f"{OF_PRODUCT}, {product}, {scheme}, {category}, 'https://example.vn/a'"
    return f"INSERT INTO certificate_scope ({columns}) VALUES ({values})"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A database with the real data, within the application."""
    address = ""
    if request.param == "postgresql":
        address = new_database(request.getfixturevalue("postgres_url"), "constraints")
    folder: Path = tmp_path_factory.mktemp("constraints")
    with create_app(config.Testing(folder, address)).app_context():
        upgrade()
        load_seeds()
        db.session.remove()
        yield
        db.engine.dispose()


@pytest.fixture
def connection(site_database: None) -> Iterator[Connection]:
    """A connection whose work is undone."""
    with db.engine.connect() as connection:
        yield connection
        connection.rollback()


def refused(connection: Connection, statement: str) -> bool:
    with pytest.raises(IntegrityError):
        connection.execute(text(statement))
    return True


def done(connection: Connection, statement: str) -> int:
    return connection.execute(text(statement)).rowcount


@pytest.mark.parametrize(("table", "column"), REQUIRED_TEXTS)
def test_a_vietnamese_text_is_required(connection: Connection, table: str, column: str) -> None:
    assert refused(connection, f"UPDATE {table} SET {column} = NULL")
    connection.rollback()
    assert refused(connection, f"UPDATE {table} SET {column} = ''")


def test_the_english_name_may_be_unknown(connection: Connection) -> None:
    assert done(connection, "UPDATE product SET name_en = NULL") == 335


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("column", ["code", "slug_vi", "slug_en"])
def test_codes_and_addresses_are_unique(connection: Connection, table: str, column: str) -> None:
    first = f"(SELECT {column} FROM {table} WHERE id = (SELECT min(id) FROM {table}))"
    last = f"(SELECT max(id) FROM {table})"
    assert refused(connection, f"UPDATE {table} SET {column} = {first} WHERE id = {last}")


@pytest.mark.parametrize(("table", "parent"), LISTS)
def test_positions_are_unique_below_one_record(connection: Connection, table: str, parent: str) -> None:
    assert refused(connection, f"UPDATE {table} SET position = 1 WHERE position IN (1, 2)"), parent


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE stop SET position = 0 WHERE position = 1", id="a stop's position begins at 1"),
        pytest.param(
            "UPDATE stop SET village_id = NULL, producer_id = NULL, poi_id = NULL WHERE id = 1",
            id="a stop is somewhere",
        ),
        pytest.param(
            "UPDATE stop SET village_id = 1, producer_id = 1 WHERE id = 1", id="a stop is at one thing only"
        ),
        pytest.param("UPDATE producer SET kind = 'shop'", id="a producer's kind is known"),
        pytest.param("UPDATE craft_village SET recognition = 'famous'", id="a recognition is known"),
        pytest.param("UPDATE product SET producer_id = 0", id="a product's producer exists"),
        pytest.param("UPDATE product SET category_id = 0", id="a product's category exists"),
        pytest.param("UPDATE flower_centre SET opened = '2026'", id="a planned centre is not open"),
        pytest.param("UPDATE target SET min = 2, max = 1", id="a target's range is in order"),
        pytest.param("UPDATE planned_function SET code = 'x'", id="a function's code is unique"),
        pytest.param("DELETE FROM producer", id="a producer with products stays"),
    ],
)
def test_bad_rows_are_refused(connection: Connection, statement: str) -> None:
    assert refused(connection, statement)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(f"UPDATE certificate SET producer_id = 1 WHERE id = {OF_PRODUCT}", id="two holders"),
        pytest.param(f"UPDATE certificate SET product_id = NULL WHERE id = {OF_PRODUCT}", id="no holder"),
        pytest.param(
            f"UPDATE certificate SET producer_id = NULL WHERE id = {OF_PRODUCER}", id="no holder any more"
        ),
        pytest.param(
            "INSERT INTO certificate (code, scheme_id, product_id, evidence, source_url, sources)"
            " SELECT 'again', scheme_id, product_id, evidence, source_url, sources FROM certificate"
            f" WHERE id = {OF_PRODUCT}",
            id="a second one of the same holder and scheme",
        ),
        pytest.param(
            f"UPDATE certificate SET level = '6' WHERE id = {OF_PRODUCT}", id="a level the scheme lacks"
        ),
        pytest.param("UPDATE certificate SET evidence = 'hearsay'", id="unknown evidence"),
        pytest.param("UPDATE certificate SET scheme_id = 0", id="unknown scheme"),
        pytest.param(
            "UPDATE certificate SET confirmed_on = '2026-11-26'",
            id="confirmed on the word of the press alone",
        ),
        pytest.param(
            "UPDATE certificate SET number = ' ', confirmed_on = '2026-11-26'",
            id="confirmed on the word of the press and a blank number",
        ),
    ],
)
def test_bad_certificates_are_refused(connection: Connection, statement: str) -> None:
    assert refused(connection, statement)


def test_a_press_report_with_a_number_may_be_confirmed(connection: Connection) -> None:
    sql = f"UPDATE certificate SET number = '1', confirmed_on = '2026-11-26' WHERE id = {OF_PRODUCT}"
    assert done(connection, sql) == 1


def test_a_certificate_covers_products_inside_its_schemes_categories_only(connection: Connection) -> None:
    assert done(connection, covering(INSIDE)) == 1
    assert refused(connection, covering(OUTSIDE))


def test_a_scope_cannot_name_a_category_that_is_not_the_products(connection: Connection) -> None:
    assert refused(
        connection, covering(OUTSIDE, category=f"(SELECT min(category_id) FROM {REACHED} AS reached)")
    )


def test_a_scope_cannot_borrow_another_scheme(connection: Connection) -> None:
    category = f"(SELECT category_id FROM product WHERE id = {OUTSIDE})"
    other = f"(SELECT min(scheme_id) FROM scheme_category WHERE category_id = {category})"
    assert refused(connection, covering(OUTSIDE, scheme=other, category=category))


def test_a_certified_product_cannot_move_outside_its_certificates_scheme(connection: Connection) -> None:
    product = f"(SELECT min(product_id) FROM certificate_scope WHERE certificate_id = {OF_PRODUCT})"
    inside = f"(SELECT max(category_id) FROM scheme_category WHERE scheme_id = {ITS_SCHEME})"
    outside = f"(SELECT category_id FROM product WHERE id = {OUTSIDE})"
    assert done(connection, f"UPDATE product SET category_id = {inside} WHERE id = {product}") == 1
    assert refused(connection, f"UPDATE product SET category_id = {outside} WHERE id = {product}")


def test_a_category_that_a_certificate_rests_on_stays_in_its_scheme(connection: Connection) -> None:
    assert refused(connection, "DELETE FROM scheme_category")


def test_a_certificate_goes_with_its_scope(connection: Connection) -> None:
    assert done(connection, f"DELETE FROM certificate WHERE id = {OF_PRODUCT}") == 1
    orphans = (
        "SELECT count(*) FROM certificate_scope WHERE certificate_id NOT IN (SELECT id FROM certificate)"
    )
    assert connection.execute(text(orphans)).scalar() == 0
