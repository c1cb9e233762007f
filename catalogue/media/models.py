"""Photographs on their way and as they were received, the files made of them, and where they stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, Integer, String, UniqueConstraint, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, UTCDateTime, bilingual
from catalogue.kernel.clock import now
from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import RECIPE, Rotation
from catalogue.media.rules import NOBODY, OFFICE, Consent, Focus, FocusBy, SubjectKind, Words

SUBJECTS = ", ".join(f"'{kind}'" for kind in SubjectKind)
GUESSERS = ", ".join(f"'{who}'" for who in FocusBy)


def _filled(*names: str) -> str:
    return " AND ".join(f"COALESCE({name}, '') <> ''" for name in names)


# The same as `rules.missing`, so that nothing can be shown that lacks its words or its rights.
MAY_BE_SHOWN = (
    "published_at IS NULL OR ("
    f"(decorative OR ({_filled('alt_vi', 'alt_en')})) AND {_filled('credit', 'licence')}"
    f" AND (COALESCE(consent_how, '') = '{NOBODY}'"
    f" OR ({_filled('consent_by', 'consent_how')} AND consent_on IS NOT NULL)))"
)


class MediaAsset(Model):
    """One photograph: its cleaned original, what is said of it, and by what right it is shown.

    `owner`: the code of the producer whose it is, empty where it is the office's: of what several send each
    has a row and an original of its own. `code`: by owner and SHA-256 of the original as it is kept;
    `received_sha256`: of the file as it was sent. `width` and `height` are those of the upright original;
    `rotation` turns it clockwise; the focus is a point of the upright original, not yet turned. `colour`,
    `placeholder` (a data URI) and the renditions come from the worker; `recipe` says by which recipe, NULL
    when they are to be made (again). `fingerprint`: a perceptual hash in hexadecimal digits. `found_*`: what
    the file says of its author.
    """

    __tablename__ = "media_asset"
    __table_args__ = (
        CheckConstraint(MAY_BE_SHOWN, name="shown_with_words_and_rights"),
        CheckConstraint("rotation IN (0, 90, 180, 270)", name="rotation_known"),
        CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        CheckConstraint(
            "focus_x >= 0 AND focus_x <= 1 AND focus_y >= 0 AND focus_y <= 1", name="focus_inside"
        ),
        CheckConstraint(f"focus_by IN ({GUESSERS})", name="focus_by_known"),
        CheckConstraint("file_name <> '' AND original_key <> ''", name="has_an_original"),
        UniqueConstraint("owner", "received_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    owner: Mapped[str] = mapped_column(default=OFFICE)
    file_name: Mapped[str]
    received_sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_by: Mapped[str]
    original_key: Mapped[str] = mapped_column(unique=True)
    format: Mapped[str] = mapped_column(String(10))
    width: Mapped[int]
    height: Mapped[int]
    rotation: Mapped[Rotation] = mapped_column(Integer, default=0)
    focus_x: Mapped[float] = mapped_column(Float, default=0.5)
    focus_y: Mapped[float] = mapped_column(Float, default=0.5)
    focus_by: Mapped[str] = mapped_column(String(10), default=FocusBy.GUESS.value)
    recipe: Mapped[str | None] = mapped_column(String(10), index=True)
    colour: Mapped[str | None] = mapped_column(String(7))
    placeholder: Mapped[str | None]
    fingerprint: Mapped[str | None] = mapped_column(String(16), index=True)
    advice: Mapped[list[Any]] = mapped_column(default=list)
    found_credit: Mapped[str | None]
    found_rights: Mapped[str | None]
    alt: Mapped[Bilingual] = bilingual("alt")
    decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[Bilingual] = bilingual("caption")
    credit: Mapped[str | None]
    licence: Mapped[str | None]
    consent_by: Mapped[str | None]
    consent_on: Mapped[date | None]
    consent_how: Mapped[str | None]
    described_by: Mapped[str | None]
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    published_by: Mapped[str | None]
    renditions: Mapped[list[Rendition]] = relationship(
        order_by="Rendition.width", cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql"
    )

    @property
    def is_public(self) -> bool:
        """Whether a page shows it, or did before the change that is being written."""
        history = inspect(self).attrs.published_at.load_history()
        return any(moment is not None for moment in history.sum())

    @property
    def is_rendered(self) -> bool:
        """Whether its renditions are those of today's recipe and of its present rotation and focus."""
        return self.recipe == RECIPE

    @property
    def focus(self) -> Focus:
        return self.focus_x, self.focus_y

    @property
    def words(self) -> Words:
        """All that is said of it, as the rules read it."""
        consent = Consent(self.consent_by, self.consent_on, self.consent_how) if self.consent_how else None
        return Words(self.alt, self.decorative, self.caption, self.credit, self.licence, consent)

    @words.setter
    def words(self, words: Words) -> None:
        self.alt, self.decorative, self.caption = words.alt, words.decorative, words.caption
        self.credit, self.licence = words.credit, words.licence
        consent = words.consent
        self.consent_by, self.consent_on, self.consent_how = (
            (consent.by, consent.on, consent.how) if consent else (None, None, None)
        )


class Rendition(Model):
    """One finished file of a photograph. `path` is its address below `/media/` and its key in the storage.

    The photograph's own row changes with its renditions, and says whether that is to be seen.
    """

    __tablename__ = "rendition"
    __table_args__ = (
        CheckConstraint("purpose IN ('view', 'card')", name="purpose_known"),
        CheckConstraint("width > 0 AND height > 0 AND size > 0", name="is_something"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("media_asset.id", ondelete="CASCADE"), index=True)
    recipe: Mapped[str] = mapped_column(String(10))
    rotation: Mapped[Rotation] = mapped_column(Integer)
    purpose: Mapped[str] = mapped_column(String(10))
    format: Mapped[str] = mapped_column(String(10))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    path: Mapped[str] = mapped_column(unique=True)


class Placement(Model):
    """That a photograph stands on a record, named by its kind and immutable code, and in which place."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint(f"subject_kind IN ({SUBJECTS})", name="subject_known"),
        UniqueConstraint("subject_kind", "subject_code", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("media_asset.id", ondelete="CASCADE"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_code: Mapped[str]
    position: Mapped[int]
    placed_by: Mapped[str]
    # Always loaded with it: whether a change is public depends on the photograph.
    asset: Mapped[MediaAsset] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_public(self) -> bool:
        """Whether a page shows it."""
        return self.asset.is_public


class Upload(Model):
    """A photograph on its way from a phone, in pieces, to the listing with that kind and code.

    `key`: the phone's own name for it, one a person; `sha256` and `length`: of the whole file, as the phone
    has it. `asset_code`: what became of it; None until all has arrived and was taken.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("length > 0", name="is_something"),
        UniqueConstraint("user_id", "key"),
        {"sqlite_autoincrement": True},  # bytes that were left behind never meet another's number
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    length: Mapped[int]
    name: Mapped[str]
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_code: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    asset_code: Mapped[str | None] = mapped_column(String(16))
