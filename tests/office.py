"""An office with something to do in every room, over the real data: for tests that walk all its pages."""

from __future__ import annotations

import io
from datetime import date, timedelta

import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import select

from catalogue.accounts import actions as accounts
from catalogue.accounts.models import Application
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.editorial import actions, claims, deciding, glossary
from catalogue.enquiries.models import CorrectionRequest
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.language import Bilingual
from catalogue.resolution.actions import note
from catalogue.resolution.rules import Figure, Nature, Period, Scope
from catalogue.search import curating
from catalogue.search.models import SearchMiss
from catalogue.showcase.rules import CollectionKind
from tests import featured
from tests.people import ask_for, make_person, product_of, two_makers

PAPER, REPORT, FORM = "a-paper-of-a-maker", "a-report-of-it", "an-application"
CURATOR = Actor(900, "Tú", frozenset({"curator"}))
REVIEWER = Actor(901, "Hạnh", frozenset({"reviewer"}))
ADMINISTRATOR = Actor(902, "Minh", frozenset({"administrator"}))
SHAWL = {
    "name": {"vi": "Khăn choàng thổ cẩm", "en": "Brocade shawl"},
    "category": "brocade",
    "summary": {"vi": "Dệt tay bảy ngày trên khung lưng.", "en": "Seven days on a backstrap loom."},
}
NOTICE = {"title": {"vi": "Sạt lở đèo Mimosa", "en": "Landslide on Mimosa Pass"}}


def furnish(app: Flask) -> None:
    """Something in every room of the office: waiting, decided, ending soon, past."""
    maker, other = two_makers(app)
    owner = Actor(903, "K'Lan", speaks_for={maker: "owner", other: "owner"})
    code = product_of(app, maker)
    with app.app_context(), transaction():
        _certificates()
    with app.app_context(), transaction():
        _files(owner, maker, code)
        said = claims.Claimed("ocop", "4", "12/QĐ-UBND", "2025-03", None)
        claims.claim(owner, "product", code, maker, PAPER, said, papers=1)
    with app.app_context(), transaction():
        _pages()
    with app.app_context(), transaction():
        _search(code)
        _people(maker)
        _figures()
        glossary.put_term(
            ADMINISTRATOR, None, "khung lưng", "backstrap loom", "Đeo vào lưng, ngồi bệt để dệt"
        )
    ask_for(app, producers=(maker, other))
    ask_for(app, need="Gửi báo giá giúp", market=None, draft="another form")
    with app.app_context(), transaction():
        _reports(code)
    for name in (PAPER, REPORT, FORM):
        app.extensions["papers"].keep(name, _picture())
    _collections(app)
    make_person(app, "klan@example.test", speaks_for=maker, language="vi")
    make_person(app, "xem@example.test", roles=frozenset({"viewer"}), language="vi")


def _certificates() -> None:
    """Of the claims of the data two thirds are confirmed; some end soon, one has ended, one is suspended."""
    day = today()
    ends = {4: day + timedelta(days=20), 7: day + timedelta(days=80), 10: day - timedelta(days=3)}
    for number, one in enumerate(db.session.scalars(select(Certificate).order_by(Certificate.id))):
        if number % 3:
            one.evidence, one.number, one.confirmed_on = "register", f"LĐ-{one.id:04d}", date(2020, 1, 1)
            one.expires = ends[number].isoformat() if number in ends else None
            one.suspended_on = day if number == 13 else None


def _files(owner: Actor, maker: str, code: str) -> None:
    """In review: a new listing, a change, one with a colleague, one sent back, one that is planned."""
    actions.submit(owner, actions.begin(owner, "product", maker, SHAWL))
    draft = actions.open_draft(owner, "product", code)
    told = {"vi": "Hái tay lúc sáng sớm, phơi ba nắng.", "en": None}
    actions.save_draft(owner, draft, {"description": told, "unit": "bag"}, draft.version)
    actions.submit(owner, draft)
    for number, name in enumerate(("Gùi mây", "Trà hoa cúc", "Rượu cần"), start=1):
        named = SHAWL | {"name": {"vi": name, "en": f"Basketwork {number}"}}
        made = actions.begin(owner, "product", maker, named)
        actions.submit(owner, made)
        if number == 1:
            why = "Thêm một ảnh chụp ban ngày."
            deciding.send_back(REVIEWER, made, made.version, ["photograph"], why)
        elif number == 2:
            deciding.approve(REVIEWER, made, made.version)
            deciding.schedule(REVIEWER, made, now() + timedelta(days=30))
        else:
            made.taken_by_id, made.taken_by = 901, "Hạnh"


