"""Sets a page of HTML as a PDF by WeasyPrint, as a program of its own: what it takes of memory ends with it.

It reads JSON from its input: `html`, `css` and `pieces`, which are pictures and fonts by name, in base64. The
page names them `piece:<name>`; nothing else can be fetched, from whatever address. It writes the PDF, and
ends with 3 where the libraries that set type are not installed. Nothing of the site is imported.
"""

from __future__ import annotations

import base64
import json
import logging
import resource
import sys
from typing import Any

MOST_MEMORY = 1536 * 1024**2
MOST_SECONDS = 60
NOT_INSTALLED = 3
SCHEME = "piece:"


def main() -> None:
    """Write the PDF of what the input holds."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):  # OSError: Pango's own libraries are missing
        sys.exit(NOT_INSTALLED)

    asked = json.load(sys.stdin)
    pieces = {name: base64.b64decode(body) for name, body in asked["pieces"].items()}

    class Pieces(URLFetcher):  # type: ignore[misc]  # the library has no type hints
        """Gives what came along, and opens no address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(SCHEME)
            if name == url or name not in pieces:
                raise ValueError(f"not a piece of this document: {url}")
            return URLFetcherResponse(url, pieces[name])

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fonts, fetcher = FontConfiguration(), Pieces()
    style = CSS(string=asked["css"], font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=asked["html"], base_url=SCHEME, url_fetcher=fetcher)
    body = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
    sys.stdout.buffer.write(body)


if __name__ == "__main__":
    main()
