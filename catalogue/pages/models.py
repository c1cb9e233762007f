"""Words of the front page, pages about the site, and dated notices for travellers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Archivable, Indexed, Model, Record, Translated, bilingual
from catalogue.kernel.language import Bilingual


class HomeSection(Translated, Archivable, Indexed, Model):
    """Words of the front page, by the section's code; a section that the page does not have of itself stands
    in the order of `position`."""

    __tablename__ = "home_section"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Bilingual] = bilingual("title", required=True)
    text: Mapped[Bilingual] = bilingual("text")
    position: Mapped[int]


class AboutPage(Translated, Record, Model):
    """A page about the site, in Markdown."""

    __tablename__ = "about_page"

    summary: Mapped[Bilingual] = bilingual("summary")
    text: Mapped[Bilingual] = bilingual("text", required=True)


class TravelNotice(Translated, Archivable, Model):
    """What travellers must know for a time: shown from its first day to its last one, on the front page
    (`everywhere`) and on the villages and routes whose codes it names."""

    __tablename__ = "travel_notice"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Bilingual] = bilingual("title", required=True)
    text: Mapped[Bilingual] = bilingual("text")
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date, index=True)
    everywhere: Mapped[bool]
    villages: Mapped[list[Any]] = mapped_column(JSON, default=list)
    routes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
