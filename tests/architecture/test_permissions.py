"""Every address × every kind of reader × own and other things, compared with the table beside this file."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import config
from catalogue import create_app
from catalogue.accounts import queries
from catalogue.accounts.models import Application, Invitation
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.editorial.actions import open_draft
from catalogue.editorial.claims import Claimed, claim
from catalogue.enquiries.models import CorrectionRequest
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.search.models import SearchMiss
from tests.architecture.permissions import PUBLIC, READERS, TABLE
from tests.people import Person, ask_for, make_person, product_of, two_makers

pytestmark = pytest.mark.slow
ADDRESS = count(1)
PRODUCT_OF = cache(product_of)  # the same one, even when a reader has taken it out of the catalogue


@pytest.fixture(scope="module")
def site(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("permissions") / "instance")
    app = create_app(config.Testing(folder))
    with app.app_context(), transaction():
        db.session.execute(delete(SearchMiss))  # what other tests looked for in vain
    with app.app_context(), transaction():
        db.session.add(
            Invitation(
                email="a@example.test",
                language="vi",
                roles=[],
                expires=now() + timedelta(days=1),
            )
        )
        words = {name: name for name in ("producer", "place", "craft", "person", "email")}
        db.session.add(
            Application(**words, draft="a-draft-of-it", language="vi", suspect=False, fingerprint="x")
        )
    for maker in two_makers(app):
        code = PRODUCT_OF(app, maker)
        with app.app_context(), transaction():
            member = Actor(0, "", speaks_for={maker: "owner"})
            open_draft(member, "product", code)
            said = Claimed("ocop", "4", None, None, None)
            claim(member, "product", code, maker, f"a-claim-of-{maker}"[:40], said, papers=1)
    with app.app_context(), transaction():
        open_draft(Actor(0, "", frozenset({"curator"})), "about", "about")
    ask_for(app, producers=two_makers(app))
    with app.app_context(), transaction():
        report = {
            "kind": "fact",
            "about": "x",
            "text": "x",
            "contact": "x",
            "language": "vi",
            "fingerprint": "x",
        }
        db.session.add(CorrectionRequest(**report, received=now(), suspect=False, draft="a-report-of-it"))
    with app.app_context(), transaction():
        db.session.get(Certificate, 1).papers = "a-certificate-of-it"
    for draft in (
        "a-draft-of-it",
        "a-certificate-of-it",
        "a-report-of-it",
        *(f"a-claim-of-{maker}"[:40] for maker in two_makers(app)),
    ):
        app.extensions["papers"].keep(draft, b"%PDF-1.7")
    return app


@pytest.fixture(scope="module")
def people(site: Flask) -> dict[str, Person | None]:
    """One of each kind of reader; `own` and `other` are the same member."""
    member = make_person(site, "member@example.test", speaks_for=two_makers(site)[0])
    staff = {
        role: make_person(site, f"{role}@example.test", roles=frozenset({role}))
        for role in ("reviewer", "curator", "registrar", "administrator")
    }
    return {"visitor": None, "own": member, "other": member, **staff, "nobody": make_person(site)}


def rules(site: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in site.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_address_has_a_row_and_every_row_an_address(site: Flask) -> None:
    endpoints = {f"{method} {rule.endpoint}" for rule, method in rules(site)}
    assert endpoints == set(TABLE) | {f"GET {name}" for name in PUBLIC}


@pytest.mark.parametrize("reader", READERS)
def test_the_table_tells_what_each_reader_gets(
    site: Flask, people: dict[str, Person | None], reader: str
) -> None:
    found, told = {}, {}
    for rule, method in rules(site):
        row = TABLE.get(f"{method} {rule.endpoint}")
        if row:
            key = f"{method} {rule.rule}"
            found[key] = verdict(ask(site, people[reader], rule, method, own=reader != "other"))
            told[key] = row.split()[READERS.index(reader)]
    assert found == told


def test_public_pages_are_the_same_for_everybody(site: Flask, people: dict[str, Person | None]) -> None:
    for rule, method in rules(site):
        if rule.endpoint in PUBLIC and method == "GET":
            (first, second) = (
                ask(site, people[reader], rule, method, own=True) for reader in ("visitor", "registrar")
            )
            assert first.status_code == second.status_code < 500, rule
            if not first.headers.get("Set-Cookie"):  # only pages with a form of their own give a token
                assert first.data == second.data, rule


def test_a_form_that_we_did_not_give_is_refused_behind_every_door(
    site: Flask, people: dict[str, Person | None]
) -> None:
    for rule, method in rules(site):
        if method == "POST" and rule.endpoint.startswith(("studio.", "staff.", "account.home.")):
            client = client_of(site, people["administrator"])
            assert client.post(address(site, rule, own=True)).status_code == 400, rule


@pytest.mark.parametrize("role", ["viewer", "translator"])
def test_whoever_only_reads_or_translates_in_the_office_writes_in_no_maker_s_name(
    site: Flask, role: str
) -> None:
    person = make_person(site, f"{role}@example.test", roles=frozenset({role}))
    for rule, method in rules(site):
        if rule.endpoint.startswith("studio."):
            assert verdict(ask(site, person, rule, method, own=True)) == "no", rule


def test_nobody_keeps_what_stands_behind_a_door(site: Flask, people: dict[str, Person | None]) -> None:
    for rule, method in rules(site):
        if rule.endpoint.partition(".")[0] in {"security", "account", "studio", "staff"}:
            for reader in ("visitor", "own", "registrar"):
                answer = ask(site, people[reader], rule, method, own=True)
                assert answer.headers["Cache-Control"] == "no-store", rule


def client_of(site: Flask, person: Person | None) -> FlaskClient:
    """A browser of somebody who has signed in a moment ago."""
    client = site.test_client()
    client.environ_base["REMOTE_ADDR"] = f"10.0.{next(ADDRESS) // 250}.{next(ADDRESS) % 250}"
    if person:
        with site.app_context():
            uniquifier = queries.user(person.id).fs_uniquifier
        with client.session_transaction() as session:
            session.update({"_user_id": uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()})
    return client


def ask(site: Flask, person: Person | None, rule: Rule, method: str, *, own: bool) -> TestResponse:
    client, path = client_of(site, person), address(site, rule, own=own)
    if method == "GET":
        return client.get(path, buffered=True)
    page = client.get("/en/join").text  # gives a token for this session
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    return client.open(path, method=method, data={"csrf_token": token}, buffered=True)


def address(site: Flask, rule: Rule, *, own: bool) -> str:
    first, second = two_makers(site)
    values = {
        "code": PRODUCT_OF(site, first if own else second),
        "application_id": 1,
        "invitation_id": 1,
        "revision_id": 1,
        "enquiry_id": 1,
        "report_id": 1,
        "certificate_id": 1,
        "claim_id": 1,
        "paper": 1,
        "part_id": 1 if own else 2,
        "user_id": 1,  # the member
        "feature_id": 1,
        "figure_id": 1,
        "number": 1,
        "term_id": 1,
        "language": "vi",
    }
    if "kind" in rule.arguments and rule.endpoint.startswith("staff."):
        values["code"] = "about"  # the first kind of the catalogue's own, and the page of that name
    wanted = {name: values.get(name) or _some(rule, name) for name in rule.arguments} | dict(
        rule.defaults or {}
    )
    built = rule.build(wanted)
    assert built, rule
    return built[1]


def _some(rule: Rule, name: str) -> str:
    """A value that the address takes: one of those it names, else a made-up one."""
    return min(getattr(rule._converters[name], "items", ["made-up"]))


def verdict(answer: TestResponse) -> str:
    if answer.status_code in {301, 302, 303}:
        return "in" if (answer.location or "").startswith("/account/sign-in") else "ok"
    return {403: "no", 404: "gone"}.get(answer.status_code, "ok" if answer.status_code < 500 else "broken")
