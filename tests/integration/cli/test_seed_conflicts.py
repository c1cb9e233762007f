"""What was edited on the site is kept, listed, and holds nothing else up."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.cli.seeding.loading import CLASHES, EDITED, REMOVED, STILL_USED
from tests.workshop import Workshop

PRODUCT = "tam-ui-bno-c"
FILE = "products-craft.json"
KEY = "product", PRODUCT


def test_an_edited_record_is_kept_and_listed_while_the_others_load(workshop: Workshop) -> None:
    workshop.sql(f"UPDATE product SET unit = 'set' WHERE code = '{PRODUCT}'")
    workshop.edit(FILE, PRODUCT, unit="pair")
    workshop.edit("villages.json", "cau-dat", households=7)
    done = workshop.command()
    assert done.exit_code == 3, done.output
    kept = f"Kept as it is on the site: product {PRODUCT} was edited on the site since the last load."
    assert kept in done.output.splitlines()
    assert ["products", "0", "0", "334", "1"] in [line.split() for line in done.output.splitlines()]
    assert workshop.value(f"SELECT unit FROM product WHERE code = '{PRODUCT}'") == "set"
    assert workshop.value("SELECT households FROM craft_village WHERE code = 'cau-dat'") == 7


def test_an_edit_is_listed_even_where_the_seed_stayed_as_it_was(workshop: Workshop) -> None:
    workshop.sql(f"UPDATE product SET name_en = 'Something else' WHERE code = '{PRODUCT}'")
    for _ in range(2):  # and it stays listed
        assert workshop.load().conflicts == {KEY: EDITED}


def test_an_edit_below_a_record_counts_as_an_edit_of_it(workshop: Workshop) -> None:
    edits = {
        "tour_route": "UPDATE stop SET minutes = 999 WHERE id = 1",
        "product": "DELETE FROM product_market WHERE country = 'JP'",
        "place": "UPDATE place_name SET commune = 'Xã Khác' WHERE id = 1",
        "industrial_zone": "INSERT INTO producer_zone SELECT 1, min(id) FROM industrial_zone",
        "certification_scheme": "UPDATE scheme_category SET agreed_only = true WHERE scheme_id = 1",
        "certificate": "UPDATE certificate_scope SET source_url = 'https://example.vn/x'",
        "flower_centre": "DELETE FROM milestone WHERE position = 9",
        "resolution": "UPDATE target SET min = 0 WHERE position = 1",
    }
    for statement in edits.values():
        workshop.sql(statement)
    edited = workshop.tables()
    conflicts = workshop.load().conflicts
    assert {kind for kind, _ in conflicts} == edits.keys()
    assert set(conflicts.values()) == {EDITED}
    assert workshop.tables() == edited


@pytest.mark.parametrize(
    "edit",
    ["evidence = 'register', number = '12/QĐ', confirmed_on = '2026-11-26'", "suspended_on = '2026-11-26'"],
)
def test_what_staff_recorded_of_a_certificate_is_kept(workshop: Workshop, edit: str) -> None:
    workshop.sql(f"UPDATE certificate SET {edit} WHERE id = 1")
    edited = workshop.tables()
    code = workshop.value("SELECT code FROM certificate WHERE id = 1")
    assert workshop.load().conflicts == {("certificate", code): EDITED}
    assert workshop.tables() == edited


def test_an_edit_that_the_seeds_want_too_is_no_conflict(workshop: Workshop) -> None:
    workshop.sql(f"UPDATE product SET unit = 'set' WHERE code = '{PRODUCT}'")
    workshop.edit(FILE, PRODUCT, unit="set")
    assert workshop.load().conflicts == {}
    workshop.edit(FILE, PRODUCT, unit="pair")  # from here on the seeds lead again
    assert workshop.load().conflicts == {}
    assert workshop.value(f"SELECT unit FROM product WHERE code = '{PRODUCT}'") == "pair"


def test_undoing_the_edit_ends_the_conflict(workshop: Workshop) -> None:
    before = workshop.value("SELECT households FROM craft_village WHERE code = 'cau-dat'")
    workshop.sql("UPDATE craft_village SET households = 7 WHERE code = 'cau-dat'")
    workshop.edit("villages.json", "cau-dat", ethnic_group="K'Ho")
    assert workshop.load().conflicts == {("craft_village", "cau-dat"): EDITED}
    workshop.sql(f"UPDATE craft_village SET households = {before or 'NULL'} WHERE code = 'cau-dat'")
    assert workshop.load().conflicts == {}
    assert workshop.value("SELECT ethnic_group FROM craft_village WHERE code = 'cau-dat'") == "K'Ho"


def test_a_record_removed_on_the_site_is_not_brought_back(workshop: Workshop) -> None:
    workshop.sql(f"DELETE FROM product WHERE code = '{PRODUCT}'")
    assert workshop.load().conflicts == {KEY: REMOVED}
    assert workshop.value("SELECT count(*) FROM product") == 334


def test_what_needs_a_removed_record_is_listed_with_it(workshop: Workshop) -> None:
    workshop.sql(f"DELETE FROM product WHERE code = '{PRODUCT}'")
    workshop.edit(FILE, PRODUCT, certifications=[claim(workshop, FILE, PRODUCT, "ocop", level="3")])
    reason = f"needs the product “{PRODUCT}”, which is not in the database"
    assert workshop.load().conflicts == {KEY: REMOVED, ("certificate", f"{PRODUCT}-ocop"): reason}


def test_a_record_that_the_site_already_has_is_not_overwritten(workshop: Workshop) -> None:
    workshop.sql("DELETE FROM seed_record WHERE kind = 'product'")  # as if each had been entered by hand
    workshop.edit(FILE, PRODUCT, unit="pair")
    assert workshop.load().conflicts == {KEY: EDITED}  # the others are as the seeds want them
    assert workshop.value(f"SELECT unit FROM product WHERE code = '{PRODUCT}'") != "pair"


def test_a_claim_that_does_not_fit_beside_an_edit_is_listed(workshop: Workshop) -> None:
    flowers = "(SELECT id FROM category WHERE code = 'cut-flowers')"  # which OCOP does not cover
    workshop.sql(f"UPDATE product SET category_id = {flowers} WHERE code = '{PRODUCT}'")
    workshop.edit(FILE, PRODUCT, certifications=[claim(workshop, FILE, PRODUCT, "ocop", level="3")])
    workshop.edit("villages.json", "cau-dat", households=7)
    conflicts = workshop.load().conflicts
    assert conflicts.keys() == {KEY, ("certificate", f"{PRODUCT}-ocop")}
    assert conflicts["certificate", f"{PRODUCT}-ocop"].startswith(CLASHES)
    assert workshop.value(f"SELECT count(*) FROM certificate WHERE code = '{PRODUCT}-ocop'") == 0
    assert workshop.value("SELECT households FROM craft_village WHERE code = 'cau-dat'") == 7


def test_a_scheme_keeps_what_an_edited_certificate_rests_on(workshop: Workshop) -> None:
    code = "thuong-hieu-quoc-gia"
    own = f"(SELECT id FROM certification_scheme WHERE code = '{code}')"
    workshop.sql(f"UPDATE certificate SET number = '1' WHERE scheme_id = {own}")
    workshop.edit("certification_schemes.json", code, applies_to=["processed-food", "agritourism"])
    for path in workshop.seeds.glob("products-*.json"):
        workshop.change(path.name, lambda products: drop_claims(products, code))
    for _ in range(2):
        assert workshop.load().conflicts == {("certification_scheme", code): STILL_USED}


def drop_claims(products: list[dict[str, Any]], scheme: str) -> None:
    """Take every claim under that scheme out of a seed list."""
    for product in products:
        product["certifications"] = [c for c in product["certifications"] if c["scheme"] != scheme]


def claim(workshop: Workshop, file: str, code: str, scheme: str, **values: Any) -> dict[str, Any]:
    source = workshop.record(file, code)["sources"][0]
    return {
        "scheme": scheme,
        "level": None,
        "number": None,
        "issued": None,
        "expires": None,
        "source": source,
    } | values