def _pages() -> None:
    """A page that readers see in its second version, with a draft of the third; a notice that waits."""
    for text in ("Bản thứ hai.", None):
        draft = actions.open_draft(CURATOR, "about", "about")
        words = {"text": {"vi": text or "Bản thứ ba.", "en": "Another version."}}
        actions.save_draft(CURATOR, draft, words, draft.version)
        if text:
            actions.submit(CURATOR, draft)
            deciding.approve(REVIEWER, draft, draft.version)
            deciding.publish(REVIEWER, draft)
    notice = actions.begin(CURATOR, "notice", "", NOTICE)
    days = {"first_day": today().isoformat(), "last_day": "2126-12-12", "everywhere": "on"}
    actions.save_draft(CURATOR, notice, {**days, "sources": ["https://example.org/deo"]}, notice.version)
    actions.submit(CURATOR, notice)


def _search(code: str) -> None:
    for number, words in enumerate(("cà phê chồn", "sâm ngọc linh", "gốm chăm"), start=1):
        db.session.add(SearchMiss(words=words, language="vi", number=number * 4, last_on=today()))
    curating.add_synonyms(ADMINISTRATOR, ["trà olong", "trà ô long"])
    reason = Bilingual("Đang vào mùa hồng", "Persimmons are in season")
    until = today() + timedelta(days=60)
    curating.pin(ADMINISTRATOR, "quà tết", "product", code, reason, until)


def _people(maker: str) -> None:
    accounts.invite(
        Actor(None, "Minh", ADMINISTRATOR.roles), "moi@example.test", "vi", roles=frozenset({"reviewer"})
    )
    words = {"producer": "Tổ dệt Đạ Đờn", "place": "Lâm Hà", "craft": "dệt thổ cẩm", "person": "K’Brèm"}
    kept = {"email": "kbrem@example.test", "draft": FORM, "language": "vi", "suspect": False}
    db.session.add(Application(**words, **kept, fingerprint="application"))


def _figures() -> None:
    unknown = Bilingual(None, None)
    for year, value in ((2022, 8.3), (2023, 9.1)):
        note(
            CURATOR,
            Figure(
                "processing-growth-2025",
                year,
                Period.YEAR,
                Scope.BEFORE_MERGER,
                Nature.REPORTED,
                value,
                same_measure=True,
                indicator=unknown,
                unit=unknown,
                url=f"https://example.test/so-lieu-{year}",
                published=date(year + 1, 1, 15),
            ),
        )


def _reports(code: str) -> None:
    told = {"contact": "khach@example.test", "language": "vi", "suspect": False, "received": now()}
    texts = (("closed", "Quán đóng cửa từ tháng Tám."), ("label", "Nhãn này trông không thật."))
    for number, (kind, text) in enumerate(texts):
        draft = REPORT if number else None
        report = {"kind": kind, "record": f"product:{code}", "text": text, "draft": draft}
        db.session.add(CorrectionRequest(**report, **told, fingerprint=f"report-{number}"))


def _collections(app: Flask) -> None:
    """Exporters on show, gifts that are planned, a pavilion of the past."""
    for kind, starts, ends in (
        (CollectionKind.EXPORTERS, 0, None),
        (CollectionKind.GIFTS, 20, 40),
    ):
        collection = featured.begin(app, kind, starts=starts, ends=ends)
        for who in featured.fit(app, kind, most=3):
            featured.give(app, collection, who, starts=starts)
    with time_machine.travel(now() - timedelta(days=30), tick=False):
        featured.begin(app, CollectionKind.FAIR, starts=0, ends=10)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (120, 60, 40)).save(file, "JPEG")
    return file.getvalue()
