"""Words that mean the same: those of the language, `synonyms.json`, which hold whatever the catalogue has."""

from __future__ import annotations

import json
from pathlib import Path

Group = tuple[str, ...]


def _read(file: Path) -> tuple[Group, ...]:
    return tuple(tuple(group) for group in json.loads(file.read_text(encoding="utf-8")))


OF_THE_LANGUAGE = _read(Path(__file__).with_name("synonyms.json"))
