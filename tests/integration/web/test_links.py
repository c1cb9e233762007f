"""Every link of the site, followed from the front door in both languages."""

from __future__ import annotations

import gzip
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import pytest
from flask import Flask

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.database import db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute

LISTS = {
    Product: {"vi": "/vi/san-pham/", "en": "/en/products/"},
    Producer: {"vi": "/vi/nha-san-xuat/", "en": "/en/producers/"},
    CraftVillage: {"vi": "/vi/lang-nghe/", "en": "/en/villages/"},
    TourRoute: {"vi": "/vi/tuyen/", "en": "/en/routes/"},
    Place: {"vi": "/vi/dia-danh/", "en": "/en/places/"},
    PointOfInterest: {"vi": "/vi/diem-tham-quan/", "en": "/en/sights/"},
    IndustrialZone: {"vi": "/vi/khu-cum-cong-nghiep/", "en": "/en/industrial-zones/"},
    FlowerVariety: {"vi": "/vi/hoa/", "en": "/en/flowers/"},
    CertificationScheme: {"vi": "/vi/chung-nhan/", "en": "/en/schemes/"},
}
LOADED = "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href"
QUERY_SAMPLE = 7  # every n-th address with facets is followed; they multiply without end
HTML_LIMIT = 15 * 1024


@dataclass
class Page:
    """What the walk keeps of a page."""

    status: int
    links: set[str] = field(default_factory=set)
    onward: set[str] = field(default_factory=set)
    alternates: dict[str, str] = field(default_factory=dict)
    language: str = ""
    weight: int = 0
    cookie: bool = False
    kept: bool = True
    faults: list[str] = field(default_factory=list)


def is_followed(address: str, number: int) -> bool:
    names = {name for name, _ in parse_qsl(urlsplit(address).query)}
    return not names or names == {"page"} or number % QUERY_SAMPLE == 0


@pytest.fixture(scope="module")
def walk(loaded: Flask) -> dict[str, Page]:
    """Every page by its address."""
    client, pages, found_on = loaded.test_client(), {}, {"/vi/": "", "/en/": ""}
    waiting = deque(found_on)
    while waiting:
        address = waiting.popleft()
        page = pages[address] = read_page(client.get(address), address)
        for link in sorted(page.links):
            if link not in found_on:
                found_on[link] = address
                if is_followed(link, len(found_on)):
                    waiting.append(link)
    return pages


def read_page(response, address: str) -> Page:
    page = Page(response.status_code, cookie="Set-Cookie" in response.headers)
    page.kept = response.headers["Cache-Control"] != "no-store"
    if response.mimetype != "text/html" or not response.data:
        return page
    document = lxml.html.document_fromstring(response.data)
    page.weight = len(gzip.compress(response.data, 6))
    page.language = document.get("lang")
    page.links = set(local_links(document, address))
    page.onward = set(local_links(document.xpath("//main")[0], address)) - {address}
    page.alternates = {
        node.get("hreflang"): urlsplit(node.get("href")).path
        for node in document.xpath("//head/link[@rel='alternate' and @hreflang]")
    }
    page.faults = [f"loads {src}" for src in document.xpath(LOADED) if not src.startswith("/")]
    page.faults += ["style attribute"] if document.xpath("//*[@style]") else []
    page.faults += ["inline script"] if document.xpath("//script[not(@src) and not(@type)]") else []
    page.faults += [f"{len(document.xpath('//h1'))} h1"] if len(document.xpath("//h1")) != 1 else []
    ids = Counter(document.xpath("//@id"))
    page.faults += [f"escaped mark in {words}" for words in document.xpath("//@*[contains(., '<span')]")]
    page.faults += ["escaped mark"] if b"&lt;span" in response.data else []
    page.faults += unmarked(document) if page.language == "en" else []
    page.faults += [f"id {name} twice" for name, times in ids.items() if times > 1]
    return page


def unmarked(document) -> list[str]:
    """What English text quotes in Vietnamese without saying so. A name in capitals is a name everywhere."""
    english = document.xpath("//main//text()[ancestor::*[@lang][1]/@lang='en']")
    quoted = [phrase for text in english for phrase in re.findall("“([^“”]*)”", text)]
    return [
        f"Vietnamese as English: {phrase}"
        for phrase in quoted
        if any(word.islower() and not word.isascii() for word in phrase.split())
    ]


def local_links(node, address: str):
    for href in node.xpath(".//a/@href"):
        where = urlsplit(urljoin("http://catalogue.test" + address, href))
        is_account = where.path.startswith(
            "/account/"
        )  # not public: its language is the reader's, not the address's
        if where.netloc == "catalogue.test" and where.scheme == "http" and not is_account:
            yield where.path + (f"?{where.query}" if where.query else "")


def test_no_link_is_broken(walk: dict[str, Page]) -> None:
    assert {address: page.status for address, page in walk.items() if page.status != 200} == {}


def test_no_page_sets_a_cookie_but_those_with_a_form_that_is_sent(walk: dict[str, Page]) -> None:
    """Such a page is never kept, and nothing else is withheld from caches."""
    assert [address for address, page in walk.items() if page.cookie and page.kept] == []
    never_kept = {address.split("?")[0] for address, page in walk.items() if not page.kept}
    assert never_kept == {
        *("/vi/dinh-chinh", "/en/corrections", "/vi/tham-gia", "/en/join", "/vi/hoi-mua", "/en/enquire"),
    }


def test_no_page_is_malformed_or_loads_from_elsewhere(walk: dict[str, Page]) -> None:
    assert {address: page.faults for address, page in walk.items() if page.faults} == {}


def test_no_page_is_a_dead_end(walk: dict[str, Page]) -> None:
    assert [address for address, page in walk.items() if page.language and not page.onward] == []


def test_every_page_is_in_the_language_of_its_address(walk: dict[str, Page]) -> None:
    assert [a for a, page in walk.items() if page.language and page.language != a.split("/")[1]] == []


def test_every_page_is_light(walk: dict[str, Page]) -> None:
    assert {address: page.weight for address, page in walk.items() if page.weight > HTML_LIMIT} == {}


def test_no_record_is_an_orphan(loaded: Flask, walk: dict[str, Page]) -> None:
    with loaded.app_context():
        expected = {
            roots[language.value] + record.slug(language)
            for model, roots in LISTS.items()
            for record in db.session.scalars(db.select(model))
            for language in Language
        }
        codes = db.session.scalars(db.select(Certificate.code)).all()
    expected |= {f"/vi/giay-chung-nhan/{code}" for code in codes} | {
        f"/en/certificates/{code}" for code in codes
    }
    assert expected - walk.keys() == set()


def test_hreflang_holds_both_ways(walk: dict[str, Page]) -> None:
    told = {a: p.alternates for a, p in walk.items() if p.alternates and "?" not in a}
    assert len(told) > 1000
    for address, alternates in told.items():
        assert alternates.keys() == {"vi", "en", "x-default"}, address
        assert alternates[address.split("/")[1]] == address
        for other in alternates.values():
            assert told[other] == alternates, (address, other)


def test_numbers_of_pages_lead_to_real_pages(walk: dict[str, Page]) -> None:
    assert any(re.search(r"\?page=\d+$", address) for address in walk)
