"""What a reader's words mean to the index, and what a list's address asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from catalogue.kernel.query import Clause, Form, Query, Term
from catalogue.kernel.text import canonical, fold, is_syllable, iy, nfc, one_line, telex, vni, words

# ---------------------------------------------------------------- understanding words
LONGEST_QUERY = 300  # signs; a pasted page is not a question
MOST_WORDS = 12
LONGEST_SYNONYM = 3  # words
SHORTEST_TYPO = 3  # letters; two letters resemble everything

# Who types marks means them: the exact spelling outweighs the folded one. Who types none may mean any.
EXACT, FOLDED_BESIDE_EXACT = 2.0, 0.5
FOLDED = 1.0
STEMMED = 0.5
WRITTEN_AS_ONE = 0.6
SYNONYM = 0.3
SIMILAR = 0.4
# A name that begins with the question is about it: `dâu tây …` before `mứt dâu tây …`.
OPENING, WHOLE_NAME = 0.5, 2.0

# Words that join others; beside others they are not asked for. Only those that no unmarked Vietnamese word
# looks like: `to`, `an`, `in` could be tơ, An, in.
LIGHT_WORDS = {
    "and",
    "at",
    "by",
    "for",
    "from",
    "of",
    "the",
    "with",
    "của",
    "và",
    "các",
    "những",
    "với",
    "tại",
}

Synonyms = Mapping[str, Sequence[str]]


class Lexicon(Protocol):
    """What the index knows about words."""

    def knows(self, form: Form, text: str) -> bool:
        """Whether any document has this word in this form."""

    def similar(self, word: str) -> Sequence[tuple[Form, str]]:
        """The indexed words that a slip of the keyboard turns into this folded word, nearest first."""

    def stem(self, word: str) -> str:
        """The English stem of a folded word, as the index makes it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question in the forms by which it may be found."""

    exact: str
    plain: str
    stem: str
    divided: bool  # spelled with a sign inside: some write `K Ho` for `K'Ho`

    @classmethod
    def read(cls, word: str, lexicon: Lexicon, *, divided: bool = False) -> Asked:
        folded = fold(word)
        return cls(canonical(word), iy(folded), lexicon.stem(folded), divided)

    @property
    def marked(self) -> bool:
        return self.divided or not self.exact.isascii()

    def terms(self) -> list[Term]:
        if self.marked:
            terms = [Term(Form.EXACT, self.exact, EXACT), Term(Form.FOLDED, self.plain, FOLDED_BESIDE_EXACT)]
        else:
            terms = [Term(Form.FOLDED, self.plain, FOLDED)]
        # One syllable is neither English nor two neighbours: `toan` is not `tơ an`.
        alone = is_syllable(self.plain)
        if not alone and not self.marked:
            terms.append(Term(Form.STEM, self.stem, STEMMED))
        if not alone or self.divided:
            terms.append(Term(Form.JOINED, self.plain, WRITTEN_AS_ONE))
        return terms


def understand(text: str, lexicon: Lexicon, synonyms: Synonyms) -> Query:
    """What to look for when a person types `text`: every word, in any of the ways it may be written.

    A word that neither the index nor the synonyms know is read as Telex or VNI keys; failing that, words one
    slip away are tried. Neighbours are also tried as one word. Empty when the text holds no word.
    """
    asked = _read_typing(_asked(text, lexicon), lexicon, synonyms)
    clauses = [dict.fromkeys(word.terms()) for word in asked]
    for place, terms in _neighbours(asked):
        clauses[place].update(dict.fromkeys(terms))
    explained = set()
    for place, terms in _synonymous(asked, lexicon, synonyms):
        clauses[place].update(dict.fromkeys(terms))
        explained.add(place)
    for place, word in enumerate(asked):
        if place not in explained and not _known(asked, place, lexicon):
            clauses[place].update(dict.fromkeys(_similar(word, lexicon)))
    return _query(asked, [tuple(clause) for clause in clauses])


def nowhere_spelled(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words typed with marks that the index holds only without them, or with others: `phố` for `phở`."""
    asked = _asked(text, lexicon)
    return tuple(
        word.exact
        for word in dict.fromkeys(asked)
        if word.marked
        and not word.divided
        and lexicon.knows(Form.FOLDED, word.plain)
        and not lexicon.knows(Form.EXACT, word.exact)
    )


def _asked(text: str, lexicon: Lexicon) -> list[Asked]:
    question = nfc(text[:LONGEST_QUERY])
    found = words(question)
    if len(text) > LONGEST_QUERY and len(found) > 1:
        found.pop()  # cut in the middle, perhaps
    return [
        Asked.read(word.text, lexicon, divided=not question[word.start : word.end].isalnum())
        for word in found[:MOST_WORDS]
    ]


