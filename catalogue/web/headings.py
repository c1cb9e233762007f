"""HS codes by words: the headings of HS 2022 that our kinds of product use, in both languages.

The words are ours and short; the codes are those of the categories in the data.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import config

FILE: Path = config.ROOT / "catalogue" / "products" / "hs_headings.json"


@cache
def all_headings() -> tuple[dict[str, str], ...]:
    """Each heading as {"code", "vi", "en"}, by code; the editor's list is searched by its words."""
    return tuple(sorted(json.loads(FILE.read_text("utf-8")), key=lambda heading: heading["code"]))
