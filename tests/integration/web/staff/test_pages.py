"""Staff write the catalogue's own pages: no word is lost, nobody approves alone, readers see the rest."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from catalogue.database import transaction
from catalogue.editorial import actions, deciding, revisions
from catalogue.editorial.letters import tell_writers
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from tests.people import Browser, letters, link_in, make_person

CURATOR = Actor(5, "Tú", frozenset({"curator"}))
REVIEWER = Actor(3, "Hạnh", frozenset({"reviewer"}))


def signed_in(app: Flask, role: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(make_person(app, f"{role}@example.test", roles=frozenset({role})))
    return browser


@pytest.fixture
def curator(changed: Flask) -> Browser:
    return signed_in(changed, "curator")


def fill(browser: Browser, having: str, typed: dict[str, str], **more: bool) -> TestResponse:
    """Send a form of the page as a browser does: everything that stands in it, with what is typed."""
    form = browser.form(having)
    fields = MultiDict(
        (node.get("name"), node.get("value") or node.text_content())
        for node in form.xpath(".//input[not(@type) or @type != 'checkbox'] | .//textarea")
        if node.get("name")
    )
    for select in form.xpath(".//select"):
        fields[select.get("name")] = next(iter(select.xpath("./option[@selected]/@value")), "")
    for box in form.xpath(".//input[@type = 'checkbox' and @checked]"):
        fields.add(box.get("name"), box.get("value"))
    for name, text in typed.items():
        fields[name] = text
    return browser.post(form.get("action"), fields, **more)


def publish(app: Flask, kind: str, code: str) -> None:
    with app.app_context(), transaction():
        draft = revisions.open_revision(kind, code)
        assert draft is not None
        if draft.state == "draft":
            actions.submit(CURATOR, draft)
        deciding.approve(REVIEWER, draft, draft.version)
        deciding.publish(REVIEWER, draft)


def notice(app: Flask, first: str, last: str, **where: object) -> None:
    with app.app_context():
        with transaction():
            draft = actions.begin(CURATOR, "notice", "", {"title": {"vi": "Sạt lở đèo", "en": "Landslide"}})
            content = {"first_day": first, "last_day": last, "sources": ["https://example.org/deo"], **where}
            actions.save_draft(CURATOR, draft, content, draft.version)
        publish(app, "notice", draft.code)


def test_a_page_is_written_sent_and_then_read_by_everybody(changed: Flask, curator: Browser) -> None:
    curator.get("/staff/pages/about/new")
    curator.send("name_en", {"name_vi": "Cách làm việc", "name_en": "How we work"}, follow=True)
    fill(
        curator,
        "text_en",
        {
            "text_vi": "## Ai đọc\n\nMột người khác.",
            "text_en": "## Who reads\n\nSomebody **else**. <script>x</script>",
        },
        follow=True,
    )
    assert "as it will look" in curator.words()
    assert changed.test_client().get("/en/about/how-we-work").status_code == 404
    curator.send("submit", follow=True)
    reviewer = signed_in(changed, "reviewer")
    reviewer.get("/staff/reviews")
    [href] = reviewer.page.xpath("//main//a[contains(., 'How we work')]/@href")
    reviewer.get(href)
    assert "/staff/pages/about/cach-lam-viec" in reviewer.answer.text
    reviewer.send("approve", follow=True)
    page = changed.test_client().get("/en/about/how-we-work").text
    assert "<h2>Who reads</h2>" in page
    assert "<strong>else</strong>" in page
    assert "<script>x" not in page
    assert "how-we-work" in changed.test_client().get("/en/about").text
    assert "/vi/gioi-thieu/cach-lam-viec" in changed.test_client().get("/sitemaps/about.xml").text


def test_the_stops_of_a_route_are_moved_by_their_numbers(changed: Flask, curator: Browser) -> None:
    path = "/staff/pages/route/da-lat-lang-biang/edit"
    curator.get(path)
    form = curator.form("stops-rows")
    names = form.xpath(".//input[contains(@name, '-at')]/@value")
    assert len([name for name in names if name]) == 7
    fill(curator, "stops-rows", {"stops-1-number": "7", "stops-7-number": "1", "stops-3-at": ""}, follow=True)
    with changed.app_context():
        draft = revisions.open_revision("route", "da-lat-lang-biang")
        assert draft is not None
        stops = draft.content["stops"]
    assert "stop has words but no place" in curator.words()  # the third one kept its note
    assert [stop["at"] for stop in stops][:2] == ["village:bon-langbiang-ruou-can", "village:buon-bno-c"]
    assert stops[-1]["at"] == "sight:cho-da-lat"


def test_what_somebody_else_saved_is_not_overwritten(changed: Flask, curator: Browser) -> None:
    curator.get("/staff/pages/home/makers/edit")
    with changed.app_context(), transaction():
        draft = actions.open_draft(CURATOR, "home", "makers")
        actions.save_draft(CURATOR, draft, {"title": {"vi": "Của Tú", "en": "By Tú"}}, draft.version)
    answer = curator.send("title_en", {"title_vi": "Của tôi", "title_en": "Mine"})
    assert answer.status_code == 409
    assert "Somebody else saved meanwhile" in curator.words()
    assert not curator.page.xpath("//main//input[@checked]")
    curator.send("take_title.en", {"take_title.vi": "theirs", "take_title.en": "mine"}, follow=True)
    with changed.app_context():
        draft = revisions.open_revision("home", "makers")
        assert draft is not None
        assert draft.content["title"] == {"vi": "Của Tú", "en": "Mine"}


def test_words_of_the_front_page_come_back_when_staff_take_theirs_out(changed: Flask) -> None:
    with changed.app_context(), transaction():
        draft = actions.open_draft(CURATOR, "home", "makers")
        title = {"vi": "Người làm ở đây", "en": "The people who make it"}
        actions.save_draft(CURATOR, draft, {"title": title}, draft.version)
    publish(changed, "home", "makers")
    assert "The people who make it" in changed.test_client().get("/en/").text
    with changed.app_context(), transaction():
        actions.archive(CURATOR, "home", "makers")
    assert "Every maker has a selvedge" in changed.test_client().get("/en/").text
    with changed.app_context(), transaction():
        draft = actions.open_draft(CURATOR, "home", "makers")
        actions.save_draft(CURATOR, draft, {"title": title}, draft.version)
    publish(changed, "home", "makers")
    assert "The people who make it" in changed.test_client().get("/en/").text


def test_a_notice_stands_on_its_pages_from_its_first_day_to_its_last(changed: Flask) -> None:
    notice(changed, "2026-12-10", "2026-12-12", routes=["da-lat-lang-biang"], villages=["buon-bno-c"])
    client = changed.test_client()
    route = "/en/routes/da-lat-lang-biang-weaving-coffee-and-gongs"
    # Midnight in Đà Lạt is 17:00 of the day before by UTC.
    for moment, shown in (
        ("2026-12-09T16:59:59Z", False),
        ("2026-12-09T17:00:00Z", True),
        ("2026-12-12T16:59:59Z", True),
        ("2026-12-12T17:00:00Z", False),
    ):
        with time_machine.travel(moment, tick=False):
            assert ("Landslide" in client.get(route).text) == shown, moment
            assert "Landslide" not in client.get("/en/").text


def test_a_notice_for_everywhere_is_on_the_front_page_too(changed: Flask) -> None:
    notice(changed, "2026-12-10", "2026-12-12", everywhere="on")
    with time_machine.travel("2026-12-11T05:00:00Z", tick=False):
        for path in ("/en/", "/en/routes/da-lat-lang-biang-weaving-coffee-and-gongs"):
            assert "Landslide" in changed.test_client().get(path).text
        assert "example.org" in changed.test_client().get("/en/").text


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"first_day": "2026-12-12", "last_day": "2026-12-10", "everywhere": "on"}, "last_day"),
        ({"first_day": "2026-12-32", "last_day": "2026-12-10", "everywhere": "on"}, "first_day"),
        ({"first_day": "2026-12-10", "last_day": "2026-12-12"}, "everywhere"),
        ({"first_day": "2026-12-10", "last_day": "2026-12-12", "routes": ["nowhere"]}, "routes"),
    ],
)
def test_a_notice_that_nobody_could_understand_is_not_sent(
    changed: Flask, content: dict[str, object], fault: str
) -> None:
    with changed.app_context():
        with transaction():
            draft = actions.begin(CURATOR, "notice", "", {"title": {"vi": "Sạt lở", "en": "Landslide"}})
            actions.save_draft(CURATOR, draft, content, draft.version)
        with pytest.raises(RuleBroken) as broken, transaction():
            actions.submit(CURATOR, draft)
        assert fault in broken.value.parameters["faults"]  # type: ignore[operator]


def test_the_list_is_found_by_its_address(curator: Browser) -> None:
    curator.get("/staff/pages?kind=village&q=thai+phien&sort=changed&state=published")
    assert "1 entry" in curator.words()
    assert "Thái Phiên" in curator.words()
    for odd in ("?kind=nothing", "?kind=village&page=1e3", "?sort=no&state=no", "?q=%00"):
        assert curator.get(f"/staff/pages{odd}").status_code == 200
    assert curator.get("/staff/pages?page=99999").status_code == 404


@pytest.mark.parametrize("role", ["viewer", "registrar", "reviewer"])
def test_whoever_only_reads_is_refused_in_words(changed: Flask, role: str) -> None:
    browser = signed_in(changed, role)
    assert browser.get("/staff/pages/village/lang-hoa-thai-phien").status_code == 200
    assert "page_editor" not in browser.answer.text
    assert "/edit" not in browser.answer.text
    for path in ("/staff/pages/village/lang-hoa-thai-phien/edit", "/staff/pages/notice/new"):
        assert browser.get(path).status_code == 403


def test_what_was_typed_is_kept_when_the_form_was_open_for_too_long(changed: Flask, curator: Browser) -> None:
    path = "/staff/pages/home/makers/edit"
    curator.get(path)
    answer = curator.send(
        "title_en", {"title_vi": "Của tôi", "title_en": "Mine", "csrf_token": "of long ago"}
    )
    assert answer.status_code == 303
    curator.get(answer.location)
    assert curator.page.xpath("//input[@name='title_en']/@value") == ["Mine"]
    assert "This was not saved yet" in curator.words()


def test_whoever_wrote_a_page_is_told_what_became_of_it(changed: Flask) -> None:
    author = make_person(changed, "tu@example.test", roles=frozenset({"curator"}))
    curator = Actor(author.id, "Tú", frozenset({"curator"}))
    with changed.app_context():
        with transaction():
            draft = actions.open_draft(curator, "village", "lang-hoa-thai-phien")
            actions.save_draft(curator, draft, {"visit_notes": {"vi": "Hỏi trước.", "en": "Ask."}}, 1)
            actions.submit(curator, draft)
        with transaction():
            deciding.send_back(REVIEWER, draft, draft.version, ["words"], None)
        tell_writers(draft.id)
    [letter] = letters(changed)
    assert link_in(letter) == "/staff/pages/village/lang-hoa-thai-phien"
