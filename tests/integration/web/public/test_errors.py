"""Error pages: in the reader's language, without the database, and with a way on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

import catalogue
import config
from catalogue import create_app
from catalogue.kernel import errors
from catalogue.web.error_pages import PAGES
from catalogue.web.error_words import CODES
from catalogue.web.errors import STATUS

STATUSES = (400, 404, 405, 410, 413, 415, 422, 500, 503)
WAYS = {
    "vi": {
        "/vi/",
        "/vi/san-pham",
        "/vi/nha-san-xuat",
        "/vi/lang-nghe",
        "/vi/tuyen",
        "/vi/hoa",
        "/vi/chung-nhan",
    },
    "en": {
        "/en/",
        "/en/products",
        "/en/producers",
        "/en/villages",
        "/en/routes",
        "/en/flowers",
        "/en/schemes",
    },
}


@pytest.fixture
def broken(tmp_path: Path) -> Flask:
    """The application over a database without a table, with a page for every error."""
    app = create_app(config.Testing(tmp_path))
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/<any(vi, en):language>/fails/<int:status>")
    def fails(status: int) -> None:
        abort(status)

    @app.get("/<any(vi, en):language>/raises/<kind>")
    def raises(kind: str) -> None:
        raise getattr(errors, kind)("example.code")

    return app


def page_of(client: FlaskClient, address: str, status: int, **more) -> HtmlElement:
    response = client.get(address, **more)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    return document_fromstring(response.data)


def assert_leads_on(page: HtmlElement, language: str) -> None:
    main = page.xpath("//main")[0]
    assert page.get("lang") == language
    assert len(main.xpath(".//h1")) == 1
    assert set(main.xpath(".//a/@href")) == WAYS[language]
    assert main.xpath(".//form[@role='search']/@action") == [{"vi": "/vi/tim", "en": "/en/search"}[language]]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", STATUSES)
def test_every_error_is_a_page_with_a_way_on(broken: Flask, status: int, language: str) -> None:
    assert_leads_on(page_of(broken.test_client(), f"/{language}/fails/{status}", status), language)


@pytest.mark.parametrize(("kind", "status"), [(kind.__name__, status) for kind, status in STATUS.items()])
def test_an_error_of_our_own_has_its_status(broken: Flask, kind: str, status: int) -> None:
    assert_leads_on(page_of(broken.test_client(), f"/en/raises/{kind}", status), "en")


def test_every_kind_of_error_of_our_own_has_a_status() -> None:
    assert set(errors.CatalogueError.__subclasses__()) == STATUS.keys()


def test_a_failing_database_is_told_without_asking_it_and_without_its_insides(broken: Flask) -> None:
    response = broken.test_client().get("/vi/chung-nhan")
    assert response.status_code == 500
    assert_leads_on(document_fromstring(response.data), "vi")
    assert b"sqlite" not in response.data.lower()
    assert b"Traceback" not in response.data
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"]


def test_a_reader_is_told_when_to_come_back(broken: Flask) -> None:
    response = broken.test_client().get("/en/raises/OutsideFailure")
    assert int(response.headers["Retry-After"]) > 0


def test_a_method_that_a_page_does_not_know_is_told_which_it_does(client: FlaskClient) -> None:
    response = client.post("/en/products", data={"a": "b"})
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "HEAD"}
    assert_leads_on(document_fromstring(response.data), "en")


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/vi/san-pham/khong-co", "/vi/san-pham"),
        ("/en/producers/nobody", "/en/producers"),
        ("/vi/lang-nghe/khong-co", "/vi/lang-nghe"),
        ("/en/routes/nowhere", "/en/routes"),
        ("/vi/chung-nhan/khong-co", "/vi/chung-nhan"),
        ("/en/certificates/none", "/en/schemes"),
        ("/en/nothing/here", "/en/"),
    ],
)
def test_what_is_not_found_leads_to_the_nearest_list_first(
    client: FlaskClient, address: str, nearest: str
) -> None:
    page = page_of(client, address, 404)
    assert page.xpath("//main//a/@href")[0] == nearest
    assert_leads_on(page, address[1:3])


def test_the_words_of_a_missing_address_are_ready_to_be_searched(client: FlaskClient) -> None:
    page = page_of(client, "/vi/san-pham/tra-o-long_moi.html", 404)
    assert page.xpath("//main//input[@name='q']/@value") == ["tra o long moi html"]


@pytest.mark.parametrize(
    ("accept", "language"),
    [("vi", "vi"), ("en-GB,en;q=0.9", "en"), ("fr", "en"), ("", "vi"), ("vi-VN,en;q=0.9", "vi")],
)
def test_an_address_without_a_language_answers_in_the_browser_s(
    client: FlaskClient, accept: str, language: str
) -> None:
    page = page_of(client, "/nothing", 404, headers={"Accept-Language": accept} if accept else {})
    assert_leads_on(page, language)


# Functions that refuse with the code they are given.
PASSING_ON = {"require", "guard"}


def test_every_code_that_is_raised_has_words() -> None:
    kinds = {kind.__name__ for kind in errors.CatalogueError.__subclasses__()}
    raised = {"not_allowed"}  # what `require` says unless it is told more
    for path in Path(catalogue.__file__).parent.rglob("*.py"):
        if path.name == "errors.py" and path.parent.name == "kernel":
            continue  # passes on the code that it is given
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in kinds
                and node.args
            ):
                assert isinstance(node.args[0], ast.Constant), (
                    f"{path}: a code is written out where it is raised"
                )
                raised.add(node.args[0].value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PASSING_ON:
                raised |= {arg.value for arg in node.args[1:] if isinstance(arg, ast.Constant)}
    assert raised == CODES.keys()


def test_every_status_that_errors_may_have_has_words_or_borrows_them() -> None:
    assert {400, 404, 410, 500, 503} <= PAGES.keys()


@pytest.mark.parametrize("path", ["/vi/san-pham/", "/en/schemes/", "/vi/chung-nhan/haccp/", "/en//products/"])
def test_a_slash_too_many_leads_to_the_page_without_it(client: FlaskClient, path: str) -> None:
    response = client.get(path, query_string="q=cà phê&page=2")
    if "//" in path:
        assert response.status_code == 404
    else:
        assert response.status_code == 301
        assert response.location == f"{path.rstrip('/')}?q=c%C3%A0+ph%C3%AA&page=2"
