"""What the office types in Markdown can be shown to everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from catalogue.adapters.markdown import plain, render

ALLOWED = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
    *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


def shown(text: str, level: int = 2):
    return fragment_fromstring(render(text, level), create_parent="div")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[words](javascript:alert(1))",
        "[words](JaVaScRiPt:alert(1))",
        "[words](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "[words][1]\n\n[1]: javascript:alert(1)",
        "![words](javascript:alert(1))",
        "[words](vbscript:x 'a\" onmouseover=\"x')",
        "<a href='x' style='position:fixed'>words</a>",
    ],
)
def test_nothing_typed_becomes_a_program(text: str) -> None:
    page = shown(text)
    assert {one.tag for one in page.iterdescendants()} <= ALLOWED
    for one in page.iterdescendants():
        assert set(one.attrib) <= {"href", "rel", "title", "class", "start", "scope"}
        assert (one.get("href") or "https:").startswith(("http", "mailto:", "tel:", "/", "#"))


@given(st.text(alphabet="<>\"'`*_[]()#-|!\\&;:/ \n\tajs", max_size=200))
def test_no_mixture_of_signs_leaves_what_is_allowed(text: str) -> None:
    page = shown(text)
    assert {one.tag for one in page.iterdescendants()} <= ALLOWED
    assert not [one for one in page.iterdescendants() if any(name.startswith("on") for name in one.attrib)]


def test_the_highest_heading_gets_the_level_of_its_place() -> None:
    assert [one.tag for one in shown("## A\n\n### B", 3)] == ["h3", "h4"]
    assert [one.tag for one in shown("# A\n\n## B", 3)] == ["h3", "h4"]


def test_what_leads_away_says_that_it_is_somebodys_word() -> None:
    away, here = shown("[a](https://example.org/) [b](/en/products)").xpath(".//a")
    assert away.get("rel") == "nofollow noopener ugc"
    assert here.get("rel") is None
    assert shown("[a](//example.org)").xpath(".//a/@rel") == ["nofollow noopener ugc"]


def test_pictures_have_rights_of_their_own_and_are_left_out() -> None:
    assert shown("![a](https://example.org/a.png)").xpath(".//img") == []


def test_the_search_reads_words_and_no_signs() -> None:
    assert plain("## Đi *đâu*\n\n- [về](https://example.org)") == "Đi đâu về"
