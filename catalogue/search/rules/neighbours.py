"""Words that stand side by side: also written as one, or one of which is the first sound of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalogue.kernel.query import Form, Term
from catalogue.kernel.text import canonical, is_syllable
from catalogue.search.rules.amounts import amount_terms
from catalogue.search.rules.asked import EXACT, LONGEST_JOINED, WRITTEN_AS_ONE, Asked, Lexicon

# The first sound of a highland name, which some write with an apostrophe and some as a syllable: K'Ho, Cơ Ho.
FIRST_SOUNDS = {"ko": "k", "co": "k", "bo": "b", "do": "d", "mo": "m", "ro": "r", "lo": "l"}

# What a letter before a place stands for: `H. Lạc Dương`; longer ones (`TP`) are among the synonyms.
UNITS_OF_PLACES = {"h": "huyện", "p": "phường", "x": "xã", "t": "tỉnh"}


def neighbour_terms(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[tuple[int, list[Term]]]:
    """Words that stand side by side, or that others write as one, satisfy each of their places."""
    for first, end in _spans(asked):
        span = asked[first:end]
        plain, exact = "".join(word.plain for word in span), "".join(word.exact for word in span)
        terms = [Term(form, plain, WRITTEN_AS_ONE) for form in (Form.JOINED, Form.FOLDED)]
        terms.append(Term(Form.EXACT, canonical(exact), WRITTEN_AS_ONE))
        if len(span) == 2:
            terms += _highland(span[0], span[1], lexicon)
            if not (is_syllable(span[0].plain) and is_syllable(span[1].plain)):
                terms.append(Term(Form.STEM, lexicon.stem(plain), WRITTEN_AS_ONE))  # `straw berries`
            yield first, _abbreviated(span[0], plain, lexicon)
        terms += amount_terms(span, lexicon)
        yield from ((place, terms) for place in range(first, end))
    for place, word in enumerate(asked):
        yield place, amount_terms([word], lexicon)
        if word.opened:  # `K'Ho` is also written Cơ Ho, Koho
            sounds = [sound for sound, letter in FIRST_SOUNDS.items() if letter == word.opened]
            spelled = [sound + word.plain[1:] for sound in sounds]
            forms = (Form.JOINED, Form.FOLDED)
            yield place, [Term(form, one, WRITTEN_AS_ONE) for one in spelled for form in forms]


def _spans(asked: Sequence[Asked]) -> Iterator[tuple[int, int]]:
    """Where two and where three words begin and end."""
    return (
        (first, first + size)
        for size in range(2, LONGEST_JOINED + 1)
        for first in range(len(asked) - size + 1)
    )


def _highland(first: Asked, second: Asked, lexicon: Lexicon) -> list[Term]:
    """`Cơ Ho` as it stands where the first sound has an apostrophe: K'Ho; `k ho` the other way."""
    if first.plain in FIRST_SOUNDS.values():  # `k ho` also stands for Cơ Ho
        spelled = [sound + second.plain for sound, letter in FIRST_SOUNDS.items() if letter == first.plain]
        return [Term(Form.JOINED, one, WRITTEN_AS_ONE) for one in spelled if lexicon.knows(Form.JOINED, one)]
    letter = FIRST_SOUNDS.get(first.plain)
    if letter is None or (first.marked and not first.exact.endswith("ơ")):
        return []
    opened = letter + second.exact
    return [Term(Form.EXACT, opened, EXACT)] if lexicon.knows(Form.EXACT, opened) else []


def _abbreviated(letter: Asked, pair: str, lexicon: Lexicon) -> list[Term]:
    """A letter that is written as one with what follows is the beginning of a name instead: H'Mông."""
    unit = UNITS_OF_PLACES.get(letter.exact)
    if unit is None or lexicon.knows(Form.JOINED, pair) or lexicon.knows(Form.FOLDED, pair):
        return []
    return [Term(Form.EXACT, unit, WRITTEN_AS_ONE)]
