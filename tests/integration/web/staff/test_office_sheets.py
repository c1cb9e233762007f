"""Every list of the office goes out as a sheet, and those that staff may change come back."""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, quote

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from catalogue.accounts.models import Application, Invitation
from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.adapters.sheets.reading import read
from catalogue.audit import AuditEvent
from catalogue.database import db, transaction
from catalogue.editorial import glossary
from catalogue.editorial.actions import open_draft, save_draft, submit
from catalogue.editorial.models import GlossaryTerm, Revision
from catalogue.enquiries.models import CorrectionRequest
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.resolution import actions as resolution
from catalogue.resolution.models import PublishedFigure
from catalogue.resolution.rules import Figure, Nature, Period, Scope
from catalogue.search import curating
from catalogue.search.models import SearchMiss, SearchPin, SynonymGroup
from catalogue.showcase import actions as showcase
from catalogue.showcase.models import Feature
from catalogue.showcase.rules import CollectionKind, Criterion
from catalogue.web.staff.sheets import SHEETS
from tests.people import Browser, ask_for, make_person, product_of, two_makers

ROLES = frozenset({"curator", "registrar", "translator", "administrator"})
OFFICE = Actor(0, "Lan", ROLES)
TERM = "hồng treo gió Cầu Đất"
# Pages of the office at an address of their own that hold no list: the way to all rooms, and forms.
NO_LIST = {"staff.home.show", "staff.new_certificate.enter", "staff.showcase.new", "staff.goals.new"}
# Sorted by links above parts that are no table.
NO_TABLE = {"staff.claims.index"}


@pytest.fixture
def office(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "office@example.test", roles=ROLES))
    return browser


@dataclass(frozen=True)
class List:
    """A list that comes back: where its sheet is, one change of one cell, and how to see that it was made."""

    kind: str
    file: str
    column: str
    new: str
    made: Callable[[], object]
    expected: object
    find: str = ""


def a_term() -> None:
    glossary.put_term(OFFICE, None, TERM, "wind-dried persimmon", "=SUM(1;2)")
    glossary.put_term(OFFICE, None, "rượu cần Mạ", "jar wine", "")


def synonyms() -> None:
    curating.add_synonyms(OFFICE, ["cà phê rang", "roasted coffee"])
    curating.add_synonyms(OFFICE, ["đồ dệt", "dệt tay"])


def a_pin(app: Flask) -> None:
    code = product_of(app, two_makers(app)[0])
    reason, until = Bilingual("Đang mùa.", "In season."), today() + timedelta(9)
    curating.pin(OFFICE, "quà tết", "product", code, reason, until)


def a_figure() -> None:
    with db.session.no_autoflush:
        target = db.session.execute(db.text("SELECT code FROM target LIMIT 1")).scalar_one()
    nothing = Bilingual(None, None)
    resolution.note(
        OFFICE,
        Figure(
            target, 2024, Period.YEAR, Scope.BEFORE_MERGER, Nature.REPORTED, 11.125, True, nothing, nothing,
            "https://example.test/a", date(2025, 3, 1),
        ),
    )  # fmt: skip


def a_collection(app: Flask) -> None:
    frame = showcase.Frame(Bilingual("Quà Tết", "Gifts"), Bilingual(None, None), today(), None)
    made = showcase.begin(OFFICE, CollectionKind.EXPORTERS, frame)
    db.session.flush()
    number = db.session.execute(db.text("SELECT id FROM producer LIMIT 1")).scalar_one()
    for position in (1, 2):
        db.session.add(
            Feature(
                collection_id=made.id,
                producer_id=number,
                position=position,
                criterion=Criterion.MARKETS.value,
                reason=Bilingual("Bán cho ba nước.", "Sells to three countries."),
                starts=today(),
            )
        )


@pytest.fixture
def filled(changed: Flask) -> Flask:
    """With a row or two in every list that staff fill themselves."""
    with changed.app_context(), transaction():
        a_term()
        synonyms()
        a_pin(changed)
        a_figure()
        a_collection(changed)
        code = product_of(changed, two_makers(changed)[1])
        product = db.session.scalars(select(Product).where(Product.code == code)).one()
        product.summary, product.description = Bilingual("Dệt tay.", None), Bilingual("Dệt bảy ngày.", None)
    return changed


