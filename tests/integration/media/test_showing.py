"""Only what has its words and its rights is ever shown: the rule says so, and the database too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from catalogue import version
from catalogue.database import db, transaction
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.media import actions, queries
from catalogue.media.queries import Picture
from catalogue.media.rules import Consent, Missing, SubjectKind, Words, missing
from tests.integration.media.conftest import SHOWABLE, Darkroom, photograph


@pytest.fixture
def code(darkroom: Darkroom) -> str:
    """A photograph that was received, of which nothing is said yet."""
    return darkroom.upload(photograph()).asset.code


def shown(darkroom: Darkroom, on: str = "gom") -> list[Picture]:
    with darkroom.app.app_context():
        return queries.shown_for(SubjectKind.PRODUCT, [on]).get(on, [])


def current(darkroom: Darkroom) -> int:
    with darkroom.app.app_context():
        return version.current()


def test_a_whole_photograph_is_shown_with_all_that_a_page_needs(darkroom: Darkroom, code: str) -> None:
    darkroom.show(code)
    darkroom.work()

    (picture,) = shown(darkroom)

    assert (picture.width, picture.height, picture.code) == (640, 457, code)
    assert [(file.format, file.width) for file in picture.views_as("avif")] == [("avif", 320), ("avif", 640)]
    assert [(file.format, file.width) for file in picture.views_as("jpeg")] == [("jpeg", 320), ("jpeg", 640)]
    assert picture.card is not None
    assert (picture.alt, picture.caption) == (SHOWABLE.alt, SHOWABLE.caption)
    assert (picture.credit, picture.licence) == ("Nguyễn Văn A", "CC BY 4.0")
    assert picture.colour.startswith("#")
    assert picture.placeholder.startswith("data:image/webp;base64,")
    for file in (*picture.views, picture.card):
        assert len(darkroom.store.read(f"renditions/{file.path}")) == file.size


def test_nothing_is_shown_before_its_files_are_made(darkroom: Darkroom, code: str) -> None:
    darkroom.show(code)
    assert shown(darkroom) == []


def test_a_photograph_that_is_not_published_is_not_shown(darkroom: Darkroom, code: str) -> None:
    with darkroom.app.app_context(), transaction():
        actions.place("A", darkroom.asset(code), SubjectKind.PRODUCT, "gom")
        actions.describe("A", darkroom.asset(code), SHOWABLE)
    darkroom.work()
    assert shown(darkroom) == []


def test_what_lacks_something_cannot_be_published(darkroom: Darkroom, code: str) -> None:
    with darkroom.app.app_context():
        actions.describe("A", darkroom.asset(code), replace(SHOWABLE, licence=None))
        with pytest.raises(RuleBroken) as refusal:
            actions.publish("A", darkroom.asset(code))
    assert refusal.value.parameters["missing"] == [Missing.LICENCE]


def test_nobody_agrees_on_a_day_that_is_still_to_come(darkroom: Darkroom, code: str) -> None:
    ahead = replace(SHOWABLE, consent=Consent("K’Bang", today() + timedelta(days=1), "in writing"))
    with darkroom.app.app_context(), pytest.raises(RuleBroken, match="consent_ahead"):
        actions.describe("A", darkroom.asset(code), ahead)


def test_a_photograph_that_loses_a_right_leaves_the_pages(darkroom: Darkroom, code: str) -> None:
    darkroom.show(code)
    darkroom.work()
    before = current(darkroom)
    with darkroom.app.app_context(), transaction():
        actions.describe("A", darkroom.asset(code), replace(SHOWABLE, consent=None))
    assert shown(darkroom) == []
    assert current(darkroom) > before


def test_the_database_itself_refuses_to_show_what_lacks_something(darkroom: Darkroom, code: str) -> None:
    darkroom.show(code)
    for assignment in (
        "alt_vi = NULL",
        "alt_en = ''",
        "credit = NULL",
        "licence = ''",
        "consent_how = NULL",
        "consent_how = 'in writing'",
        "consent_how = 'in writing', consent_by = 'K’Bang'",
        "focus_x = 1.5",
        "rotation = 45",
    ):
        with darkroom.app.app_context(), pytest.raises(IntegrityError):
            db.session.execute(text(f"UPDATE media_asset SET {assignment}"))


def test_rule_and_database_agree(darkroom: Darkroom, code: str) -> None:
    for words in (
        SHOWABLE,
        Words(),
        replace(SHOWABLE, alt=Bilingual(None, None), decorative=True),
        replace(SHOWABLE, alt=Bilingual("", "a")),
        replace(SHOWABLE, credit=""),
        replace(SHOWABLE, consent=Consent("K’Bang", None, "in writing")),
        replace(SHOWABLE, consent=Consent("", None, "nobody")),
    ):
        with darkroom.app.app_context():
            asset = darkroom.asset(code)
            asset.words, asset.published_at = words, now()
            if missing(words):
                with pytest.raises(IntegrityError):
                    db.session.flush()
            else:
                db.session.flush()
            db.session.rollback()


def test_pages_are_made_anew_exactly_when_something_that_is_shown_changes(
    darkroom: Darkroom, code: str
) -> None:
    at_first = current(darkroom)
    darkroom.upload(photograph(1))
    with darkroom.app.app_context(), transaction():
        actions.place("A", darkroom.asset(code), SubjectKind.PRODUCT, "gom")
    darkroom.work()
    assert current(darkroom) == at_first, "what nobody sees makes no page anew"
    darkroom.show(code)
    published = current(darkroom)
    assert published > at_first
    with darkroom.app.app_context(), transaction():
        actions.turn("A", darkroom.asset(code), 90)
    before = current(darkroom)
    darkroom.work()
    assert current(darkroom) > before, "its renditions are to be seen"
    before = current(darkroom)
    with darkroom.app.app_context(), transaction():
        actions.place("A", darkroom.asset(code), SubjectKind.VILLAGE, "ka-don")
    assert current(darkroom) > before


def test_photographs_stand_in_the_order_in_which_they_were_placed(darkroom: Darkroom) -> None:
    codes = [darkroom.upload(photograph(seed)).asset.code for seed in (3, 1, 2)]
    for each in codes:
        darkroom.show(each)
        darkroom.show(each)
    darkroom.work()
    assert [picture.code for picture in shown(darkroom)] == codes


def test_a_decorative_photograph_has_no_alt_text(darkroom: Darkroom, code: str) -> None:
    darkroom.show(code)
    with darkroom.app.app_context(), transaction():
        actions.describe("A", darkroom.asset(code), replace(SHOWABLE, decorative=True))
    darkroom.work()
    assert shown(darkroom)[0].alt is None
