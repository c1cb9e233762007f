"""The product list and the pages of products, on the real data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload

import config
from catalogue.certification.models import Certificate
from catalogue.certification.queries import all_certificates
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.products.queries import WITH_MAKER, category_tree
from catalogue.slugs import address as give_address
from catalogue.web.public import specs

LISTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
NONE = {
    Language.VI: "Chưa có chứng nhận nào được ghi nhận",
    Language.EN: "No certificate on record",
}
SEEDS = config.ROOT / "catalogue" / "seeds"


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def heading(document: HtmlElement) -> str:
    [found] = document.xpath("//main//h1")
    return words(found)


def total(document: HtmlElement) -> int:
    found = re.match(r"[\d.,]+", heading(document))
    assert found
    return int(re.sub(r"\D", "", found[0]))


def cards(document: HtmlElement) -> list[str]:
    return document.xpath("//main//li[@class='card']//a/@href")


def links(document: HtmlElement) -> set[str]:
    return set(document.xpath("//main//a/@href"))


def offers(document: HtmlElement) -> Iterator[tuple[str, str, int]]:
    """Facet, value and the count beside it, of every box that is not ticked."""
    for box in document.xpath("//main//form//input[@type='checkbox' and not(@checked)]"):
        yield box.get("name"), box.get("value"), int(box.getparent().xpath("./small")[0].text)


def page(product: Product, language: Language) -> str:
    return f"{LISTS[language]}/{product.slug(language)}"


@pytest.fixture(scope="module")
def products(loaded: Flask) -> list[Product]:
    with loaded.app_context():
        village = joinedload(Product.village).joinedload(CraftVillage.place)
        return list(db.session.scalars(select(Product).options(*WITH_MAKER, village).order_by(Product.code)))


@pytest.fixture(scope="module")
def held(loaded: Flask) -> dict[int, list[Certificate]]:
    """The certificates that cover each product."""
    found: dict[int, list[Certificate]] = {}
    with loaded.app_context():
        for certificate in all_certificates():
            for row in certificate.scope:
                found.setdefault(row.product_id, []).append(certificate)
    return found


@pytest.fixture(scope="module")
def pages(loaded: Flask, products: list[Product]) -> dict[tuple[str, Language], HtmlElement]:
    """The page of every product in both languages."""
    client, found = loaded.test_client(), {}
    for product in products:
        for language in Language:
            response = client.get(page(product, language))
            assert response.status_code == 200, page(product, language)
            found[product.code, language] = document_fromstring(response.data)
    return found


def of_code(products: list[Product], code: str) -> Product:
    return next(product for product in products if product.code == code)


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_product_in_the_order_of_its_language(read, products, language) -> None:
    document = read(LISTS[language])
    assert total(document) == len(products)
    shown = cards(document)
    while onward := document.xpath("//main//nav[@class='pages']/a[@rel='next']/@href"):
        document = read(onward[0])
        shown += cards(document)
    order = "sort_vi" if language is Language.VI else "sort_en"
    assert shown == [page(one, language) for one in sorted(products, key=lambda one: getattr(one, order))]


@pytest.mark.parametrize(
    "query",
    ["", "?category=coffee", "?evidence=reported&category=tea", "?q=tr%C3%A0&kind=company", "?month=12&kind=farm"],
)
def test_the_count_beside_a_value_is_the_count_of_the_list_that_it_leads_to(read, query: str) -> None:
    asked = parse_qsl(query.lstrip("?"))
    for facet, value, count in list(offers(read(LISTS[Language.EN] + query)))[::6]:
        others = [pair for pair in asked if pair[0] != facet]
        chosen = "&".join(f"{name}={text}" for name, text in [*others, (facet, value)])
        assert total(read(f"{LISTS[Language.EN]}?{chosen}")) == count, (query, facet, value)


def test_values_of_one_facet_widen_and_facets_narrow(read) -> None:
    tea, coffee = (total(read(f"/vi/san-pham?category={code}")) for code in ("tea", "coffee"))
    both = total(read("/vi/san-pham?category=tea&category=coffee"))
    reported = total(read("/vi/san-pham?category=tea&category=coffee&evidence=reported"))
    assert both == tea + coffee
    assert 0 < reported < both


def test_a_category_holds_what_stands_below_it(read, loaded: Flask, products) -> None:
    with loaded.app_context():
        tree = category_tree()
        below = [
            one for one in products if "handicraft" in {category.code for category in tree.line(one.category)}
        ]
    assert total(read("/vi/san-pham?category=handicraft")) == len(below)


@pytest.mark.parametrize("typed", ["cà phê", "ca phe", "CÀ PHÊ", "ca%CC%80 phe%CC%82"])
def test_words_are_found_with_and_without_marks(read, typed: str) -> None:
    assert total(read(f"/vi/san-pham?q={typed}")) == total(read("/vi/san-pham?q=cà phê")) > 20


def test_the_language_switch_keeps_words_filters_and_order(read) -> None:
    here = read("/vi/san-pham?q=cà phê&category=coffee&sort=name")
    [other] = here.xpath("//nav[@id='languages']/a[@hreflang='en']/@href")
    assert parse_qsl(urlsplit(other).query) == [("q", "cà phê"), ("category", "coffee"), ("sort", "name")]
    there = read(other)
    assert {page.rsplit("/", 1)[0] for page in cards(there)} == {"/en/products"}
    assert total(there) == total(here)
    [back] = there.xpath("//nav[@id='languages']/a[@hreflang='vi']/@href")
    assert cards(read(back)) == cards(here)


def test_each_chip_takes_its_own_choice_off(read) -> None:
    document = read("/en/products?q=tea&category=tea&evidence=reported")
    found = {
        words(chip).split("✕")[0]: parse_qsl(urlsplit(chip.get("href")).query)
        for chip in document.xpath("//main//ul[@class='chips']//a[contains(@class, 'chip')]")
    }
    assert found == {
        "“tea”": [("category", "tea"), ("evidence", "reported")],
        "Tea": [("q", "tea"), ("evidence", "reported")],
        "Reported, not confirmed": [("q", "tea"), ("category", "tea")],
    }


def test_an_empty_list_says_what_giving_up_one_thing_would_leave(read) -> None:
    document = read("/en/products?q=silk&category=coffee&kind=farm")
    assert total(document) == 0
    ways = document.xpath("//main//div[contains(@class, 'empty')]//a")
    counted = [way for way in ways if re.search(r"\d+ products?$", words(way))]
    assert counted
    for way in counted:
        assert words(way).endswith(f": {heading(read(way.get('href'))).split(' for ')[0]}")
    assert "/en/products" in [way.get("href") for way in ways]


def test_the_filters_are_a_form_that_works_without_script(read) -> None:
    document = read("/en/products?q=tea&category=tea")
    [form] = document.xpath("//form[@id='filters']")
    fields = {one.get("name") for one in document.xpath("//input[@form='filters'] | //select[@form='filters']")}
    assert form.get("method", "get").lower() == "get"
    assert urlsplit(form.get("action")).path == "/en/products"
    assert fields == {"q", "sort"}
    assert words(form.xpath(".//button[@type='submit']")[0]) == f"Show {total(document)} products"


def test_a_page_after_the_last_is_not_found_and_other_nonsense_is_the_first(client: FlaskClient, read) -> None:
    assert client.get("/vi/san-pham?page=14").status_code == 200
    assert client.get("/vi/san-pham?page=15").status_code == 404
    assert client.get("/vi/san-pham?category=honey&page=2").status_code == 404
    for nonsense in ("0", "-1", "x", "1e3", "", "٢", "99999999999999999999"):
        assert cards(read(f"/vi/san-pham?page={nonsense}")) == cards(read("/vi/san-pham"))


def test_values_that_nobody_knows_are_told_and_break_nothing(read) -> None:
    unknown = read("/en/products?village=nowhere")
    assert total(unknown) == 0
    assert "nowhere" in words(unknown.xpath("//ul[@class='chips']")[0])
    unread = read("/en/products?month=13&visitable=maybe")
    assert total(unread) == 335
    assert "13, maybe" in words(unread.xpath("//main")[0])


def test_a_card_says_what_is_on_record_and_wears_its_makers_edge(read, products, held) -> None:
    for kind, chosen in (("claim", "reported"), ("none", "none")):
        document = read(f"/en/products?evidence={chosen}")
        for card in document.xpath("//main//li[@class='card']"):
            [address] = card.xpath(".//a/@href")
            product = next(one for one in products if page(one, Language.EN) == address)
            assert card.xpath(f".//*[contains(@class, 'tag') and contains(@class, '{kind}')]")
            assert bool(held.get(product.id)) == (chosen == "reported")
            assert f"/{product.producer.code}.svg" in card.xpath(".//img[contains(@class, 'edge')]/@src")[0]


def test_plates_beside_each_other_differ(read) -> None:
    plates = [
        card.xpath(".//div[contains(@class, 'pic')]/@class")[0]
        for card in read("/vi/san-pham?category=brocade").xpath("//main//li[@class='card']")
    ]
    assert len(plates) == 24
    assert all(one != other for one, other in zip(plates, plates[1:], strict=False))


def test_the_list_takes_as_many_statements_for_one_product_as_for_a_page_full(client, statements) -> None:
    client.get("/vi/san-pham")
    counts = []
    for query in ("?category=honey", "", "?category=coffee&evidence=reported"):
        with statements() as run:
            assert client.get(f"/vi/san-pham{query}").status_code == 200
        counts.append(len(run))
    assert len(set(counts)) == 1


# ---------------------------------------------------------------- one product
def test_a_page_is_headed_by_the_name_in_its_language(pages, products) -> None:
    for product in products:
        for language in Language:
            document = pages[product.code, language]
            assert heading(document) == product.name.in_(language)
            assert document.xpath("/html/@lang") == [language.value]
            assert document.xpath("//meta[@name='description']/@content") == [product.summary.in_(language)]


def test_the_thread_leads_to_maker_and_village_or_place(pages, products) -> None:
    makers = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
    lands = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
    for product in products:
        maker, village = product.producer, product.village or product.producer.village
        for language in Language:
            found = links(pages[product.code, language])
            assert f"{makers[language]}/{maker.slug(language)}" in found
            if village:
                assert f"{lands[language]}/{village.slug(language)}" in found
            elif maker.place:
                assert f"{LISTS[language]}?place={maker.place.code}" in found


def test_every_page_leads_to_a_route_of_the_thread_or_a_near_one_or_to_all(pages, products) -> None:
    roots = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}
    near = {Language.VI: "gần", Language.EN: "near"}
    for product in products:
        for language, root in roots.items():
            document = pages[product.code, language]
            thread = document.xpath("//ol[contains(@class, 'thread')]//a/@href")
            if any(link.startswith(root) for link in thread):
                continue
            beside = document.xpath("//ul[@class='nearby']/li[starts-with(a/@href, $root)]", root=root)
            assert all(near[language] in words(one) for one in beside)
            assert beside or root in links(document), product.code


def test_what_a_source_reports_is_told_as_its_word(pages, products, held) -> None:
    unconfirmed = {
        Language.VI: "Có nguồn ghi nhận, chưa",
        Language.EN: "Reported by a source, not confirmed by the issuer",
    }
    certificates = {Language.VI: "/vi/giay-chung-nhan", Language.EN: "/en/certificates"}
    claimed = [product for product in products if product.id in held]
    assert len(claimed) == 89
    for product in claimed:
        for language in Language:
            document = pages[product.code, language]
            told = document.xpath("//main//div[@class='claim-line']")
            assert len(told) == len(held[product.id])
            assert all(unconfirmed[language] in words(line) for line in told)
            for certificate in held[product.id]:
                assert f"{certificates[language]}/{certificate.code}" in links(document)
                [row] = [row for row in certificate.scope if row.product_id == product.id]
                assert row.source_url in links(document)
                assert not certificate.issued or certificate.issued[:4] in " ".join(map(words, told))


def test_nothing_unconfirmed_wears_a_seal(pages) -> None:
    for document in pages.values():
        assert not document.xpath("//main//*[contains(concat(' ', @class, ' '), ' seal ')]")
        assert not document.xpath("//main//*[contains(@class, 'tag') and contains(@class, 'confirmed')]")


def test_a_usual_term_that_has_passed_is_told(pages, products) -> None:
    oolong = next(product for product in products if product.name.en == "Tam Dương oolong")
    assert "36 months" in words(pages[oolong.code, Language.EN].xpath("//main//div[@class='claim-line']")[0])
    assert "ended in August 2025" in words(pages[oolong.code, Language.EN].xpath("//main")[0])


def test_without_a_claim_the_page_says_that_none_is_on_record(pages, products, held) -> None:
    for product in products:
        for language in Language:
            says = NONE[language] in words(pages[product.code, language].xpath("//main//div[@class='buy sticky']")[0])
            assert says == (product.id not in held), product.code


def test_a_makers_own_claim_is_not_lent_to_its_products(pages, products, held) -> None:
    """The one maker of the data whose claim no product repeats (data README, certification claims)."""
    own = [product for product in products if product.producer.code == "htx-song-vu"]
    assert own
    for product in own:
        told = words(pages[product.code, Language.EN].xpath("//main")[0])
        assert "no source says that it covers this product" in told


def test_handicraft_never_names_the_mark(pages, products, loaded: Flask) -> None:
    with loaded.app_context():
        tree = category_tree()
        crafts = [
            product
            for product in products
            if {"handicraft", "silk-textile"} & {one.code for one in tree.line(product.category)}
        ]
    own = json.dumps([[one.summary.vi, one.description.vi, one.description.en] for one in crafts], ensure_ascii=False)
    assert "Kết tinh" not in own
    for product in crafts:
        for language in Language:
            document = pages[product.code, language]
            assert "kết tinh kỳ diệu" not in words(document.xpath("//main")[0]).casefold()
            assert not any("ket-tinh" in link for link in links(document))


def test_every_kind_of_spec_in_the_data_has_words() -> None:
    records = [one for path in SEEDS.glob("products-*.json") for one in json.loads(path.read_text("utf-8"))]
    elsewhere = {
        *("price_reported_vnd", "price_year", "volumes", "pack_sizes_kg", "marketplace"),  # for buyers
        "contains_alcohol",
    }
    assert {key for record in records for key in record["specs"]} <= specs.ABOUT.keys() | elsewhere


@pytest.mark.parametrize(
    ("code", "language", "text"),
    [
        ("tam-ui-bno-c", Language.EN, "120–150 cm"),
        ("hasfarm-ngon-giong-cuc", Language.EN, "2,100,000–3,000,000 cuttings a week (reported for December 2017)"),
        ("hasfarm-ngon-giong-cuc", Language.VI, "2.100.000–3.000.000 ngọn giống mỗi tuần"),
        ("rung-hoa-calla-chau", Language.EN, "more than 80,000 pots a season (reported for 2017)"),
        ("rung-hoa-cuc-nhat", Language.EN, "Planned output 40,000 stems a week (reported, date not stated)"),
    ],
)
def test_amounts_are_written_as_the_language_writes_them(pages, products, code, language, text) -> None:
    assert text in words(pages[code, language].xpath("//main")[0])


def test_a_price_of_long_ago_is_no_price_of_today(pages, products) -> None:
    [product] = [one for one in products if "price_reported_vnd" in one.specs]
    english, vietnamese = (words(pages[product.code, one].xpath("//main")[0]) for one in (Language.EN, Language.VI))
    assert "Reported by a source, year not stated: ₫250,000–₫650,000; not a current price" in english
    assert "250.000\xa0₫–650.000\xa0₫" in pages[product.code, Language.VI].text_content()
    assert "không phải giá hiện nay" in vietnamese


def test_what_nobody_has_said_is_called_not_known(pages, products) -> None:
    document = pages[products[0].code, Language.EN]
    rows = {words(row.xpath("./dt")[0]): words(row.xpath("./dd")[0]) for row in document.xpath("//dl/div")}
    assert rows["Minimum order"] == "Not known"
    assert rows["Price"] == "Not known: ask the maker"


def test_alcohol_is_for_adults(pages, products) -> None:
    told = [one.code for one in products if "adults only" in words(pages[one.code, Language.EN].xpath("//main")[0])]
    assert told == [one.code for one in products if one.specs.get("contains_alcohol")]
    assert len(told) == 11


def test_all_sources_flower_keywords_and_markets_stand_on_the_page(pages, products, loaded: Flask) -> None:
    for product in products[::17]:
        for language in Language:
            document = pages[product.code, language]
            assert {source["url"] for source in product.sources} <= links(document)
            told = words(document.xpath("//main")[0])
            expected = [
                product.summary.in_(language),
                product.description.in_(language),
                product.category.name.in_(language),
                product.flower.name.in_(language) if product.flower else None,
                product.flower.scientific_name if product.flower else None,
                product.hs_code,
                *product.keywords.get(language.value, []),
            ]
            assert [text for text in expected if text and " ".join(text.split()) not in told] == []


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(select(Product).order_by(Product.id)).first()
        assert product
        old, same = product.slug_vi, product.slug_en
        product.name = Bilingual("Món đổi tên", product.name.en)
        give_address(product)
    client = changed.test_client()
    moved = client.get(f"/vi/san-pham/{old}?q=x")
    assert (moved.status_code, moved.location) == (301, "/vi/san-pham/mon-doi-ten?q=x")
    assert client.get("/vi/san-pham/mon-doi-ten").status_code == 200
    assert client.get(f"/en/products/{same}").status_code == 200


def test_an_unknown_product_is_not_found_in_the_readers_language(client: FlaskClient) -> None:
    for address, language in (("/vi/san-pham/khong-co", "vi"), ("/en/products/no-such-thing", "en")):
        response = client.get(address)
        assert response.status_code == 404
        assert document_fromstring(response.data).xpath("/html/@lang") == [language]


def test_a_text_missing_in_english_is_borrowed_and_says_so(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(select(Product).order_by(Product.id)).first()
        assert product
        product.description = Bilingual(product.description.vi, None)
        address, text = f"/en/products/{product.slug_en}", product.description.vi
    document = document_fromstring(changed.test_client().get(address).data)
    [borrowed] = document.xpath("//main//span[@lang='vi' and ancestor::p[@class='lead']]")
    assert words(borrowed) == " ".join(text.split())
    assert "Not yet in English" in words(document.xpath("//main")[0])


def test_a_confirmed_certificate_wears_the_seal(changed: Flask) -> None:
    with changed.app_context(), transaction():
        certificate = db.session.scalars(
            select(Certificate).where(Certificate.product_id.is_not(None)).order_by(Certificate.id)
        ).first()
        assert certificate
        certificate.evidence, certificate.number = "register", "123/QĐ"
        certificate.confirmed_on, certificate.expires = date(2020, 1, 1), "2999"
        slug = db.session.scalar(select(Product.slug_en).where(Product.id == certificate.product_id))
    document = document_fromstring(changed.test_client().get(f"/en/products/{slug}").data)
    [seal] = document.xpath("//main//*[contains(concat(' ', @class, ' '), ' seal ')]")
    assert "123/QĐ · until 2999" in words(seal)
    assert NONE[Language.EN] not in words(document.xpath("//main//div[@class='buy sticky']")[0])


def test_a_page_takes_as_many_statements_whatever_the_maker_makes(client, statements, products) -> None:
    per_maker: dict[int, list[Product]] = {}
    for product in products:
        per_maker.setdefault(product.producer_id, []).append(product)
    by_size = sorted(per_maker.values(), key=len)
    most = by_size[-1][0]
    pair = next(group for group in by_size if len(group) == 2)[0]
    counts = []
    for product in (pair, most):
        client.get(page(product, Language.VI))
        with statements() as run:
            client.get(page(product, Language.VI))
        counts.append(len(run))
    assert counts[1] <= counts[0]
