"""One search over every kind of record, on the real data."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from catalogue.kernel.language import Language
from catalogue.search.pages import PAGES
from catalogue.web.public.search import KINDS
from catalogue.web.public.search import PAGES as ADDRESSES

SEARCH = {Language.VI: "/vi/tim", Language.EN: "/en/search"}


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def total(document: HtmlElement) -> int:
    found = re.match(r"[\d.,]+", words(document.xpath("//main//h1")[0]))
    assert found
    return int(re.sub(r"\D", "", found[0]))


def groups(document: HtmlElement) -> dict[str, tuple[int, list[str], HtmlElement]]:
    """By its title: how many it says, the records it shows, and the group itself."""
    found = {}
    for group in document.xpath("//main//section[@class='found']"):
        [title] = group.xpath(".//h2")
        count = title.xpath("./small")[0].text
        records = group.xpath(".//*[contains(@class, 'name')]/a/@href")
        found[words(title).removesuffix(count).strip()] = (int(count), records, group)
    return found


def total_in(document: HtmlElement) -> int:
    """What the title of one kind says."""
    found = re.search(r"(\d+)$", words(document.xpath("//main//h1")[0]))
    assert found
    return int(found[1])


def test_results_stand_by_kind_and_the_counts_add_up(read) -> None:
    document = read("/en/search?q=silk")
    found = groups(document)
    assert {"Products", "Makers", "Craft villages", "Routes", "Certification schemes"} <= set(found)
    assert sum(count for count, _, _ in found.values()) == total(document)
    for count, records, _ in found.values():
        assert len(records) == len(set(records)) == min(count, 10)


def test_more_of_a_kind_are_one_step_away(read) -> None:
    found = groups(read("/en/search?q=silk"))
    for title, (count, records, group) in found.items():
        onward = group.xpath(".//div[@class='head']/a/@href")
        assert bool(onward) == (count > len(records)), title
        if onward:
            assert str(count) in words(read(onward[0]).xpath("//h1")[0])
    assert urlsplit(found["Products"][2].xpath(".//div[@class='head']/a/@href")[0]).path == "/en/products"


def test_all_of_one_kind_can_be_paged_through(read, client: FlaskClient) -> None:
    document = read("/vi/tim?q=cà phê&of=producer")
    ((_, (count, records, _)),) = groups(document).items()
    while onward := document.xpath("//main//a[@rel='next']/@href"):
        document = read(onward[0])
        records = records + groups(document).popitem()[1][1]
    assert len(set(records)) == len(records) == count > 10
    assert client.get("/vi/tim?q=cà phê&of=producer&page=99").status_code == 404


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/vi/tim?q=trung tâm giao dịch hoa", "/vi/trung-tam-giao-dich-hoa"),
        ("/vi/tim?q=cho hoa", "/vi/trung-tam-giao-dich-hoa"),
        ("/en/search?q=flower trading centre", "/en/flower-trading-centre"),
        ("/en/search?q=flower auction", "/en/flower-trading-centre"),
        ("/vi/tim?q=trợ giúp", "/vi/tro-giup"),
        ("/vi/tim?q=huong dan", "/vi/tro-giup"),
        ("/en/search?q=help", "/en/help"),
        ("/vi/tim?q=dang san pham", "/vi/tro-giup/nha-san-xuat"),
        ("/en/search?q=list a product", "/en/help/producers"),
        ("/vi/tim?q=thuong hieu da lat", "/vi/thuong-hieu"),
        ("/en/search?q=brand", "/en/brand"),
        ("/vi/tim?q=đính chính", "/vi/dinh-chinh"),
        ("/en/search?q=correct or remove", "/en/corrections"),
        ("/vi/tim?q=du lieu mo", "/vi/du-lieu-mo"),
        ("/en/search?q=privacy", "/en/privacy"),
        ("/vi/tim?q=nghị quyết", "/vi/nghi-quyet"),
    ],
)
def test_pages_are_found_by_their_titles_and_other_names(read, address: str, leads_to: str) -> None:
    assert leads_to in [records[0] for _, records, _ in groups(read(address)).values()]


def test_every_page_that_the_search_knows_is_there_and_bears_its_title(read, loaded: Flask) -> None:
    for language in Language:
        for page in PAGES:
            with loaded.test_request_context(f"/{language}/"):
                href = url_for(ADDRESSES[page.code], language=language.value)
            title = words(read(href).xpath("//main//h1")[0]).casefold()
            known = [page.name.text(language), *page.words]
            assert any(name.casefold() in title or title in name.casefold() for name in known), href


@pytest.mark.parametrize("typed", ["thổ cẩm", "tho cam", "THO CAM", unicodedata.normalize("NFD", "thổ cẩm")])
def test_what_was_found_is_marked_as_the_text_spells_it(read, typed: str) -> None:
    marked = {words(one).casefold() for one in read(f"/vi/tim?q={quote(typed)}").xpath("//main//mark")}
    assert "thổ cẩm" in marked or {"thổ", "cẩm"} <= marked


def test_a_product_found_tells_its_maker_and_what_is_on_record(read) -> None:
    _, records, group = groups(read("/en/search?q=oolong"))["Products"]
    hits = group.xpath(".//ul[@class='hits']/li")
    assert len(hits) == len(records)
    for hit in hits:
        assert words(hit.xpath(".//p[@class='by']")[0])
        assert re.search(r"No certificate on record|Reported, not confirmed", words(hit))


@pytest.mark.parametrize("language", Language)
def test_nothing_found_says_so_and_leads_on(read, language: Language) -> None:
    document = read(f"{SEARCH[language]}?q=zzqxjk")
    assert total(document) == 0
    ways = document.xpath("//main//div[contains(@class, 'empty')]//a/@href")
    assert len(ways) >= 5
    assert {way.split("/")[1] for way in ways} == {language.value}
    assert document.xpath("//main//form//input[@name='q']/@value") == ["zzqxjk"]


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=%00", "?q=!!!", "?q=%F0%9F%8D%B5", "?q=" + "trà " * 200]
)
def test_whatever_is_asked_gets_a_page(client: FlaskClient, query: str) -> None:
    for address in SEARCH.values():
        assert client.get(address + query).status_code == 200


def test_the_language_switch_keeps_the_words(read) -> None:
    document = read("/vi/tim?q=cà phê")
    [other] = document.xpath("//nav[@id='languages']/a[@hreflang='en']/@href")
    assert (urlsplit(other).path, parse_qsl(urlsplit(other).query)) == ("/en/search", [("q", "cà phê")])
    assert total(read(other)) == total(document)


def test_one_statement_a_kind_is_enough(client: FlaskClient, statements) -> None:
    client.get("/vi/tim?q=tơ")
    with statements() as run:
        client.get("/vi/tim?q=tơ")
    # beside one a kind: the catalogue's version, who makes what, former place names, certificates
    assert len(run) <= len(KINDS) + 4


def test_words_that_nothing_is_spelled_with_are_told(read) -> None:
    told = "Nothing is spelled exactly “phở”; shown without marks."
    assert told in words(read("/en/search?q=phở").xpath("//main")[0])
    assert "spelled exactly" not in words(read("/en/search?q=cà phê").xpath("//main")[0])


# ---------------------------------------------------------------- what may have been meant, and why
@pytest.mark.parametrize(
    ("typed", "meant"), [("caf phee", "Cà phê"), ("ca2 phe6", "Cà phê"), ("strawbery jam", "dâu tây")]
)
def test_what_was_read_otherwise_is_told_and_leads_to_what_was_meant(read, typed: str, meant: str) -> None:
    main = read(f"/en/search?q={quote(typed)}").xpath("//main")[0]
    assert f"Nothing is written “{typed}”." in words(main)
    [link] = main.xpath(f".//a[contains(., '“{meant}”')]/@href")
    assert dict(parse_qsl(urlsplit(link).query))["q"] == meant
    assert "Nothing is written" not in words(read(link).xpath("//main")[0])


def test_nothing_found_offers_what_is_nearest_with_an_honest_count(read) -> None:
    document = read("/en/search?q=zirconia coffee")
    assert total(document) == 0
    [nearest] = document.xpath("//ul[@aria-label='What comes nearest']")
    link = nearest.xpath(".//a")[0]
    number = re.search(r"“coffee”: (\d+) results", words(link))
    assert number
    assert total(read(link.get("href"))) == int(number[1])
    assert "/en/products?category=" in " ".join(nearest.xpath(".//a/@href"))


def test_a_page_that_found_nothing_is_not_kept_so_that_each_time_counts(client: FlaskClient) -> None:
    assert client.get("/en/search?q=zirconia").headers["Cache-Control"] == "no-store"
    assert client.get("/en/search?q=coffee").headers["Cache-Control"] != "no-store"


def why(document: HtmlElement) -> list[str]:
    return [words(one) for one in document.xpath("//main//p[contains(@class, 'why')]")]


def test_a_hit_says_what_else_it_is_called(read) -> None:
    assert "Also written: uất kim hương" in why(read("/en/search?q=uất kim hương"))


@pytest.mark.parametrize(
    ("address", "language"), [("/vi/tim?q=wristband", "en"), ("/en/search?q=ba lô thổ cẩm", "vi")]
)
def test_a_hit_in_the_other_language_says_so(read, address: str, language: str) -> None:
    assert read(address).xpath(f"//main//p[contains(@class, 'why')]/span[@lang='{language}']/mark")


def test_what_the_name_shows_anyway_is_not_explained(read) -> None:
    _, _, group = next(iter(groups(read("/vi/tim?q=thổ cẩm")).values()))
    first = group.xpath(".//ul[@class='hits']/li")[0]
    assert first.xpath(".//*[contains(@class, 'name')]//mark")
    assert not first.xpath(".//p[contains(@class, 'why')]")


def test_the_field_is_told_where_suggestions_are(read) -> None:
    [form] = read("/vi/").xpath("//header//form[@role='search']")
    assert form.get("data-suggest") == "/api/v1/suggest"


# ---------------------------------------------------------------- near a place, along a route
def away(group: HtmlElement) -> list[str]:
    return [words(one) for one in group.xpath(".//p[contains(@class, 'away')]")]


def test_near_a_place_every_hit_says_how_far_and_the_unknown_come_last(read) -> None:
    document = read("/en/search?q=coffee&near=thanh-pho-da-lat")
    assert "Nearest first, from Đà Lạt City: what stands within 15 km." in words(document.xpath("//main")[0])
    found = groups(document)
    assert sum(count for count, _, _ in found.values()) == total(document)
    assert {"Products", "Makers"} <= found.keys()
    assert not {"Flowers", "Certification schemes", "Pages of this site"} & found.keys()
    for _, records, group in found.values():
        assert len(away(group)) == len(records)


def test_all_of_a_kind_near_a_place_end_with_those_nobody_can_place(read) -> None:
    document, said = read("/en/search?q=coffee&near=thanh-pho-da-lat&of=producer"), []
    count = total_in(document)
    unplaced = re.search(r"(\d+) of them come last", words(document.xpath("//main")[0]))
    assert unplaced
    while True:
        said += away(document.xpath("//main")[0])
        if not (onward := document.xpath("//main//a[@rel='next']/@href")):
            break
        assert "near=thanh-pho-da-lat" in onward[0]
        document = read(onward[0])
    assert len(said) == count
    last = int(unplaced[1])
    assert set(said[-last:]) == {"Where it stands is not known well enough"}
    far = [int(number) for number in re.findall(r"about (\d+) km", " ".join(said[:-last]))]
    assert far == sorted(far)
    assert len(far) > 5


def test_along_a_route_hits_name_its_stops(read) -> None:
    document = read("/vi/tim?q=cà phê&along=da-lat-lang-biang")
    said = away(document.xpath("//main")[0])
    assert any(one.startswith("điểm dừng ") for one in said)
    assert "Theo thứ tự các điểm dừng" in words(document.xpath("//main")[0])


def test_the_form_keeps_what_is_asked_and_each_way_can_be_taken_off(read) -> None:
    document = read("/en/search?q=coffee&of=product&near=thanh-pho-da-lat&along=da-lat-lang-biang")
    [form] = document.xpath("//main//form[.//select[@name='near']]")
    assert dict(form.form_values()) == {
        "q": "coffee",
        "of": "product",
        "near": "thanh-pho-da-lat",
        "along": "da-lat-lang-biang",
    }
    chips = document.xpath("//main//ul[@aria-label='Filters that are on']//a[contains(@class, 'chip')]/@href")
    left = [dict(parse_qsl(urlsplit(chip).query)) for chip in chips]
    assert left == [
        {"q": "coffee", "of": "product", "along": "da-lat-lang-biang"},
        {"q": "coffee", "of": "product", "near": "thanh-pho-da-lat"},
    ]


@pytest.mark.parametrize("language", Language)
def test_a_place_that_is_none_is_told_beside_its_field(read, language: Language) -> None:
    document = read(f"{SEARCH[language]}?q=silk&near=nowhere&along=nowhere")
    for name in ("near", "along"):
        [field] = document.xpath(f"//main//select[@name='{name}']")
        [error] = document.xpath(f"//*[@id='{field.get('aria-describedby')}']")
        assert words(error)
        assert field.get("aria-invalid") == "true"
    assert document.xpath("//main//details[@open]")
    assert total(document) == total(read(f"{SEARCH[language]}?q=silk"))


def test_nothing_near_offers_the_same_anywhere_and_is_no_miss(read, client: FlaskClient) -> None:
    address = "/en/search?q=Krang Go&near=thanh-pho-bao-loc&of=village"
    document = read(address)
    assert total_in(document) == 0
    [anywhere] = document.xpath("//ul[@aria-label='What comes nearest']//a")
    number = re.search(r"Anywhere: (\d+) result", words(anywhere))
    assert number
    assert total(read(anywhere.get("href"))) == int(number[1])
    assert client.get("/en/search?q=Krang Go&near=thanh-pho-bao-loc").headers["Cache-Control"] != "no-store"


def test_more_of_a_kind_near_a_place_are_as_many_as_it_says(read) -> None:
    for title, (count, records, group) in groups(read("/en/search?q=coffee&near=thanh-pho-da-lat")).items():
        onward = group.xpath(".//div[@class='head']/a/@href")
        assert bool(onward) == (count > len(records)), title
        if onward:
            assert total_in(read(onward[0])) == count
