"""The goals of the resolution: figures that staff note, what is drawn of them, what is counted here."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from catalogue import audit
from catalogue.audit import AuditEvent
from catalogue.database import db
from catalogue.producers.models import Producer
from catalogue.resolution.models import PublishedFigure
from tests.documents import words
from tests.people import Browser, make_person
from tests.workshop import load_seeds

FIGURE = {
    "target": "processing-growth-2025",
    "value": "8,3",
    "same_measure": "y",
    "year": "2023",
    "period": "year",
    "scope": "lam-dong-before-2025-07-01",
    "nature": "reported",
    "url": "https://example.test/so-lieu",
    "published": "15/01/2024",
}


@pytest.fixture
def curator(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "curator@example.test", roles=frozenset({"curator"})))
    return browser


def note(browser: Browser, **other: str) -> int:
    browser.get("/staff/goals/figures/new")
    return browser.send("target", FIGURE | other).status_code


def points(app: Flask, path: str = "/en/resolution") -> list[str]:
    """The lines that a chart of the public page says of published figures."""
    reader = Browser(app)
    reader.get(path)
    return [words(text) for text in reader.page.xpath("//*[@class='chart']//*[local-name()='text']")]


def test_a_noted_figure_stands_beside_its_target_with_its_source(changed: Flask, curator: Browser) -> None:
    assert not any("Published for" in line for line in points(changed))
    assert note(curator) == 303
    assert "Published for 2023, reported" in points(changed)
    reader = Browser(changed)
    reader.get("/en/resolution")
    assert "8.3% a year" in reader.words()
    assert FIGURE["url"] in reader.page.xpath("//a/@href")
    with changed.app_context():
        told = db.session.scalars(select(AuditEvent).where(AuditEvent.kind == "published_figure")).one()
        assert (told.verb, told.actor, told.detail["figure"]["value"]) == ("note", "Lan", 8.3)
        assert audit.verify() is None


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "lam-dong-since-2025-07-01"},
        {"period": "jan-jun"},
        {"nature": "forecast"},
        {"same_measure": "", "indicator_vi": "Chỉ số sản xuất", "unit_vi": "%"},
    ],
)
def test_what_cannot_be_compared_is_told_and_not_drawn(
    changed: Flask, curator: Browser, other: dict[str, str]
) -> None:
    assert note(curator, **other) == 303
    assert not any("Published for" in line for line in points(changed))
    reader = Browser(changed)
    reader.get("/en/resolution")
    assert FIGURE["url"] in reader.page.xpath("//a/@href")


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"value": "nhiều"}, "value"),
        ({"value": "1.250"}, "value"),
        ({"value": ""}, "value"),
        ({"year": "23"}, "year"),
        ({"url": "báo Lâm Đồng"}, "url"),
        ({"published": "31/02/2024"}, "published"),
        ({"published": "15/01/2094"}, "published"),
        ({"nature": ""}, "nature"),
        ({"target": "no-such-target"}, "target"),
        ({"same_measure": ""}, "indicator_vi"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field_and_all_that_was_typed_is_kept(
    changed: Flask, curator: Browser, other: dict[str, str], field: str
) -> None:
    typed = {"unit_en": "% as typed", **other}
    assert note(curator, **typed) == 422
    assert curator.page.xpath(f"//*[@id='{field}']/@aria-invalid") == ["true"]
    assert curator.page.xpath("//input[@name='unit_en']/@value") == ["% as typed"]
    with changed.app_context():
        assert db.session.scalar(select(func.count()).select_from(PublishedFigure)) == 0


def test_a_figure_is_put_right_and_taken_out_and_the_log_keeps_both(changed: Flask, curator: Browser) -> None:
    note(curator)
    assert note(curator) == 422, "noted twice"
    curator.get("/staff/goals/figures/1")
    curator.send("target", FIGURE | {"value": "8,4"})
    assert "8.4% a year" in curator.get("/staff/goals").text
    curator.get("/staff/goals/figures/1")
    curator.send("/remove")
    with changed.app_context():
        assert db.session.scalar(select(func.count()).select_from(PublishedFigure)) == 0
        told = db.session.scalars(select(AuditEvent).where(AuditEvent.kind == "published_figure"))
        assert [one.verb for one in told] == ["note", "correct", "remove"]


def test_figures_stay_when_the_data_is_loaded_again(changed: Flask, curator: Browser) -> None:
    note(curator)
    with changed.app_context():
        load_seeds()
    assert "Published for 2023, reported" in points(changed)


def test_the_sheet_has_every_target_and_figure_and_number(changed: Flask, curator: Browser) -> None:
    note(curator)
    answer = curator.get("/staff/goals/goals.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    parts = {row["Part"] for row in rows}
    assert parts == {"Target", "Published figure", "Counted here"}
    by_place = [row for row in rows if row["Code"] == "producers-place"]
    with changed.app_context():
        makers = db.session.scalar(select(func.count()).select_from(Producer))
    assert sum(int(row["Value"]) for row in by_place) == makers
    [figure] = [row for row in rows if row["Part"] == "Published figure"]
    assert (figure["Value"], figure["Source"], figure["Published on"]) == ("8.3", FIGURE["url"], "2024-01-15")
    assert curator.get("/staff/goals/goals.xlsx").status_code == 200


def test_every_chart_has_its_numbers_in_a_table_beside_it(changed: Flask, curator: Browser) -> None:
    note(curator)
    curator.get("/staff/goals")
    charts = curator.page.xpath("//section[@class='goal'][.//*[@class='chart']]")
    assert len(charts) >= 8
    for goal in charts:
        drawn = {words(text) for text in goal.xpath(".//*[local-name()='text'][@class='number']")}
        cells = {words(cell) for cell in goal.xpath(".//tbody//td")}
        assert cells <= drawn if goal.xpath(".//*[@class='scale']") else drawn <= cells
    assert not curator.page.xpath("//*[@style]")


def test_enquiries_by_market_are_not_for_readers(changed: Flask, curator: Browser) -> None:
    assert "Enquiries by market" in curator.get("/staff/goals").text
    assert "Enquiries by market" not in changed.test_client().get("/en/resolution").text
