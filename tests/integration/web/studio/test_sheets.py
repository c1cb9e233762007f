"""A maker's listings as a sheet: fetched, filled in, looked at, and made into drafts."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from catalogue.adapters.sheets import reading
from catalogue.database import db
from catalogue.editorial.models import Revision
from tests.people import Browser, make_person, two_makers

NEW = "name_vi;category;price;currency;weight_g\nCà phê hạt;coffee;185.000;VND;0,5 kg\nTrà xanh;tea;95.000;VND;250\n"


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    return browser


def send(browser: Browser, body: bytes, name: str = "sheet.csv") -> str:
    """Send a sheet; gives the address of what it would change."""
    browser.get("/studio/sheets")
    browser.send("file", {"file": (io.BytesIO(body), name)})
    assert browser.answer.status_code == 303, browser.words()
    browser.get(browser.answer.location)
    return browser.answer.request.path


def drafts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Revision).where(Revision.state == "draft"))


def test_a_filled_sheet_becomes_drafts_once_it_was_looked_at(changed: Flask, maker: Browser) -> None:
    send(maker, NEW.encode())
    assert "new 2" in maker.words()
    assert "Cà phê hạt" in maker.words()
    assert drafts(changed) == 0
    maker.send("digest", follow=True)
    assert "2 drafts were made of the sheet" in maker.words()
    assert drafts(changed) == 2
    with changed.app_context():
        coffee = db.session.scalars(select(Revision).where(Revision.code == "ca-phe-hat")).one()
        assert coffee.content["price"] == 185000
        assert coffee.content["weight_g"] == {"min": 500, "max": 500}


@pytest.mark.parametrize("name", ["listings.xlsx", "listings.csv", "listings.csv?separator=semicolon"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_ones_own_listings_sent_back_change_nothing(maker: Browser, name: str, language: str) -> None:
    body = maker.get(f"/studio/sheets/{name}").data
    send(maker, body, name)
    assert "Nothing to change" in maker.words()
