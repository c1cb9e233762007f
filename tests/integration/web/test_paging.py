"""Case field-s02 for every list that has pages: no item twice, no page after the last, no link to one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

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
    for beyond in (last + 1, 99):
        answer = client.get(at(address, beyond))
        assert answer.status_code == 404 or (answer.json["items"], answer.json["total"]) == ([], total)
        links = re.findall(r"page=(\d+)", str(answer.headers) + answer.get_data(as_text=True))
        assert not [link for link in links if int(link) > max(last, beyond)]
