"""Photographs on the pages of their records, in what machines read, and gone everywhere once taken back."""

from __future__ import annotations

import json

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.database import db, transaction
from catalogue.kernel.photo import RECIPE
from catalogue.media import actions
from catalogue.media.rules import SubjectKind, Words
from catalogue.products.models import Product
from tests.integration.media.conftest import Darkroom, photograph

# One record of each kind that carries photographs: its code, its page and its row in the API.
SUBJECTS = {
    SubjectKind.PRODUCT: ("Product", "/vi/san-pham/", "products"),
    SubjectKind.PRODUCER: ("Producer", "/vi/nha-san-xuat/", "producers"),
    SubjectKind.VILLAGE: ("CraftVillage", "/vi/lang-nghe/", "villages"),
    SubjectKind.ROUTE: ("TourRoute", "/vi/tuyen/", "routes"),
}


@pytest.fixture
def darkroom(changed: Flask) -> Darkroom:
    return Darkroom(changed)


@pytest.fixture
def client(changed: Flask) -> FlaskClient:
    return changed.test_client()


@pytest.fixture(params=list(SubjectKind), ids=lambda kind: kind.value)
def subject(request: pytest.FixtureRequest, changed: Flask) -> tuple[SubjectKind, str, str, str]:
    """A record: its kind, code, page and address in the API."""
    kind: SubjectKind = request.param
    model, page, api = SUBJECTS[kind]
    with changed.app_context():
        mapped = next(each.class_ for each in db.Model.registry.mappers if each.class_.__name__ == model)
        record = db.session.query(mapped).order_by(mapped.code).first()
        return kind, record.code, page + record.slug_vi, f"/api/v1/{api}/{record.code}"


def document(client: FlaskClient, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.data)


def image_of_page(page: lxml.html.HtmlElement) -> str:
    return str(page.xpath('//meta[@property="og:image"]/@content')[0])


def images_told(page: lxml.html.HtmlElement) -> list[str]:
    """The photographs that the page names for search engines."""
    graph = json.loads(page.xpath('//script[@type="application/ld+json"]')[0].text)["@graph"]
    return [image["contentUrl"] for thing in graph for image in thing.get("image", [])]


def test_a_photograph_stands_on_its_record_and_in_all_that_machines_read(
    darkroom: Darkroom, client: FlaskClient, subject: tuple[SubjectKind, str, str, str]
) -> None:
    kind, code, address, api = subject
    before = document(client, address)
    assert not before.cssselect("[data-gallery]")
    assert before.xpath('//main//a[contains(@href, "/vi/dinh-chinh")]'), "the maker is asked for photographs"
    taken = darkroom.upload(photograph(size=(1400, 1000)), "Gốm đỏ.jpg").asset.code
    darkroom.show(taken, code, kind)
    darkroom.work()

    page = document(client, address)

    (link,) = page.cssselect("[data-gallery] > a")
    (picture,) = link.cssselect("img.photo")
    assert link.get("href") == f"/media/{RECIPE}/{taken}/gom-do-1280.jpg"
    assert picture.get("alt") == "Gốm đỏ trên bàn"
    assert (picture.get("width"), picture.get("height")) == ("1280", "914")
    assert picture.get("fetchpriority") == "high"
    (source,) = link.cssselect("source")
    assert [one.split()[1] for one in source.get("srcset").split(", ")] == ["320w", "640w", "960w", "1280w"]
    words = page.cssselect(".credits")[0].text_content()
    assert "Mẻ gốm đầu năm" in words
    assert "Nguyễn Văn A (CC BY 4.0)" in words
    assert image_of_page(page).endswith(".jpg")
    (told,) = images_told(page)
    assert told.endswith(link.get("href"))
    (row,) = client.get(api).get_json()["photographs"]
    assert (row["url"], row["alt"]["en"], row["licence"]) == (told, "Red pottery on a table", "CC BY 4.0")
    plural = api.split("/")[3]
    assert told in client.get(f"/sitemaps/{plural}.xml").text
    for file in {link.get("href"), *(part.split()[0] for part in picture.get("srcset").split(", "))}:
        answer = client.get(file)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert "immutable" in answer.headers["Cache-Control"]
        policy = answer.headers["Content-Security-Policy"]
        assert "style-src 'unsafe-inline'" in policy, "the browser fits a picture into its window"
        assert "script-src" not in policy
        assert "default-src 'none'" in policy