def _read_typing(asked: list[Asked], lexicon: Lexicon, synonyms: Synonyms) -> list[Asked]:
    """The same words, those unknown replaced by what their Telex or VNI keys stand for when that is known."""
    read = []
    for place, word in enumerate(asked):
        spelled = None
        if word.plain not in synonyms and not _known(asked, place, lexicon):
            spelled = telex(word.exact) or vni(word.exact)
        decoded = Asked.read(spelled, lexicon) if spelled else None
        read.append(decoded if decoded and lexicon.knows(Form.FOLDED, decoded.plain) else word)
    return read


def _known(asked: Sequence[Asked], place: int, lexicon: Lexicon) -> bool:
    alone = any(lexicon.knows(term.form, term.text) for term in asked[place].terms())
    return alone or any(
        lexicon.knows(form, pair)
        for first in (place - 1, place)
        if (pair := _pair(asked, first))
        for form in (Form.FOLDED, Form.JOINED)
    )


def _pair(asked: Sequence[Asked], first: int) -> str:
    if first < 0 or first + 1 >= len(asked):
        return ""
    return asked[first].plain + asked[first + 1].plain


def _neighbours(asked: Sequence[Asked]) -> Iterable[tuple[int, list[Term]]]:
    """Two words that stand side by side, or that others write as one, satisfy both places."""
    for first in range(len(asked) - 1):
        pair = _pair(asked, first)
        exact = canonical(asked[first].exact + asked[first + 1].exact)
        terms = [Term(form, pair, WRITTEN_AS_ONE) for form in (Form.JOINED, Form.FOLDED)]
        terms.append(Term(Form.EXACT, exact, WRITTEN_AS_ONE))
        yield first, terms
        yield first + 1, terms


def _similar(word: Asked, lexicon: Lexicon) -> list[Term]:
    if len(word.plain) < SHORTEST_TYPO or any(sign.isdigit() for sign in word.plain):
        return []  # another number is another thing
    return [Term(form, text, SIMILAR) for form, text in lexicon.similar(word.plain)]


def _query(asked: Sequence[Asked], clauses: Sequence[Clause]) -> Query:
    if not asked:
        return Query()
    heavy = [clause for word, clause in zip(asked, clauses, strict=True) if word.exact not in LIGHT_WORDS]
    name = "".join(word.plain for word in asked)
    names = (Term(Form.OPENING, name, OPENING), Term(Form.WHOLE, name, WHOLE_NAME))
    return Query(tuple(heavy or clauses), names)


