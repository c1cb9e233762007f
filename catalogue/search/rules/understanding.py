"""What a reader's words mean to the index: all rules together."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.kernel.query import Form, Query, Term
from catalogue.search.rules.asked import Lexicon, asked_words, is_known, read_typing
from catalogue.search.rules.neighbours import neighbour_terms
from catalogue.search.rules.passing_over import ASKING, passed_over
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


def understand(text: str, lexicon: Lexicon, synonyms: Synonyms, *, nearly: bool = False) -> Query:
    """What to look for when a person types `text`: every word, in any of the ways it may be written.

    A word that neither the index nor the synonyms know is read as Telex or VNI keys, or as several words run
    together; failing that, words that sound alike or are one slip away are tried, with `nearly` for every
    word and its neighbours. Neighbours are also tried as one word. Words that only ask or classify may be
    missing. Empty when the text holds no word.
    """
    asked = read_typing(asked_words(text, lexicon), lexicon, synonyms, ASKING)
    clauses = [dict.fromkeys(word.terms()) for word in asked]
    for place, terms in neighbour_terms(asked, lexicon):
        clauses[place].update(dict.fromkeys(terms))
    phrases = dict(synonym_terms(asked, lexicon, synonyms))
    explained = {place for span in phrases for place in span}
    for span, terms in phrases.items():
        for place in span:
            clauses[place].update(dict.fromkeys(terms))
    over = passed_over(asked, lexicon, phrases)
    said = [word.plain for word in asked]
    kept = [place for place in range(len(asked)) if place not in over]
    doubted = {place for place in kept if nearly or is_strange(asked, place, lexicon)}
    for place in kept:
        word = asked[place]
        if place in doubted or (place not in explained and not is_known(asked, place, lexicon)):
            terms = resembling(word, lexicon, synonyms)
            clauses[place].update(dict.fromkeys(terms))
            said[place] = next((term.text for term in terms if term.form is Form.FOLDED), word.plain)
        if word.marked:
            clauses[place].update(dict.fromkeys(other_marks(word, lexicon)))
    for place, terms in (*other_pairs(asked, lexicon), *resembling_neighbours(asked, doubted, lexicon)):
        clauses[place].update(dict.fromkeys(terms))
    names = [
        "".join(written[place] for place in places)
        for places in (range(len(asked)), kept)
        for written in ([word.plain for word in asked], said)
    ]
    welcome = _named(names, whole_synonyms(asked, synonyms))
    welcome += [term for place, better in over.items() if better for term in clauses[place]]
    return Query(tuple(tuple(clauses[place]) for place in kept), tuple(dict.fromkeys(welcome)))


def is_guessed(text: str, lexicon: Lexicon, synonyms: Synonyms) -> bool:
    """Whether a word was read as another one, for neither index nor synonyms have it as it was typed."""
    asked = asked_words(text, lexicon)
    phrases = [span for span, _ in synonym_terms(asked, lexicon, synonyms)]
    explained = {place for span in phrases for place in span} | passed_over(asked, lexicon, phrases).keys()
    return any(place not in explained and not is_known(asked, place, lexicon) for place in range(len(asked)))


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


def _named(names: Iterable[str], others: Iterable[str]) -> list[Term]:
    """What lifts a name: that it is one of `names` or begins with it; a little, that it begins with another
    phrase for the same."""
    asked = dict.fromkeys(names)
    lifting = [
        Term(form, name, weight)
        for form, weight in ((Form.OPENING, OPENING), (Form.WHOLE, WHOLE_NAME))
        for name in asked
        if name
    ]
    return lifting + [Term(Form.OPENING, other, SYNONYM_BESIDE) for other in others if other not in asked]
