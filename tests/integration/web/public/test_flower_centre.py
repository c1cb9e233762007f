"""The page of the planned Flower Trading Centre, and what every page says of it, on the real data."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db, transaction
from catalogue.flower_centre.models import FlowerCentre, Milestone
from catalogue.flowers.models import FlowerVariety, GradingStandard
from catalogue.kernel.language import Bilingual, Language
from catalogue.producers.models import Producer
from catalogue.web.public.centre_figures import TOLD
from catalogue.web.public.grading import NAMED_AUCTION_GRADES
from tests.documents import heading, links, main, words

PAGES = {Language.VI: "/vi/trung-tam-giao-dich-hoa", Language.EN: "/en/flower-trading-centre"}
CALLED = {
    Language.VI: re.compile(r"trung tâm giao dịch hoa(?! tp\. hồ chí minh)", re.IGNORECASE),
    Language.EN: re.compile(r"(?<!hồ chí minh city )flower trading centre", re.IGNORECASE),
}
PLANNED = {
    Language.VI: re.compile(r"kế hoạch|dự kiến", re.IGNORECASE),
    Language.EN: re.compile(r"\bplan(ned|s)?\b", re.IGNORECASE),
}
# One page of every kind that may name the centre, beside its own.
NAMING = {
    Language.VI: (
        "/vi/",
        "/vi/hoa",
        "/vi/hoa/hoa-hong-cat-canh",
        "/vi/san-pham",
        "/vi/nha-san-xuat",
        "/vi/tim",
    ),
    Language.EN: (
        "/en/",
        "/en/flowers",
        "/en/flowers/cut-rose",
        "/en/products",
        "/en/producers",
        "/en/search",
    ),
}


@pytest.fixture(scope="module")
def centre(loaded: Flask) -> FlowerCentre:
    with loaded.app_context():
        everything = (selectinload(FlowerCentre.milestones), selectinload(FlowerCentre.functions))
        return db.session.scalars(select(FlowerCentre).options(*everything)).one()


@pytest.fixture(scope="module")
def pages(loaded: Flask) -> dict[Language, HtmlElement]:
    client = loaded.test_client()
    return {language: document_fromstring(client.get(path).data) for language, path in PAGES.items()}


def section(page: HtmlElement, name: str) -> HtmlElement:
    return page.xpath(f"//main//*[@aria-labelledby='{name}']")[0]


# ---------------------------------------------------------------- it is planned
@pytest.mark.parametrize("language", Language)
def test_the_page_says_first_that_nothing_is_open(pages, centre, language) -> None:
    page = pages[language]
    assert heading(page) == words(document_fromstring(f"<p>{centre.name.text(language)}</p>"))
    after = page.xpath("//main//h1/following-sibling::*")
    assert after[0].get("class") == "standing"
    assert PLANNED[language].search(words(after[0]))
    assert words(after[1]) == centre.disclaimer.text(language)
    assert words(after[2]) == centre.status.text(language)
    assert PLANNED[language].search(page.xpath("//title")[0].text_content())


@pytest.mark.parametrize("language", Language)
def test_every_page_that_names_the_centre_says_beside_it_that_it_is_planned(read, language) -> None:
    named = 0
    for path in (PAGES[language], *NAMING[language]):
        for place in naming(read(path), language):
            named += 1
            assert PLANNED[language].search(words(place)), (path, words(place)[:200])
    assert named > len(NAMING[language])


def test_a_maker_s_story_that_names_the_centre_says_that_it_is_planned(loaded: Flask) -> None:
    client = loaded.test_client()
    with loaded.app_context():
        makers = list(db.session.scalars(select(Producer)))
    for language, root in ((Language.VI, "/vi/nha-san-xuat"), (Language.EN, "/en/producers")):
        naming_it = [one for one in makers if CALLED[language].search(one.story.text(language))]
        assert naming_it
        for maker in naming_it:
            page = document_fromstring(client.get(f"{root}/{maker.slug(language)}").data)
            assert all(PLANNED[language].search(words(place)) for place in naming(page, language))


@pytest.mark.parametrize("language", Language)
def test_every_record_whose_facts_name_the_centre_says_on_its_page_that_it_is_planned(
    loaded: Flask, language: Language
) -> None:
    """Any kind of record, as the open data tells it."""
    client, judged = loaded.test_client(), 0
    for table in client.get("/open-data/catalogue.json").json["records"].values():
        for told in table:
            if "urls" not in told or not CALLED[language].search(json.dumps(told, ensure_ascii=False)):
                continue
            page = document_fromstring(client.get(urlsplit(told["urls"][language]).path).data)
            judged += 1
            for place in naming(page, language):
                assert PLANNED[language].search(words(place)), (told["code"], words(place)[:200])
    assert judged


def naming(page: HtmlElement, language: Language) -> list[HtmlElement]:
    """Each place that names the centre: its sentence or list item, or the section that this heads."""
    found = []
    for element in page.xpath("//body//*[not(self::script)]"):
        own = " ".join(" ".join([element.text or "", *(child.tail or "" for child in element)]).split())
        if CALLED[language].search(own):
            near = element.xpath("ancestor-or-self::*[self::li or self::p or self::dd]")
            around = element.xpath("ancestor::*[self::section or self::main]")
            says_so = near and PLANNED[language].search(words(near[-1]))
            found.append(near[-1] if says_so or not around else around[-1])
    return found


@pytest.mark.parametrize("language", Language)
def test_nothing_can_be_joined_bought_or_bid_for(pages, language) -> None:
    page = main(pages[language])
    assert page.xpath(".//form | .//button | .//input | .//*[contains(@class, 'btn')]") == []
    assert re.search(r"sign up|register now|place a bid|đăng ký ngay|đặt hàng ngay", words(page)) is None
    assert page.xpath(".//*[contains(@class, 'confirmed') or contains(@class, 'seal')]") == []


# ---------------------------------------------------------------- what was said, by whom, when
@pytest.mark.parametrize("language", Language)
def test_every_text_and_source_of_the_centre_is_there(pages, centre, language) -> None:
    page, text = main(pages[language]), words(main(pages[language]))
    told = [centre.name, centre.purpose, centre.history, centre.status, centre.disclaimer]
    told += [part.event for part in centre.milestones] + [part.name for part in centre.functions]
    known = [value.text(language) for value in told]
    known += [location["name"][language] for location in centre.locations]
    known += [location["place"]["former_district"] for location in centre.locations]
    project = centre.investor
    known += [project[name][language] for name in ("project", "owner", "funding", "partner_centre")]
    known += [adviser[language] for adviser in project["advisers"]]
    known += [project[name]["note"][language] for name in ("centre_cost", "land_procedure_2025")]
    known += [centre.area["note"][language]]
    assert [value for value in known if " ".join(value.split()) not in text] == []
    assert set(urls(vars_of(centre))) <= set(links(page))


def vars_of(centre: FlowerCentre) -> list[object]:
    own = [centre.locations, centre.area, centre.capacity, centre.investor, centre.sources]
    return own + [part.sources for part in (*centre.milestones, *centre.functions)]


def urls(value: object) -> list[str]:
    """Every web address anywhere in a value of the data."""
    if isinstance(value, str):
        return [value] if value.startswith("http") else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [url for part in parts for url in urls(part)]


def test_figures_that_differ_stand_side_by_side_each_with_its_date_and_source(pages) -> None:
    [table] = section(pages[Language.EN], "figures").xpath(".//table")
    years = [words(head) for head in table.xpath("./thead//th")]
    assert years == ["2010", "2017", "2021", "2025"]
    rows = {words(row.xpath("./th")[0]): row.xpath("./td") for row in table.xpath("./tbody/tr")}
    amounts = {
        title: [[words(b) for b in cell.xpath(".//b")] for cell in cells] for title, cells in rows.items()
    }
    assert amounts == {
        "Land and buildings": [["about 10 ha"], ["16.6 ha"], ["about 13,300 m²"], ["about 4.8 ha"]],
        "Cost": [["over 20 million US dollars"], ["300 billion VND"], ["1,159 billion VND"], []],
        "Flowers": [[], ["2,500,000 stems", "550,000,000 stems"], [], []],
        "Time": [
            ["by 2015"],
            ["works to start in 2017", "in operation in 2018"],
            ["from 2020 to 2025"],
            ["from 2020 to 2028"],
        ],
    }
    for figure in table.xpath(".//td//p"):
        date, source = figure.xpath("./span[@class='cited']")
        assert re.search(r"20\d\d$", words(date))
        assert links(source)


def test_a_figure_read_out_of_a_sentence_stands_in_that_sentence(centre) -> None:
    steps = {step.date: step for step in centre.milestones}
    for _, day, _, _, rests_on in TOLD:
        assert rests_on in steps[day].event.en


def test_a_figure_goes_when_its_milestone_no_longer_says_it(changed: Flask) -> None:
    with changed.app_context(), transaction():
        for milestone in db.session.scalars(select(Milestone).where(Milestone.date == "2010-10")):
            db.session.delete(milestone)
    page = document_fromstring(changed.test_client().get("/en/flower-trading-centre").data)
    assert "about 10 ha" not in words(section(page, "figures"))
    assert "16.6 ha" in words(section(page, "figures"))


@pytest.mark.parametrize("language", Language)
def test_milestones_stand_in_order_each_with_its_sources(pages, centre, language) -> None:
    steps = section(pages[language], "history").xpath(".//ol/li")
    assert [words(step.xpath("./p")[0]) for step in steps] == [
        " ".join(one.event.text(language).split()) for one in centre.milestones
    ]
    for step, milestone in zip(steps, centre.milestones, strict=True):
        assert links(step) == [source["url"] for source in milestone.sources]


def test_both_sites_are_told_apart(pages) -> None:
    first, second = section(pages[Language.EN], "where").xpath(".//div[starts-with(@class, 'site')]")
    assert words(first).startswith("The present plan")
    assert words(second).startswith("An earlier option, dropped")


# ---------------------------------------------------------------- flowers, growers, grades
@pytest.mark.parametrize("language", Language)
def test_the_year_and_the_growers_hold_every_flower(pages, loaded: Flask, language) -> None:
    root = {Language.VI: "/vi/hoa/", Language.EN: "/en/flowers/"}[language]
    with loaded.app_context():
        flowers = list(db.session.scalars(select(FlowerVariety)))
        growers = list(db.session.scalars(select(Producer).options(selectinload(Producer.flowers))))
    everything = {root + flower.slug(language) for flower in flowers}
    for name in ("year", "growers"):
        told = {href.partition("#")[0] for href in links(section(pages[language], name))}
        assert everything <= told
    listed = section(pages[language], "growers").xpath(".//dl/div")
    assert len(listed) == len(flowers) - 4
    by_flower = {row.xpath("./dt/a/@href")[0]: row for row in listed}
    makers = {Language.VI: "/vi/nha-san-xuat/", Language.EN: "/en/producers/"}[language]
    for flower in flowers:
        row = by_flower.get(root + flower.slug(language))
        if row is not None:
            grown = {
                makers + one.slug(language) for one in growers if flower.id in {f.id for f in one.flowers}
            }
            assert set(links(row.xpath("./dd")[0])) == grown


@pytest.mark.parametrize("language", Language)
def test_the_grading_guide_tells_every_code_with_notes_and_sources(pages, loaded: Flask, language) -> None:
    guide = section(pages[language], "grading")
    with loaded.app_context():
        standards = {one.code: one for one in db.session.scalars(select(GradingStandard))}
    for standard in standards.values():
        body = standard.body
        named = [row["name"][language] for row in body["codes"] if isinstance(row, dict) and "name" in row]
        named += [row["name"][language] for row in body.get("named_standards", [])]
        named += [body["note"][language]] if "note" in body else []
        assert [name for name in named if " ".join(name.split()) not in words(guide)] == []
        assert {source["url"] for source in standard.sources} <= set(links(guide))
    lengths = guide.xpath(".//table")[0].xpath("./tbody/tr")
    assert [words(row[0]) for row in lengths] == [
        str(row["code"]) for row in standards["stem-length-codes"].body["codes"]
    ]


def test_inferred_auction_grades_are_marked(pages, loaded: Flask) -> None:
    table = section(pages[Language.EN], "grading").xpath(".//table")[1]
    grades = {words(row[0]): words(row[1]) for row in table.xpath("./tbody/tr")}
    assert grades == {
        code: "named in the source" if code in NAMED_AUCTION_GRADES else "inferred" for code in "ABCDE"
    }
    with loaded.app_context():
        note = db.session.scalars(select(GradingStandard).where(GradingStandard.code == "kifa-grades")).one()
    assert "A and D are named in the source" in note.body["note"]["en"]


def test_the_header_stands_at_flowers(pages) -> None:
    current = pages[Language.EN].xpath("//header//nav[@class='nav']/a[@aria-current]")
    assert [words(link) for link in current] == ["Flowers"]


# ---------------------------------------------------------------- statements, and before the data is there
def test_the_number_of_statements_does_not_grow_with_the_plan(changed: Flask, statements) -> None:
    client = changed.test_client()
    with statements() as before:
        client.get(PAGES[Language.EN])
    with changed.app_context(), transaction():
        centre_id = db.session.scalar(select(FlowerCentre.id))
        for number in range(100, 120):
            step = Bilingual(f"Mốc {number}", f"Step {number}")
            db.session.add(Milestone(centre_id=centre_id, position=number, date="2026", event=step))
    with statements() as after:
        client.get(PAGES[Language.EN])
    assert len(after) == len(before) <= 11


@pytest.mark.parametrize("language", Language)
def test_without_data_there_is_no_page(app: Flask, language) -> None:
    assert app.test_client().get(PAGES[language]).status_code == 404


@pytest.mark.parametrize(
    ("centre", "resolution"),
    [("/vi/trung-tam-giao-dich-hoa", "/vi/nghi-quyet"), ("/en/flower-trading-centre", "/en/resolution")],
)
def test_the_centre_and_the_resolution_lead_to_each_other(read, centre: str, resolution: str) -> None:
    (href,) = [one for one in read(centre).xpath("//main//dd/a/@href") if one.startswith(resolution)]
    solution = read(resolution).get_element_by_id(href.partition("#")[2])
    assert centre in solution.xpath(".//a/@href")


def test_the_steps_are_no_numbered_list(read) -> None:
    """`steps` numbers the tasks of the help; the thread has knots of its own."""
    assert not main(read(PAGES[Language.EN])).xpath(".//*[contains(@class, 'steps')]")


def test_this_month_stands_in_words_above_the_calendar_as_on_the_list_of_flowers(read) -> None:
    for language, address in (("vi", "/vi/hoa"), ("en", "/en/flowers")):
        told = {}
        for page in (address, PAGES[Language(language)]):
            [panel] = main(read(page)).xpath(".//div[contains(@class, 'panel')][.//p]")
            told[page] = links(panel)
        [first, second] = told.values()
        assert first == second != []


def test_two_pages_of_one_site_never_read_the_same(read) -> None:
    for address in PAGES.values():
        by_words: dict[str, set[str]] = {}
        for link in main(read(address)).xpath(".//a[@rel='noopener' and starts-with(@href, 'http')]"):
            by_words.setdefault(words(link), set()).add(link.get("href"))
        assert {name: hrefs for name, hrefs in by_words.items() if len(hrefs) > 1} == {}