# ---------------------------------------------------------------- synonyms
def synonym_table(groups: Iterable[Iterable[str]], stem: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Groups of phrases that mean the same, in any language, as `understand` looks them up.

    Keys are spellings of a phrase (marked, folded, as one word, stemmed), values the group's other phrases.
    Phrases of more than three words are left out.
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
    spelled = [word.text for word in words(phrase)]
    plain = [iy(fold(word)) for word in spelled]
    stems = [stem(fold(word)) for word in spelled]
    return {" ".join(map(canonical, spelled)), " ".join(plain), "".join(plain), " ".join(stems)}


def _synonymous(
    asked: Sequence[Asked], lexicon: Lexicon, synonyms: Synonyms
) -> Iterable[tuple[int, list[Term]]]:
    """For each place within a known phrase, what its synonyms add to it."""
    for size in range(1, LONGEST_SYNONYM + 1):
        for first in range(len(asked) - size + 1):
            span = asked[first : first + size]
            # Who typed marks meant this very word: `trả` is no tea.
            keys = [" ".join(word.exact for word in span), " ".join(word.stem for word in span)]
            if any(word.marked for word in span):
                keys.pop()
            others = dict.fromkeys(phrase for key in keys for phrase in synonyms.get(key, ()))
            if others:
                terms = [term for phrase in others for term in _phrase(phrase, lexicon)]
                yield from ((place, terms) for place in range(first, first + size))


def _phrase(phrase: str, lexicon: Lexicon) -> list[Term]:
    spelled = [Asked.read(word.text, lexicon) for word in words(phrase)]
    if len(spelled) > 1:
        return [Term(Form.JOINED, "".join(word.plain for word in spelled), SYNONYM)]
    # Not folded: `chè` for `trà` must not bring in `chế`.
    (word,) = spelled
    exact = Term(Form.EXACT, word.exact, SYNONYM)
    return [exact] if word.marked else [exact, Term(Form.STEM, word.stem, SYNONYM)]


# ---------------------------------------------------------------- the address of a list
class Sort(StrEnum):
    """The orders a list can stand in."""

    RELEVANCE = "relevance"  # only when words were asked for
    NAME = "name"
    MAKER = "maker"  # by the maker's name, then by the product's


CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
MONTH = re.compile(r"0?[1-9]|1[0-2]")
PAGE = re.compile(r"[1-9][0-9]{0,5}")
CHOICES = {
    "evidence": re.compile("confirmed|reported|none"),
    "month": MONTH,
    "visitable": re.compile("yes"),
}
FACETS = (
    "category", "scheme", "level", "evidence", "village", "place", "month", "visitable", "market", "kind",
)  # fmt: skip
MOST_VALUES = 30  # of one facet
LONGEST_TEXT = 200
MOST_IGNORED, LONGEST_IGNORED = 10, 40

Pair = tuple[str, str]


@dataclass(frozen=True)
class SearchRequest:
    """What the address of a list asks for.

    `chosen` holds codes by facet, each once, in order. `ignored` holds the pairs that made no sense, cut
    short, so that the page can name them.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NAME
    page: int = 1
    ignored: tuple[Pair, ...] = ()

    def address(
        self,
        *,
        adding: Pair | None = None,
        removing: Pair | None = None,
        clearing: Iterable[str] = (),
        q: str | None = None,
        sort: Sort | None = None,
        page: int = 1,
    ) -> list[Pair]:
        """The query pairs of this list changed so, in one order whatever way they came; page 1 unless told.

        `adding` and `removing` take a facet and a value; `clearing` takes facets, with `FACETS` all of them.
        """
        text = self.q if q is None else q
        order = sort or (self.sort if self.sort is not usual_sort(self.q) else usual_sort(text))
        pairs = {(facet, value) for facet, values in self.chosen.items() for value in values}
        pairs = {pair for pair in pairs if pair[0] not in set(clearing) and pair != removing}
        pairs |= {adding} if adding else set()
        ends = [("sort", order.value), ("page", str(page))]
        usual = {("sort", usual_sort(text).value), ("page", "1")}
        return [
            *([("q", text)] if text else []),
            *sorted(pairs, key=_place),
            *(pair for pair in ends if pair not in usual),
        ]


def _place(pair: Pair) -> tuple[int, tuple[int, str]]:
    return FACETS.index(pair[0]), _number(pair[1])


def _number(value: str) -> tuple[int, str]:
    return (len(value) if value.isdigit() else 0), value  # 9 before 10


def usual_sort(q: str) -> Sort:
    """The order nobody has to ask for."""
    return Sort.RELEVANCE if q else Sort.NAME


def read_request(pairs: Iterable[Pair]) -> SearchRequest:
    """Read the query pairs of an address: unknown names are passed over, values that make no sense noted."""
    q, sort, page = "", "", 1
    chosen: dict[str, set[str]] = {}
    ignored: list[Pair] = []
    for name, value in pairs:
        clean = value.strip()
        if not clean:
            continue
        if name == "q":
            q, rest = _question(clean)
            ignored += [("q", rest)] if rest else []
        elif name == "sort" and clean in set(Sort):
            sort = clean
        elif name == "page" and PAGE.fullmatch(clean):
            page = int(clean)
        elif name in FACETS and _fits(name, clean) and len(chosen.get(name, ())) < MOST_VALUES:
            chosen.setdefault(name, set()).add(clean.lstrip("0") if name == "month" else clean)
        elif name in FACETS or name in {"sort", "page"}:
            ignored.append((name, one_line(clean[:LONGEST_IGNORED])))
    return SearchRequest(
        q=q,
        chosen={facet: tuple(sorted(chosen[facet], key=_number)) for facet in FACETS if facet in chosen},
        sort=usual_sort(q) if not sort or (sort == Sort.RELEVANCE and not q) else Sort(sort),
        page=page,
        ignored=tuple(dict.fromkeys(ignored))[:MOST_IGNORED],
    )


def _question(text: str) -> tuple[str, str]:
    """The words asked for, on one line, and the beginning of what is too long to be asked."""
    line = one_line(text[: 2 * LONGEST_TEXT])
    return line[:LONGEST_TEXT].strip(), line[LONGEST_TEXT : LONGEST_TEXT + LONGEST_IGNORED].strip()


def _fits(facet: str, value: str) -> bool:
    return CHOICES.get(facet, CODE).fullmatch(value) is not None
