"""What is known by its words of one record, and the words themselves in every form the index keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from whoosh import columns, fields
from whoosh.lang.porter import stem as porter_stem

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


def schema() -> fields.Schema:
    """A field for every form, the key of the record, and the fingerprint of what was indexed of it."""
    forms = {form.value: fields.TEXT(phrase=False) for form in Form}
    print_ = fields.COLUMN(columns.NumericColumn("Q"))
    return fields.Schema(key=fields.ID(unique=True, sortable=True), print=print_, **forms)


def indexed(document: Document) -> dict[str, object]:
    """A document as Whoosh takes it: the values of the schema's fields."""
    found = _tokens(document)
    return {"key": key_text((document.kind, document.id)), "print": _print(found), **found}


def fingerprint(document: Document) -> int:
    """A number of 64 bits that tells whether the index holds of a record what it would hold today."""
    return _print(_tokens(document))


@lru_cache(maxsize=10_000)
def stem(folded: str) -> str:
    """The English stem of a folded word: `strawberries` → `strawberri`. What is not plain English stays."""
    return str(porter_stem(folded)) if folded.isascii() and folded.isalpha() and len(folded) < 30 else folded


def key_text(key: Key) -> str:
    """A key as the index writes it: `product:7`."""
    return f"{key[0]}:{key[1]}"


def read_key(stored: str) -> Key:
    """The key that `key_text` wrote."""
    kind, _, number = stored.rpartition(":")
    return kind, int(number)


def _tokens(document: Document) -> dict[str, list[str]]:
    """The words of a document in every form, repeated by their weight."""
    found: dict[str, list[str]] = {form.value: [] for form in Form}
    for times, texts in ((NAME_COUNTS, document.names), (WORD_COUNTS, document.words), (1, document.texts)):
        for text in texts:
            spelled = [word.text for word in words(text)]
            plain = _plain(spelled)
            found[Form.EXACT] += [canonical(word) for word in spelled] * times
            found[Form.FOLDED] += plain * times
            found[Form.JOINED] += joined(plain) * times
            found[Form.STEM] += [stem(word.lower()) for word in spelled if word.isascii()] * times
    for name in document.names:
        plain = _plain([word.text for word in words(name)])
        found[Form.WHOLE].append("".join(plain))
        found[Form.OPENING] += ["".join(plain[: size + 1]) for size in range(min(OPENING_WORDS, len(plain)))]
    return found


def _plain(spelled: Sequence[str]) -> list[str]:
    return [iy(fold(word)) for word in spelled]


def _print(tokens: dict[str, list[str]]) -> int:
    told = "\n".join(" ".join(found) for found in tokens.values())
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big")
