"""Photographs of a draft: with plain forms, seen by nobody else until they are published with it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask import Flask
from PIL import Image

from catalogue.database import db, transaction
from catalogue.editorial import actions, revisions
from catalogue.jobs.worker import drain
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotAllowed
from catalogue.media.actions import RENDER
from catalogue.media.models import MediaAsset, Placement
from catalogue.media.queries import shown_for
from catalogue.media.rules import OFFICE, Consent, SubjectKind, Words
from catalogue.media.upkeep import make_renditions
from catalogue.producers.models import Producer
from tests.integration.media.conftest import photograph as scene
from tests.people import Browser, make_person, two_makers

PATH = "/studio/listings/khan-anh"
WORDS = {
    "alt_vi": "Khăn trên khung dệt",
    "alt_en": "Shawl on the loom",
    "credit": "Ka Lan",
    "licence": "by permission",
    "nobody": "on",
}


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    browser.get("/studio/listings/new")
    typed = {"name_vi": "Khăn ảnh", "category": "brocade", "summary_vi": "Có ảnh."}
    browser.send("name_vi", typed)
    return browser


def photograph(colour: str) -> tuple[BytesIO, str]:
    body = BytesIO()
    Image.effect_noise((700, 500), 60).convert("RGB").save(body, "JPEG")
    body.seek(0)
    return body, f"{colour}.jpg"


def add(browser: Browser, *colours: str) -> list[str]:
    browser.get(f"{PATH}/photographs")
    browser.send("file", {"file": [photograph(colour) for colour in colours]}, follow=True)
    return browser.page.xpath("//main//section[@id]/@id")


def test_several_are_added_ordered_and_taken_off(maker: Browser) -> None:
    first, second = add(maker, "red", "blue")
    maker.send(f"{second}/first", follow=True)
    assert maker.page.xpath("//main//section[@id]/@id") == [second, first]
    maker.send(f"{first}/off", follow=True)
    assert maker.page.xpath("//main//section[@id]/@id") == [second]
    assert maker.get(f"{PATH}/photographs/{second}/picture").mimetype == "image/jpeg"
    assert maker.get(f"{PATH}/photographs/{first}/picture").status_code == 404


@pytest.mark.parametrize("said", [WORDS, {"alt_en": "Shawl on the loom"}])
def test_what_it_shows_is_read_out_on_the_page_itself(maker: Browser, said: dict[str, str]) -> None:
    (code,) = add(maker, "red")
    answer = maker.send(f"{code}/words", said, follow=True)
    assert answer.status_code == 200
    assert maker.page.xpath("//img[@class='preview']/@alt") == ["Shawl on the loom"]


def test_they_move_by_one_place(maker: Browser) -> None:
    first, second, third = add(maker, "red", "blue", "green")
    maker.send(f"{first}/later", follow=True)
    assert maker.page.xpath("//main//section[@id]/@id") == [second, first, third]
    maker.send(f"{third}/earlier", follow=True)
    assert maker.page.xpath("//main//section[@id]/@id") == [second, third, first]


@pytest.mark.parametrize(
    ("said", "focus"), [("2-0", (5 / 6, 1 / 6)), ("0.25,0.75", (0.25, 0.75)), ("1,0", (1, 0))]
)
def test_what_matters_most_is_a_part_or_a_point(
    changed: Flask, maker: Browser, said: str, focus: tuple[float, float]
) -> None:
    (code,) = add(maker, "red")
    maker.send(f"{code}/focus", {"at": said}, follow=True)
    with changed.app_context():
        asset = db.session.scalars(db.select(MediaAsset)).one()
        assert (asset.focus, asset.focus_by) == (focus, "person")


def test_a_point_on_a_turned_picture_is_kept_as_one_of_the_upright(changed: Flask, maker: Browser) -> None:
    (code,) = add(maker, "red")
    maker.send(f"{code}/turn", follow=True)
    with changed.app_context(), transaction():
        make_renditions(changed.extensions["storage"], db.session.scalar(db.select(MediaAsset.id)))
    maker.send(f"{code}/focus", {"at": "0.8,0.3"}, follow=True)
    with changed.app_context():
        assert db.session.scalars(db.select(MediaAsset)).one().focus == pytest.approx((0.3, 0.2))


@pytest.mark.parametrize("said", ["", "3-3", "2,2", "0.5", "nan,nan"])
def test_what_is_no_part_of_it_is_refused(maker: Browser, said: str) -> None:
    (code,) = add(maker, "red")
    assert maker.send(f"{code}/focus", {"at": said}).status_code == 422


def test_advice_is_given_and_the_photograph_kept(maker: Browser) -> None:
    add(maker, "red")
    assert "This picture is small" in maker.words()


@pytest.mark.parametrize("away", ["the token ran out", "signed out"])
def test_a_form_that_cannot_be_taken_keeps_its_photographs(changed: Flask, maker: Browser, away: str) -> None:
    """field-case s19."""
    maker.get(f"{PATH}/photographs")
    form = maker.form("file")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    cookies = dict(maker.reader._cookies)
    if away == "signed out":
        maker.reader._cookies.clear()
    sent = hidden | {"csrf_token": "stale", "file": photograph("red")}
    answer = maker.post(f"{PATH}/photographs", sent)
    way = unquote(answer.location).partition("next=")[2] or answer.location
    maker.reader._cookies.update(cookies)
    assert "The photographs are kept" in maker.get(way).text
    maker.send("kept=", follow=True)
    assert len(maker.page.xpath("//main//section[@id]")) == 1


@pytest.mark.parametrize("away", ["the token ran out", "signed out"])
def test_words_that_cannot_be_taken_are_there_again(maker: Browser, away: str) -> None:
    (code,) = add(maker, "red")
    form = maker.form(f"{code}/words")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    cookies = dict(maker.reader._cookies)
    if away == "signed out":
        maker.reader._cookies.clear()
    answer = maker.post(f"{PATH}/photographs/{code}/words", hidden | WORDS | {"csrf_token": "stale"})
    way = unquote(answer.location).partition("next=")[2] or answer.location
    maker.reader._cookies.update(cookies)
    assert "press save once more" in maker.get(way).text
    form = maker.form(f"{code}/words")
    assert form.xpath(".//input[@name='alt_vi']/@value") == [WORDS["alt_vi"]]
    assert form.xpath(".//input[@name='nobody']/@checked")
    maker.send(f"{code}/words", WORDS, follow=True)
    assert "Still missing" not in maker.words()


def test_who_agreed_when_and_by_what_licence_outlasts_better_words(changed: Flask, maker: Browser) -> None:
    (code,) = add(maker, "red")
    agreed = Consent("Ka Lan", date(2026, 1, 5), "by letter")
    with changed.app_context(), transaction():
        asset = db.session.scalars(db.select(MediaAsset)).one()
        asset.words = Words(licence="CC BY-SA 4.0", consent=agreed)
    maker.get(f"{PATH}/photographs")
    form = maker.form(f"{code}/words")
    assert form.xpath(".//option[@selected]/@value") == ["CC BY-SA 4.0"]
    said = {"alt_en": "A loom", "licence": "CC BY-SA 4.0", "agreed": "Ka Lan"}
    maker.send(f"{code}/words", said)
    with changed.app_context():
        words = db.session.scalars(db.select(MediaAsset)).one().words
    assert (words.alt.en, words.licence, words.consent) == ("A loom", "CC BY-SA 4.0", agreed)


def test_what_is_no_photograph_is_refused_in_words(maker: Browser) -> None:
    maker.get(f"{PATH}/photographs")
    answer = maker.send("file", {"file": (BytesIO(b"<html>"), "a.jpg")})
    assert answer.status_code == 422
    assert "We cannot read pictures of this kind" in answer.text


def test_every_good_file_is_kept_and_each_other_is_named(maker: Browser) -> None:
    maker.get(f"{PATH}/photographs")
    files = [photograph("a"), (BytesIO(b"<html>"), "b.jpg"), photograph("c"), (BytesIO(b"GIF"), "d.jpg")]
    answer = maker.send("file", {"file": files})
    assert answer.status_code == 422
    error = maker.page.xpath("string(//*[@id='file-error'])")
    assert "“b.jpg” was not taken. We cannot read pictures of this kind" in error
    assert "“d.jpg” was not taken." in error
    assert "The others are here." in error
    assert len(maker.page.xpath("//main//section[@id]")) == 2


def test_a_listing_has_twelve_photographs_at_most_and_says_so(changed: Flask, maker: Browser) -> None:
    add(maker, *map(str, range(11)))
    assert "A listing has 12 photographs at most; it has 11 now" in maker.words()
    maker.send("file", {"file": [photograph("last"), photograph("one-more")]})
    assert maker.answer.status_code == 422
    assert "“one-more.jpg” was not taken. A listing has 12 at most." in maker.words()
    assert len(maker.page.xpath("//main//section[@id]")) == 12


def test_a_photograph_that_comes_after_the_listing_was_sent_is_named(changed: Flask, maker: Browser) -> None:
    (code,) = add(maker, "red")
    form = {"file": photograph("late"), "csrf_token": maker.form("file").fields["csrf_token"]}
    maker.send(f"{code}/words", WORDS)
    with changed.app_context(), transaction():
        draft = revisions.open_revision("product", "khan-anh")
        actions.submit(Actor(1, "Lan", speaks_for={draft.producer_code: "owner"}), draft)
    maker.post(f"{PATH}/photographs", form, follow=True)
    assert "so no photograph was added: late.jpg" in maker.words()


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"alt_vi": "ă" * 301}, "alt_vi", "at most 300 signs. Now it has 301."),
        ({"nobody": "on", "agreed": "Ka Lan, 2026"}, "agreed", "or have these people agreed?"),
    ],
)
def test_words_that_cannot_stay_so_are_told_beside_the_field_and_kept(
    changed: Flask, maker: Browser, said: dict[str, str], field: str, told: str
) -> None:
    (code,) = add(maker, "red")
    answer = maker.send(f"{code}/words", said | {"alt_en": "Loom"})
    assert answer.status_code == 422
    assert told in maker.page.xpath(f"string(//*[@id='{field}-{code}-error'])")
    form = maker.form(f"{code}/words")
    assert form.fields[field] == said[field]
    assert form.fields["alt_en"] == "Loom"
    assert bool(form.xpath(".//input[@name='nobody']/@checked")) == ("nobody" in said)
    with changed.app_context():
        assert db.session.scalars(db.select(MediaAsset)).one().words.alt.en is None


def test_a_photograph_is_public_with_its_listing_and_not_before_nor_after(
    changed: Flask, maker: Browser
) -> None:
    (code,) = add(maker, "red")
    refused = maker.get(f"{PATH}/check")
    assert "still lacks its words or rights" in refused.text
    maker.get(f"{PATH}/photographs")
    maker.send(f"{code}/words", WORDS)
    maker.get(f"{PATH}/check")
    maker.send("submit")
    with changed.app_context(), transaction():
        make_renditions(changed.extensions["storage"], db.session.scalar(db.select(MediaAsset.id)))
    with changed.app_context():
        assert db.session.scalar(db.select(Placement.id)) is None
        assert shown_for(SubjectKind.PRODUCT, ["khan-anh"]) == {}
    reviewer = Browser(changed)
    reviewer.sign_in(make_person(changed, "officer@example.test", roles=frozenset({"reviewer"})))
    reviewer.get("/staff/reviews/1")
    (src,) = reviewer.page.xpath("//main//figure//img/@src")
    assert reviewer.get(src).mimetype == "image/jpeg"
    reviewer.get("/staff/reviews/1")
    reviewer.send("moment")
    with changed.app_context():
        (picture,) = shown_for(SubjectKind.PRODUCT, ["khan-anh"])["khan-anh"]
        assert (picture.code, picture.credit) == (code, "Ka Lan")
    maker.get(PATH)
    maker.send("archive")
    with changed.app_context():
        assert shown_for(SubjectKind.PRODUCT, ["khan-anh"]) == {}
    maker.get(f"{PATH}/history/1")
    maker.send("restore")
    maker.get(f"{PATH}/check")
    maker.send("submit")
    reviewer.get("/staff/reviews/2")
    reviewer.send("moment")
    with changed.app_context():
        assert len(shown_for(SubjectKind.PRODUCT, ["khan-anh"])["khan-anh"]) == 1


@pytest.mark.parametrize("deed", ["words", "turn", "focus"])
def test_what_the_office_looks_at_stays_as_it_was_sent(changed: Flask, maker: Browser, deed: str) -> None:
    (code,) = add(maker, "red")
    maker.send(f"{code}/words", WORDS, follow=True)
    form = maker.form(f"{code}/{deed}")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    maker.get(f"{PATH}/check")
    maker.send("submit")
    said = hidden | WORDS | {"credit": "Somebody else", "at": "0-0"}
    assert maker.post(f"{PATH}/photographs/{code}/{deed}", said).status_code == 422
    with changed.app_context():
        asset = db.session.scalars(db.select(MediaAsset)).one()
        assert (asset.credit, asset.rotation, asset.focus_by) == ("Ka Lan", 0, "guess")


def test_nobody_sees_another_makers_photograph(changed: Flask, maker: Browser) -> None:
    (code,) = add(maker, "red")
    other = Browser(changed)
    other.sign_in(make_person(changed, "y@example.test", speaks_for=two_makers(changed)[1]))
    assert other.get(f"{PATH}/photographs/{code}/picture").status_code == 403
    assert changed.test_client().get(f"{PATH}/photographs/{code}/picture").status_code == 303


def test_a_photograph_that_is_sent_twice_is_there_once(changed: Flask, maker: Browser) -> None:
    body = photograph("red")[0].getvalue()
    for _ in range(2):
        maker.get(f"{PATH}/photographs")
        maker.send("file", {"file": (BytesIO(body), "red.jpg")}, follow=True)
    assert len(maker.page.xpath("//main//section[@id]")) == 1
    with changed.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(MediaAsset)) == 1


@pytest.fixture
def other(changed: Flask) -> Browser:
    """Another maker's, with a listing of its own."""
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "y@example.test", speaks_for=two_makers(changed)[1]))
    browser.get("/studio/listings/new")
    browser.send("name_vi", {"name_vi": "Gùi tre", "category": "brocade", "summary_vi": "Có ảnh."})
    return browser


