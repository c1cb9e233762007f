"""People with accounts, and signing them in through the forms as a browser without scripts does."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.accounts import actions
from catalogue.accounts.models import User
from catalogue.accounts.passwords import hashed
from catalogue.database import db, transaction
from catalogue.enquiries import actions as enquiries
from catalogue.enquiries.rules import Question
from catalogue.jobs.reactions import REACTIONS
from catalogue.jobs.worker import drain
from catalogue.producers.actions import join
from catalogue.producers.models import Producer
from catalogue.producers.rules import Voice
from catalogue.products.models import Product

PASSWORD = "một câu dễ nhớ"


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `secret`: the key for codes, in base32."""

    id: int
    email: str
    password: str = PASSWORD
    secret: str = ""
    language: str = "en"


def make_person(
    app: Flask,
    address: str = "lan@example.test",
    *,
    roles: frozenset[str] = frozenset(),
    speaks_for: str | None = None,
    codes: bool = False,
    language: str = "en",
) -> Person:
    """Somebody with an account, in the database."""
    with app.app_context(), transaction():
        user = actions.create_user(address, "Lan", language, hashed(PASSWORD))
        actions.grant(user, roles)
        secret = give_codes(app, user) if codes or roles else ""
        if speaks_for:
            producer = db.session.scalars(select(Producer).where(Producer.code == speaks_for)).one()
            join(user.id, producer.id, Voice.OWNER)
        return Person(user.id, address, PASSWORD, secret, language)


def give_codes(app: Flask, user: User) -> str:
    factory = app.extensions["security"].totp_factory
    user.tf_totp_secret, user.tf_primary_method = factory.generate_totp_secret(), "authenticator"
    return str(factory.get_totp_b32_key(user.tf_totp_secret))


def code_at(secret: str, at: float | None = None) -> str:
    """RFC 6238, written out once more: six digits, thirty seconds, SHA-1."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int((at or time.time()) // 30)), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class Browser:
    """A reader with cookies who fills in the forms that he sees."""

    app: Flask
    language: str = "en"
    reader: FlaskClient = field(init=False)
    answer: TestResponse = field(init=False)

    def __post_init__(self) -> None:
        self.reader = self.app.test_client()
        self.reader.environ_base["HTTP_ACCEPT_LANGUAGE"] = self.language

    def get(self, path: str, *, follow: bool = False, **more) -> TestResponse:
        self.answer = self.reader.get(path, follow_redirects=follow, buffered=True, **more)
        return self.answer

    def post(self, path: str, data: dict[str, object], *, follow: bool = False, **more) -> TestResponse:
        self.answer = self.reader.post(path, data=data, follow_redirects=follow, buffered=True, **more)
        return self.answer

    @property
    def page(self) -> HtmlElement:
        return document_fromstring(self.answer.data)

    def form(self, having: str) -> HtmlElement:
        """The form on the page that has a field of that name, or a part of that address."""
        found = self.page.xpath(f"//main//form[.//*[@name='{having}'] or contains(@action, '{having}')]")
        assert found, f"no form with {having}: {self.answer.status_code} {self.page.text_content()[:400]}"
        return found[0]

    def send(self, having: str, typed: dict[str, object] | None = None, **more) -> TestResponse:
        """Fill in and send a form of the page."""
        form = self.form(having)
        hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
        address = form.get("action") or self.answer.request.path
        return self.post(address, hidden | (typed or {}), **more)

    def sign_in(self, person: Person, way: str = "/account/in") -> TestResponse:
        """Through the door that asks for it, with the second step where one is asked for."""
        self.get(f"/account/sign-in?next={way}")
        self.send("password", {"email": person.email, "password": person.password})
        if self.answer.location and self.answer.location.startswith("/account/code"):
            self.get(self.answer.location)
            self.send("code", {"code": code_at(person.secret)})
        return self.answer

    def is_in(self) -> bool:
        return self.get("/account/").status_code == 200

    def words(self) -> str:
        return " ".join(self.page.xpath("string(//main)").split())


def ask_for(app: Flask, **changed: object) -> int:
    """An enquiry in the database, by its number: to the first maker unless told otherwise."""
    values: dict[str, object] = {
        "products": (),
        "producers": two_makers(app)[:1],
        "need": "Hai trăm chiếc cho Tết",
        "quantity": "200",
        "needed_by": None,
        "market": "DE",
        "email": "anna@example.test",
        "name": "Anna",
        "language": "en",
        "suspect": False,
        "draft": "a form",
    }
    with app.app_context(), transaction():
        return enquiries.ask(Question(**(values | changed))).id  # type: ignore[arg-type]


def letters(app: Flask) -> list[email.message.EmailMessage]:
    """The mail that was sent, the oldest first, once the worker has written what waits about accounts."""
    drain(app, "tests", [topic for topic in REACTIONS if topic.startswith(("account.", "application."))])
    folder = Path(app.instance_path) / "mail"
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


def link_in(letter: email.message.EmailMessage) -> str:
    """The path of the link in a letter; it must begin with the site's own name."""
    [link] = re.findall(r"http\S+", letter.get_content())
    assert link.startswith("http://catalogue.test/"), link
    return link.removeprefix("http://catalogue.test")


def product_of(app: Flask, producer: str) -> str:
    """The code of one of its products."""
    with app.app_context():
        return db.session.scalars(
            select(Product.code).join(Producer).where(Producer.code == producer).order_by(Product.code)
        ).first()


def two_makers(app: Flask) -> tuple[str, str]:
    """The codes of two producers with products."""
    with app.app_context():
        first, second, *_ = db.session.scalars(
            select(Producer.code)
            .join(Product, Product.producer_id == Producer.id)
            .distinct()
            .order_by(Producer.code)
        )
        return first, second
