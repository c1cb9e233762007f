"""Help, privacy and accessibility: how to use the site, what it keeps, and whom it may still shut out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app

from catalogue.certification.rules import Status
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual
from catalogue.pages.listings import built_in_pages
from catalogue.pages.models import AboutPage
from catalogue.pages.queries import about_page, about_page_by_slug, about_pages
from catalogue.web import labels
from catalogue.web.kinds import existing
from catalogue.web.language import current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.prose import prose
from catalogue.web.public.records import borrowed, find_or_redirect, page_of, source_link

# One status for each sign, the best news first.
SIGNS = (Status.VALID, Status.UNCONFIRMED, Status.PENDING, Status.EXPIRED, Status.WITHDRAWN)
PAPERS_ON_SALE = (
    "https://tuoitrenews.vn/news/business/20220925/"
    "expose-safe-farm-produce-certificates-illegally-on-sale-in-vietnam/69217.html"
)

blueprint = Blueprint("about", __name__)


@page(blueprint, vi="/tro-giup", en="/help")
def guide() -> str:
    """How to search, what the signs mean, how to check a certificate, and what makers and buyers can do."""
    return render(
        "public/about/guide.html",
        signs=[
            {
                "kind": labels.STATUS_KIND[status],
                "text": str(labels.STATUS_WORDS[status]),
                "meaning": str(labels.STATUS_MEANING[status]),
            }
            for status in SIGNS
        ],
        no_certificate=str(labels.NO_CERTIFICATE),
        on_sale=source_link(PAPERS_ON_SALE),
        exporters=existing("public.exporters.index"),
        email=current_app.config["TRADE_PROMOTION_EMAIL"],
    )


@page(blueprint, vi="/tro-giup/nha-san-xuat", en="/help/producers")
def producers() -> str:
    """From the application to the public page, for makers with a phone."""
    return render("public/about/producers.html")


@page(blueprint, vi="/tro-giup/co-quan", en="/help/office")
def office() -> str:
    """From the first sign-in to the log, for those who work in the office."""
    return render("public/about/office.html")


@page(blueprint, vi="/gioi-thieu", en="/about")
def index() -> str:
    """What this site is and where its facts come from; the way to the pages that staff added."""
    others = [one for one in about_pages(current()) if one.code not in built_in_pages()]
    links = [{"text": say(one.name), "href": page_of(one)} for one in others]
    return _own_page("about", links)


@page(blueprint, vi="/rieng-tu", en="/privacy")
def privacy() -> str:
    """What is kept of readers, and of those who write to us."""
    return _own_page("privacy")


@page(blueprint, vi="/tiep-can", en="/accessibility")
def accessibility() -> str:
    """What the site aims at, what was tested and how, and where it falls short."""
    return _own_page("accessibility")


@page(blueprint, vi="/gioi-thieu/<slug>", en="/about/<slug>")
def show(slug: str) -> str:
    """A page that staff added."""
    found = find_or_redirect(AboutPage, slug, about_page_by_slug)
    if found.code in built_in_pages():
        raise NotFound("page.unknown")  # it has an address of its own
    return _show(found, record=found, translated=is_translated(found))


def _own_page(code: str, links: Sequence[dict[str, Any]] = ()) -> str:
    """A page that the site came with, as staff wrote it since."""
    content = built_in_pages()[code]
    texts = {name: Bilingual.of(content[name]) for name in ("name", "summary", "text")}
    return _show(about_page(code) or AboutPage(code=code, **texts), links=links)


def _show(found: AboutPage, **more: Any) -> str:
    return render(
        "public/about/page.html",
        title=read(found.name),
        description=read(found.summary),
        name=say(found.name),
        summary=say(found.summary),
        borrowed=borrowed(found.text),
        stale=is_stale(found),
        text=prose(found.text, 2),
        email=current_app.config["TRADE_PROMOTION_EMAIL"],
        **more,
    )
