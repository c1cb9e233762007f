"""What programs ask of the site as a whole: what to leave alone, how to install it, whom to warn."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, current_app, jsonify, url_for
from flask_babel import gettext

from catalogue.kernel.clock import now
from catalogue.web.assets import asset
from catalogue.web.language import address, current

# Facets multiply without end, so only plain lists and their pages are for robots.
ROBOTS = """\
User-agent: *
Disallow: /studio
Disallow: /staff
Disallow: /*?
Allow: /*?page=

Sitemap: {site}{sitemap}
"""
ICON_SIZES = (192, 512)
# Pine and mist of static/css/tokens.css.
THEME, BACKGROUND = "#0c2e27", "#f1f6f0"
# security.txt must end within a year (RFC 9116); it is written anew at every request.
SECURITY_TERM = timedelta(days=180)
CORRECTIONS = "public.corrections.write"

blueprint = Blueprint("machines", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read, and where the sitemap is."""
    text = ROBOTS.format(site=current_app.config["SITE_URL"], sitemap=url_for("public.sitemaps.index"))
    return Response(text, mimetype="text/plain")


@blueprint.get("/<any(vi, en):language>/site.webmanifest")
def manifest() -> Response:
    """How the site looks among the programs of a phone."""
    icons = [
        {
            "src": asset(f"icons/icon-{size}{tail}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in ICON_SIZES
        for tail, purpose in (("", "any"), ("-maskable", "maskable"))
    ]
    response = jsonify(
        id="/",
        lang=current().value,
        dir="ltr",
        name="Đà Lạt",
        short_name="Đà Lạt",
        description=gettext("Products, makers, craft villages and routes of Lâm Đồng province"),
        start_url=address("public.home.show"),
        scope="/",
        display="minimal-ui",
        theme_color=THEME,
        background_color=BACKGROUND,
        icons=icons,
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a hole in the site (RFC 9116)."""
    site = current_app.config["SITE_URL"]
    ends = datetime.combine((now() + SECURITY_TERM).date(), time(), UTC)
    lines = [
        f"Contact: {_contact(site)}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        f"Canonical: {site}{url_for('public.machines.security')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _contact(site: str) -> str:
    """The office's address where it has one, else the form for corrections, else the front page."""
    if mail := current_app.config["TRADE_PROMOTION_EMAIL"]:
        return f"mailto:{mail}"
    form = CORRECTIONS in current_app.view_functions
    return str(site + address(CORRECTIONS if form else "public.home.show"))
