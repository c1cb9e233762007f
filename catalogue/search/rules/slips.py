"""What a word may have been meant for: by its keys, by ear, by a slip of the finger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from catalogue.kernel.misread import alike, respelled
from catalogue.kernel.query import Form, Term
from catalogue.kernel.text import fold, is_syllable, iy
from catalogue.search.rules.asked import LONGEST_JOINED, WRITTEN_AS_ONE, Asked, Lexicon, as_keys, pair_at
from catalogue.search.rules.neighbours import FIRST_SOUNDS
from catalogue.search.rules.synonyms import SYNONYM, Synonyms, phrase_terms

SHORTEST_TYPO = 3  # letters; two letters resemble everything
SHORTEST_TOGETHER = 4

OTHER_MARKS = 0.8  # `câm` for cẩm
SOUNDS_ALIKE = 0.5
SIMILAR, FURTHER = 0.4, 0.01  # the nearest, and how much less each next one


def is_strange(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    """A word with marks that is nowhere spelled so, beside words with which it stands nowhere: `mắt ca`."""
    word, pairs = asked[place], [pair for first in (place - 1, place) if (pair := pair_at(asked, first))]
    return (
        word.marked
        and bool(pairs)
        and not lexicon.knows(Form.EXACT, word.exact)
        and not any(lexicon.knows(Form.JOINED, pair) for pair in pairs)
    )


def other_marks(word: Asked, lexicon: Lexicon) -> list[Term]:
    """For a word that is nowhere spelled so: those that differ in marks it does not have, or in tone."""
    if lexicon.knows(Form.EXACT, word.exact) or not lexicon.knows(Form.FOLDED, word.plain):
        return []
    spelled = (one for one in respelled(word.exact) if lexicon.knows(Form.EXACT, one))
    return [Term(Form.EXACT, one, OTHER_MARKS) for one in spelled]


def resembling(word: Asked, lexicon: Lexicon, synonyms: Synonyms) -> list[Term]:
    """What a word may have been meant for: by its keys, by ear, by a slip of the finger."""
    if any(sign.isdigit() for sign in word.plain):
        return []  # another number is another thing
    terms = [term for one in as_keys(word, lexicon) for term in one.terms()]
    whole = word.plain[:1] + word.plain[2:]
    if FIRST_SOUNDS.get(word.plain[:2]) and lexicon.knows(Form.EXACT, whole.replace("c", "k", 1)):
        terms.append(Term(Form.EXACT, whole.replace("c", "k", 1), WRITTEN_AS_ONE))  # Koho
    for other in alike(word.exact):
        plain = iy(fold(other))
        if lexicon.knows(Form.FOLDED, plain):
            terms += [Term(Form.EXACT, other, SOUNDS_ALIKE), Term(Form.FOLDED, plain, SOUNDS_ALIKE)]
    if len(word.plain) >= SHORTEST_TYPO:
        similar = _similar([word], lexicon)
        meant = dict.fromkeys(other for term in similar[:3] for other in synonyms.get(term.text, ()))
        terms += similar + [term for other in meant for term in phrase_terms(other, lexicon, SYNONYM)]
    return terms


def other_pairs(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[tuple[int, list[Term]]]:
    """Two words that stand nowhere side by side, as two that do: by keys (`lay own`), by ear (`mắt ca`)."""
    for first in range(len(asked) - 1):
        one, other = asked[first], asked[first + 1]
        if not (is_syllable(one.plain) or is_syllable(other.plain)):
            continue
        if lexicon.knows(Form.JOINED, one.plain + other.plain):
            continue
        pairs = [said + other.plain for said in _heard(one, lexicon)]
        pairs += [one.plain + said for said in _heard(other, lexicon)]
        terms = [Term(Form.JOINED, pair, SOUNDS_ALIKE) for pair in pairs if lexicon.knows(Form.JOINED, pair)]
        yield first, terms
        yield first + 1, terms


def _heard(word: Asked, lexicon: Lexicon) -> list[str]:
    typed = [one.plain for one in as_keys(word, lexicon) if one.plain != word.plain]
    return typed + [iy(fold(other)) for other in alike(word.exact)]


def resembling_neighbours(
    asked: Sequence[Asked], doubted: AbstractSet[int], lexicon: Lexicon
) -> Iterator[tuple[int, list[Term]]]:
    """Short syllables resemble too much one by one; together few things: `dua tay`, `cs phe`, `ga đà lạ`."""
    for size in range(2, LONGEST_JOINED + 1):
        for first in range(len(asked) - size + 1):
            places, span = range(first, first + size), asked[first : first + size]
            plain = "".join(word.plain for word in span)
            if doubted.isdisjoint(places) or len(plain) < SHORTEST_TOGETHER or not plain.isalpha():
                continue
            if not lexicon.knows(Form.JOINED, plain):
                terms = _similar(span, lexicon)
                yield from ((place, terms) for place in places)


def _similar(span: Sequence[Asked], lexicon: Lexicon) -> list[Term]:
    """What words written as one resemble: as they are compared, and where that is something else as typed."""
    written = dict.fromkeys(
        ("".join(word.plain for word in span), "".join(fold(word.typed) for word in span))
    )
    near = dict.fromkeys(found for plain in written for found in lexicon.similar(plain))
    return [Term(form, text, SIMILAR - FURTHER * place) for place, (form, text) in enumerate(near)]
