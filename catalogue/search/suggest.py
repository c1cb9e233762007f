"""What a reader may be about to type: products, makers, villages and categories that begin so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain

from sqlalchemy import select

from catalogue import version
from catalogue.database import db
from catalogue.kernel.once import once
from catalogue.kernel.text import canonical, fold, iy, nfc, telex, vni, words
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product

# How many of a kind are offered at most, and in which order the kinds stand where all else is equal.
MOST_OF = {"category": 2, "product": 5, "producer": 3, "village": 2}
MOST_CANDIDATES = 60
LONGEST_TYPED, MOST_WORDS = 80, 6
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Text:
    """One name of something that can be offered. `place`: where its record stands among those of its kind."""

    kind: str
    id: int
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that is offered; `matched` is that name of it which begins as typed, in whatever language."""

    kind: str
    id: int
    matched: str


class Suggestions:
    """The beginnings of all names, once built never changed, so that all threads may share it."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = list(texts)
        whole: list[tuple[str, int]] = []
        inner: list[tuple[str, int]] = []
        single: list[tuple[str, int]] = []
        exact: list[tuple[str, int]] = []
        for number, one in enumerate(self._texts):
            plain = [iy(_folded(word.text)) for word in words(one.text)]
            single += [(word, number) for word in set(plain)]
            exact += [(_exact(one.text[word.start : word.end]), number) for word in words(one.text)]
            for place in range(len(plain)):
                (inner if place else whole).append(("".join(plain[place:]), number))
        # Names that begin so; names with a word that begins so; the words one by one, folded and as spelled.
        self._whole, self._inner, self._single = map(_Beginnings, (whole, inner, single))
        self._exact = _Beginnings(exact)

    def find(self, typed: str, most: int) -> list[Suggestion]:
        """What begins as typed, whole names first; then what has all the words, the last one begun."""
        text = nfc(typed[:LONGEST_TYPED])
        spelled = [text[word.start : word.end] for word in words(text)][:MOST_WORDS]
        for reading in (spelled, [telex(word) or vni(word) or word for word in spelled]):
            found = self._best(reading, most) if reading else []
            if found:
                return found
        return []

    def _best(self, spelled: Sequence[str], most: int) -> list[Suggestion]:
        plain = [iy(fold(word.text)) for typed in spelled for word in words(typed)]
        meant = self._meant(spelled)
        offered: dict[tuple[str, int], Suggestion] = {}
        left = dict(MOST_OF)
        for number in self._candidates(plain, meant):
            one = self._texts[number]
            if (one.kind, one.id) not in offered and left[one.kind]:
                offered[one.kind, one.id] = Suggestion(one.kind, one.id, one.text)
                left[one.kind] -= 1
            if len(offered) == most:
                break
        return list(offered.values())

    def _candidates(self, plain: Sequence[str], meant: set[int] | None) -> Iterator[int]:
        """Numbers of texts, the best first; what was typed with its marks stands before all else."""
        beginning = "".join(plain)
        lots: list[Collection[int]] = [
            self._whole.with_beginning(beginning), self._inner.with_beginning(beginning)
        ]  # fmt: skip
        if len(plain) > 1:
            lots.append(set.intersection(*(set(self._single.with_beginning(word)) for word in plain)))
        if meant is not None:
            for lot in lots:
                yield from self._in_order(number for number in lot if number in meant)
        for lot in lots:
            yield from self._in_order(lot)

    def _meant(self, spelled: Sequence[str]) -> set[int] | None:
        """The texts that have the words typed with marks as they are spelled; None where none has marks."""
        exact = [word for word in map(_exact, spelled) if not word.isalnum() or not word.isascii()]
        found = (set(self._exact.with_beginning(word)) for word in exact)
        return set.intersection(*found) if exact else None

    def _in_order(self, numbers: Iterable[int]) -> list[int]:
        """Kind by kind, of each the short names first: they say most of what was typed."""
        return sorted(nsmallest(MOST_CANDIDATES, numbers, key=self._length), key=self._order)

    def _length(self, number: int) -> tuple[int, int]:
        one = self._texts[number]
        return len(one.text), one.place

    def _order(self, number: int) -> tuple[int, int, int]:
        return list(MOST_OF).index(self._texts[number].kind), *self._length(number)


class _Beginnings:
    """Words in order, each with the number of its text."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        in_order = sorted(pairs)
        self._words = [word for word, _ in in_order]
        self._numbers = [number for _, number in in_order]

    def with_beginning(self, beginning: str) -> Sequence[int]:
        """The numbers of all texts with a word that begins so."""
        first = bisect_left(self._words, beginning)
        return self._numbers[first : bisect_left(self._words, beginning + LAST, first)]


@lru_cache(maxsize=20_000)
def _exact(spelled: str) -> str:
    """A word as it was meant: who types `k'ho` does not mean khô."""
    word = "".join(word.text for word in words(spelled))
    return canonical(word) if spelled.isalnum() else f"'{canonical(word)}"


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def suggestions() -> Suggestions:
    """What can be offered, as the catalogue stands."""
    return _suggestions(str(db.engine.url), version.current())


@once(1)
def _suggestions(_database: str, _version: int) -> Suggestions:
    return Suggestions(chain(_categories(), *(_named(kind, model) for kind, model in NAMED.items())))


NAMED: dict[str, type[Product | Producer | CraftVillage]] = {
    "product": Product,
    "producer": Producer,
    "village": CraftVillage,
}


def _named(kind: str, model: type[Product | Producer | CraftVillage]) -> Iterator[Text]:
    rows = db.session.execute(select(model.id, model.name).order_by(model.sort_vi))
    for place, (number, name) in enumerate(rows):
        yield from (Text(kind, number, text, place) for text in dict.fromkeys(name.texts()))


def _categories() -> Iterator[Text]:
    """By their names and the words that people use for them."""
    rows = db.session.scalars(select(Category).order_by(Category.position))
    for place, row in enumerate(rows):
        said = [*row.name.texts(), *(word for each in row.synonyms.values() for word in each)]
        yield from (Text("category", row.id, text, place) for text in dict.fromkeys(said))
