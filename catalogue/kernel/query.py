"""What is asked of the search index: terms with weights, all of the clauses, any term of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """The forms in which a word is kept in the index, each in a field of this name."""

    FOLDED = "f"  # without marks, i for y
    EXACT = "x"  # canonical spelling with its marks
    JOINED = "p"  # two or three neighbours written as one, folded
    STEM = "s"  # English stem
    OPENING = "o"  # the first words of a name written as one, folded
    WHOLE = "n"  # a whole name written as one, folded

    __hash__ = str.__hash__  # the enumeration's own is a step in Python for every term


FORMS = tuple(sorted(Form))  # in the order of the index


class Term(NamedTuple):
    """One word in one form, and how much finding it counts."""

    form: Form
    text: str
    weight: float


Clause = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A document is found when every clause has a term in it; a `welcome` term only lifts it in the order."""

    clauses: tuple[Clause, ...] = ()
    welcome: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def terms(self) -> set[tuple[Form, str]]:
        """Everything that may be the reason for a hit, for marking it."""
        every = [term for clause in self.clauses for term in clause] + list(self.welcome)
        return {(term.form, term.text) for term in every}
