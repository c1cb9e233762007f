"""Security and cache headers, and a site that knows its own name better than a request does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import punctuation
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
PUBLIC_PAGE = "public, no-cache"
# A path, and not the start of another site's address.
OWN_PATH = re.compile(r"/(?![/\\])")


def register(app: Flask) -> None:
    """Add the headers to every answer; a redirect within the site names no host."""
    site = app.config["SITE_URL"]
    app.wsgi_app = OwnAddress(app.wsgi_app, site)  # type: ignore[method-assign]

    policy = content_security_policy(app.config["TILE_URL"])

    @app.after_request
    def protect(response: Response) -> Response:
        if response.location and OWN_PATH.match(own := response.location.removeprefix(site)):
            response.location = own
            response.set_data(b"")  # the library's words for it are English, and no browser shows them
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", PUBLIC_PAGE)
        if site.startswith("https:"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response


def content_security_policy(tile_url: str = "") -> str:
    """What a page may load: nothing from another host, but for the map tiles that the owner has chosen."""
    tiles = urlsplit(tile_url)
    if not tiles.netloc:
        return CONTENT_SECURITY_POLICY
    host = f"{tiles.scheme}://{tiles.netloc.replace('{s}', '*')}"
    return CONTENT_SECURITY_POLICY.replace("img-src 'self'", f"img-src 'self' {host}")


class OwnAddress:
    """What a request says of its own address, made safe before anybody reads it.

    The Host header is ignored: a made-up one never reaches a link, a redirect or a kept page. Octets in the
    query that are no signs of ASCII, which no reader of queries expects, are written as escapes.
    """

    def __init__(self, application: WSGIApplication, site_url: str) -> None:
        self.application = application
        where = urlsplit(site_url)
        self.scheme, self.host = where.scheme, where.netloc

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_HOST"] = self.host
        environ["wsgi.url_scheme"] = self.scheme
        environ.pop("HTTP_X_FORWARDED_HOST", None)
        query = environ.get("QUERY_STRING", "")
        if not (query.isascii() and query.isprintable()):
            environ["QUERY_STRING"] = quote(query, safe=punctuation, encoding="latin-1", errors="replace")
        return self.application(environ, start_response)
