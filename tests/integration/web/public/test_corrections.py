"""Messages about records: anybody can send one, nothing typed is lost, and each gets a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.test import TestResponse

import config
from catalogue import create_app, version
from catalogue.attempts import Attempt
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.database import db, transaction
from catalogue.enquiries.models import CorrectionRequest
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from tests.documents import heading, links, main, words

FORMS = {Language.VI: "/vi/dinh-chinh", Language.EN: "/en/corrections"}
TYPED = {
    "kind": "own",
    "about": "Tổ dệt của tôi",
    "text": "Chúng tôi dệt từ năm 1998.\r\nKhông phải 2005.",
    "contact": "0912 345 678",
    "name": "K'Phương",
}
RECORDS = {
    "product": (Product, "/en/products"),
    "producer": (Producer, "/en/producers"),
    "village": (CraftVillage, "/en/villages"),
    "route": (TourRoute, "/en/routes"),
    "scheme": (CertificationScheme, "/en/schemes"),
}

Send = Callable[..., TestResponse]


@pytest.fixture
def reader(changed: Flask) -> FlaskClient:
    return changed.test_client()


@pytest.fixture
def send(reader: FlaskClient) -> Send:
    """Opens the form as a browser does and sends it with other values typed in."""

    def sending(language: Language = Language.EN, query: str = "", **typed: str) -> TestResponse:
        page = document_fromstring(reader.get(FORMS[language] + query).data)
        return reader.post(FORMS[language], data=hidden(page) | TYPED | typed)

    return sending


def hidden(page: HtmlElement) -> dict[str, str]:
    return {node.get("name"): node.get("value", "") for node in page.xpath("//main//input[@type='hidden']")}


def kept(app: Flask) -> list[CorrectionRequest]:
    with app.app_context():
        return list(db.session.scalars(select(CorrectionRequest).order_by(CorrectionRequest.id)))


def shown(response: TestResponse) -> dict[str, str]:
    """What stands in the fields of the form."""
    page = document_fromstring(response.data)
    values = {name: page.xpath(f"//*[@id='{name}']")[0] for name in ("text", "contact", "name")}
    fields = {
        name: (node.text or "") if node.tag == "textarea" else node.value for name, node in values.items()
    }
    return fields | {"kind": page.xpath("string(//input[@name='kind'][@checked]/@value)")}


@pytest.mark.parametrize("language", Language)
def test_a_message_is_kept_and_acknowledged_with_a_number(
    changed: Flask, reader: FlaskClient, send: Send, language: Language
) -> None:
    response = send(language)
    assert response.status_code == 303
    assert response.location.startswith(FORMS[language] + "/")
    [message] = kept(changed)
    assert (message.kind, message.about, message.contact) == ("own", "Tổ dệt của tôi", "0912 345 678")
    assert message.text == "Chúng tôi dệt từ năm 1998.\nKhông phải 2005."
    assert (message.name, message.language, message.state) == ("K'Phương", language.value, "new")
    for _ in range(2):  # the page can be opened again, by a browser that knows nothing of the form
        page = changed.test_client().get(response.location)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert "Set-Cookie" not in page.headers
        assert message.reference in words(main(document_fromstring(page.data)))
        assert message.contact not in page.text


def test_a_number_is_easy_to_say_and_of_the_local_year(changed: Flask) -> None:
    last_evening_in_utc = datetime(2026, 12, 31, 18, tzinfo=UTC)
    assert CorrectionRequest(id=7, received=last_evening_in_utc).reference == "DC-2027-0007"


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_page_leads_to_a_form_that_knows_the_record(loaded: Flask, read, kind: str) -> None:
    model, root = RECORDS[kind]
    with loaded.app_context():
        records = db.session.scalars(select(model).order_by(model.code).limit(3)).all()
    for record in records:
        page = read(f"{root}/{record.slug(Language.EN)}")
        [way] = [href for href in links(page) if href.startswith("/en/corrections?")]
        assert way == f"/en/corrections?record={kind}:{record.code}".replace(":", "%3A") or way.endswith(
            f"record={kind}:{record.code}"
        )
        form = read(way)
        assert record.name.text(Language.EN) in words(main(form))
        assert hidden(form)["record"] == f"{kind}:{record.code}"
        assert form.xpath("//*[@id='about']") == []


def test_a_certificate_page_leads_to_the_form_too(loaded: Flask, read) -> None:
    with loaded.app_context():
        code = db.session.scalar(select(Certificate.code).order_by(Certificate.code).limit(1))
    [way] = [href for href in links(read(f"/vi/giay-chung-nhan/{code}")) if "/dinh-chinh?" in href]
    assert hidden(read(way))["record"] == f"certificate:{code}"


def test_a_message_about_a_record_names_it_and_leads_back(
    changed: Flask, reader: FlaskClient, send: Send
) -> None:
    response = send(query="?record=village:bon-njrieng", about="")
    assert kept(changed)[0].record == "village:bon-njrieng"
    with changed.app_context():
        village = db.session.scalar(select(CraftVillage).where(CraftVillage.code == "bon-njrieng"))
    page = main(document_fromstring(reader.get(response.location).data))
    assert f"/en/villages/{village.slug_en}" in links(page)


@pytest.mark.parametrize(
    "record", ["product:none", "nothing", "user:1", ":", "product:", "product:a\0b", "x" * 5000]
)
def test_an_unknown_record_is_asked_for_in_words(reader: FlaskClient, record: str) -> None:
    response = reader.get(FORMS[Language.EN], query_string={"record": record})
    page = document_fromstring(response.data)
    assert response.status_code == 200
    assert hidden(page)["record"] == ""
    assert page.xpath("//*[@id='about']")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("kind", "", "Choose what you want"),
        ("kind", "delete-everything", "Choose what you want"),
        ("about", " ", "Say which product"),
        ("text", "", "Write what is wrong"),
        ("text", "a" * 4001, "under 4000 signs"),
        ("contact", "", "Give an e-mail address or a telephone"),
        ("contact", "12", "Check this"),
        ("contact", "lan@", "Check this"),
        ("contact", "call me", "Check this"),
        ("name", "n" * 201, "under 200 signs"),
    ],
)
def test_bad_input_is_told_next_to_its_field_and_all_is_kept(
    changed: Flask, send: Send, field: str, value: str, told: str
) -> None:
    response = send(**{field: value})
    assert response.status_code == 422
    assert kept(changed) == []
    page = document_fromstring(response.data)
    assert told in words(page.xpath(f"//*[@id='{field}-error']")[0])
    [target] = page.xpath("//*[@data-focus]//a/@href")
    assert page.xpath(f"//*[@id='{target[1:]}']")
    described = page.xpath(f"//*[contains(concat(' ', @aria-describedby, ' '), ' {field}-error ')]")
    assert len(described) == 1
    wanted = TYPED | {field: value}
    wanted["text"] = wanted["text"].replace("\r\n", "\n")
    still = shown(response)
    assert {name: still[name].replace("\r\n", "\n") for name in ("text", "contact", "name")} == {
        name: wanted[name] for name in ("text", "contact", "name")
    }
    assert still["kind"] == (value if value in {"own", "fact"} else "" if field == "kind" else "own")


def test_what_is_missing_is_told_in_vietnamese_on_the_vietnamese_page(send: Send) -> None:
    english = {words(node) for node in document_fromstring(send(text="").data).xpath("//*[@class='error']")}
    vietnamese = {
        words(node)
        for node in document_fromstring(send(Language.VI, text="").data).xpath("//*[@class='error']")
    }
    assert english
    assert english.isdisjoint(vietnamese)


@pytest.mark.parametrize("contact", ["lan@example.com", "0912345678", "+81 3 1234 5678", "(0263) 382-2342"])
def test_an_address_or_a_number_of_any_country_will_do(changed: Flask, send: Send, contact: str) -> None:
    assert send(contact=contact).status_code == 303
    assert kept(changed)[0].contact == contact


def test_a_form_without_its_token_is_not_kept_but_shown_again_with_all_that_was_typed(
    changed: Flask, reader: FlaskClient
) -> None:
    response = reader.post(FORMS[Language.EN], data=TYPED)
    assert response.status_code == 422
    assert "Please send it once more" in words(main(document_fromstring(response.data)))
    assert shown(response)["contact"] == TYPED["contact"]
    assert kept(changed) == []
    again = reader.post(FORMS[Language.EN], data=hidden(document_fromstring(response.data)) | TYPED)
    assert again.status_code == 303


def test_the_same_message_sent_twice_is_one_and_another_one_is_not_lost(
    changed: Flask, reader: FlaskClient
) -> None:
    form = hidden(document_fromstring(reader.get(FORMS[Language.EN]).data))
    first, second = (reader.post(FORMS[Language.EN], data=form | TYPED) for _ in range(2))
    assert first.location == second.location
    changed_words = reader.post(FORMS[Language.EN], data=form | TYPED | {"text": "Something else"})
    assert changed_words.location != first.location
    assert [message.text for message in kept(changed)][1] == "Something else"


def test_the_eleventh_message_of_a_minute_waits_and_keeps_its_text(changed: Flask, send: Send) -> None:
    answers = [send(text=f"Message {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert shown(answers[-1])["text"].strip() == "Message 10"
    assert len(kept(changed)) == 10


def test_only_kept_messages_count_towards_the_ten(reader: FlaskClient, send: Send) -> None:
    for number in range(15):
        assert send(text=f"Message {number}", contact="nowhere").status_code == 422
    form = hidden(document_fromstring(reader.get(FORMS[Language.EN]).data))
    for _ in range(15):  # the same message again and again is one
        assert reader.post(FORMS[Language.EN], data=form | TYPED).status_code == 303
    assert [send(text=f"Message {number}").status_code for number in range(10)] == [303] * 9 + [429]


def test_two_processes_count_together_and_another_sender_by_itself(changed: Flask, send: Send) -> None:
    for number in range(10):
        assert send(text=f"Message {number}").status_code == 303
    other = create_app(config.Testing(Path(changed.config["INSTANCE"]))).test_client()
    form = hidden(document_fromstring(other.get(FORMS[Language.EN]).data))
    assert other.post(FORMS[Language.EN], data=form | TYPED).status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert other.post(FORMS[Language.EN], data=form | TYPED, environ_base=elsewhere).status_code == 303


def test_after_the_minute_one_may_write_again_and_nobody_is_remembered(changed: Flask, send: Send) -> None:
    with time_machine.travel("2030-01-02 10:00:00+07:00", tick=False) as clock:
        for number in range(10):
            send(text=f"Message {number}")
        clock.shift(59)
        assert send(text="Too soon").status_code == 429
        clock.shift(1)
        assert send(text="A minute later").status_code == 303
    with changed.app_context():
        (note,) = db.session.scalars(select(Attempt)).all()  # those of before were swept
        assert "127.0.0.1" not in note.who


def test_a_database_that_fails_loses_nothing_that_was_typed(
    changed: Flask, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_message: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr("catalogue.web.public.corrections.receive", fail)
    response = send()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert shown(response)["contact"] == TYPED["contact"]
    assert "Your text is kept below" in words(main(document_fromstring(response.data)))


def test_what_a_robot_fills_in_is_kept_and_marked(changed: Flask, send: Send) -> None:
    assert send(homepage="http://spam.example").status_code == 303
    assert send(text="By a person").status_code == 303
    assert [message.suspect for message in kept(changed)] == [True, False]


def test_signs_that_no_keyboard_writes_are_left_out_and_letters_are_composed(
    changed: Flask, send: Send
) -> None:
    assert send(text="Đa\u0300 La\u0323t\x00\x1b[31m").status_code == 303
    assert kept(changed)[0].text == "Đà Lạt[31m"


@pytest.mark.parametrize("token", ["1", "x", "MQ.forged", "a" * 3000])
def test_nobody_reads_another_one_s_acknowledgement(reader: FlaskClient, send: Send, token: str) -> None:
    assert send().status_code == 303
    response = reader.get(f"/en/corrections/received/{token}")
    assert response.status_code == 404
    assert heading(document_fromstring(response.data)) == "No message has this address"


def test_only_the_form_sets_a_cookie_and_nobody_keeps_its_page(loaded: Flask) -> None:
    form = loaded.test_client().get(FORMS[Language.VI])
    assert form.headers["Cache-Control"] == "no-store"
    assert re.search(r"HttpOnly; Path=/; SameSite=Lax$", form.headers["Set-Cookie"])
    for path in ("/vi/", "/en/help", "/vi/nguon-du-lieu", "/en/brand"):
        assert "Set-Cookie" not in loaded.test_client().get(path).headers


def test_a_message_does_not_make_the_catalogue_a_newer_version(changed: Flask, send: Send) -> None:
    with changed.app_context():
        before = version.current()
    assert send().status_code == 303
    with changed.app_context():
        assert version.current() == before


def test_a_message_that_could_not_be_answered_is_refused_by_the_database(changed: Flask) -> None:
    empty = CorrectionRequest(
        kind="fact",
        text="",
        contact="x",
        about="y",
        language="vi",
        received=datetime.now(UTC),
        suspect=False,
        fingerprint="f",
    )
    with changed.app_context(), pytest.raises(IntegrityError, match="can_be_answered"), transaction():
        db.session.add(empty)
