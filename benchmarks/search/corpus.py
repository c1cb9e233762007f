"""Products made from the real ones, and what people ask for among them; the same seed makes the same.

A made-up product takes its names, keywords and texts from several real ones, cut and put together word by
word, so that words come as often as in the real catalogue and new neighbours arise.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask

from catalogue.adapters.search_index import Document
from catalogue.kernel.clock import today
from catalogue.kernel.text import fold, words
from catalogue.search.catalogue import catalogue_rows
from catalogue.search.documents import all_documents
from catalogue.search.nearness import nearness

SEED = 2026
COUNTED = ("category", "place", "kind", "evidence")  # the facets of a faceted query
PAGE = 24
LETTERS = "abcdeghiklmnopqrstuvxy"

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Corpus:
    """Products by their place, each with the values of its facets."""

    documents: Sequence[Document]
    values: Sequence[Values]


@dataclass(frozen=True)
class Asked:
    """One question: `kind` names the class it belongs to, `page` counts from 1, `chosen` filters by facets.

    With `unfinished` the last word may go on.
    """

    kind: str
    text: str
    page: int = 1
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    counted: bool = False
    unfinished: bool = False


def make(app: Flask, total: int) -> Corpus:
    """A catalogue of so many products after the pattern of the loaded one."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    with app.app_context():
        real = [document for document in all_documents() if document.kind == "product"]
        products, _ = catalogue_rows(today(), nearness())
        values = [row.values for row in products]
    return Corpus(
        [_product(number, real, chance) for number in range(1, total + 1)],
        [chance.choice(values) for _ in range(total)],
    )


def _product(number: int, real: Sequence[Document], chance: random.Random) -> Document:
    one, other, third = chance.sample(real, 3)
    return Document(
        "product",
        number,
        tuple(_spliced(*pair, chance) for pair in zip(one.names, other.names, strict=False)),
        (*one.words, *chance.sample(list(other.words), min(3, len(other.words)))),
        tuple(_spliced(*pair, chance) for pair in zip(one.texts, third.texts, strict=False)),
    )


def _spliced(one: str, other: str, chance: random.Random) -> str:
    first, second = one.split(), other.split()
    cut = chance.randint(1, len(first))
    return " ".join(first[:cut] + second[chance.randint(0, len(second)) :])


# ---------------------------------------------------------------- questions
def questions(corpus: Corpus, number: int, seed: int) -> list[Asked]:
    """So many questions, all different, as many of each class."""
    chance = random.Random(seed)  # noqa: S311
    asked: list[Asked] = []
    known: set[tuple[str, str, str, int]] = set()
    makers: Iterator[Callable[[Corpus, random.Random], Asked]] = iter(CLASSES * number)
    while len(asked) < number:
        maker = next(makers)
        one = maker(corpus, chance)
        key = (one.kind, one.text, repr(one.chosen), one.page)
        if key not in known:
            known.add(key)
            asked.append(one)
    return asked


def _name(corpus: Corpus, chance: random.Random, language: int = 0) -> list[str]:
    names = chance.choice(corpus.documents).names
    return [word.text.lower() for word in words(names[min(language, len(names) - 1)])]


def _text(corpus: Corpus, chance: random.Random) -> list[str]:
    """A few words that stand side by side somewhere."""
    document = chance.choice(corpus.documents)
    found = [word.text.lower() for word in words(chance.choice([*document.names, *document.texts]))]
    start = chance.randrange(max(1, len(found) - 3))
    return found[start : start + chance.randint(2, 4)]


def _marked(corpus: Corpus, chance: random.Random) -> Asked:
    return Asked("one word, with marks", chance.choice(_name(corpus, chance)))


def _unmarked(corpus: Corpus, chance: random.Random) -> Asked:
    return Asked("one word, without marks", fold(chance.choice(_name(corpus, chance))))


def _several(corpus: Corpus, chance: random.Random) -> Asked:
    text = " ".join(_text(corpus, chance))
    return Asked("several words", text if chance.random() < 0.5 else fold(text))


def _english(corpus: Corpus, chance: random.Random) -> Asked:
    name = _name(corpus, chance, 1)
    return Asked("English", " ".join(chance.sample(name, min(len(name), chance.randint(1, 2)))))


def _prefix(corpus: Corpus, chance: random.Random) -> Asked:
    word = fold(max(_name(corpus, chance), key=len))
    return Asked("beginning of a word", word[: chance.randint(2, max(2, len(word) - 1))], unfinished=True)


def _typo(corpus: Corpus, chance: random.Random) -> Asked:
    word = fold(max(_name(corpus, chance, 1), key=len))
    place = chance.randrange(len(word))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + chance.choice(LETTERS) + word[place:],
        word[:place] + chance.choice(LETTERS) + word[place + 1 :],
    ]
    return Asked("typo", chance.choice(slips))


def _faceted(corpus: Corpus, chance: random.Random) -> Asked:
    values = chance.choice(corpus.values)
    facets = [facet for facet in chance.sample(COUNTED, 2) if values.get(facet)]
    chosen = {facet: (chance.choice(list(values[facet])),) for facet in facets}
    return Asked(
        "four facets, two filters", fold(chance.choice(_text(corpus, chance))), 1, chosen, counted=True
    )


def _deep(corpus: Corpus, chance: random.Random) -> Asked:
    return Asked("page 50", fold(chance.choice(_text(corpus, chance))), page=50)


CLASSES = (_marked, _unmarked, _several, _english, _prefix, _typo, _faceted, _deep)