def draft_of(kind: str) -> Callable[[], object]:
    return lambda: db.session.scalar(
        select(func.count()).select_from(Revision).where(Revision.kind == kind, Revision.state == "draft")
    )


LISTS = [
    List(
        "glossary", "glossary/glossary", "English", "persimmon",
        lambda: db.session.scalars(select(GlossaryTerm.en).where(GlossaryTerm.vi == TERM)).one(),
        "persimmon", TERM,
    ),
    List(
        "synonyms", "search/synonyms", "Phrases that mean the same, with a semicolon between them",
        "đồ dệt; dệt tay; thổ cẩm",
        lambda: [one.phrases for one in db.session.scalars(select(SynonymGroup)) if "đồ dệt" in one.phrases],
        [["đồ dệt", "dệt tay", "thổ cẩm"]], "đồ dệt",
    ),
    List(
        "pins", "search/pins", "Reason in English", "In season now.",
        lambda: db.session.scalars(select(SearchPin)).one().reason.en, "In season now.", "quà tết",
    ),
    List(
        "figures", "goals/figures", "Value", "12.5",
        lambda: db.session.scalars(select(PublishedFigure.value)).one(), 12.5, "2024",
    ),
    List(
        "collections", "showcase/collections", "Name in English", "Gifts for Tết",
        lambda: db.session.execute(db.text("SELECT name_en FROM collection")).scalar_one(),
        "Gifts for Tết", "Quà Tết",
    ),
    List("village", "pages/pages", "Name (English)", "A village", draft_of("village"), 1),
    List(
        "translations", "translations/translations", "English", "Something in English",
        lambda: db.session.scalar(
            select(func.count()).select_from(Revision).where(Revision.state == "submitted")
        ),
        1,
    ),
]  # fmt: skip
PAGES = ("about", "home", "milestone", "notice", "route", "scheme", "sight", "village")


def of_kind(kind: str) -> List:
    return next(one for one in LISTS if one.kind == kind)


def path_of(one: List, ending: str) -> str:
    query = {"pages/pages": f"kind={one.kind}", "translations/translations": "lacking=en"}.get(one.file, "")
    name, _, separator = f"{one.file}.{ending}".partition("?")
    return f"/staff/{name}?{query}&{separator}"


def fetch(browser: Browser, one: List, ending: str = "csv") -> bytes:
    answer = browser.get(path_of(one, ending))
    assert answer.status_code == 200
    return bytes(answer.data)


def look_at(browser: Browser, kind: str, body: bytes, name: str = "sheet.csv") -> str:
    """Send a sheet and open what it would change; gives the words of that page."""
    browser.get(f"/staff/sheets/{kind}")
    answer = browser.send("file", {"file": (io.BytesIO(body), name)})
    answer.request.environ["wsgi.input"].close()  # the client's own file, which it forgets
    assert answer.status_code == 303, browser.words()
    browser.get(answer.location)
    assert browser.answer.status_code == 200
    return browser.words()


def counted(browser: Browser) -> dict[str, str]:
    """How many rows have which fate, as the page says it."""
    boxes = browser.page.xpath("//dl[@class='stats']/div")
    return {box.findtext("dt").strip(): box.findtext("dd").strip() for box in boxes}


def differences(browser: Browser) -> list[tuple[str, str]]:
    """Column and new words of every difference on the page."""
    found = browser.page.xpath("//dl[@class='facts']/div")
    return [(box.findtext("dt"), box.xpath("string(dd/ins)")) for box in found]


def faults(browser: Browser) -> list[str]:
    return [item.text_content() for item in browser.page.xpath("//section[contains(@class, 'errors')]//li")]


def lines_of(body: bytes) -> list[list[object]]:
    [found, *_] = read(body)
    return [list(row) for row in found.rows]


def as_csv(lines: list[list[object]]) -> bytes:
    head, *rows = lines
    return csv_table([str(cell) for cell in head], rows, Style.COMMA)


def changed_in_one_cell(body: bytes, one: List) -> bytes:
    head, *rows = lines_of(body)
    row = next(row for row in rows if any(one.find in str(cell) for cell in row))
    row[head.index(one.column)] = one.new
    return as_csv([head, *rows])


# ---------------------------------------------------------------- going out
def lists_in(site: Flask) -> Iterator[Rule]:
    """Every page of the office that has an address of its own, but for those that hold no list."""
    for rule in site.url_map.iter_rules():
        is_page = rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ()) and not rule.arguments
        if is_page and rule.endpoint not in NO_LIST:
            yield rule


