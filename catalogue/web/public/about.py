"""Help, privacy and accessibility: how to use the site, what it keeps, and whom it may still shut out."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app

from catalogue.certification.rules import Status
from catalogue.web import dates, labels
from catalogue.web.kinds import existing
from catalogue.web.language import page
from catalogue.web.page import show as render
from catalogue.web.public.records import source_link

# When accessibility was last looked at as a whole.
LOOKED_AT = date(2026, 11, 26)
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


@page(blueprint, vi="/rieng-tu", en="/privacy")
def privacy() -> str:
    """What is kept of readers, and of those who write to us."""
    return render("public/about/privacy.html", email=current_app.config["TRADE_PROMOTION_EMAIL"])


@page(blueprint, vi="/tiep-can", en="/accessibility")
def accessibility() -> str:
    """What the site aims at, what was tested and how, and where it falls short."""
    return render("public/about/accessibility.html", looked_at=dates.day(LOOKED_AT))
