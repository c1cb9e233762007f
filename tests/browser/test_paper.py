"""Record pages on A4: the words, the facts, the address and the day; no navigation, nothing cut off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PAGES = {
    "product": "/vi/san-pham/sinh-to-dau-tay-enny",
    "producer": "/en/producers/cau-dat-da-lat-tea-jsc-cau-dat-farm",
    "village": "/vi/lang-nghe/lang-det-tho-cam-bno-c",
    "route": "/vi/tuyen/don-duong-vung-dat-churu",
    "scheme": "/en/schemes/ocop-one-commune-one-product",
}
# A4 less the margins of `@page`, in CSS pixels.
PAPER = {"width": 688, "height": 1001}
MOST_SHEETS = 4
STAMP_PX = 100  # a related record on paper: a small print beside three or four short lines
NAVIGATION = ".top, .tabs, .end, .skip, .crumbs, .tell, .btn, .more, .wanted, main nav, form, button"


@pytest.fixture(params=PAGES.values(), ids=list(PAGES))
def paper(request: pytest.FixtureRequest, page: Page) -> Page:
    """A record page, laid out for paper."""
    page.set_viewport_size(PAPER)
    answer = page.goto(request.param)
    assert answer is not None
    assert answer.status == 200
    page.emulate_media(media="print")
    return page


def test_a_record_prints_as_a_clean_sheet_with_its_address_and_the_day(paper: Page) -> None:
    shown = "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.outerHTML.slice(0, 80))"
    assert paper.locator(NAVIGATION).evaluate_all(shown) == []
    expect(paper.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    canonical = paper.locator("link[rel=canonical]").get_attribute("href") or "none"
    last = paper.locator(".on-paper").last
    expect(last).to_contain_text(canonical)
    expect(last).to_have_text(re.compile(r"\b20\d\d\b"))


def test_nothing_on_paper_is_wider_than_the_sheet_and_related_records_are_small(paper: Page) -> None:
    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    heights = paper.locator(".card").evaluate_all("cards => cards.map(c => c.getBoundingClientRect().height)")
    assert [height for height in heights if height > STAMP_PX] == []


def test_a_record_needs_few_sheets(paper: Page) -> None:
    sheets = re.findall(rb"/Type\s*/Page\b", paper.pdf(prefer_css_page_size=True))
    assert 1 <= len(sheets) <= MOST_SHEETS


def test_a_list_in_pages_says_on_paper_which_page_it_is(page: Page) -> None:
    page.goto("/en/schemes/ocop-one-commune-one-product?page=2")
    told = page.get_by_text(re.compile(r"^Page 2 of \d"))
    expect(told).to_be_hidden()
    page.emulate_media(media="print")
    expect(told).to_be_visible()