def test_every_list_of_the_office_can_be_sorted_and_taken_away(filled: Flask, office: Browser) -> None:
    """A new page is a list that offers its sheets, or stands in `NO_LIST`."""
    with filled.app_context(), transaction():
        db.session.add(SearchMiss(words="jambuxyz", language="vi", number=1, last_on=today()))
        report = {"kind": "fact", "about": "x", "text": "x", "contact": "x", "language": "vi"}
        db.session.add(CorrectionRequest(**report, fingerprint="x", received=now(), suspect=False))
        kept = {"draft": "form", "language": "vi", "suspect": False, "fingerprint": "1"}
        words = {"place": "Lâm Hà", "craft": "dệt", "person": "K’Brèm", "email": "a@example.test"}
        db.session.add(Application(producer="Tổ dệt", state="new", **words, **kept))
        until = now() + timedelta(days=1)
        db.session.add(Invitation(email="a@example.test", language="vi", roles=[], expires=until))
        draft = open_draft(OFFICE, "about", "about")
        save_draft(OFFICE, draft, {"name": {"vi": "Về trang này", "en": "Of this"}}, draft.version)
        submit(OFFICE, draft)
    ask_for(filled, producers=two_makers(filled))
    found = list(lists_in(filled))
    assert len(found) > 12
    for rule in found:
        path = rule.rule + {"staff.enquiries.index": "?stage=all"}.get(rule.endpoint, "")
        assert office.get(path).status_code == 200, rule
        sheets = office.page.xpath("//a[contains(@href, '.xlsx') or contains(@href, '.csv')]/@href")
        assert any(".xlsx" in href for href in sheets), f"{rule} offers no XLSX"
        assert any(".csv" in href for href in sheets), f"{rule} offers no CSV"
        if rule.endpoint not in NO_TABLE:
            assert office.page.xpath("//th[@aria-sort]/a"), f"{rule} is not sorted by its heads"
        sort(office, rule)
        for href in sheets:
            answer = office.get(href)
            assert answer.status_code == 200, href
            assert answer.data.startswith(b"PK" if ".xlsx" in href else codecs.BOM_UTF8), href


def sort(office: Browser, rule: Rule) -> None:
    """Each head turns the list round, and says so in its address and to a screen reader."""
    for href in office.page.xpath("//th/a[contains(@href, 'sort=')]/@href"):
        office.get(href)
        [head] = office.page.xpath("//th[@aria-sort and .//a[contains(@href, 'sort=')]]")[:1]
        before = head.get("aria-sort")
        office.get(head.xpath("string(a/@href)"))
        [head] = office.page.xpath("//th[@aria-sort and .//a[contains(@href, 'sort=')]]")[:1]
        assert {before, head.get("aria-sort")} == {"ascending", "descending"}, (rule, href)


@pytest.mark.parametrize(
    ("page", "query", "rows", "lines"),
    [
        ("search/synonyms", "q=CA+phe", 1, 1),
        ("search/pins", "q=qua+tet", 1, 1),
        ("search/pins", "q=mua", 1, 1),  # the reason
        ("showcase", "q=tet", 1, 3),  # with its two places
        ("showcase", "q=tet&state=past", 0, 0),
        ("goals", "q=2024", 1, 1),
        ("goals", "q=example.test&nature=reported&scope=lam-dong-before-2025-07-01", 1, 1),
        ("goals", "nature=forecast", 0, 0),
        *((page, "q=jambuxyz", 0, 0) for page in ("search/synonyms", "search/pins", "showcase", "goals")),
    ],
)
def test_a_list_is_narrowed_by_its_address_and_its_sheet_holds_the_same(
    filled: Flask, office: Browser, page: str, query: str, rows: int, lines: int
) -> None:
    office.get(f"/staff/{page}?{query}")
    assert len(office.page.xpath("//table[contains(@class, 'stackt')]/tbody/tr")) == rows
    assert office.page.xpath("//input[@name='q']/@value") == ["".join(parse_qs(query).get("q", [""]))]
    sheet = office.page.xpath("//a[contains(@href, '.csv')]/@href")[0]
    assert len(lines_of(office.get(sheet).data)) == 1 + lines


