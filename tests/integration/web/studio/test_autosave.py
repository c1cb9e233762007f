"""What is typed is saved while it is typed: once, in order, and never over another's words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalogue.database import db, transaction
from catalogue.editorial import actions, revisions
from catalogue.editorial.models import Revision
from catalogue.kernel.actor import Actor
from tests.people import Browser, make_person, product_of, two_makers

PATH = "/studio/listings/khan-tu-luu"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    browser.get("/studio/listings/new")
    browser.send("name_vi", {"name_vi": "Khăn tự lưu", "category": "brocade"})
    return browser


def seen(maker: Browser, step: str = "story", *more: str) -> dict[str, str]:
    """What the form of a step holds beside what is typed."""
    maker.get(f"{PATH}/{step}")
    form = maker.form("version")
    names = ("version", "draft", "csrf_token", *more)
    return {name: form.xpath(f".//input[@name='{name}']/@value")[0] for name in names}


def save(
    maker: Browser,
    hidden: dict[str, str],
    key: str = "a-sending-of-the-phone",
    step: str = "story",
    **typed: str,
) -> TestResponse:
    headers = {**SCRIPT, "Idempotency-Key": key}
    return maker.post(f"{PATH}/{step}/autosave", hidden | typed, headers=headers)


def content(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return revisions.open_revision("product", "khan-tu-luu").content


def another_writes(app: Flask, **fields: object) -> None:
    with app.app_context(), transaction():
        draft = revisions.open_revision("product", "khan-tu-luu")
        other = Actor(99, "Minh", speaks_for={draft.producer_code: "editor"})
        actions.save_draft(other, draft, fields, draft.version)


def test_each_saving_tells_the_version_on_which_the_next_one_builds(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker)
    for number in range(3):
        answer = save(maker, hidden, f"a-sending-of-the-phone-{number}", name_vi=f"Khăn {number}")
        assert answer.status_code == 200
        hidden |= {name: str(value) for name, value in answer.json.items()}
    assert content(changed)["name"]["vi"] == "Khăn 2"


def test_a_sending_whose_answer_was_lost_is_answered_again_and_done_once(
    changed: Flask, maker: Browser
) -> None:
    hidden = seen(maker)
    first = save(maker, hidden, name_vi="Khăn một")
    another_writes(changed, name={"vi": "Khăn của Minh", "en": None})
    assert save(maker, hidden, name_vi="Khăn một").json == first.json
    assert content(changed)["name"]["vi"] == "Khăn của Minh"


def test_another_text_under_the_same_key_is_refused(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker)
    save(maker, hidden, name_vi="Khăn một")
    assert save(maker, hidden, name_vi="Khăn hai").status_code == 409
    assert content(changed)["name"]["vi"] == "Khăn một"


def test_nobody_is_overwritten(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker)
    another_writes(changed, summary={"vi": "Minh viết.", "en": None})
    refused = save(maker, hidden, name_vi="Khăn tự lưu", summary_vi="Lan viết.")
    assert (refused.status_code, refused.json["error"]) == (409, "revision.changed_meanwhile")
    assert content(changed)["summary"]["vi"] == "Minh viết."
    both = maker.post(f"{PATH}/story", hidden | {"name_vi": "Khăn tự lưu", "summary_vi": "Lan viết."})
    assert both.status_code == 409
    assert "Minh viết." in both.text
    assert "Lan viết." in both.text


def test_what_is_typed_on_merges_with_what_somebody_else_wrote_and_clashes_only_in_the_same(
    changed: Flask, maker: Browser
) -> None:
    hidden = seen(maker, "facts", "seen")
    another_writes(changed, material={"vi": "Minh viết.", "en": None})
    answer = save(maker, hidden, "a-sending-of-the-phone-1", step="facts", packaging_vi="hộp")
    hidden |= {name: str(value) for name, value in answer.json.items()}
    answer = save(maker, hidden, "a-sending-of-the-phone-2", step="facts", packaging_vi="hộp giấy")
    assert content(changed)["material"]["vi"] == "Minh viết."
    assert content(changed)["packaging"]["vi"] == "hộp giấy"
    hidden |= {name: str(value) for name, value in answer.json.items()}
    typed = {"packaging_vi": "hộp giấy", "material_vi": "Lan viết."}
    assert save(maker, hidden, "a-sending-of-the-phone-3", step="facts", **typed).status_code == 409
    assert content(changed)["material"]["vi"] == "Minh viết."


def test_other_fields_stand_in_nobodys_way(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker, "facts")
    another_writes(changed, summary={"vi": "Minh viết.", "en": None}, photographs=["a" * 16])
    assert save(maker, hidden, step="facts", material_vi="bông").status_code == 200
    assert content(changed)["material"]["vi"] == "bông"
    assert content(changed)["photographs"] == ["a" * 16]


def test_what_was_typed_upon_a_draft_that_was_set_aside_makes_both_versions_show(
    changed: Flask, maker: Browser
) -> None:
    hidden = seen(maker)
    for number in range(4):
        another_writes(changed, summary={"vi": f"Bản {number}.", "en": None})
    hidden = seen(maker)
    with changed.app_context(), transaction():
        draft = revisions.open_revision("product", "khan-tu-luu")
        other = Actor(99, "Minh", speaks_for={draft.producer_code: "editor"})
        actions.restore(other, draft)
    another_writes(changed, name={"vi": "Khăn mới", "en": None})
    assert save(maker, hidden, name_vi="Khăn cũ").status_code == 409
    assert content(changed)["name"]["vi"] == "Khăn mới"


def test_a_listing_at_the_office_is_not_written_on(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker)
    with changed.app_context(), transaction():
        revisions.open_revision("product", "khan-tu-luu").state = "submitted"
    refused = save(maker, hidden, name_vi="Khăn muộn")
    assert (refused.status_code, refused.json["error"]) == (409, "revision.not_in_this_state")


def test_a_script_is_told_that_it_is_signed_out_and_nothing_is_saved(changed: Flask, maker: Browser) -> None:
    hidden = seen(maker)
    maker.reader._cookies.clear()
    assert save(maker, hidden, name_vi="Khăn lạ").status_code == 401
    assert content(changed)["name"]["vi"] == "Khăn tự lưu"


def test_the_first_saving_begins_a_draft_of_what_is_public_and_its_repetition_no_second(
    changed: Flask, maker: Browser
) -> None:
    code = product_of(changed, two_makers(changed)[0])
    path = f"/studio/listings/{code}/facts"
    maker.get(path)
    form = maker.form("version")
    hidden = {name: form.xpath(f".//input[@name='{name}']/@value")[0] for name in ("version", "csrf_token")}
    headers = {**SCRIPT, "Idempotency-Key": "a-first-sending-of-it"}
    answers = [
        maker.post(f"{path}/autosave", hidden | {"draft": "", "packaging_vi": "hộp"}, headers=headers).json
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    with changed.app_context():
        counted = select(func.count()).select_from(Revision).where(Revision.code == code)
        assert db.session.scalar(counted) == 2  # what was public, and the draft