def send_file(browser: Browser, path: str, body: bytes) -> str:
    browser.get(f"{path}/photographs")
    browser.send("file", {"file": (BytesIO(body), "image.jpg")}, follow=True)
    (code,) = browser.page.xpath("//main//section[@id]/@id")
    return str(code)


def test_the_same_file_of_another_maker_is_another_photograph(
    changed: Flask, maker: Browser, other: Browser
) -> None:
    body = photograph("red")[0].getvalue()
    mine = send_file(maker, PATH, body)
    maker.send(f"{mine}/words", WORDS)
    theirs = send_file(other, "/studio/listings/gui-tre", body)
    assert theirs != mine
    assert not other.page.xpath("//input[@name='alt_en'][@value!='']")
    other.send(f"{theirs}/words", WORDS | {"credit": "Somebody else"})
    with changed.app_context():
        credit = db.select(MediaAsset.credit).where(MediaAsset.code == mine)
        assert db.session.scalar(credit) == "Ka Lan"


def test_the_office_is_told_who_else_has_the_same_photograph(
    changed: Flask, maker: Browser, other: Browser
) -> None:
    body = scene()
    mine = send_file(maker, PATH, body)
    maker.send(f"{mine}/words", WORDS, follow=True)
    drain(changed, "test:1", [RENDER])
    maker.get(f"{PATH}/check")
    maker.send("submit")
    reviewer = Browser(changed)
    reviewer.sign_in(make_person(changed, "officer@example.test", roles=frozenset({"reviewer"})))
    assert "Possible copy" not in reviewer.get("/staff/reviews/1").text
    send_file(other, "/studio/listings/gui-tre", body)
    drain(changed, "test:1", [RENDER])
    reviewer.get("/staff/reviews/1")
    assert "Possible copy" in reviewer.words()
    with changed.app_context():
        (found,) = db.session.scalars(db.select(Producer).where(Producer.code == two_makers(changed)[1]))
        assert (found.name.en or found.name.vi) in reviewer.words()


