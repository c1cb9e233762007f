"""Help, privacy and accessibility, and that every page leads to them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from lxml.html import document_fromstring

import config
from catalogue import create_app
from catalogue.kernel.language import Language
from catalogue.web.language import speaking
from catalogue.web.staff.sheets import EVERY
from tests.documents import links, main
from tools import translations

FOOT = {
    "vi": ("tro-giup", "dinh-chinh", "nguon-du-lieu", "thuong-hieu", "nghi-quyet", "rieng-tu", "tiep-can"),
    "en": ("help", "corrections", "sources", "brand", "resolution", "privacy", "accessibility"),
}
OFFICE_GUIDE = translations.ROOT / "templates" / "public" / "about" / "office.html"
# What the guide quotes that is no button, room or column: a note as one would write it.
AN_EXAMPLE = "One paper is missing: a photograph of the back of the certificate."


@pytest.mark.parametrize("language", FOOT)
def test_the_foot_of_a_page_leads_to_all_of_them(read, language: str) -> None:
    foot = read(f"/{language}/").xpath("//footer")[0]
    assert [
        f"/{language}/{name}" for name in FOOT[language] if f"/{language}/{name}" not in links(foot)
    ] == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/vi/tro-giup", 0),
        ("/en/help", 0),
        ("/vi/tro-giup/nha-san-xuat", 0),
        ("/en/help/producers", 0),
        ("/vi/tro-giup/co-quan", 0),
        ("/en/help/office", 0),
        ("/vi/rieng-tu", 1),
        ("/en/privacy", 1),
        ("/vi/tiep-can", 1),
        ("/en/accessibility", 1),
        ("/vi/gioi-thieu", 2),
        ("/en/about", 2),
    ],
)
def test_a_page_about_the_site_asks_for_what_staff_wrote_and_no_more(
    client, statements, path: str, asked: int
) -> None:
    with statements() as run:
        page = document_fromstring(client.get(path).data)
    assert len(run) == asked
    assert any("/corrections" in href or "/dinh-chinh" in href for href in links(main(page)))


def test_where_to_write_is_told_only_when_it_is_known(loaded: Flask, loaded_instance) -> None:
    assert b"mailto:" not in loaded.test_client().get("/en/privacy").data

    class WithAddress(config.Testing):
        TRADE_PROMOTION_EMAIL = "office@example.org"

    site = create_app(WithAddress(loaded_instance))
    assert b"mailto:office@example.org" in site.test_client().get("/en/privacy").data


@pytest.mark.parametrize(
    ("path", "number", "most_bytes"),
    [
        ("/vi/tro-giup/nha-san-xuat", 5, 40_000),
        ("/en/help/producers", 5, 40_000),
        ("/vi/tro-giup/co-quan", 6, 60_000),
        ("/en/help/office", 6, 60_000),
    ],
)
def test_the_pictures_of_the_guides_are_there_small_and_told_in_words(
    client, path: str, number: int, most_bytes: int
) -> None:
    pictures = document_fromstring(client.get(path).data).xpath("//main//img")
    assert len(pictures) == number
    for picture in pictures:
        answer = client.get(picture.get("src"))
        assert (answer.mimetype, len(answer.data) < most_bytes) == ("image/webp", True)
        assert picture.get("alt")


def test_the_offices_guide_calls_buttons_and_rooms_as_the_office_does_in_both_languages() -> None:
    vietnamese = {message.id: message.string for message in translations.read_catalogue("vi") if message.id}
    strange = []
    for sentence in re.findall(r'_\("([^"]*)"\)', OFFICE_GUIDE.read_text("utf-8")):
        for quoted in set(re.findall("“([^“”]*)”", sentence)) - {AN_EXAMPLE}:
            number = "".join(re.findall(r"\d+", quoted))
            name = vietnamese.get(re.sub(r"\d+", "%(num)s", quoted))
            if name is None or f"“{name.replace('%(num)s', number)}”" not in vietnamese[sentence]:
                strange.append(quoted)
    assert strange == []


@pytest.mark.parametrize(("path", "language"), [("/vi/tro-giup/co-quan", "vi"), ("/en/help/office", "en")])
def test_the_offices_guide_names_the_lists_whose_sheets_come_back_and_no_other(
    loaded: Flask, path: str, language: str
) -> None:
    page = document_fromstring(loaded.test_client().get(path).data)
    told = [" ".join(one.text_content().split()) for one in page.xpath("//*[@id='sheets']/..//ul/li")]
    with loaded.test_request_context(path), speaking(Language(language)):
        names = [str(one.name) for one in EVERY]
    assert [name for one in told for name in one.rpartition(": ")[2].split("; ")] == names
