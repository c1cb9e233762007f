"""What a reader's words mean to the index: all rules together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalogue.kernel.query import Clause, Form, Query, Term
from catalogue.search.rules.asked import Asked, Lexicon, asked_words, is_known, read_typing
from catalogue.search.rules.neighbours import neighbour_terms
from catalogue.search.rules.slips import (
    is_strange,
    other_marks,
    other_pairs,
    resembling,
    resembling_neighbours,
)
from catalogue.search.rules.synonyms import SYNONYM_BESIDE, Synonyms, synonym_terms, whole_synonyms

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
# What a fruit is counted as: `trái xoài` is xoài, whether or not the word for a fruit is written there.
COUNTED_AS = {"trái", "quả"}


def understand(text: str, lexicon: Lexicon, synonyms: Synonyms, *, nearly: bool = False) -> Query:
    """What to look for when a person types `text`: every word, in any of the ways it may be written.

    A word that neither the index nor the synonyms know is read as Telex or VNI keys, or as several words run
    together; failing that, words that sound alike or are one slip away are tried, with `nearly` for every
    word and every two. Neighbours are also tried as one word. Empty when the text holds no word.
    """
    asked = read_typing(asked_words(text, lexicon), lexicon, synonyms)
    clauses = [dict.fromkeys(word.terms()) for word in asked]
    explained = set()
    for place, terms in neighbour_terms(asked, lexicon):
        clauses[place].update(dict.fromkeys(terms))
    for place, terms in synonym_terms(asked, lexicon, synonyms):
        clauses[place].update(dict.fromkeys(terms))
        explained.add(place)
    said = [word.plain for word in asked]
    doubted = {place for place in range(len(asked)) if nearly or is_strange(asked, place, lexicon)}
    for place, word in enumerate(asked):
        if place in doubted or (place not in explained and not is_known(asked, place, lexicon)):
            terms = resembling(word, lexicon, synonyms)
            clauses[place].update(dict.fromkeys(terms))
            said[place] = next((term.text for term in terms if term.form is Form.FOLDED), word.plain)
        if word.marked:
            clauses[place].update(dict.fromkeys(other_marks(word, lexicon)))
    for place, terms in (*other_pairs(asked, lexicon), *resembling_neighbours(asked, doubted, lexicon)):
        clauses[place].update(dict.fromkeys(terms))
    for place in range(len(asked) - 1):
        if asked[place].exact in COUNTED_AS and place not in explained:
            beside = [Term(term.form, term.text, SYNONYM_BESIDE) for term in clauses[place + 1]]
            clauses[place].update(dict.fromkeys(beside))
    names = ["".join(word.plain for word in asked), "".join(said)]
    return _query(asked, [tuple(clause) for clause in clauses], names, whole_synonyms(asked, synonyms))


def is_guessed(text: str, lexicon: Lexicon, synonyms: Synonyms) -> bool:
    """Whether a word was read as another one, for neither index nor synonyms have it as it was typed."""
    asked = asked_words(text, lexicon)
    explained = {place for place, _ in synonym_terms(asked, lexicon, synonyms)}
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