@pytest.mark.parametrize("way", ["kept form", "draft"])
def test_another_makers_photograph_is_not_taken_onto_ones_page(
    changed: Flask, maker: Browser, other: Browser, way: str
) -> None:
    mine = send_file(maker, PATH, photograph("red")[0].getvalue())
    at = "/studio/listings/gui-tre"
    if way == "kept form":
        other.get(f"{at}/photographs")
        seal = other.form("file").xpath(".//input[@name='seal']/@value")[0]
        kept = other.post(f"{at}/photographs", {"csrf_token": "stale", "seal": seal, "photographs": mine})
        other.get(kept.location)
        assert other.send("kept=").status_code == 403
    else:
        actor = Actor(1, "Y", speaks_for={two_makers(changed)[1]: "owner"})
        with changed.app_context():
            draft = actions.open_draft(actor, "product", "gui-tre")
            with pytest.raises(NotAllowed):
                actions.save_draft(actor, draft, {"photographs": [mine]}, draft.version)
    assert other.get(f"{at}/photographs/{mine}/picture").status_code == 404
    assert not other.get(f"{at}/photographs").text.count(mine)


def test_what_the_office_put_on_a_page_is_described_and_moved_but_taken_nowhere_else(
    changed: Flask, maker: Browser, other: Browser
) -> None:
    mine = send_file(maker, PATH, photograph("red")[0].getvalue())
    with changed.app_context(), transaction():
        db.session.execute(db.update(MediaAsset).values(owner=OFFICE))
    maker.get(f"{PATH}/photographs")
    assert maker.send(f"{mine}/words", WORDS, follow=True).status_code == 200
    actor = Actor(1, "Y", speaks_for={two_makers(changed)[1]: "owner"})
    with changed.app_context(), pytest.raises(NotAllowed):
        actions.add_photograph(actor, "product", "gui-tre", mine)


def test_nobody_describes_what_is_not_theirs(changed: Flask, maker: Browser) -> None:
    mine = send_file(maker, PATH, photograph("red")[0].getvalue())
    with changed.app_context(), transaction():
        db.session.execute(db.update(MediaAsset).values(owner="somebody"))
    for deed in ("words", "turn", "focus"):
        maker.get(f"{PATH}/photographs")
        assert maker.send(f"{mine}/{deed}", {}).status_code == 403
