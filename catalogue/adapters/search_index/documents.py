"""What is known by its words of one record, and the words themselves in every form the index keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from whoosh.lang.porter import stem as porter_stem

from catalogue.kernel.english import base
from catalogue.kernel.query import Form
from catalogue.kernel.text import canonical, fold, iy, joined, words

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known by its words of one record: `kind` and `id` name it, the texts are in any language.

    `names` weigh most, then `words` (keywords, maker, village, places old and new, codes), then `texts`
    (summaries and descriptions).
    """

    kind: str
    id: int
    names: Sequence[str] = ()
    words: Sequence[str] = ()
    texts: Sequence[str] = ()


NAME_COUNTS, WORD_COUNTS = 6, 2  # times a text; BM25 flattens them, so a name outweighs any description
OPENING_WORDS = 4


def indexed(document: Document) -> dict[str, Any]:
    """A document as Whoosh takes it: the values of the schema's fields."""
    found = _counts(document)
    words_of: dict[str, Any] = {form: list(counts.items()) for form, counts in found.items()}
    return {"key": key_text((document.kind, document.id)), "print": _print(found), **words_of}


def fingerprint(document: Document) -> int:
    """A number of 64 bits that tells whether the index holds of a record what it would hold today."""
    return _print(_counts(document))


@lru_cache(maxsize=10_000)
def stem(folded: str) -> str:
    """The English stem of a folded word: `strawberries` → `strawberri`. What is not plain English stays."""
    plain = folded.isascii() and folded.isalpha() and len(folded) < 30
    return str(porter_stem(base(folded))) if plain else folded


def key_text(key: Key) -> str:
    """A key as the index writes it: `product:7`."""
    return f"{key[0]}:{key[1]}"


def read_key(stored: str) -> Key:
    """The key that `key_text` wrote."""
    kind, _, number = stored.rpartition(":")
    return kind, int(number)


Counts = dict[Form, Counter[str]]


def _counts(document: Document) -> Counts:
    """The words of a document in every form, and how often each counts."""
    found: Counts = {form: Counter() for form in Form}
    for times, texts in ((NAME_COUNTS, document.names), (WORD_COUNTS, document.words), (1, document.texts)):
        for text in texts:
            spelled = [_forms(word.text) for word in words(text)]
            plain = [forms[1] for forms in spelled]
            told = {
                Form.EXACT: [forms[0] for forms in spelled],
                Form.FOLDED: plain,
                Form.JOINED: joined(plain),
                Form.STEM: [forms[2] for forms in spelled if forms[2]],
            }
            for form, every in told.items():
                found[form].update(every * times)
    for name in document.names:
        plain = [_forms(word.text)[1] for word in words(name)]
        found[Form.WHOLE]["".join(plain)] += 1
        found[Form.OPENING].update(
            "".join(plain[: size + 1]) for size in range(min(OPENING_WORDS, len(plain)))
        )
    return found


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, str, str]:
    """A word in its exact, its folded and, where it may be English, its stemmed form."""
    return canonical(word), iy(fold(word)), stem(word.lower()) if word.isascii() else ""


def _print(counts: Counts) -> int:
    told = repr([(form.value, list(found.items())) for form, found in counts.items()])
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big")
