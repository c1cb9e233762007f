"""Words that stand side by side: also written as one, or one of which is the first sound of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalogue.kernel.query import Form, Term
from catalogue.kernel.text import canonical
from catalogue.search.rules.amounts import amount_terms
from catalogue.search.rules.asked import EXACT, WRITTEN_AS_ONE, Asked, Lexicon

# The first sound of a highland name, which some write with an apostrophe and some as a syllable: K'Ho, Cơ Ho.
FIRST_SOUNDS = {"ko": "k", "co": "k", "bo": "b", "do": "d", "mo": "m", "ro": "r", "lo": "l"}


def neighbour_terms(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[tuple[int, list[Term]]]:
    """Words that stand side by side, or that others write as one, satisfy each of their places."""
    for size in (2, 3):
        for first in range(len(asked) - size + 1):
            span = asked[first : first + size]
            plain, exact = "".join(word.plain for word in span), "".join(word.exact for word in span)
            terms = [Term(form, plain, WRITTEN_AS_ONE) for form in (Form.JOINED, Form.FOLDED)]
            terms.append(Term(Form.EXACT, canonical(exact), WRITTEN_AS_ONE))
            if size == 2:
                terms += [*_highland(span[0], span[1], lexicon), *amount_terms(plain)]
            yield from ((place, terms) for place in range(first, first + size))
    for place, word in enumerate(asked):
        yield place, amount_terms(word.plain)
        if word.opened:  # `K'Ho` is also written Cơ Ho, Koho
            sounds = [sound for sound, letter in FIRST_SOUNDS.items() if letter == word.opened]
            spelled = [sound + word.plain[1:] for sound in sounds]
            forms = (Form.JOINED, Form.FOLDED)
            yield place, [Term(form, one, WRITTEN_AS_ONE) for one in spelled for form in forms]


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
