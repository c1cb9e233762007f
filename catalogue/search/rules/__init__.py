"""The rules of searching: what may be meant by what is typed, and what the office may add. All of it is pure.

A question is read word by word (`asked`), its words are seen together (`neighbours`, `amounts`), what means
the same is added (`synonyms`), what only asks or classifies is passed over (`passing_over`), and what nobody
has is taken for what it resembles (`slips`); `understanding` makes one query of it. `examples.md` holds
examples of every rule, which a test reads.
"""

from __future__ import annotations

from catalogue.search.rules.curating import (
    check_pin,
    may_be_phrase,
    may_edit_search,
    may_see_search,
    pin_key,
    tidy_phrases,
)
from catalogue.search.rules.synonyms import Synonyms, synonym_table
from catalogue.search.rules.understanding import is_guessed, nowhere_spelled, understand

__all__ = [
    "Synonyms",
    "check_pin",
    "is_guessed",
    "may_be_phrase",
    "may_edit_search",
    "may_see_search",
    "nowhere_spelled",
    "pin_key",
    "synonym_table",
    "tidy_phrases",
    "understand",
]
