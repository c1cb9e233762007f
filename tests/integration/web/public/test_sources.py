"""Sources and data quality on the real data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import func, select

from catalogue.certification.models import Certificate
from catalogue.cli.seed import SEEDS
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.web.public.records import host
from tests.documents import links, main, paths, words

SAMPLE = 20  # every n-th site is opened
ROOTS = {Language.VI: "/vi/nguon-du-lieu", Language.EN: "/en/sources"}
LISTS = (
    "producers-*",
    "products-*",
    "villages",
    "routes",
    "pois",
    "places",
    "flowers",
    "certification_schemes",
)


def urls_of_seeds() -> set[str]:
    records = [
        r
        for name in LISTS
        for path in SEEDS.glob(f"{name}.json")
        for r in json.loads(path.read_text("utf-8"))
    ]
    return {url for record in records for url in record["sources"]}


def pages(read, address: str) -> Iterator[HtmlElement]:
    """The page at an address and those that follow it."""
    number, last = 1, False
    while not last:
        page = main(read(f"{address}?page={number}"))
        yield page
        number, last = number + 1, not page.xpath(".//a[@rel='next']")


@pytest.mark.parametrize("language", Language)
def test_every_source_of_every_record_is_listed_under_its_site(
    client: FlaskClient, read, language: Language
) -> None:
    wanted = urls_of_seeds()
    sites = [site for page in pages(read, ROOTS[language]) for site in paths(page, ROOTS[language])]
    assert {site.rsplit("/", 1)[1] for site in sites} >= {host(url) for url in wanted}
    for site in sites[::SAMPLE]:
        found = {link for page in pages(read, site) for link in links(page)}
        assert {url for url in wanted if host(url) == site.rsplit("/", 1)[1]} <= found


def test_a_source_leads_to_the_records_that_rest_on_it(loaded: Flask, read) -> None:
    with loaded.app_context():
        product = db.session.scalar(select(Product).order_by(Product.code).limit(1))
    site = host(product.sources[0]["url"])
    ways = {link for page in pages(read, f"/en/sources/{site}") for link in links(page)}
    assert f"/en/products/{product.slug_en}" in ways


def test_gaps_are_counted_in_the_data_as_it_stands(changed: Flask, read) -> None:
    def told(app: Flask, text: str) -> str:
        page = main(document_fromstring(app.test_client().get("/en/sources").data))
        return words(page.xpath(f".//li[contains(., '{text}')]/b")[0]).split(" of ")[0]

    with changed.app_context():
        pointless = db.session.scalar(select(func.count(Producer.id)).where(Producer.lat.is_(None)))
        papers = db.session.scalar(select(func.count(Certificate.id)))
    assert told(changed, "without a point") == str(pointless)
    assert told(changed, "without its number") == str(papers)
    with changed.app_context(), transaction():
        one = db.session.scalar(select(Producer).where(Producer.lat.is_(None)).limit(1))
        one.lat, one.lon, one.coords_approximate = 11.9, 108.4, True
    assert told(changed, "without a point") == str(pointless - 1)


@pytest.mark.parametrize(
    ("wanted", "some"), [("lam", True), ("LÂM", True), ("", True), ("no such site", False)]
)
def test_sites_are_found_by_a_part_of_their_name(client: FlaskClient, wanted: str, some: bool) -> None:
    response = client.get("/en/sources", query_string={"host": wanted})
    assert response.status_code == 200
    assert ("baolamdong.vn" in response.text) == some


def test_a_site_that_nothing_rests_on_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/sources/example.org").status_code == 404
    assert client.get("/en/sources/github.com?page=99").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_sources(client: FlaskClient, statements) -> None:
    counts = []
    for path in ("/en/sources/adb.org", "/en/sources/baolamdong.vn"):
        with statements() as run:
            client.get(path)
        counts.append(len(run))
    assert counts[0] == counts[1]
