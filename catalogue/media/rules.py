"""When a photograph may be shown, and what its files are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import Rotation
from catalogue.kernel.text import slug

Focus = tuple[float, float]

# Whose a photograph is that no producer brought.
OFFICE = ""
# How consent was given where nobody can be recognised, so that nobody had to be asked.
NOBODY = "nobody"
# How consent was given where all that is known is what was said when the photograph was added.
TOLD = "told on adding"
LONGEST_NAME = 60
# The folder of finished files in the storage.
RENDITIONS = "renditions/"
UNSAID = Bilingual(None, None)
EXTENSIONS = {kind: kind for kind in ("avif", "gif", "heic", "png", "webp")} | {"jpeg": "jpg", "tiff": "tif"}

FORMATS = {extension: kind for kind, extension in EXTENSIONS.items()}
# As `view_path` and `card_path` write them.
FILE = re.compile(r"[\w-]+/([0-9a-f]{16})/[a-z0-9-]+\.(?:avif|jpg)", re.ASCII)


class SubjectKind(StrEnum):
    """What a photograph can stand on."""

    PRODUCT = "product"
    PRODUCER = "producer"
    VILLAGE = "village"
    ROUTE = "route"


class Missing(StrEnum):
    """What keeps a photograph from being shown."""

    ALT_VI = "alt_vi"
    ALT_EN = "alt_en"
    CREDIT = "credit"
    LICENCE = "licence"
    CONSENT = "consent"


class FocusBy(StrEnum):
    """Who said where the eye goes."""

    GUESS = "guess"
    PERSON = "person"


def may_stand(owner: str, producer_code: str) -> bool:
    """Whether a producer may put a photograph on its pages: its own, and nobody else's."""
    return owner == producer_code


def may_describe(owner: str, producer_code: str) -> bool:
    """Whether a producer on whose page it stands may say what it shows: of its own, and of what the office
    has put there."""
    return owner in {OFFICE, producer_code}


@dataclass(frozen=True)
class Consent:
    """That the people shown agreed: who, when, how; only `how` where it is `NOBODY`."""

    by: str | None
    on: date | None
    how: str


@dataclass(frozen=True)
class Words:
    """What is said of a photograph, and by what right it may be shown. `decorative`: it needs no alt text."""

    alt: Bilingual = UNSAID
    decorative: bool = False
    caption: Bilingual = UNSAID
    credit: str | None = None
    licence: str | None = None
    consent: Consent | None = None


def missing(words: Words) -> list[Missing]:
    """What a photograph with these words still needs before it may be shown (issue 6, point 8)."""
    given = {
        Missing.ALT_VI: words.decorative or words.alt.vi,
        Missing.ALT_EN: words.decorative or words.alt.en,
        Missing.CREDIT: words.credit,
        Missing.LICENCE: words.licence,
        Missing.CONSENT: words.consent is not None and _is_whole(words.consent),
    }
    return [name for name, value in given.items() if not value]


def _is_whole(consent: Consent) -> bool:
    return consent.how == NOBODY or bool(consent.by and consent.on and consent.how)


def whole_consent(text: str, today: date) -> Consent | None:
    """Consent typed in its form, `nobody` or `who; 2026-11-20; how`; None for anything else.

    The day must be one of the calendar and not lie ahead: nobody has agreed tomorrow.
    """
    text = text.strip()
    if text.casefold() == NOBODY:
        return Consent(None, None, NOBODY)
    parts = re.fullmatch(r"(.*?\S)\s*;\s*(\d{4}-\d\d-\d\d)\s*;\s*(\S.*)", text, re.DOTALL | re.ASCII)
    if parts is None or parts[3].casefold() == NOBODY:
        return None
    try:
        day = date.fromisoformat(parts[2])
    except ValueError:  # the calendar has no such day
        return None
    return Consent(parts[1], day, parts[3]) if day <= today else None


def read_consent(text: str, told_on: date) -> Consent | None:
    """Consent as somebody said it: in its form, or in words of their own.

    Such words are kept as the people they name, told to us on the day they were typed.
    """
    text = text.strip()
    if whole := whole_consent(text, told_on):
        return whole
    return Consent(text, told_on, TOLD) if text else None


def changed(words: Words, said: Words) -> Words:
    """The words with what was said now in their place; what was not said stays.

    Alt text says that it is not decorative.
    """
    return Words(
        alt=_changed(words.alt, said.alt),
        decorative=said.decorative or (words.decorative and said.alt == UNSAID),
        caption=_changed(words.caption, said.caption),
        credit=said.credit or words.credit,
        licence=said.licence or words.licence,
        consent=said.consent or words.consent,
    )


def _changed(text: Bilingual, said: Bilingual) -> Bilingual:
    return Bilingual(said.vi or text.vi, said.en or text.en)


def file_name(received: str) -> str:
    """The readable part of a photograph's address: `Gốm Đà Lạt (đỏ).JPG` → `gom-da-lat-do`."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", received.replace("\\", "/").rpartition("/")[2])
    return slug(stem)[:LONGEST_NAME].strip("-") or "photograph"


def turned(focus: Focus, rotation: Rotation) -> Focus:
    """Where a point of the upright picture lies after it was turned clockwise; both from 0 to 1."""
    x, y = focus
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[rotation]


def edition(recipe: str, rotation: Rotation) -> str:
    """The folder of the files made by one recipe: every file below it is the same for ever."""
    return f"{recipe}-{rotation}" if rotation else recipe


def view_path(edition_: str, code: str, name: str, width: int, kind: str) -> str:
    """The address of a view below `/media/`, and its key below `renditions/`."""
    return f"{edition_}/{code}/{name}-{width}.{EXTENSIONS[kind]}"


def card_path(edition_: str, code: str, name: str, focus: Focus, kind: str) -> str:
    """The like for the card, which is cut around the focus."""
    x, y = (round(100 * part) for part in focus)
    return f"{edition_}/{code}/{name}-card-{x}-{y}.{EXTENSIONS[kind]}"


def code_in(path: str) -> str | None:
    """The photograph of which a view or a card has that address; None where no file can have it."""
    found = FILE.fullmatch(path)
    return found[1] if found else None


def media_type(key: str) -> str:
    """What an original or a rendition is sent as, by the end of its name."""
    return f"image/{FORMATS[key.rpartition('.')[2]]}"
