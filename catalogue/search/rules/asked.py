"""The words of a question as they were typed, each in the forms by which the index may find it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol

from catalogue.kernel.misread import apart
from catalogue.kernel.query import Form, Term
from catalogue.kernel.text import (
    APOSTROPHES,
    canonical,
    fold,
    is_divided,
    is_syllable,
    iy,
    nfc,
    telex,
    vni,
    vni_letters,
    words,
)

LONGEST_QUERY = 300  # signs; a pasted page is not a question
MOST_WORDS = 12
LONGEST_JOINED = 3  # words that the index also knows as one

# Who types marks means them: the exact spelling outweighs the folded one. Who types none may mean any.
EXACT, FOLDED_BESIDE_EXACT = 2.0, 0.5
FOLDED = 1.0
SPELLED_SO = 0.4  # of what an unmarked syllable may be, that very word comes first: `da` before đá
STEMMED = 0.5
WRITTEN_AS_ONE = 0.9

OPENED = re.compile(f"([^\\W\\d_])[{APOSTROPHES}]")


class Lexicon(Protocol):
    """What the index knows about words."""

    def knows(self, form: Form, text: str) -> bool:
        """Whether any document has this word in this form."""

    def similar(self, word: str) -> Sequence[tuple[Form, str]]:
        """The indexed words that a slip of the keyboard turns into this folded word, nearest first."""

    def stem(self, word: str) -> str:
        """The English stem of a folded word, as the index makes it."""


class Asked(NamedTuple):
    """A word of the question in the forms by which it may be found.

    `typed`: in lower case, before i stood for y; `divided`: spelled with a sign inside (some write `K Ho` for
    `K'Ho`); `opened`: the one letter before it; `english`: found only in another form (`nut` in nuts), so it
    is a word though it looks like a syllable.
    """

    exact: str
    plain: str
    stem: str
    typed: str
    divided: bool = False
    opened: str = ""
    english: bool = False

    @classmethod
    def read(cls, word: str, lexicon: Lexicon, spelled: str = "") -> Asked:
        """`word` is cleaned for comparing, `spelled` what was typed."""
        folded, exact = fold(word), canonical(word)
        stem, opened = lexicon.stem(folded), OPENED.match(spelled)
        return cls(
            exact,
            iy(folded),
            stem,
            word.lower(),
            divided=is_divided(spelled),
            opened=fold(opened[1]) if opened else "",
            english=not lexicon.knows(Form.EXACT, exact) and lexicon.knows(Form.STEM, stem),
        )

    @property
    def key(self) -> str:
        """As synonyms know it."""
        return f"'{self.exact}" if self.divided else self.exact

    @property
    def marked(self) -> bool:
        return self.divided or not self.exact.isascii()

    def terms(self) -> Iterator[Term]:
        alone = is_syllable(self.plain)
        if self.marked:
            yield Term(Form.EXACT, self.exact, EXACT)
            yield Term(Form.FOLDED, self.plain, FOLDED_BESIDE_EXACT)
        else:
            yield Term(Form.FOLDED, self.plain, FOLDED)
            if alone:
                yield Term(Form.EXACT, self.exact, SPELLED_SO)
        # One syllable is neither English nor two neighbours: `toan` is not `tơ an`.
        if not self.marked and (not alone or self.english):
            yield Term(Form.STEM, self.stem, STEMMED)
            yield Term(Form.STEM, self.plain, STEMMED)  # typed as short as a stem: `coffe`
        if not alone or self.divided:
            yield Term(Form.JOINED, self.plain, WRITTEN_AS_ONE)


def asked_words(text: str, lexicon: Lexicon) -> list[Asked]:
    """The words of a text; of a long one the first dozen."""
    question = nfc(text[:LONGEST_QUERY])
    found = words(question)
    if len(text) > LONGEST_QUERY and len(found) > 1:
        found.pop()  # cut in the middle, perhaps
    read = [Asked.read(word.text, lexicon, question[word.start : word.end]) for word in found[:MOST_WORDS]]
    return list(_spelled_out(read, lexicon))


def _spelled_out(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[Asked]:
    """The words; letters that are typed one by one (`O C O P`), more than the index joins, make one."""
    for single, run in groupby(asked, lambda word: len(word.plain) == 1):
        letters = list(run)
        if single and len(letters) > LONGEST_JOINED:
            yield Asked.read("".join(letter.exact for letter in letters), lexicon)
        else:
            yield from letters


def read_typing(asked: Sequence[Asked], lexicon: Lexicon, *explained: Container[str]) -> list[Asked]:
    """The same words; one that neither the index nor any of `explained` knows is replaced by what its keys
    stand for, or by those it was made of."""
    read: list[Asked] = []
    for place, word in enumerate(asked):
        if any(word.key in known for known in explained) or is_known(asked, place, lexicon):
            read.append(word)
        else:
            read += as_keys(word, lexicon) or _apart(word, lexicon) or [word]
    return read


def as_keys(word: Asked, lexicon: Lexicon) -> list[Asked]:
    """What a word stands for as Telex or VNI keys, where the index knows it."""
    spelled = telex(word.typed) or vni(word.typed) or vni_letters(word.typed)
    decoded = [Asked.read(spelled, lexicon)._replace(typed=word.typed)] if spelled else []
    return [one for one in decoded if lexicon.knows(Form.FOLDED, one.plain)]


def _apart(word: Asked, lexicon: Lexicon) -> list[Asked]:
    """The words of a run; at least every other two must stand side by side somewhere, else it is chance."""
    if is_syllable(word.plain) or word.plain.isdecimal():
        return []

    def together(pair: str) -> bool:
        return lexicon.knows(Form.JOINED, pair)

    pieces = apart(word.typed, lambda plain: lexicon.knows(Form.FOLDED, plain), together)
    read = [Asked.read(piece, lexicon) for piece in pieces]
    spelled = all(
        each.plain.isdigit() or (each.marked and lexicon.knows(Form.EXACT, each.exact)) for each in read
    )
    junctions = [
        spelled or one.plain.isdigit() or other.plain.isdigit() or together(one.plain + other.plain)
        for one, other in pairwise(read)
    ]
    return read if 2 * sum(junctions) >= len(junctions) else []


def is_known(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    """Whether any document has the word there, by itself or as one with a neighbour."""
    alone = any(lexicon.knows(term.form, term.text) for term in asked[place].terms())
    return alone or any(
        lexicon.knows(form, pair)
        for first in (place - 1, place)
        if (pair := pair_at(asked, first))
        for form in (Form.FOLDED, Form.JOINED)
    )


def pair_at(asked: Sequence[Asked], first: int) -> str:
    """Two neighbours folded and written as one; empty where there are no two."""
    if first < 0 or first + 1 >= len(asked):
        return ""
    return asked[first].plain + asked[first + 1].plain
