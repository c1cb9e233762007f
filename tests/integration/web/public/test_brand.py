"""The page about the mark on the real data."""

from __future__ import annotations

import json

import pytest
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.certification.models import CertificationScheme
from catalogue.cli.seed import SEEDS
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.showcase.models import PointOfSale, TradeEvent
from tests.documents import links, main, words

PAGES = {Language.VI: "/vi/thuong-hieu", Language.EN: "/en/brand"}
DOCUMENT = json.loads((SEEDS / "trade-promotion.json").read_text("utf-8"))
MARK = json.loads((SEEDS / "brand-mark.json").read_text("utf-8"))


@pytest.mark.parametrize("language", Language)
def test_everything_known_of_trade_promotion_is_told_with_its_source(read, language: Language) -> None:
    page = main(read(PAGES[language]))
    text, ways = words(page), set(links(page))
    body, shops = DOCUMENT["body"], DOCUMENT["brand"]["points_of_sale"] + DOCUMENT["other_points_of_sale"]
    pairs = [body["name"], body["status"]]
    pairs += [part["text"] for part in body["functions"] + body["since_merger"]]
    pairs += [part["name"] for part in body["partners"] + shops + DOCUMENT["events"]]
    pairs += [part["summary"] for part in shops + DOCUMENT["events"]]
    pairs += [
        event[key] for event in DOCUMENT["events"] for key in ("place", "organiser", "note") if event[key]
    ]
    pairs += [other["value"] for event in DOCUMENT["events"] for other in event["date_conflicts"]]
    pairs += [*DOCUMENT["gaps"], *MARK["gaps"], *(step["event"] for step in MARK["milestones"])]
    assert [pair for pair in pairs if " ".join(pair[language.value].split()) not in text] == []
    assert {source["url"] for source in DOCUMENT["sources"]} <= ways
    assert {count["source"] for count in MARK["holders"]} <= ways


@pytest.mark.parametrize(
    ("language", "told"), [(Language.VI, "Chưa ai xác nhận"), (Language.EN, "Nobody has confirmed")]
)
def test_no_shop_is_called_open_as_long_as_nobody_confirmed_it(read, language: Language, told: str) -> None:
    assert words(main(read(PAGES[language]))).count(told) == 2


def test_a_shop_that_is_confirmed_says_so(changed) -> None:
    with changed.app_context(), transaction():
        db.session.scalar(select(PointOfSale).where(PointOfSale.kind == "mark")).still_open = True
    assert "Still open? Yes" in words(
        main(document_fromstring(changed.test_client().get(PAGES[Language.EN]).data))
    )


def test_what_was_only_announced_never_reads_as_held(changed, read) -> None:
    with changed.app_context():
        announced = db.session.scalars(select(TradeEvent).where(TradeEvent.status == "announced")).all()
        names = {event.name.text(Language.EN) for event in announced}
    rows = main(read(PAGES[Language.EN])).xpath(".//tr[td[@data-l='Status']]")
    told = {
        words(row.xpath("./td[@data-l='Status']")[0]) for row in rows if any(n in words(row) for n in names)
    }
    assert told == {"Announced; whether it took place was not read"}


def test_what_was_agreed_stands_apart_from_what_is_registered(loaded, read) -> None:
    page = main(read(PAGES[Language.EN]))
    columns = page.xpath(".//section[@aria-labelledby='covers']//ul[@class='chips']")
    listed, agreed = (set(links(column)) for column in columns)
    assert listed
    assert agreed
    assert listed.isdisjoint(agreed)
    with loaded.app_context():
        mark = db.session.scalar(
            select(CertificationScheme).where(CertificationScheme.code == "da-lat-ket-tinh")
        )
    assert f"/en/schemes/{mark.slug_en}" in links(page)


def test_figures_of_different_pages_stand_side_by_side(read) -> None:
    rows = main(read(PAGES[Language.EN])).xpath(".//section[@aria-labelledby='holders']//tbody/tr")
    assert [words(row.xpath("./td[@data-l='Holders']")[0]) for row in rows] == ["674", "762", "768", "768"]
    assert [words(row.xpath("./td[@data-l='Flowers']")[0]) for row in rows] == [
        "Not stated",
        "653",
        "653",
        "648",
    ]
