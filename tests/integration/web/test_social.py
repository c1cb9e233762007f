"""The picture and the words that stand for a page where its address is shared."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from PIL import Image

from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute

SITE = "http://catalogue.test"
PAGES = {
    Product: {"vi": "/vi/san-pham/", "en": "/en/products/"},
    Producer: {"vi": "/vi/nha-san-xuat/", "en": "/en/producers/"},
    CraftVillage: {"vi": "/vi/lang-nghe/", "en": "/en/villages/"},
    TourRoute: {"vi": "/vi/tuyen/", "en": "/en/routes/"},
}


def meta(document: HtmlElement) -> dict[str, str]:
    tags = document.xpath("//head/meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')]")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}


def pages(app: Flask, every: int) -> list[tuple[str, str]]:
    """Some pages of each kind with the record's name, spread over all."""
    with app.app_context():
        return [
            (roots[language.value] + record.slug(language), record.name.text(language))
            for model, roots in PAGES.items()
            for record in db.session.scalars(db.select(model).order_by(model.id)).all()[::every]
            for language in Language
        ]


def test_every_record_has_a_card_of_its_own(loaded: Flask, client: FlaskClient) -> None:
    seen = set()
    for path, name in pages(loaded, 29):
        told = meta(document_fromstring(client.get(path).data))
        assert told["og:url"] == SITE + path
        assert told["og:title"] == name
        assert told["og:description"]
        assert name in told["og:image:alt"]
        assert told["twitter:card"] == "summary_large_image"
        assert told["og:locale"] == {"vi": "vi_VN", "en": "en_GB"}[path.split("/")[1]]
        address = told["og:image"]
        assert address.startswith(f"{SITE}/og{path[:3]}/")
        response = client.get(urlsplit(address).path)
        assert (response.status_code, response.mimetype) == (200, told["og:image:type"])
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        size = Image.open(BytesIO(response.data)).size
        assert size == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
        seen.add(address)
    assert len(seen) == len(pages(loaded, 29))


@pytest.mark.parametrize("path", ["/vi/", "/en/products?q=tea", "/vi/chung-nhan", "/en/schemes/haccp"])
def test_other_pages_have_the_card_of_the_site(client: FlaskClient, path: str) -> None:
    told = meta(document_fromstring(client.get(path).data))
    assert f"{path[:3]}/site/da-lat-" in told["og:image"]
    assert client.get(urlsplit(told["og:image"]).path).status_code == 200


def test_an_error_has_nothing_to_share(client: FlaskClient) -> None:
    assert meta(document_fromstring(client.get("/vi/khong-co").data)) == {}


def test_a_card_is_drawn_once_and_kept_on_disk(changed: Flask) -> None:
    reader, folder = changed.test_client(), Path(changed.config["INSTANCE"]) / "og"
    shutil.rmtree(folder, ignore_errors=True)  # what other tests had drawn
    address = urlsplit(meta(document_fromstring(reader.get("/vi/").data))["og:image"]).path
    assert not folder.exists()  # a page alone draws nothing
    drawn = reader.get(address).data
    (kept,) = folder.iterdir()
    kept.write_bytes(b"from disk")
    assert (reader.get(address).data, drawn[:4]) == (b"from disk", b"\x89PNG")


def test_a_new_name_is_a_new_card_and_the_old_address_leads_to_it(changed: Flask) -> None:
    reader = changed.test_client()
    with changed.app_context():
        product = db.session.scalars(db.select(Product).order_by(Product.id)).first()
        assert product is not None
        path, code = f"/vi/san-pham/{product.slug_vi}", product.code
    before = urlsplit(meta(document_fromstring(reader.get(path).data))["og:image"]).path
    with changed.app_context(), transaction():
        found = db.session.scalars(db.select(Product).filter_by(code=code)).one()
        found.name = Bilingual("Tên mới", found.name.en)
    after = urlsplit(meta(document_fromstring(reader.get(path).data))["og:image"]).path
    assert before != after
    response = reader.get(before)
    assert (response.status_code, response.location) == (302, after)
    assert "immutable" not in response.headers["Cache-Control"]
    assert reader.get(after).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/og/vi/products/none-0123456789ab.png",
        "/og/vi/products/.png",
        "/og/vi/products/-.png",
        "/og/fr/products/none-0.png",
        "/og/vi/schemes/ocop-0.png",
        "/og/vi/site/other-0.png",
        "/og/vi/products/..%2f..%2fconfig-0.png",
        "/og/vi/products/" + "a" * 3000 + "-0.png",
    ],
)
def test_nothing_is_drawn_for_what_is_not_here(client: FlaskClient, loaded: Flask, path: str) -> None:
    folder = Path(loaded.config["INSTANCE"]) / "og"
    before = set(folder.iterdir()) if folder.exists() else set()
    assert client.get(path).status_code == 404
    assert (set(folder.iterdir()) if folder.exists() else set()) == before
