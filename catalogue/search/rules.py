"""What a reader's words mean to the index."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.query import Clause, Form, Query, Term
from catalogue.kernel.text import alike, canonical, fold, is_syllable, iy, nfc, respelled, words
from catalogue.search.asked import (
    EXACT,
    WRITTEN_AS_ONE,
    Asked,
    Lexicon,
    as_keys,
    asked_words,
    is_known,
    pair_at,
    read_typing,
)

LONGEST_SYNONYM = 5  # words
LONGEST_JOINED = 3  # of which the index knows those that begin a phrase
SHORTEST_TYPO = 3  # letters; two letters resemble everything
SHORTEST_PAIR = 4

# The other word stands in for one that nothing has; beside one that is found it comes after.
SYNONYM, SYNONYM_BESIDE = 0.3, 0.01
OTHER_MARKS = 0.8  # `câm` for cẩm
SOUNDS_ALIKE = 0.5
SIMILAR, FURTHER = 0.4, 0.01  # the nearest, and how much less each next one
# A name that begins with the question is about it: `dâu tây …` before `mứt dâu tây …`.
OPENING, WHOLE_NAME = 0.5, 2.0

# Words that join others or only say that something is sought; beside others they are not asked for. Only
# those that no unmarked Vietnamese word looks like: `to`, `an`, `in` could be tơ, An, in.
LIGHT_WORDS = set(
    """
    and at by for from of the with where how what which is are buy near
    của và các những với tại ở từ bằng đâu nào gì tìm bán nhất rẻ tốt
    """.split()  # noqa: SIM905  read as a line of words
)
# The same where others are typed with marks, so that `mua` is no mùa.
LIGHT_AMONG_MARKED = {"mua", "cho", "ngon", "hay", "theo", "trong"}
# Units as they are written, and the shortest sign of each.
UNITS = {
    written: sign
    for sign, others in {
        "g": "gr gram gam grams",
        "kg": "ky ki kilo kilogram",
        "l": "lit litre liter",
    }.items()
    for written in others.split()
}
MEASURE = re.compile(r"(\d+)([a-z]+)")

# The first sound of a highland name, which some write with an apostrophe and some as a syllable: K'Ho, Cơ Ho.
FIRST_SOUNDS = {"ko": "k", "co": "k", "bo": "b", "do": "d", "mo": "m", "ro": "r", "lo": "l"}

Synonyms = Mapping[str, Sequence[str]]  # as `synonym_table` makes it


def understand(text: str, lexicon: Lexicon, synonyms: Synonyms, *, nearly: bool = False) -> Query:
    """What to look for when a person types `text`: every word, in any of the ways it may be written.

    A word that neither the index nor the synonyms know is read as Telex or VNI keys, or as several words run
    together; failing that, words that sound alike or are one slip away are tried, with `nearly` for every
    word and every two. Neighbours are also tried as one word. Empty when the text holds no word.
    """
    asked = read_typing(asked_words(text, lexicon), lexicon, synonyms)
    clauses = [dict.fromkeys(word.terms()) for word in asked]
    explained = set()
    for place, terms in _neighbours(asked, lexicon):
        clauses[place].update(dict.fromkeys(terms))
    for place, terms in _synonymous(asked, lexicon, synonyms):
        clauses[place].update(dict.fromkeys(terms))
        explained.add(place)
    said = [word.plain for word in asked]
    doubted = {place for place in range(len(asked)) if nearly or _is_strange(asked, place, lexicon)}
    for place, word in enumerate(asked):
        if place in doubted or (place not in explained and not is_known(asked, place, lexicon)):
            terms = _resembling(word, lexicon, synonyms)
            clauses[place].update(dict.fromkeys(terms))
            said[place] = next((term.text for term in terms if term.form is Form.FOLDED), word.plain)
        if word.marked:
            clauses[place].update(dict.fromkeys(_other_marks(word, lexicon)))
    for place, terms in (*_other_pairs(asked, lexicon), *_resembling_neighbours(asked, doubted, lexicon)):
        clauses[place].update(dict.fromkeys(terms))
    names = ["".join(word.plain for word in asked), "".join(said)]
    return _query(asked, [tuple(clause) for clause in clauses], names, _whole_synonyms(asked, synonyms))


def is_guessed(text: str, lexicon: Lexicon, synonyms: Synonyms) -> bool:
    """Whether a word was read as another one, for neither index nor synonyms have it as it was typed."""
    asked = asked_words(text, lexicon)
    explained = {place for place, _ in _synonymous(asked, lexicon, synonyms)}
    return any(
        place not in explained and word.exact not in LIGHT_WORDS and not is_known(asked, place, lexicon)
        for place, word in enumerate(asked)
    )


def nowhere_spelled(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words typed with marks that the index holds only without them, or with others: `phố` for `phở`."""
    asked = asked_words(text, lexicon)
    return tuple(
        word.exact
        for word in dict.fromkeys(asked)
        if word.marked
        and not word.divided
        and lexicon.knows(Form.FOLDED, word.plain)
        and not lexicon.knows(Form.EXACT, word.exact)
    )


