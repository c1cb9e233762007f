"""What readers look for in vain: noted in files, without who asked, and folded into a table by the worker."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from catalogue.adapters.day_files import DayFiles
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.kernel.text import nfc, words
from catalogue.records import with_words
from catalogue.search.models import MissesFolded, SearchMiss

FOLD = "search.misses"

LONGEST, MOST_WORDS = 80, 8
# An address, a telephone number, a card: what somebody typed into the wrong field is nobody's business.
PERSONAL = re.compile(r"@|\d(?:[\s.-]?\d){6}|://|www\.")
# A file is read to its end when it is so old: nobody adds to a day that is over.
OVER = timedelta(days=2)
SORTS: dict[str, Any] = {
    "words": SearchMiss.words,
    "language": SearchMiss.language,
    "number": SearchMiss.number,
    "day": SearchMiss.last_on,
}


def note(files: DayFiles, text: str, language: Language, day: date) -> None:
    """Note that words found nothing; what may tell of a person, or is no question, is not noted."""
    said = tidy(text)
    if said:
        files.note(day, {"words": said, "language": language.value})


def tidy(text: str) -> str:
    """The words as they are counted; empty where they are not."""
    said = " ".join(nfc(text).lower().split())
    number = len(words(said))
    return "" if len(said) > LONGEST or not 0 < number <= MOST_WORDS or PERSONAL.search(said) else said


def fold(files: DayFiles, today: date) -> None:
    """Add what was noted since to the table, and how far, in one transaction: nothing counts twice."""
    for name in files.names():
        folded = db.session.get(MissesFolded, name) or MissesFolded(file=name, position=0)
        notes, position = files.since(name, folded.position)
        day = date.fromisoformat(name.partition(".")[0])
        if day < today - OVER and not notes:
            db.session.execute(delete(MissesFolded).where(MissesFolded.file == name))
            files.remove(name)
            continue
        _count(notes, day)
        folded.position = position
        db.session.add(folded)
    db.session.flush()


def _count(notes: list[dict[str, Any]], day: date) -> None:
    missed = Counter((str(one.get("words", "")), str(one.get("language", ""))) for one in notes)
    for (said, language), number in missed.items():
        if tidy(said) != said or language not in set(Language):
            continue
        row = db.session.scalar(
            select(SearchMiss).where(SearchMiss.words == said, SearchMiss.language == language)
        )
        if row is None:
            db.session.add(SearchMiss(words=said, language=language, number=number, last_on=day))
            db.session.flush()
        else:
            row.number, row.last_on = row.number + number, max(row.last_on, day)


def missed(
    words: str, language: str, sort: str, start: int, size: int | None, *, descending: bool
) -> tuple[list[SearchMiss], int]:
    """What was missed from a place on, `size` of it or all, in an order of `SORTS`; and how much in all.

    `words`: what it mentions, and `language`: in one; where they are empty, all.
    """
    chosen = select(SearchMiss.id, SearchMiss.words)
    if language:
        chosen = chosen.where(SearchMiss.language == language)
    column = SORTS[sort]
    order = column.desc() if descending else column.asc()
    ordered = chosen.order_by(order, SearchMiss.last_on.desc(), SearchMiss.id)
    return with_words(SearchMiss, ordered, words, start, size)
