"""The pages of this site that stand for no record, as the search finds them: `pages.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from catalogue.kernel.language import Bilingual

KIND = "page"
# Pages about the site that staff added: read by everybody, but no records.
ABOUT = "about"


@dataclass(frozen=True)
class SitePage:
    """A page; `id` is its number in the index and never given to another, `words` are other names for it."""

    id: int
    code: str
    name: Bilingual
    summary: Bilingual
    words: tuple[str, ...]


def _read(file: Path) -> tuple[SitePage, ...]:
    return tuple(
        SitePage(
            row["id"],
            row["code"],
            Bilingual(**row["name"]),
            Bilingual(**row["summary"]),
            tuple(row["words"]),
        )
        for row in json.loads(file.read_text(encoding="utf-8"))
    )


PAGES = _read(Path(__file__).with_name("pages.json"))
BY_ID = {page.id: page for page in PAGES}