def test_a_photograph_that_is_not_shown_has_no_address(darkroom: Darkroom, client: FlaskClient) -> None:
    taken = darkroom.upload(photograph()).asset.code
    darkroom.work()
    assert darkroom.keys("renditions/"), "its files are made already"

    for key in darkroom.keys("renditions/"):
        assert client.get("/media/" + key.removeprefix("renditions/")).status_code == 404
    for key in darkroom.keys("originals/"):
        for address in (f"/media/{key}", f"/media/../{key}", f"/media/{RECIPE}/{taken}/../../{key}"):
            assert client.get(address).status_code == 404


def test_a_picture_too_small_for_several_files_is_shown_as_its_one(
    darkroom: Darkroom, client: FlaskClient, subject: tuple[SubjectKind, str, str, str]
) -> None:
    kind, code, address, _ = subject
    taken = darkroom.upload(photograph(size=(200, 150))).asset.code
    darkroom.show(taken, code, kind)
    darkroom.work()

    (picture,) = document(client, address).cssselect("[data-gallery] > a picture")

    assert not picture.cssselect("source"), "an empty list of files is no HTML"
    assert picture.cssselect("img")[0].get("srcset").endswith("-200.jpg 200w")


def test_a_page_that_was_sent_before_still_finds_its_files(darkroom: Darkroom, client: FlaskClient) -> None:
    """It may lie open for hours, and loads what is below the fold when somebody scrolls there."""
    taken = darkroom.upload(photograph()).asset.code
    darkroom.show(taken)
    darkroom.work()
    before = darkroom.keys("renditions/")
    with darkroom.app.app_context(), transaction():
        actions.turn("A", darkroom.asset(taken), 90)
    darkroom.work()

    addresses = ["/media/" + key.removeprefix("renditions/") for key in sorted(before)]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    darkroom.store.delete(min(before))
    assert client.get(addresses[0]).status_code == 404


def test_a_photograph_taken_back_is_gone_with_the_next_request(
    darkroom: Darkroom, client: FlaskClient, subject: tuple[SubjectKind, str, str, str]
) -> None:
    kind, code, address, api = subject
    taken = darkroom.upload(photograph()).asset.code
    darkroom.show(taken, code, kind)
    darkroom.work()
    file = document(client, address).cssselect("[data-gallery] > a")[0].get("href")
    assert client.get(file).status_code == 200

    with darkroom.app.app_context(), transaction():
        actions.describe("A", darkroom.asset(taken), Words())

    assert not document(client, address).cssselect("[data-gallery]")
    assert client.get(file).status_code == 404
    assert client.get(api).get_json()["photographs"] == []


def test_a_card_shows_the_photograph_of_its_product(darkroom: Darkroom, client: FlaskClient) -> None:
    first = document(client, "/vi/san-pham").cssselect(".card .name a")[0]
    slug = first.get("href").rpartition("/")[2]
    with darkroom.app.app_context():
        code = db.session.query(Product).filter_by(slug_vi=slug).one().code
    taken = darkroom.upload(photograph()).asset.code
    darkroom.show(taken, code)
    darkroom.work()

    card = document(client, "/vi/san-pham").cssselect(".card")[0]

    assert card.cssselect("img.photo")[0].get("alt") == "", "the card's link already names the product"
    assert not card.cssselect("img.print")


def test_the_point_where_the_eye_goes_is_kept_in_every_cut(darkroom: Darkroom, client: FlaskClient) -> None:
    taken = darkroom.upload(photograph()).asset.code
    with darkroom.app.app_context(), transaction():
        actions.set_focus("A", darkroom.asset(taken), (0.13, 0.98))
    with darkroom.app.app_context():
        product = db.session.query(Product).order_by(Product.code).first()
        code, address = product.code, f"/en/products/{product.slug_en}"
    darkroom.show(taken, code)
    darkroom.work()

    picture = document(client, address).cssselect("[data-gallery] img.photo")[0]

    assert {"at-x-15", "at-y-100"} <= set(picture.get("class").split())
