"""What the office may add to the search: words that mean the same, and pages that stand first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.text import fold, iy, nfc, words
from catalogue.search.request import LONGEST_TEXT
from catalogue.search.rules.synonyms import LONGEST_SYNONYM

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
    if not all(map(may_be_phrase, said)) or len(said) > MOST_PHRASES:
        raise RuleBroken("synonyms.too_much", field="phrases")
    return said


def may_be_phrase(text: str) -> bool:
    """Whether a text is short enough to mean the same as another."""
    return len(text) <= LONGEST_PHRASE and len(words(text)) <= LONGEST_SYNONYM


def pin_key(text: str) -> str:
    """Words as a pin compares them: folded, whatever stands between them."""
    return " ".join(iy(fold(word.text)) for word in words(nfc(text)))


def check_pin(text: str, reason: Bilingual, until: date, today: date) -> None:
    """`pin.no_words`, `pin.long_words`, `pin.no_reason`, `pin.long_reason`, `pin.day`."""
    if not pin_key(text):
        raise RuleBroken("pin.no_words", field="words")
    if len(text) > LONGEST_TEXT:  # nobody can ask for more
        raise RuleBroken("pin.long_words", field="words")
    for language in Language:
        said = (reason.vi if language is Language.VI else reason.en) or ""
        if not said.strip():
            raise RuleBroken("pin.no_reason", field=f"reason_{language}")
        if len(said) > LONGEST_REASON:
            raise RuleBroken("pin.long_reason", field=f"reason_{language}", most=LONGEST_REASON)
    if not today <= until <= today + PIN_LASTS:
        raise RuleBroken("pin.day", field="until")