def test_what_stands_first_is_found_by_the_name_that_is_shown(filled: Flask, office: Browser) -> None:
    office.get("/staff/search/pins")
    [shown] = office.page.xpath("//table[contains(@class, 'stackt')]/tbody/tr/td[1]")
    office.get(f"/staff/search/pins?q={quote(shown.text_content().strip())}")
    assert len(office.page.xpath("//table[contains(@class, 'stackt')]/tbody/tr")) == 1


def test_many_figures_are_pages_and_the_charts_stay_whole(filled: Flask, office: Browser) -> None:
    with filled.app_context(), transaction():
        [first] = db.session.scalars(select(PublishedFigure))
        same = {name: getattr(first, name) for name in ("target", "period", "scope", "nature", "url")}
        same |= {"published": first.published, "entered_at": first.entered_at}
        same |= {"same_measure": True, "entered_by": "Lan", "value": 1}
        db.session.add_all(PublishedFigure(**same, year=year) for year in range(1990, 2024))
    rows = "//table[@aria-labelledby='figures']/tbody/tr"
    office.get("/staff/goals?nature=forecast")
    charts = len(office.page.xpath("//*[@class='chart']//*[local-name()='text']"))
    office.get("/staff/goals")
    assert len(office.page.xpath(rows)) == 24
    assert len(office.page.xpath("//*[@class='chart']//*[local-name()='text']")) == charts
    [following] = office.page.xpath("//nav[@class='pages']/a[@rel='next']/@href")
    assert following.endswith("page=2#figures")
    office.get(following)
    assert len(office.page.xpath(rows)) == 11


def test_the_candidates_of_a_collection_are_a_sheet_too(filled: Flask, office: Browser) -> None:
    assert office.get("/staff/showcase/qua-tet/candidates").status_code == 200
    assert office.page.xpath("//th[@aria-sort]")
    [sheet, *_] = office.page.xpath("//a[contains(@href, '.csv')]/@href")
    assert b"Markets" in office.get(sheet).data


def test_a_sheet_holds_what_its_filters_show_and_no_formula(filled: Flask, office: Browser) -> None:
    every, some = (
        lines_of(office.get(f"/staff/glossary/glossary.csv{query}").data) for query in ("", "?q=treo+gio+cau")
    )
    assert len(every) == 1 + glossary_size(filled)
    assert len(some) == 2
    assert "'=SUM(1;2)" in office.get("/staff/glossary/glossary.csv?q=treo+gio+cau").text
    reader = Browser(filled, "vi")
    reader.sign_in(make_person(filled, "vi@example.test", roles=frozenset({"viewer"}), language="vi"))
    assert "Tiếng Việt,Tiếng Anh" in reader.get("/staff/glossary/glossary.csv").text


def glossary_size(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(GlossaryTerm)) or 0


# ---------------------------------------------------------------- coming back
@pytest.mark.parametrize("ending", ["csv", "csv?separator=semicolon", "xlsx"])
def test_a_sheet_that_nobody_changed_changes_nothing(filled: Flask, office: Browser, ending: str) -> None:
    for one in (*LISTS, *(List(kind, "pages/pages", "", "", str, "") for kind in PAGES)):
        body = fetch(office, one, ending)
        words = look_at(office, one.kind, body, f"sheet.{ending.partition('?')[0]}")
        assert faults(office) == [], one.kind
        assert differences(office) == [], one.kind
        assert "Nothing to change" in words, one.kind
        assert int(counted(office)["as they are"].replace(",", "")) > 0 or one.kind == "notice", one.kind


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.kind)
def test_one_changed_cell_is_one_difference_and_then_stands_there(
    filled: Flask, office: Browser, one: List
) -> None:
    body = changed_in_one_cell(fetch(office, one), one)
    look_at(office, one.kind, body)
    assert faults(office) == []
    assert differences(office) == [
        (one.column, one.new.replace("; ", ", ") if one.kind == "synonyms" else one.new)
    ]
    with filled.app_context():
        assert one.made() != one.expected, "nothing is written before somebody says so"
    office.send("digest", follow=True)
    assert "1 row was written." in office.words()
    with filled.app_context():
        assert one.made() == one.expected
        [line] = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "import"))
        assert (line.kind, line.target, line.detail["saved"]) == ("sheet", one.kind, 1)
        assert len(line.detail["rows"]) == 1
    if one.kind != "translations":
        assert "Nothing to change" in look_at(office, one.kind, body), "the same sheet again"


