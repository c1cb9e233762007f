"""The sitemap holds every page, both ways between the languages, and nothing that is not there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.products.models import Product
from catalogue.web.language import address as path_of
from catalogue.web.public.sitemaps import LEFT_OUT, RECORDS

SITE = "http://catalogue.test"
SM, IMAGE, XHTML = (
    "{http://www.sitemaps.org/schemas/sitemap/0.9}",
    "{http://www.google.com/schemas/sitemap-image/1.1}",
    "{http://www.w3.org/1999/xhtml}",
)
Told = dict[str, dict[str, str]]


def parsed(client: FlaskClient, path: str) -> etree._Element:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    return etree.fromstring(response.data, etree.XMLParser(resolve_entities=False, no_network=True))


def sheets(client: FlaskClient) -> list[str]:
    index = parsed(client, "/sitemap.xml")
    assert index.tag == f"{SM}sitemapindex"
    return [str(loc.text).removeprefix(SITE) for loc in index.iter(f"{SM}loc")]


def entries(client: FlaskClient) -> Told:
    """Every address with its alternates, from every sitemap; each stands in one of them, once."""
    told: Told = {}
    for sheet in sheets(client):
        root = parsed(client, sheet)
        assert root.tag == f"{SM}urlset"
        for url in root.iter(f"{SM}url"):
            address = url.findtext(f"{SM}loc")
            assert address is not None
            assert address not in told
            links = url.findall(f"{XHTML}link")
            assert {link.get("rel") for link in links} <= {"alternate"}
            told[address] = {str(link.get("hreflang")): str(link.get("href")) for link in links}
    return told


@pytest.fixture(scope="module")
def told(loaded: Flask) -> Told:
    return entries(loaded.test_client())


def test_the_index_leads_to_one_sitemap_a_kind(client: FlaskClient) -> None:
    found = sheets(client)
    assert len(found) == len(set(found)) >= 7
    assert "/sitemaps/pages.xml" in found
    assert client.get("/sitemaps/none.xml").status_code == 404


def test_no_sitemap_is_empty(client: FlaskClient) -> None:
    """The format wants a page in each; a kind of which there is no record yet has no sitemap."""
    assert all(parsed(client, sheet).find(f"{SM}url") is not None for sheet in sheets(client))
    assert client.get("/sitemaps/about.xml").status_code == 404


def test_a_kind_without_records_has_no_sitemap(app: Flask) -> None:
    reader = app.test_client()
    assert sheets(reader) == ["/sitemaps/pages.xml"]
    assert {reader.get(f"/sitemaps/{kind}.xml").status_code for kind in (*RECORDS, "sources")} == {404}


def test_addresses_are_whole_and_both_languages_tell_of_each_other(told: Told) -> None:
    for address, alternates in told.items():
        assert address.startswith(f"{SITE}/")
        assert alternates.keys() == {"vi", "en", "x-default"}, address
        assert alternates[urlsplit(address).path.split("/")[1]] == address
        assert alternates["x-default"] == alternates["vi"]
        assert all(told[other] == alternates for other in alternates.values())


def test_every_kind_of_page_for_readers_is_told(loaded: Flask, told: Told) -> None:
    """A new page is found by itself; a new kind of record needs a line in `sitemaps.RECORDS`."""
    matched = set()
    with loaded.test_request_context():
        adapter = loaded.url_map.bind("catalogue.test")
        for address in told:
            matched.add(adapter.match(urlsplit(address).path)[0])
    of_records = {
        rule.endpoint
        for rule in loaded.url_map.iter_rules()
        if rule.endpoint.startswith("public.")
        and rule.endpoint.endswith(".show")
        and "slug" in rule.arguments
    }
    by_staff = {"public.collections.show", "public.about.show"}  # the data has none
    assert of_records - by_staff <= matched
    assert "public.home.show" in matched
    assert "public.certificates.show" in matched
    assert "public.search.results" not in matched


def test_every_page_that_a_plain_page_links_to_is_told(
    client: FlaskClient, loaded: Flask, told: Told
) -> None:
    with loaded.test_request_context():
        left_out = {path_of(endpoint, language) for endpoint in LEFT_OUT for language in Language}
        plain = [urlsplit(one).path for one in told if one.startswith(f"{SITE}/en/") and one.count("/") == 4]
    linked = {
        link.partition("#")[0]
        for path in plain
        for link in document_fromstring(client.get(path).data).xpath("//a/@href[starts-with(., '/')]")
    }
    untold = {SITE + path for path in linked if "?" not in path and path not in left_out} - told.keys()
    pages = {path for path in untold if client.get(path.removeprefix(SITE)).mimetype == "text/html"}
    assert f"{SITE}/en/open-data" in told
    assert {path for path in pages if _calls_itself(client, path)} == set()


def _calls_itself(client: FlaskClient, whole: str) -> bool:
    head = document_fromstring(client.get(whole.removeprefix(SITE)).data)
    return head.xpath("//head/link[@rel='canonical']/@href") == [whole]


def test_every_record_is_told(loaded: Flask, told: Told) -> None:
    with loaded.app_context():
        products = db.session.scalars(db.select(Product)).all()
        assert {f"{SITE}/vi/san-pham/{one.slug_vi}" for one in products} <= told.keys()
        assert {f"{SITE}/en/products/{one.slug_en}" for one in products} <= told.keys()
        codes = db.session.scalars(db.select(Certificate.code)).all()
        assert {f"{SITE}/vi/giay-chung-nhan/{code}" for code in codes} <= told.keys()


def test_every_site_that_is_cited_is_told(read, told: Told) -> None:
    address, linked = "/en/sources", set()
    while address:
        page = read(address)
        linked |= set(page.xpath("//main//a[starts-with(@href, '/en/sources/')]/@href"))
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(linked) > 60
    assert {SITE + path for path in linked} == {one for one in told if one.startswith(f"{SITE}/en/sources/")}


def test_every_address_answers_and_calls_itself_by_that_name(client: FlaskClient, told: Told) -> None:
    for address in sorted(told)[::23]:
        response = client.get(urlsplit(address).path)
        assert response.status_code == 200, address
        head = document_fromstring(response.data)
        assert head.xpath("//head/link[@rel='canonical']/@href") == [address]
        links = head.xpath("//head/link[@rel='alternate' and @hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == told[address]


def test_records_with_a_card_show_it(client: FlaskClient) -> None:
    for kind in ("products", "producers", "villages", "routes"):
        root = parsed(client, f"/sitemaps/{kind}.xml")
        for url in root.iter(f"{SM}url"):
            (picture,) = url.findall(f"{IMAGE}image/{IMAGE}loc")
            language = urlsplit(url.findtext(f"{SM}loc")).path.split("/")[1]
            assert str(picture.text).startswith(f"{SITE}/og/{language}/{kind}/")
    pictures = parsed(client, "/sitemaps/villages.xml").iter(f"{IMAGE}loc")
    for picture in list(pictures)[::20]:
        assert client.get(urlsplit(str(picture.text)).path).status_code == 200


def test_what_exists_in_one_language_is_told_in_one(changed: Flask) -> None:
    """field-s23."""
    with changed.app_context(), transaction():
        village = db.session.scalars(db.select(CraftVillage)).first()
        assert village is not None
        village.name, village.summary = Bilingual("Làng thử", None), Bilingual("Một làng nghề.", None)
        vietnamese, english = f"/vi/lang-nghe/{village.slug_vi}", f"/en/villages/{village.slug_en}"
    reader = changed.test_client()
    told = entries(reader)
    assert told[SITE + vietnamese] == {}
    assert SITE + english not in told
    page = document_fromstring(reader.get(vietnamese).data)
    assert page.xpath("//head/link[@rel='alternate' and @hreflang]") == []


def test_what_is_gone_is_not_told(changed: Flask) -> None:
    with changed.app_context(), transaction():
        with_scope = db.select(Certificate).options(db.selectinload(Certificate.scope))
        certificate = db.session.scalars(with_scope).first()
        assert certificate is not None
        code = certificate.code
        db.session.delete(certificate)
    assert not [address for address in entries(changed.test_client()) if address.endswith(f"/{code}")]


def test_the_number_of_statements_does_not_grow_with_the_records(client: FlaskClient, statements) -> None:
    for kind in ("products", "certificates", "routes"):
        client.get(f"/sitemaps/{kind}.xml")  # what is kept for each version is read
        with statements() as run:
            client.get(f"/sitemaps/{kind}.xml")
        assert len(run) <= 3, kind
