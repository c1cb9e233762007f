"""The Nu HTML checker on every page type in both languages, error pages and refused forms among them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from catalogue.database import transaction
from catalogue.editorial import actions, deciding
from tests import featured
from tests.office import CURATOR, REVIEWER

ROOT = Path(__file__).parents[3]
CHECKER = ROOT / "instance" / "web-tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PATIENCE_S = 300
# So many pages of one view, language and set of query names: the kind decides the markup, hardly the record.
MOST_OF_A_KIND = 4
LISTS = {"vi": ("san-pham", "tuyen"), "en": ("products", "routes")}
CORRECTIONS = {"vi": "/vi/dinh-chinh", "en": "/en/corrections"}
ENQUIRIES = {"vi": "/vi/hoi-mua", "en": "/en/enquire"}
MAKER = "nhom-det-bno-c"
# What readers send: the forms, and what they type there.
FORMS = {
    (*CORRECTIONS.values(),): {
        "kind": "own",
        "about": "Tổ dệt",
        "text": "Chúng tôi dệt từ năm 1998.",
        "contact": "0912 345 678",
    },
    ("/vi/tham-gia", "/en/join"): {
        "producer": "Tổ dệt",
        "place": "B'Nơr C",
        "craft": "Dệt",
        "person": "Lan",
        "email": "lan@example.com",
    },
    tuple(f"{form}?producers={MAKER}" for form in ENQUIRIES.values()): {
        "producers": MAKER,
        "need": "Hai trăm chiếc cho Tết",
        "email": "anna@example.com",
        "language": "en",
    },
}
MOST_MESSAGES = 11  # more than one reader may send within a minute
# Only whoever sent something has these addresses; read with the forms.
PRIVATE = {"public.corrections.received", "public.join.received", "public.enquiries.received"}


@pytest.fixture(scope="module")
def judge() -> Path:
    if shutil.which("java") is None:
        pytest.skip("the Nu HTML checker needs Java: apt-get install default-jre-headless")
    if not CHECKER.is_file():
        pytest.skip("the Nu HTML checker is not here: make check-html fetches it")
    return CHECKER


def test_no_page_type_has_an_error_of_markup(changed: Flask, judge: Path, tmp_path: Path) -> None:
    compose(changed)
    pages = pages_of_every_type(changed)
    assert views_without(changed, pages) == set()
    assert errors(judge, pages, tmp_path) == []


def test_no_error_page_and_no_refused_form_has_an_error_of_markup(
    changed: Flask, judge: Path, tmp_path: Path
) -> None:
    reader = changed.test_client()
    answers = [*error_pages(reader), *answered_forms(reader)]
    pages = {f"{answer.status_code} {answer.request.path}": answer.data for answer in answers}
    assert {answer.status_code for answer in answers} >= {200, 400, 404, 405, 413, 422, 429}
    assert errors(judge, pages, tmp_path) == []


def test_the_checker_finds_what_is_wrong(judge: Path, tmp_path: Path) -> None:
    page = b'<!doctype html><html lang="vi"><title>x</title><p id="a"><img src="x"><p id="a">'
    found = errors(judge, {"/x": page}, tmp_path)
    assert len(found) == 2
    assert "/x: Duplicate ID" in "\n".join(found)


def errors(judge: Path, pages: dict[str, bytes], folder: Path) -> list[str]:
    """What the checker has against the pages, each with the address; it reads them all in one go."""
    files = {f"{number}.html": address for number, address in enumerate(pages)}
    for name, address in files.items():
        (folder / name).write_bytes(pages[address])
    said = subprocess.run(
        ["java", "-Xss2m", "-jar", judge, "--errors-only", "--exit-zero-always", "--format", "json", *files],
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return [
        f"{files[message['url'].rpartition('/')[2]]}: {message['message']} {message.get('extract', '')}"
        for message in json.loads(said.stderr)["messages"]
    ]


def compose(app: Flask) -> None:
    """What staff add to the data: a collection, and a page of their own."""
    featured.confirm_everything(app)
    collection = featured.begin(app)
    featured.give(app, collection, featured.fit(app)[0])
    words = {"vi": "Vì sao có danh mục này", "en": "Why there is this catalogue"}
    with app.app_context(), transaction():
        draft = actions.begin(CURATOR, "about", "", {"name": words, "text": words})
        actions.submit(CURATOR, draft)
        deciding.approve(REVIEWER, draft, draft.version)
        deciding.publish(REVIEWER, draft)


def pages_of_every_type(app: Flask) -> dict[str, bytes]:
    """Followed from both front doors: a few addresses of every view, language and set of query names."""
    client, pages, taken = app.test_client(), {}, Counter[object]()
    waiting = deque(["/vi/", "/en/"])
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        pages[address] = answer.data
        for link in links(document_fromstring(answer.data), address):
            kind = kind_of(app, link)
            if link not in seen and kind is not None and taken[kind] < MOST_OF_A_KIND:
                seen.add(link)
                taken[kind] += 1
                waiting.append(link)
    return pages


def links(document: HtmlElement, address: str) -> Iterable[str]:
    for href in document.xpath("//a/@href"):
        link = urljoin(address, href).partition("#")[0]
        if link.startswith(("/vi/", "/en/")):
            yield link


def kind_of(app: Flask, address: str) -> tuple[str, str, frozenset[str]] | None:
    """View, language and names of the query; None where no page answers."""
    parts = urlsplit(address)
    try:
        view, _ = app.url_map.bind("").match(parts.path)
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None
    return view, parts.path[1:3], frozenset(name for name, _ in parse_qsl(parts.query))


def views_without(app: Flask, pages: Iterable[str]) -> set[tuple[str, str]]:
    """Views with an address in a language, which is no file's, of which no page was read."""
    read = {kind[:2] for address in pages if (kind := kind_of(app, address))}
    return {
        (rule.endpoint, rule.rule[1:3])
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/vi/", "/en/")) and "." not in rule.rule and rule.endpoint not in PRIVATE
    } - read


def error_pages(reader: FlaskClient) -> Iterable[TestResponse]:
    for language, (products, routes) in LISTS.items():
        yield reader.get(f"/{language}/khong-co")
        yield reader.get(f"/{language}/{products}/khong-co")
        yield reader.post(f"/{language}/{products}")
        [route, *_] = document_fromstring(reader.get(f"/{language}/{routes}").data).xpath(
            "//main//h3/a/@href"
        )
        yield reader.get(f"{route}.ics?date=x")
        yield reader.post(ENQUIRIES[language], data={"need": "x" * 3_000_000})


def answered_forms(reader: FlaskClient) -> Iterable[TestResponse]:
    """Refused for what is missing, received, and refused for being too many."""
    for addresses, typed in FORMS.items():
        for form in addresses:
            yield reader.get(form)
            yield reader.post(form, data={})
        answers = [
            reader.post(form, data=typed | hidden_fields(document_fromstring(reader.get(form).data)))
            for form in addresses * MOST_MESSAGES
        ]
        received = [reader.get(one.headers["Location"]) for one in answers if one.status_code == 303]
        assert {one.status_code for one in received} == {200}
        yield from received[:2]
        yield from answers[-2:]


def hidden_fields(document: HtmlElement) -> dict[str, str]:
    fields = document.xpath("//form[@method='post']//input[@type='hidden']")
    return {field.get("name"): field.get("value") or "" for field in fields}
