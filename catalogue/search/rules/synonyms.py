"""Words and phrases that mean the same, in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from catalogue.kernel.query import Form, Term
from catalogue.kernel.text import canonical, fold, is_divided, is_syllable, iy, words
from catalogue.search.rules.asked import LONGEST_JOINED, Asked, Lexicon, is_known, pair_at

LONGEST_SYNONYM = 5  # words

# The other word stands in for one that nothing has; beside one that is found it comes after.
SYNONYM, SYNONYM_BESIDE = 0.3, 0.01

Synonyms = Mapping[str, Sequence[str]]  # as `synonym_table` makes it


def synonym_table(groups: Iterable[Iterable[str]], stem: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Groups of phrases that mean the same, in any language, as `understand` looks them up.

    Keys are spellings of a phrase (marked, folded, as one word, stemmed), values the group's other phrases.
    Phrases of more than five words are left out.
    """
    table: dict[str, dict[str, None]] = {}
    for group in groups:
        phrases = [phrase for phrase in group if 0 < len(words(phrase)) <= LONGEST_SYNONYM]
        for phrase in phrases:
            others = dict.fromkeys(other for other in phrases if other != phrase)
            for key in _keys(phrase, stem):
                table.setdefault(key, {}).update(others)
    return {key: tuple(others) for key, others in table.items()}


def _keys(phrase: str, stem: Callable[[str], str]) -> set[str]:
    found = words(phrase)
    spelled = [word.text for word in found]
    plain = [iy(fold(word)) for word in spelled]
    exact = [_key(canonical(word.text), phrase[word.start : word.end]) for word in found]
    stems = [stem(fold(word)) for word in spelled]
    return {" ".join(exact), " ".join(plain), "".join(plain), " ".join(stems)}


def _key(exact: str, spelled: str) -> str:
    """K'Ho is not khô."""
    return f"'{exact}" if is_divided(spelled) else exact


def synonym_terms(
    asked: Sequence[Asked], lexicon: Lexicon, synonyms: Synonyms
) -> Iterator[tuple[range, list[Term]]]:
    """The places of every known phrase, and what its synonyms add to each of them."""
    for size in range(1, LONGEST_SYNONYM + 1):
        for first in range(len(asked) - size + 1):
            span = asked[first : first + size]
            if size == 1 and _may_be_many(asked, first, lexicon):
                continue
            # Who typed marks meant this very word: `trả` is no tea.
            keys = [" ".join(word.key for word in span), " ".join(word.stem for word in span)]
            if any(word.marked for word in span):
                keys.pop()
            if size == 1 and not is_syllable(span[0].plain):
                keys.append(span[0].plain)  # no other word: `cafê`
            others = dict.fromkeys(phrase for key in keys for phrase in synonyms.get(key, ()))
            if not others:
                continue
            found = _is_found(span, lexicon)
            weight = SYNONYM_BESIDE if found else SYNONYM
            terms = [term for phrase in others for term in phrase_terms(phrase, lexicon, weight)]
            yield range(first, first + size), terms


def _is_found(span: Sequence[Asked], lexicon: Lexicon) -> bool:
    """Whether anything has a word, or several as one phrase."""
    if len(span) == 1:
        return is_known(span, 0, lexicon)
    phrase = "".join(word.plain for word in span[:LONGEST_JOINED])
    return lexicon.knows(Form.JOINED, phrase) or lexicon.knows(Form.FOLDED, phrase)


def whole_synonyms(asked: Sequence[Asked], synonyms: Synonyms) -> list[str]:
    """What means the same as the whole question, folded and written as one."""
    others = synonyms.get(" ".join(word.key for word in asked), ())
    return ["".join(iy(fold(word.text)) for word in words(other)) for other in others]


def _may_be_many(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    """An unmarked syllable beside one with which it makes a known word: in `don duong` no sugar is sought."""
    word = asked[place]
    pairs = [pair_at(asked, place - 1), pair_at(asked, place)]
    return (
        not word.marked
        and is_syllable(word.plain)
        and any(pair and lexicon.knows(Form.JOINED, pair) for pair in pairs)
    )


def phrase_terms(phrase: str, lexicon: Lexicon, weight: float) -> list[Term]:
    spelled = [Asked.read(word.text, lexicon) for word in words(phrase)]
    if len(spelled) > 1:
        return [Term(Form.JOINED, "".join(word.plain for word in spelled[:LONGEST_JOINED]), weight)]
    # Not folded: `chè` for `trà` must not bring in `chế`.
    (word,) = spelled
    exact = Term(Form.EXACT, word.exact, weight)
    return [exact] if word.marked else [exact, Term(Form.STEM, word.stem, weight)]
