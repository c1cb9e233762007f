"""Case field-s02 for every list that has pages: no item twice, no page after the last, no link to one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from catalogue.web.api.kinds import KINDS

PAGES = [
    *(
        "/vi/san-pham",
        "/en/products?q=tea",
        "/vi/san-pham?q=trà&evidence=none",
        "/en/products?category=flowers",
    ),
    *("/vi/nha-san-xuat", "/en/producers?kind=company", "/en/exporters", "/vi/xuat-khau?market=JP"),
    *("/vi/tim?q=cà phê&of=product", "/en/search?q=coffee&of=producer"),
    *("/vi/chung-nhan/ocop-moi-xa-mot-san-pham", "/en/sources"),
]
FEEDS = ["/api/v1/products", "/api/v1/producers", "/api/v1/products?category=coffee", "/api/v1/search?q=trà"]


def pages_linked(document: HtmlElement) -> set[int]:
    """The numbers of pages of this list that anything on the page leads to."""
    links = document.xpath("//main//nav[@class='pages']//a/@href | //head/link[@rel='next']/@href")
    return {int(parse_qs(urlsplit(link).query).get("page", ["1"])[0]) for link in links}


def at(address: str, number: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}page={number}"


@pytest.mark.parametrize("address", PAGES)
def test_a_list_of_pages_ends(client: FlaskClient, address: str) -> None:
    number, seen, signatures = 1, set(), []
    while True:
        response = client.get(at(address, number))
        assert response.status_code == 200, (address, number)
        document = document_fromstring(response.data)
        seen |= pages_linked(document)
        signatures.append(tuple(document.xpath("//main//a[not(ancestor::nav)]/@href")))
        if not document.xpath("//main//nav[@class='pages']/a[@rel='next']"):
            break
        number += 1
    assert max(seen, default=1) <= number
    assert len(set(signatures)) == number, "two pages list the same"
    language = address.split("/")[1]
    for beyond in (number + 1, 99, 99_999):
        answer = client.get(at(address, beyond))
        assert answer.status_code == 404
        lost = document_fromstring(answer.data)
        assert lost.get("lang") == language
        assert [href for href in lost.xpath("//main//a/@href") if href.startswith(f"/{language}/")]


@pytest.mark.parametrize("address", FEEDS)
def test_the_api_lists_nothing_after_its_last_page(client: FlaskClient, address: str) -> None:
    first = client.get(at(address, 1)).json
    total, size = first["total"], first["page_size"]
    last = -(-total // size)
    codes = []
    for number in range(1, last + 1):
        codes += [
            (str(one.get("kind")), one["code"]) for one in client.get(at(address, number)).json["items"]
        ]
    assert len(codes) == len(set(codes)) == total
    for beyond in (last + 1, 99, 2**63 - 1, 10**20 - 1):
        answer = client.get(at(address, beyond))
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), beyond


# What is no page number of the API, and no page size.
NO_NUMBER = ("0", "-1", "", "abc", "1e3", "1.5", "²", "9" * 5000)


@pytest.mark.parametrize("kind", [*KINDS, "search"])
def test_every_list_of_the_api_refuses_an_absurd_page_in_the_same_way(client: FlaskClient, kind: str) -> None:
    """field-s29: whatever the number, it never reaches the database, and no page is longer than told."""
    asked = {"q": "trà"} if kind == "search" else {}
    for name, refused in (
        ("page", NO_NUMBER),
        ("page_size", (*NO_NUMBER, "101", str(2**63 - 1), "9" * 20)),
    ):
        for value in refused:
            answer = client.get(f"/api/v1/{kind}", query_string=asked | {name: value})
            assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), (name, value)
            assert [wrong["parameter"] for wrong in answer.json["errors"]] == [name]
    for value in (str(2**63 - 1), "9" * 20, "9" * 4000):
        answer = client.get(f"/api/v1/{kind}", query_string=asked | {"page": value})
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), value
    full = client.get(f"/api/v1/{kind}", query_string=asked | {"page": "１", "page_size": "100"}).json
    assert full["page"] == 1
    assert len(full["items"]) == min(full["total"], 100)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("number", ["9" * 20, str(2**63 - 1), "-1", "0", "abc", "１", "1e3", "", "9" * 5000])
def test_an_absurd_page_of_a_list_is_the_first_or_none(
    client: FlaskClient, address: str, number: str
) -> None:
    """field-s29: the answer is a page in the reader's language, and never a longer list than any other."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}page={number}&page_size={number}")
    assert answer.status_code in {200, 404}
    page = document_fromstring(answer.data)
    assert page.get("lang") == address.split("/")[1]
    if answer.status_code == 200:
        first = document_fromstring(client.get(address).data)
        links = "//main//a[not(ancestor::nav) and not(contains(@href, '?'))]/@href"
        assert page.xpath(links) == first.xpath(links)


def test_a_list_of_the_api_that_found_nothing_has_an_empty_first_page_and_no_other(
    client: FlaskClient,
) -> None:
    nothing = client.get("/api/v1/search?q=zzzzqqqq").json
    assert (nothing["items"], nothing["total"]) == ([], 0)
    assert client.get("/api/v1/search?q=zzzzqqqq&page=2").status_code == 404