def test_a_new_row_is_added_and_one_left_out_stays(filled: Flask, office: Browser) -> None:
    look_at(office, "glossary", "Row;Vietnamese;English\n;thổ cẩm Mạ;Mạ brocade\n".encode())
    assert counted(office)["new"] == "1"
    before = glossary_size(filled)
    office.send("digest", follow=True)
    assert glossary_size(filled) == before + 1


def test_places_are_given_changed_and_moved_by_a_sheet(filled: Flask, office: Browser) -> None:
    one = of_kind("collections")
    head, *rows = lines_of(fetch(office, one))
    place = head.index("Place in order")
    first, second = (row for row in rows if row[place] and "qua-tet" in str(row[0]))
    second[place] = "1"
    look_at(office, "collections", as_csv([head, *rows]))
    assert differences(office) == [("Place in order", "1")]
    office.send("digest", follow=True)
    _, *rows = lines_of(fetch(office, one))
    order = {row[0]: row[place] for row in rows if row[place]}
    assert (order[second[0]], order[first[0]]) == ("1", "2")


def test_who_may_not_feature_is_refused_with_the_rule_at_the_cell(filled: Flask, office: Browser) -> None:
    one = of_kind("collections")
    head, *_ = lines_of(fetch(office, one))
    new = dict.fromkeys(map(str, head), "") | {
        "Code of the collection": "qua-tet",
        "Code of the maker or product": two_makers(filled)[0],
        "First day": today().isoformat(),
        "What the place rests on": "Markets",
        "Reason in Vietnamese": "Bán cho ba nước.",
        "Reason in English": "Sells to three countries.",
    }
    look_at(office, "collections", as_csv([head, list(new.values())]))
    assert len(faults(office)) == 1
    assert faults(office)[0].startswith("I2: ") or "2: It cannot be featured" in faults(office)[0]
    assert not office.page.xpath("//input[@name='digest']")


def test_both_languages_of_one_listing_go_as_one_proposal(filled: Flask, office: Browser) -> None:
    one = of_kind("translations")
    head, *rows = lines_of(fetch(office, one))
    of_listing: dict[str, list[list[object]]] = defaultdict(list)
    for row in rows:
        of_listing[str(row[0]).rpartition(":")[0]].append(row)
    several = next(found for found in of_listing.values() if len(found) > 1)
    for row in several:
        row[head.index("English")] = f"In English {several.index(row)}"
    look_at(office, "translations", as_csv([head, *several]))
    assert len(differences(office)) == len(several)
    office.send("digest", follow=True)
    with filled.app_context():
        assert one.made() == 1
    look_at(office, "translations", as_csv([head, [*several[0][:-3], "Other words", *several[0][-2:]]]))
    assert "It is with the reviewers" in faults(office)[0]


def test_a_sheet_is_not_written_after_somebody_changed_the_list(filled: Flask, office: Browser) -> None:
    one = of_kind("glossary")
    look_at(office, "glossary", changed_in_one_cell(fetch(office, one), one))
    form = office.form("digest")
    typed = {node.get("name"): node.get("value") for node in form.xpath(".//input")}
    with filled.app_context(), transaction():
        known = db.session.scalars(select(GlossaryTerm).where(GlossaryTerm.vi == TERM)).one()
        glossary.put_term(OFFICE, known, known.vi, "dried persimmon", "")
    assert office.post(form.get("action"), typed).status_code == 409
    assert "Something was changed since you looked" in office.words()
    office.send("digest")
    assert office.post(form.get("action"), typed, follow=True).status_code == 200
    assert "1 row was written" in office.words(), "it is written once, and told again"


# ---------------------------------------------------------------- what cannot be read
@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("glossary", "Row;Vietnamese;English\n;;x\n", "B2: Vietnamese: Fill this in."),
        ("glossary", "Row;Vietnamese;English\n999;a;b\n", "A2: The list has no row “999” now."),
        ("glossary", "Row;Vietnamese;Vietnamese\n;a;b\n", "C1: There are two columns for the same thing."),
        ("glossary", f"Row;Vietnamese;English\n;{'a' * 130};b\n", "B2: "),
        ("synonyms", "Row;Phrases that mean the same, with a semicolon between them\n;một mình\n", "B2: "),
        (
            "pins",
            "Row,Words,When readers look for,Last day\n,x,y,31/02/2027\n",
            "D2: “31/02/2027” is no day.",
        ),
        ("figures", "Row,Year,Value\n,2024,eleven\n", "C2: “eleven” is no number."),
        ("figures", "Row,Year,Period\n,2024,sometime\n", "C2: “sometime” is not on the list."),
        ("collections", "Row,Code of the collection,Name in English\n,nothing,x\n", "B2: "),
        ("translations", "Row,Vietnamese,English\n,a,b\n", "A2: A sheet cannot begin a new row here."),
        ("village", "Row,Name (English)\nno-such-village,b\n", "A2: The list has no row"),
    ],
)
def test_what_is_wrong_is_told_at_its_row_and_cell(
    filled: Flask, office: Browser, kind: str, body: str, said: str
) -> None:
    look_at(office, kind, body.encode())
    assert any(said in fault for fault in faults(office)), faults(office)
    assert not office.page.xpath("//input[@name='digest']")


