"""Changes of the site's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.accounts.rules import may_show_pages
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import require
from catalogue.pages.listings import put_notice, put_page, put_section
from catalogue.pages.models import AboutPage, HomeSection, TravelNotice
from catalogue.rewriting import rewriting


def apply_section(actor: Actor, code: str, content: Mapping[str, Any]) -> HomeSection:
    """Let the front page say this."""
    require(may_show_pages(actor))
    with rewriting(HomeSection, code) as section:
        put_section(section, content)
    return section


def apply_page(actor: Actor, code: str, content: Mapping[str, Any]) -> AboutPage:
    """Let a page about the site say this."""
    require(may_show_pages(actor))
    with rewriting(AboutPage, code) as page:
        put_page(page, content)
    return page


def apply_notice(actor: Actor, code: str, content: Mapping[str, Any]) -> TravelNotice:
    """Let travellers be told this."""
    require(may_show_pages(actor))
    with rewriting(TravelNotice, code) as notice:
        put_notice(notice, content)
    return notice
