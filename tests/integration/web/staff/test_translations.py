"""The translation desk and the glossary, as a translator uses them."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.database import db, transaction
from catalogue.editorial import deciding, revisions
from catalogue.editorial.letters import tell_writers
from catalogue.editorial.models import Revision
from catalogue.kernel.actor import Actor
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage
from catalogue.records import by_code
from tests.people import Browser, letters, link_in, make_person, product_of, two_makers

VILLAGE = "lang-hoa-thai-phien"
REVIEWER = Actor(3, "Hạnh", frozenset({"reviewer"}))
PATH = f"/staff/translations/village/{VILLAGE}"


def signed_in(app: Flask, role: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(make_person(app, f"{role}@example.test", roles=frozenset({role})))
    return browser


@pytest.fixture
def site(changed: Flask) -> Flask:
    """The real data with a village that lacks an English story."""
    with changed.app_context(), transaction():
        village = by_code(CraftVillage, VILLAGE)
        assert village is not None
        village.story = Bilingual("Làng dệt thổ cẩm, có rượu cần.", None)
        db.session.flush()
    return changed


def test_the_desk_leads_to_what_is_missing_and_back(site: Flask) -> None:
    translator = signed_in(site, "translator")
    translator.get("/staff/translations?kind=village")
    assert "Làng hoa Thái Phiên" in translator.words() or "Thái Phiên flower village" in translator.words()
    assert "1 text without English" in translator.words()
    [href] = translator.page.xpath("//main//tbody//a/@href")
    translator.get(href)
    terms = translator.page.xpath("//main//mark/text()")
    assert {"thổ cẩm", "rượu cần"} <= set(terms)
    assert "jar wine" in translator.words()
    translator.send(
        "text:text", {"text:text": "A village that weaves brocade and drinks jar wine."}, follow=True
    )
    assert "Somebody else reads it" in translator.answer.text
    with site.app_context():
        draft = revisions.open_revision("village", VILLAGE)
        assert draft is not None
        assert draft.state == "submitted"
    translator.get(PATH)
    assert "with the reviewers" in translator.words()
    assert not translator.page.xpath("//main//textarea")


def test_what_was_typed_survives_whatever_is_wrong_with_it(site: Flask) -> None:
    translator = signed_in(site, "translator")
    translator.get(PATH)
    long = "brocade " * 4000
    answer = translator.send("text:text", {"text:text": long})
    assert answer.status_code == 422
    assert translator.page.xpath("//textarea[@name='text:text']")[0].text.strip() == long.strip()


def test_whatever_is_wrong_is_said_in_its_own_words(site: Flask) -> None:
    with site.app_context(), transaction():
        village = by_code(CraftVillage, VILLAGE)
        assert village is not None
        village.visit_activities = [{"vi": "Xem dệt", "en": None}, {"vi": "Uống rượu cần", "en": None}]
    translator = signed_in(site, "translator")
    translator.get(PATH)
    assert translator.send("text:activities", {"text:activities": "See them weave"}).status_code == 422
    assert "What visitors can see and do: Both languages need as many lines" in translator.words()


def test_a_proposal_that_came_back_says_why_and_goes_again(changed: Flask) -> None:
    translator = signed_in(changed, "translator")
    path = f"/staff/translations/product/{product_of(changed, two_makers(changed)[0])}"
    translator.get(f"{path}?to=en")
    translator.send("text:name", {"text:name": "Wofen shawl"})
    with changed.app_context():
        with transaction():
            [draft] = db.session.scalars(select(Revision).where(Revision.state == "submitted"))
            deciding.send_back(REVIEWER, draft, draft.version, [], "Một chữ viết sai.")
        tell_writers(draft.id)
        number = draft.id
    [letter] = letters(changed)
    assert link_in(letter) == path
    translator.get(f"{path}?to=en")
    assert "Một chữ viết sai." in translator.words()
    assert "Somebody is writing on it" not in translator.words()
    colleague = Browser(changed)
    colleague.sign_in(make_person(changed, "colleague@example.test", roles=frozenset({"translator"})))
    colleague.get(f"{path}?to=en")
    colleague.send("text:name", {"text:name": "Woven shawl"}, follow=True)
    assert "Somebody else reads it" in colleague.answer.text
    translator.get(f"/staff/reviews/{number}")
    assert "translated" in translator.words()  # what happened with this listing


@pytest.mark.parametrize("role", ["viewer", "reviewer", "curator", "registrar"])
def test_the_others_of_the_office_read_and_do_not_write(site: Flask, role: str) -> None:
    browser = signed_in(site, role)
    assert browser.get(PATH).status_code == 200
    assert not browser.page.xpath("//main//*[@name='text:text']")
    token = browser.page.xpath("//input[@name='csrf_token']/@value")[0]
    assert browser.post(PATH, {"csrf_token": token, "text:text": "x", "to": "en"}).status_code == 403
    assert browser.post("/staff/glossary", {"csrf_token": token, "vi": "x", "en": "y"}).status_code == 403


def test_a_term_is_added_changed_and_taken_out(changed: Flask) -> None:
    translator = signed_in(changed, "translator")
    translator.get("/staff/glossary?q=ruou")
    assert "jar wine" in translator.words()
    translator.get("/staff/glossary")
    translator.send("note", {"vi": "nhẫn srí", "en": "srí ring", "note": "cast with beeswax"}, follow=True)
    translator.get("/staff/glossary?q=nhan+sri")
    assert "srí ring" in translator.words()
    [href] = translator.page.xpath("//main//table//tbody//a/@href")
    translator.get(href)
    translator.send("note", {"vi": "nhẫn srí", "en": "srí silver ring", "note": ""}, follow=True)
    translator.get(href)
    assert translator.page.xpath("//input[@name='en']/@value") == ["srí silver ring"]
    translator.send("remove", follow=True)
    assert translator.get(href).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"vi": "", "en": "x"}, "vi"),
        ({"vi": "x", "en": " "}, "en"),
        ({"vi": "rượu cần", "en": "x"}, "vi"),
        ({"vi": "x" * 200, "en": "x"}, "vi"),
        ({"vi": "x", "en": "y", "note": "z" * 500}, "note"),
    ],
)
def test_a_term_that_is_not_one_is_asked_for_again(changed: Flask, typed: dict[str, str], field: str) -> None:
    translator = signed_in(changed, "translator")
    translator.get("/staff/glossary")
    assert translator.send("note", typed).status_code == 422
    assert translator.page.xpath(f"//input[@name='{field}']/@aria-invalid") == ["true"]
    for name, text in typed.items():
        assert (
            translator.page.xpath(f"//main//form[@method='post']//input[@name='{name}']/@value")[0].strip()
            == text.strip()
        )


@pytest.mark.parametrize(
    "query", ["?kind=nothing", "?lacking=no", "?page=abc", "?page=-1", "?page=１", "?kind=%00"]
)
def test_odd_addresses_of_the_desk_are_read_as_far_as_they_go(changed: Flask, query: str) -> None:
    assert signed_in(changed, "viewer").get(f"/staff/translations{query}").status_code == 200


@pytest.mark.parametrize("path", ["/vi/ban-dich", "/en/translations"])
def test_everybody_reads_how_much_is_translated(client, path: str) -> None:
    page = document_fromstring(client.get(path).data)
    rows = page.xpath("//main//tbody/tr")
    assert len(rows) >= 10
    for row in rows:
        assert "%" in row.xpath("string(td[3])")
