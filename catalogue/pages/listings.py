"""Words, pages and notices as listings; what nobody has written yet is what the site came with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.kernel.language import Bilingual
from catalogue.kernel.sources import cite, urls_of
from catalogue.pages.models import AboutPage, HomeSection, TravelNotice

BUILT_IN = Path(__file__).with_name("built_in")
LANGUAGES = ("vi", "en")


@cache
def built_in_sections() -> dict[str, dict[str, Any]]:
    """The front page's own words by the code of their section, in the order of the page."""
    rows = json.loads((BUILT_IN / "home.json").read_text("utf-8"))
    return {
        row["code"]: {"title": row["title"], "text": row["text"], "position": place}
        for place, row in enumerate(rows, start=1)
    }


@cache
def built_in_pages() -> dict[str, dict[str, Any]]:
    """The pages about the site that it came with, by code: a title, a line below it, then Markdown."""
    found = {}
    for code in sorted({path.name.partition(".")[0] for path in BUILT_IN.glob("*.md")}):
        parts = {one: _parts((BUILT_IN / f"{code}.{one}.md").read_text("utf-8")) for one in LANGUAGES}
        names = ("name", "summary", "text")
        found[code] = {
            name: {one: parts[one][place] for one in LANGUAGES} for place, name in enumerate(names)
        }
    return found


def section_content(section: HomeSection) -> dict[str, Any]:
    """What the editor shows of a section of the front page."""
    return {"title": section.title.plain, "text": section.text.plain, "position": section.position}


def put_section(section: HomeSection, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says."""
    section.title, section.text = Bilingual.of(content.get("title")), Bilingual.of(content.get("text"))
    section.archived_at = None  # it may have been back at what the site came with
    section.position = content.get("position") or len(built_in_sections()) + 1


def page_content(page: AboutPage) -> dict[str, Any]:
    """What the editor shows of a page about the site."""
    return {"name": page.name.plain, "summary": page.summary.plain, "text": page.text.plain}


def put_page(page: AboutPage, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says."""
    page.name, page.summary = Bilingual.of(content.get("name")), Bilingual.of(content.get("summary"))
    page.text = Bilingual.of(content.get("text"))
    page.sources, page.archived_at = page.sources or [], None


def notice_content(notice: TravelNotice) -> dict[str, Any]:
    """What the editor shows of a notice."""
    return {
        "title": notice.title.plain,
        "text": notice.text.plain,
        "first_day": notice.first_day.isoformat(),
        "last_day": notice.last_day.isoformat(),
        "everywhere": notice.everywhere or None,
        "villages": sorted(notice.villages) or None,
        "routes": sorted(notice.routes) or None,
        "sources": urls_of(notice.sources),
    }


def put_notice(notice: TravelNotice, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says."""
    notice.title, notice.text = Bilingual.of(content.get("title")), Bilingual.of(content.get("text"))
    notice.first_day = date.fromisoformat(content["first_day"])
    notice.last_day = date.fromisoformat(content["last_day"])
    notice.everywhere = bool(content.get("everywhere"))
    notice.villages, notice.routes = content.get("villages") or [], content.get("routes") or []
    notice.sources = cite(content.get("sources"), notice.sources)


def _parts(markdown: str) -> tuple[str, str, str]:
    title, summary, text = markdown.strip().split("\n\n", 2)
    return title.removeprefix("# "), summary, text
