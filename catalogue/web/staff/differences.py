"""What readers see and what is proposed, side by side: a row a field and language, the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from catalogue.editorial.fields import Field, Shape
from catalogue.editorial.rules import LANGUAGES, Change, Content, is_something
from catalogue.web import listing_words

WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Texts that have less in common are shown as one that goes and one that comes.
ALIKE = 0.4
WRITTEN = frozenset({Shape.WORDS, Shape.LINES, Shape.KEYWORDS})


@dataclass(frozen=True)
class Part:
    """A piece of a text. `fate`: "same", "gone" (only before) or "new" (only after)."""

    fate: str
    text: str


@dataclass(frozen=True)
class Row:
    """One field, or one language of it (`language` is empty where it has none)."""

    name: str
    label: str
    language: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]


def rows(fields: Iterable[Field], changes: Iterable[Change]) -> list[Row]:
    """What changes, in the order of the changes; a language that stays as it is has no row."""
    named = {field.name: field for field in fields}
    return [
        row
        for change in changes
        if change.field in named
        for row in _rows(named[change.field], change.before, change.after)
        if row.before != row.after
    ]


def whole(fields: Iterable[Field], content: Content) -> list[Row]:
    """A new listing: everything that it says, and each language that a text lacks."""
    return [
        row
        for field in fields
        if is_something(content.get(field.name))
        for row in _rows(field, None, content[field.name])
    ]


def compared(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Two texts word by word; blanks between words that differ belong to them."""
    old, new = WORD.findall(before), WORD.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = sum(_words(old[start:end]) for deed, start, end, _, _ in steps if deed == "equal")
    if 2 * kept < ALIKE * (_words(old) + _words(new)):
        return _all("gone", before), _all("new", after)
    left: list[Part] = []
    right: list[Part] = []
    for place, (deed, start, end, other, until) in enumerate(steps):
        was, now = "".join(old[start:end]), "".join(new[other:until])
        is_same = deed == "equal" and (was.strip() or place in {0, len(steps) - 1})
        _add(left, "same" if is_same else "gone", was)
        _add(right, "same" if is_same else "new", now)
    return tuple(left), tuple(right)


def _words(pieces: list[str]) -> int:
    return sum(not piece.isspace() for piece in pieces)


def _add(parts: list[Part], fate: str, text: str) -> None:
    """Put a piece behind the others, together with the last one where both have one fate."""
    if text and parts and parts[-1].fate == fate:
        parts[-1] = Part(fate, parts[-1].text + text)
    elif text:
        parts.append(Part(fate, text))


def _rows(field: Field, before: Any, after: Any) -> Iterator[Row]:
    label = str(listing_words.LABELS[field.name])
    was, now = listing_words.said(field, before), listing_words.said(field, after)
    if field.shape in WRITTEN:
        old, new = ({one: text for text, one in texts} for texts in (was, now))
        for one in LANGUAGES:
            yield Row(field.name, label, one, *compared(old.get(one, ""), new.get(one, "")))
        return
    old_text, new_text = ("".join(text for text, _ in texts) for texts in (was, now))
    yield Row(field.name, label, "", _all("gone", old_text), _all("new", new_text))


def _all(fate: str, text: str) -> tuple[Part, ...]:
    return (Part(fate, text),) if text else ()
