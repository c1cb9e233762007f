"""Every form of the office pressed twice at the same instant: done once or twice, or refused in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from catalogue import audit
from catalogue.database import db
from catalogue.kernel.clock import today
from tests.office import furnish
from tests.people import Browser, make_person
from tests.postgres import new_database

WRITES = ("INSERT", "UPDATE", "DELETE")
# Of each kind of page so many are opened.
MOST_PAGES = 6
# What stands in a field that is empty; any other text is a word that nothing of the data has.
WORD = "Zirkonia"
TYPED = {
    "email": "zirkonia@example.test",
    "value": "8,3",
    "year": "2023",
    "url": "https://example.test/zirkonia",
    "source_url": "https://example.test/zirkonia",
    "published": "15/01/2024",
    "roles": "viewer",
    "reasons": "words",
    "evidence": "register",
    "phrases": f"{WORD}\nZirkon",
    "words": "trà",
    "until": str(today() + timedelta(days=30)),
    "criterion": "certificates",
    "over": "1",
    **dict.fromkeys(("issued", "expires", "valid_from", "day", "moment", "ends", "draft"), ""),
}
# What no page offers before something else was done, or takes a file or a page chosen from what was found.
LATER = {
    "staff.certificate_sheets.upload",
    "staff.certificate_sheets.apply",
    "staff.sheets.upload",
    "staff.sheets.apply",
    "staff.page_history.restore",
    "staff.pages.archive",
    "staff.pages.set_aside",
    "staff.pages.submit",
    "staff.person.let_in",
    "staff.reports.reopen",
    "staff.reviews.let_go",
    "staff.reviews.undo",
    "staff.search.pins",
    "staff.new_certificate.enter",
    "staff.translations.save",
}
EVERYTHING = frozenset({"administrator", "registrar", "reviewer", "curator", "translator"})


@dataclass(frozen=True)
class Press:
    """A button: where it sends what."""

    endpoint: str
    path: str
    typed: tuple[tuple[str, str], ...]


@pytest.fixture
def office(changed: Flask) -> Browser:
    changed.config["PROPAGATE_EXCEPTIONS"] = False  # what breaks is answered as readers see it
    furnish(changed)
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "all@example.test", roles=EVERYTHING))
    return browser


@pytest.fixture
def bring_back(changed: Flask, office: Browser, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Puts the database back as it was when the test began."""
    with changed.app_context():
        address = db.engine.url
        db.engine.dispose()
    if address.drivername == "sqlite":
        file = str(address.database)
        _copy(file, f"{file}-before")

        def copy() -> None:
            _copy(f"{file}-before", file)
    else:
        server = request.getfixturevalue("postgres_url")
        new_database(server, "furnished", template=str(address.database))

        def copy() -> None:
            with changed.app_context():
                db.engine.dispose()
            new_database(server, str(address.database), template="furnished")

    return copy


def _copy(file: str, to: str) -> None:
    with closing(sqlite3.connect(file)) as read, closing(sqlite3.connect(to)) as written:
        read.backup(written)


def test_a_double_press_never_breaks(changed: Flask, office: Browser, bring_back: Callable[[], None]) -> None:
    adapter = changed.url_map.bind("")
    presses = found(office, adapter)
    broken, taken = [], set()
    for press in presses:
        bring_back()
        answers = pressed_twice(office, press)
        if max(answers) >= 500:
            broken.append((press, answers))
        if 303 in answers:
            taken.add(press.endpoint)
    with changed.app_context():
        assert audit.verify() is None
    assert broken == []
    written = {
        rule.endpoint
        for rule in changed.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or ())
    }
    assert sorted(written - taken - LATER) == []


def pressed_twice(browser: Browser, press: Press) -> list[int]:
    """The other half of a double press comes in just before the first half writes anything."""
    answers: list[int] = []
    began: list[str] = []

    def send() -> None:
        answer = browser.reader.post(press.path, data=MultiDict(press.typed), buffered=True)
        answers.append(answer.status_code)

    def meanwhile(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not began and statement.startswith(WRITES):
            began.append(statement)
            in_a_thread(send)

    event.listen(Engine, "before_cursor_execute", meanwhile)
    try:
        in_a_thread(send)
    finally:
        event.remove(Engine, "before_cursor_execute", meanwhile)
    if not began:
        in_a_thread(send)
    return answers


def in_a_thread(send: Callable[[], None]) -> None:
    """A thread of its own keeps nothing in memory of the database as it was before."""
    thread = Thread(target=send)
    thread.start()
    thread.join()


def found(browser: Browser, adapter: MapAdapter) -> list[Press]:
    """Every button on the pages of the office, as somebody would press it."""
    waiting, seen, presses = ["/staff/"], {"/staff/"}, {}
    opened: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        if browser.get(path).status_code != 200 or browser.answer.mimetype != "text/html":
            continue
        page = browser.page
        for form in page.xpath("//main//form[@method='post']"):
            for press in buttons(form, path, adapter):
                presses.setdefault((press.endpoint, press.path, press.typed[-1]), press)
        for href in page.xpath("//a/@href"):
            endpoint = endpoint_at(adapter, href, "GET")
            if endpoint.startswith("staff.") and href not in seen and opened.get(endpoint, 0) < MOST_PAGES:
                seen.add(href)
                waiting.append(href)
                opened[endpoint] = opened.get(endpoint, 0) + 1
    return list(presses.values())


def endpoint_at(adapter: MapAdapter, href: str, method: str) -> str:
    try:
        return str(adapter.match(urlsplit(href).path, method)[0])
    except HTTPException:
        return ""


def buttons(form: HtmlElement, path: str, adapter: MapAdapter) -> list[Press]:
    """A press for each button of a form whose fields are filled in."""
    action = form.get("action") or path
    endpoint = endpoint_at(adapter, action, "POST")
    typed = [(node.get("name"), filled(node)) for node in form.xpath(".//*[@name][not(self::button)]")]
    told = [(name, text) for name, text in typed if text is not None]
    named = form.xpath(".//button[@name]") or [None]
    return [
        Press(
            endpoint,
            action,
            (*told, ("", "") if node is None else (node.get("name"), node.get("value", ""))),
        )
        for node in named
    ]


def filled(node: HtmlElement) -> str | None:
    """What somebody types or chooses there; what stands there already stays."""
    if node.tag == "select":
        chosen = node.xpath("./option[@selected]/@value") or node.xpath("./option/@value")
        return next((text for text in (*chosen, *node.xpath("./option/@value")) if text), "")
    name, kind = node.get("name"), node.get("type", "text")
    if node.tag == "textarea":
        return node.text or TYPED.get(name, WORD)
    if kind in {"checkbox", "radio"} and node.get("checked") is None:
        return node.get("value", "on") if TYPED.get(name) == node.get("value") else None
    if kind == "file":
        return None
    return node.get("value") or TYPED.get(name, str(today() + timedelta(days=30)) if kind == "date" else WORD)
