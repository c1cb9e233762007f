"""A class means one thing: what a page's own sheet calls by a name, no other page's sheet calls so too."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

STYLES = Path(__file__).parents[2] / "static" / "css"
# These restyle what the other sheets name, for paper and for those who ask for more contrast.
OVER_ALL = {"paper.css", "contrast.css", "spacing.css"}
# What only the rooms behind a sign-in use, served with all the rest.
PRIVATE = {"private.css", "office.css"}
TEMPLATES = STYLES.parents[1] / "templates"


def classes(sheet: Path) -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    selectors = [found for found in re.findall(r"([^{}]+)\{", text) if "@" not in found]
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def test_no_two_pages_give_one_class_two_meanings() -> None:
    sheets = {path: classes(path) for path in STYLES.rglob("*.css")}
    shared = {name for path, names in sheets.items() if path.parent.name != "pages" for name in names}
    owners: dict[str, set[str]] = defaultdict(set)
    for path, names in sheets.items():
        if path.parent.name == "pages" and path.name not in OVER_ALL:
            for name in names - shared:
                owners[name].add(path.name)
    assert len(owners) > 20
    assert {name: pages for name, pages in owners.items() if len(pages) > 1} == {}


def test_no_public_page_uses_a_class_of_the_rooms_behind_a_sign_in() -> None:
    """A list that calls itself `plain` would be drawn as the button of that name."""
    sheets = {path: classes(path) for path in STYLES.rglob("*.css")}
    private = {name for path, names in sheets.items() if path.name in PRIVATE for name in names}
    private -= {name for path, names in sheets.items() if path.name not in PRIVATE for name in names}
    assert len(private) > 10
    used = {
        (name, str(page.relative_to(TEMPLATES)))
        for room in ("public", "api")
        for page in (TEMPLATES / room).rglob("*.html")
        for names in re.findall(r'class="([^"{]*)', page.read_text("utf-8"))
        for name in names.split()
    }
    assert {(name, page) for name, page in used if name in private} == set()
