"""The product list and the pages of products, on the real data."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

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
from catalogue.products.models import Product
from catalogue.products.queries import WITH_MAKER, category_tree
from catalogue.slugs import address as give_address
from catalogue.web.language import speaking
from catalogue.web.money import money
from catalogue.web.public import specs

LISTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
PLACES = {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"}
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


def links(document: HtmlElement) -> set[str]:
    return set(document.xpath("//main//a/@href"))


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
                assert f"{PLACES[language]}/{maker.place.slug(language)}" in found


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
            told = document.xpath("//main//div[@class='claim-line claim']")
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
    assert "36 months" in words(
        pages[oolong.code, Language.EN].xpath("//main//div[@class='claim-line claim']")[0]
    )
    assert "ended in August 2025" in words(pages[oolong.code, Language.EN].xpath("//main")[0])


def test_without_a_claim_the_page_says_that_none_is_on_record(pages, products, held) -> None:
    for product in products:
        for language in Language:
            says = NONE[language] in words(
                pages[product.code, language].xpath("//main//div[@class='buy sticky']")[0]
            )
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
        (
            "hasfarm-ngon-giong-cuc",
            Language.EN,
            "2,100,000–3,000,000 cuttings a week (reported for December 2017)",
        ),
        ("hasfarm-ngon-giong-cuc", Language.VI, "2.100.000–3.000.000 ngọn giống mỗi tuần"),
        ("rung-hoa-calla-chau", Language.EN, "more than 80,000 pots a season (reported for 2017)"),
        ("rung-hoa-cuc-nhat", Language.EN, "Planned output 40,000 stems a week (reported, date not stated)"),
    ],
)
def test_amounts_are_written_as_the_language_writes_them(pages, products, code, language, text) -> None:
    assert text in words(pages[code, language].xpath("//main")[0])


def test_a_price_of_long_ago_is_no_price_of_today(pages, products) -> None:
    [product] = [one for one in products if "price_reported_vnd" in one.specs]
    english, vietnamese = (
        words(pages[product.code, one].xpath("//main")[0]) for one in (Language.EN, Language.VI)
    )
    assert "Reported by a source, year not stated: ₫250,000–₫650,000; not a current price" in english
    assert "250.000\xa0₫–650.000\xa0₫" in pages[product.code, Language.VI].text_content()
    assert "không phải giá hiện nay" in vietnamese


@pytest.mark.parametrize(
    ("amount", "currency", "vietnamese", "english"),
    [
        ("20000.00", "VND", "20.000 ₫", "₫20,000"),
        ("12.55", "VND", "12,55 ₫", "₫12.55"),
        ("20.00", "USD", "20 US$", "$20"),
        ("12.55", "USD", "12,55 US$", "$12.55"),
        ("12.50", "EUR", "12,50 €", "€12.50"),
        ("1500", "JPY", "1.500 ¥", "¥1,500"),
    ],
)
def test_a_price_has_decimals_where_it_has_parts(
    loaded, amount: str, currency: str, vietnamese: str, english: str
) -> None:
    with loaded.test_request_context("/"):
        for language, written in ((Language.VI, vietnamese), (Language.EN, english)):
            with speaking(language):
                assert money(Decimal(amount), currency).replace("\xa0", " ") == written


def test_no_fact_stands_twice_on_a_page(pages) -> None:
    for (code, _), document in pages.items():
        terms = [words(term) for term in document.xpath("//main//dl[contains(@class, 'facts')]/div/dt")]
        assert len(terms) == len(set(terms)), (code, terms)


def test_what_nobody_has_said_is_called_not_known(pages, products) -> None:
    document = pages[products[0].code, Language.EN]
    rows = {words(row.xpath("./dt")[0]): words(row.xpath("./dd")[0]) for row in document.xpath("//dl/div")}
    assert rows["Minimum order"] == "Not known"
    assert rows["Price"] == "Not known: ask the maker"


def test_alcohol_is_for_adults(pages, products) -> None:
    told = [
        one.code
        for one in products
        if "adults only" in words(pages[one.code, Language.EN].xpath("//main")[0])
    ]
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
