"""What a correction request may be, and when it can be answered."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_TEXT = 4000
MOST_SHORT_TEXT = 200
# How many messages one sender may send, and within which time.
MOST_MESSAGES, WITHIN = 10, timedelta(minutes=1)
# Signs that no keyboard writes and PostgreSQL cannot keep; line breaks and tabs stay.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class CorrectionKind(StrEnum):
    """What the writer wants."""

    FACT = "fact"
    OWN = "own"
    REMOVAL = "removal"
    LABEL = "label"


class CorrectionState(StrEnum):
    """How far a request has come."""

    NEW = "new"


@dataclass(frozen=True)
class CorrectionMessage:
    """What somebody wrote. `record` is `<kind>:<code>`; `about` says in words what it is about where no
    record is named. `draft` names the form as it was opened."""

    kind: CorrectionKind
    record: str | None
    about: str | None
    text: str
    contact: str
    name: str | None
    language: str
    suspect: bool
    draft: str

    @property
    def fingerprint(self) -> str:
        """The same words from the same form: sent twice by a double click or a bad line, kept once."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


def is_too_many(sent: Iterable[datetime], moment: datetime) -> bool:
    """Whether messages sent at those times are more than one sender may send, at that moment."""
    return sum(1 for one in sent if moment - one < WITHIN) > MOST_MESSAGES


def clean(text: str | None) -> str:
    """What a reader typed, as we keep it: composed letters, one kind of line break, no stray signs."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub("", unicodedata.normalize("NFC", lines)).strip()