# ---------------------------------------------------------------- what it may also be
def _neighbours(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[tuple[int, list[Term]]]:
    """Words that stand side by side, or that others write as one, satisfy each of their places."""
    for size in (2, 3):
        for first in range(len(asked) - size + 1):
            span = asked[first : first + size]
            plain, exact = "".join(word.plain for word in span), "".join(word.exact for word in span)
            terms = [Term(form, plain, WRITTEN_AS_ONE) for form in (Form.JOINED, Form.FOLDED)]
            terms.append(Term(Form.EXACT, canonical(exact), WRITTEN_AS_ONE))
            if size == 2:
                terms += [*_highland(span[0], span[1], lexicon), *_measure(plain)]
            yield from ((place, terms) for place in range(first, first + size))
    for place, word in enumerate(asked):
        yield place, _measure(word.plain)
        if word.opened:  # `K'Ho` is also written Cơ Ho, Koho
            sounds = [sound for sound, letter in FIRST_SOUNDS.items() if letter == word.opened]
            spelled = [sound + word.plain[1:] for sound in sounds]
            forms = (Form.JOINED, Form.FOLDED)
            yield place, [Term(form, one, WRITTEN_AS_ONE) for one in spelled for form in forms]


def _measure(plain: str) -> list[Term]:
    """`500gr`, or 500 and gr side by side, as `500g`."""
    found = MEASURE.fullmatch(plain)
    if found is None or found[2] not in UNITS:
        return []
    return [Term(form, found[1] + UNITS[found[2]], WRITTEN_AS_ONE) for form in (Form.FOLDED, Form.JOINED)]


def _highland(first: Asked, second: Asked, lexicon: Lexicon) -> list[Term]:
    """`Cơ Ho` as it stands where the first sound has an apostrophe: K'Ho."""
    letter = FIRST_SOUNDS.get(first.plain)
    if letter is None or (first.marked and not first.exact.endswith("ơ")):
        return []
    spelled = letter + second.exact
    return [Term(Form.EXACT, spelled, EXACT)] if lexicon.knows(Form.EXACT, spelled) else []


def _is_strange(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    """A word with marks that is nowhere spelled so, beside words with which it stands nowhere: `mắt ca`."""
    word, pairs = asked[place], [pair for first in (place - 1, place) if (pair := pair_at(asked, first))]
    return (
        word.marked
        and bool(pairs)
        and not lexicon.knows(Form.EXACT, word.exact)
        and not any(lexicon.knows(Form.JOINED, pair) for pair in pairs)
    )


def _other_marks(word: Asked, lexicon: Lexicon) -> list[Term]:
    """For a word that is nowhere spelled so: those that differ in marks it does not have, or in tone."""
    if lexicon.knows(Form.EXACT, word.exact) or not lexicon.knows(Form.FOLDED, word.plain):
        return []
    spelled = (one for one in respelled(word.exact) if lexicon.knows(Form.EXACT, one))
    return [Term(Form.EXACT, one, OTHER_MARKS) for one in spelled]


def _resembling(word: Asked, lexicon: Lexicon, synonyms: Synonyms) -> list[Term]:
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
        similar = _similar(word.plain, lexicon)
        meant = dict.fromkeys(other for term in similar[:3] for other in synonyms.get(term.text, ()))
        terms += similar + [term for other in meant for term in _phrase(other, lexicon, SYNONYM)]
    return terms


def _other_pairs(asked: Sequence[Asked], lexicon: Lexicon) -> Iterator[tuple[int, list[Term]]]:
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


def _resembling_neighbours(
    asked: Sequence[Asked], doubted: Collection[int], lexicon: Lexicon
) -> Iterator[tuple[int, list[Term]]]:
    """Two short syllables resemble too much one by one; together few things: `dua tay`, `cs phe`."""
    for first in range(len(asked) - 1):
        if first not in doubted and first + 1 not in doubted:
            continue
        pair = pair_at(asked, first)
        if len(pair) < SHORTEST_PAIR or not pair.isalpha() or lexicon.knows(Form.JOINED, pair):
            continue
        terms = _similar(pair, lexicon)
        yield first, terms
        yield first + 1, terms


def _similar(plain: str, lexicon: Lexicon) -> list[Term]:
    near = lexicon.similar(plain)
    return [Term(form, text, SIMILAR - FURTHER * place) for place, (form, text) in enumerate(near)]


def _query(
    asked: Sequence[Asked], clauses: Sequence[Clause], names: Sequence[str], others: Iterable[str]
) -> Query:
    """`names`: the whole question written as one, as it was typed and as it may be meant."""
    if not asked:
        return Query()
    light = LIGHT_WORDS | (LIGHT_AMONG_MARKED if any(word.marked for word in asked) else set())
    heavy = [clause for word, clause in zip(asked, clauses, strict=True) if word.exact not in light]
    welcome = [Term(Form.OPENING, name, OPENING) for name in names]
    welcome += [Term(Form.WHOLE, name, WHOLE_NAME) for name in names]
    welcome += [Term(Form.OPENING, other, SYNONYM_BESIDE) for other in others if other not in names]
    return Query(tuple(heavy or clauses), tuple(dict.fromkeys(welcome)))


# ---------------------------------------------------------------- synonyms
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
    return exact if spelled.isalnum() else f"'{exact}"


def _synonymous(
    asked: Sequence[Asked], lexicon: Lexicon, synonyms: Synonyms
) -> Iterator[tuple[int, list[Term]]]:
    """For each place within a known phrase, what its synonyms add to it."""
    for size in range(1, LONGEST_SYNONYM + 1):
        for first in range(len(asked) - size + 1):
            span = asked[first : first + size]
            if size == 1 and _may_be_many(asked, first, lexicon):
                continue
            # Who typed marks meant this very word: `trả` is no tea.
            keys = [" ".join(word.key for word in span), " ".join(word.stem for word in span)]
            if any(word.marked for word in span):
                keys.pop()
            others = dict.fromkeys(phrase for key in keys for phrase in synonyms.get(key, ()))
            if not others:
                continue
            found = _is_found(span, lexicon)
            weight = SYNONYM_BESIDE if found else SYNONYM
            terms = [term for phrase in others for term in _phrase(phrase, lexicon, weight)]
            yield from ((place, terms) for place in range(first, first + size))


def _is_found(span: Sequence[Asked], lexicon: Lexicon) -> bool:
    """Whether anything has a word, or several as one phrase."""
    if len(span) == 1:
        return is_known(span, 0, lexicon)
    phrase = "".join(word.plain for word in span[:LONGEST_JOINED])
    return lexicon.knows(Form.JOINED, phrase) or lexicon.knows(Form.FOLDED, phrase)


def _whole_synonyms(asked: Sequence[Asked], synonyms: Synonyms) -> list[str]:
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


def _phrase(phrase: str, lexicon: Lexicon, weight: float) -> list[Term]:
    spelled = [Asked.read(word.text, lexicon) for word in words(phrase)]
    if len(spelled) > 1:
        return [Term(Form.JOINED, "".join(word.plain for word in spelled[:LONGEST_JOINED]), weight)]
    # Not folded: `chè` for `trà` must not bring in `chế`.
    (word,) = spelled
    exact = Term(Form.EXACT, word.exact, weight)
    return [exact] if word.marked else [exact, Term(Form.STEM, word.stem, weight)]


# ---------------------------------------------------------------- what the office adds
LEAST_PHRASES, MOST_PHRASES, LONGEST_PHRASE = 2, 20, 60
LONGEST_REASON = 300
PIN_LASTS = timedelta(days=366)  # at most: a pin that nobody looks at again would stand for ever


def may_see_search(actor: Actor) -> bool:
    """Everybody in the office may see what readers look for."""
    return actor.is_staff


def may_edit_search(actor: Actor) -> bool:
    """Curators look after what readers find."""
    return bool(actor.roles & {Role.CURATOR, Role.ADMINISTRATOR})


def tidy_phrases(phrases: Sequence[str]) -> list[str]:
    """Each phrase once, without blanks around it; `synonyms.too_few`, `.too_much`."""
    tidied = dict.fromkeys(" ".join(nfc(phrase).split()) for phrase in phrases)
    said = [phrase for phrase in tidied if words(phrase)]
    if len(said) < LEAST_PHRASES:
        raise RuleBroken("synonyms.too_few", field="phrases")
    long = any(len(phrase) > LONGEST_PHRASE or len(words(phrase)) > LONGEST_SYNONYM for phrase in said)
    if long or len(said) > MOST_PHRASES:
        raise RuleBroken("synonyms.too_much", field="phrases")
    return said


def pin_key(text: str) -> str:
    """Words as a pin compares them: folded, whatever stands between them."""
    return " ".join(iy(fold(word.text)) for word in words(nfc(text)))


def check_pin(text: str, reason: Bilingual, until: date, today: date) -> None:
    """`pin.no_words`, `pin.no_reason`, `pin.long_reason`, `pin.day`."""
    if not pin_key(text):
        raise RuleBroken("pin.no_words", field="words")
    for language in Language:
        said = (reason.vi if language is Language.VI else reason.en) or ""
        if not said.strip():
            raise RuleBroken("pin.no_reason", field=f"reason_{language}")
        if len(said) > LONGEST_REASON:
            raise RuleBroken("pin.long_reason", field=f"reason_{language}", most=LONGEST_REASON)
    if not today <= until <= today + PIN_LASTS:
        raise RuleBroken("pin.day", field="until")