def test_two_rows_for_one_and_too_many_changes_are_refused(filled: Flask, office: Browser) -> None:
    with filled.app_context():
        number = db.session.scalars(select(GlossaryTerm.id).where(GlossaryTerm.vi == "rượu cần Mạ")).one()
    row = f"{number};rượu cần Mạ;jar wine\n"
    look_at(office, "glossary", f"Row;Vietnamese;English\n{row}{row}".encode())
    assert faults(office) == ["A3: Row 2 of the sheet is about the same row. Take one of them out."]
    rows = "".join(f";từ {number};word\n" for number in range(1001))
    look_at(office, "glossary", f"Row;Vietnamese;English\n{rows}".encode())
    assert faults(office) == ["A1002: At most 1000 rows change at once. Send the rest in a second sheet."]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"a,b\n1,2\n", "column"),
        (b"", "empty"),
        (b"PK\x03\x04garbage", "opened"),
        (b"Row;Vietnamese\n" + b";a\n" * 10_000, "rows"),
    ],
)
def test_a_file_that_is_no_sheet_of_this_list_is_refused_in_words(
    office: Browser, body: bytes, said: str
) -> None:
    office.get("/staff/sheets/glossary")
    answer = office.send("file", {"file": (io.BytesIO(body), "sheet.csv")})
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert office.page.xpath("//*[@id='file-error']")


def test_letters_taken_apart_are_the_same_letters(filled: Flask, office: Browser) -> None:
    one = of_kind("glossary")
    body = unicodedata.normalize("NFD", fetch(office, one).decode())
    assert "Nothing to change" in look_at(office, "glossary", body.encode())


def test_merged_cells_and_formulas_say_no_more_than_their_cells(filled: Flask, office: Browser) -> None:
    """Of merged cells only the first holds something, so the second row lacks its word."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, words in enumerate(("Row", "Vietnamese", "English")):
        sheet.write_string(0, place, words)
    sheet.merge_range(1, 1, 2, 1, "thổ cẩm Mạ")
    sheet.write_formula(1, 2, '="Mạ"&" brocade"', None, "Mạ brocade")
    sheet.write_string(2, 2, "alone")
    book.close()
    look_at(office, "glossary", file.getvalue(), "sheet.xlsx")
    assert faults(office) == ["B3: Vietnamese: Fill this in."]


# ---------------------------------------------------------------- who may
WRITERS = {
    "certificates": {"registrar", "administrator"},
    "collections": {"curator"},
    "translations": {"translator", "administrator"},
    "glossary": {"translator", "administrator"},
    "synonyms": {"curator", "administrator"},
    "pins": {"curator", "administrator"},
    "figures": {"curator", "administrator"},
    **{kind: {"curator", "administrator"} for kind in PAGES},
}


@pytest.mark.parametrize(
    "role", ["viewer", "translator", "reviewer", "registrar", "curator", "administrator"]
)
def test_only_whoever_may_change_a_list_may_send_its_sheet(changed: Flask, role: str) -> None:
    assert set(WRITERS) == set(SHEETS)
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "one@example.test", roles=frozenset({role})))
    for kind, writers in WRITERS.items():
        assert browser.get(f"/staff/sheets/{kind}").status_code == (200 if role in writers else 403), kind


def test_a_sheet_of_one_list_is_none_of_another(filled: Flask, office: Browser) -> None:
    look_at(office, "glossary", fetch(office, of_kind("glossary")))
    key = office.answer.request.path.rpartition("/")[2]
    assert office.get(f"/staff/sheets/synonyms/{key}").status_code == 404
