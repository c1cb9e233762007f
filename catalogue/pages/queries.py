"""Reads about the site's own words: the front page's, pages about the site, notices of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.pages.models import AboutPage, HomeSection, TravelNotice
from catalogue.records import by_code
from catalogue.slugs import find_by_slug
from catalogue.version import kept


@kept
def home_sections() -> Sequence[HomeSection]:
    """What staff wrote for the front page, in its order there."""
    return db.session.scalars(select(HomeSection).order_by(HomeSection.position, HomeSection.code)).all()


def about_pages(language: Language) -> Sequence[AboutPage]:
    """The pages about the site that staff wrote, in the order of the language."""
    order = AboutPage.sort_vi if language is Language.VI else AboutPage.sort_en
    return db.session.scalars(select(AboutPage).order_by(order)).all()


def about_page(code: str) -> AboutPage | None:
    """What staff wrote in the place of a page that the site came with; None where nobody has."""
    return by_code(AboutPage, code)


def about_page_by_slug(slug: str, language: Language) -> AboutPage:
    """A page about the site; NotFound."""
    page = find_by_slug(AboutPage, language, slug)
    if page is None:
        raise NotFound("page.unknown")
    return page


def notices(day: date) -> list[TravelNotice]:
    """What travellers must know on that day, what began last first."""
    return [one for one in _every_notice() if one.first_day <= day <= one.last_day]


@kept
def _every_notice() -> Sequence[TravelNotice]:
    """Kept whole, and chosen by the day that is read: no clock has to tell that a notice has ended."""
    return db.session.scalars(
        select(TravelNotice).order_by(TravelNotice.first_day.desc(), TravelNotice.code)
    ).all()
