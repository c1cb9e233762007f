"""Every source with what rests on it, and what the data does not know, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Blueprint, request
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.editorial.queries import Gap, cited, cited_certificates, gaps
from catalogue.flower_centre.queries import flower_centre
from catalogue.kernel.errors import NotFound
from catalogue.kernel.text import fold, one_line
from catalogue.resolution.queries import resolution
from catalogue.showcase.queries import brand_mark, points_of_sale, promotion_body, trade_events
from catalogue.showcase.rules import MARK
from catalogue.web import dates, paging
from catalogue.web.kinds import KINDS, certificate_name, existing
from catalogue.web.language import address, current, page
from catalogue.web.page import quoting, say
from catalogue.web.page import show as render
from catalogue.web.public.records import host as host_of

HOSTS_SHOWN, PAGES_SHOWN = 60, 12

GAPS: dict[str, LazyString] = {
    "point": lazy_gettext("makers without a point on the map"),
    "village": lazy_gettext("makers that belong to no craft village, or none is named"),
    "since": lazy_gettext("makers whose founding year is not known"),
    "website": lazy_gettext("makers without a website of their own"),
    "season": lazy_gettext("products whose season is not known"),
    "unit": lazy_gettext("products whose packing or unit of sale is not known"),
    "hs_code": lazy_gettext("products without a tariff code"),
    "number": lazy_gettext("claims of a certificate without its number"),
    "issued": lazy_gettext("claims of a certificate without any date"),
    "expires": lazy_gettext("claims of a certificate that do not say when it ends"),
    "recognition": lazy_gettext("craft villages of which no recognition was found"),
    "households": lazy_gettext("craft villages whose number of households is not known"),
    "distance": lazy_gettext("routes without a distance that can be defended"),
    "single": lazy_gettext("records that rest on a single page"),
}

blueprint = Blueprint("sources", __name__)


@dataclass
class Source:
    """One page of the web and the records that rest on it, as (kind, name, where it stands)."""

    url: str
    published: str | None = None
    read: str | None = None
    records: list[tuple[str, Any, str | None]] = field(default_factory=list)


@page(blueprint, vi="/nguon-du-lieu", en="/sources")
def index() -> str:
    """The sites that the facts come from, and what nobody has told us."""
    every = _sources()
    hosts: dict[str, list[Source]] = defaultdict(list)
    for source in every.values():
        hosts[host_of(source.url)].append(source)
    wanted = one_line(request.args.get("host", ""))
    matching = [host for host in hosts if fold(wanted) in fold(host)]
    weights = {host: sum(len(source.records) for source in hosts[host]) for host in matching}
    shown, pager = paging.cut(sorted(matching, key=lambda host: (-weights[host], host)), HOSTS_SHOWN)
    return render(
        "public/sources/index.html",
        stats=[
            {"number": format_decimal(len(every)), "text": ngettext("page", "pages", len(every))},
            {"number": format_decimal(len(hosts)), "text": ngettext("site", "sites", len(hosts))},
            {
                "number": format_decimal(sum(1 for source in every.values() if source.read)),
                "text": gettext("pages with a known day of reading"),
            },
        ],
        gaps=_gaps(every),
        wanted=wanted,
        hosts=[
            {
                "host": host,
                "href": address("public.sources.show", host=host),
                "records": format_decimal(weights[host]),
            }
            for host in shown
        ],
        heading_text=ngettext("%(num)s site", "%(num)s sites", len(matching)),
        pager=pager,
    )


@page(blueprint, vi="/nguon-du-lieu/<host>", en="/sources/<host>")
def show(host: str) -> str:
    """The pages of one site, each with the records that rest on it."""
    found = sorted(
        (source for source in _sources().values() if host_of(source.url) == host),
        key=lambda source: (-len(source.records), source.url),
    )
    if not found:
        raise NotFound("source.unknown")
    shown, pager = paging.cut(found, PAGES_SHOWN)
    return render(
        "public/sources/show.html",
        host=host,
        pages=ngettext("%(num)s page read", "%(num)s pages read", len(found)),
        sources=[_row(source) for source in shown],
        pager=pager,
    )


def sites_cited() -> list[str]:
    """Every site of the web that something here rests on, by its name."""
    return sorted({host_of(url) for url in _sources()})


def _row(source: Source) -> dict[str, Any]:
    return {
        "url": source.url,
        "path": _path(source.url),
        "published": dates.partial(source.published) if source.published else None,
        "read": dates.when(source.read) if source.read else None,
        "count": ngettext("%(num)s record rests on it", "%(num)s records rest on it", len(source.records)),
        "records": [{"kind": kind, "name": name, "href": href} for kind, name, href in source.records],
    }


def _path(url: str) -> str:
    """What of an address comes after the site's name, readable; the name itself for a front page."""
    where = urlsplit(url)
    tail = unquote(where.path) + (f"?{where.query}" if where.query else "")
    return tail if tail.strip("/") else where.netloc


def _sources() -> dict[str, Source]:
    """Every address that a record names, in the order in which they are met."""
    found: dict[str, Source] = {}
    for kind, name, href, sources in _citing():
        for cited_source in {one["url"]: one for one in sources}.values():
            source = found.setdefault(cited_source["url"], Source(cited_source["url"]))
            source.published = source.published or cited_source.get("published")
            source.read = source.read or cited_source.get("read")
            source.records.append((kind, name, href))
    return found


Citing = tuple[str, Any, str | None, Iterable[Mapping[str, Any]]]


def _citing() -> Iterator[Citing]:
    """Everything that names sources: records, certificates, then the documents behind single pages."""
    for kind in KINDS:
        for record in cited(kind.model):
            yield str(kind.label), say(record.name), kind.href(record.slug(current())), record.sources
    for certificate in cited_certificates():
        href = address("public.certificates.show", code=certificate.code)
        yield (
            gettext("Certificate"),
            quoting(certificate_name(certificate)),
            href,
            [{"url": certificate.source_url}] if certificate.source_url else [],
        )
    yield from _documents()


def _documents() -> Iterator[Citing]:
    if centre := flower_centre():
        yield gettext("Page"), say(centre.name), existing("public.flower_centre.show"), centre.sources
    if paper := resolution():
        yield gettext("Page"), say(paper.title), address("public.resolution.show"), paper.sources
    about_the_mark = gettext("About the mark"), address("public.brand.show")
    promotion = [promotion_body(), brand_mark(MARK), *points_of_sale(), *trade_events()]
    urls = [source for one in promotion if one for source in one.sources]
    yield gettext("Page"), *about_the_mark, urls


def _gaps(every: Mapping[str, Source]) -> list[dict[str, Any]]:
    """What is missing, as numbers: (how many, of how many, what), with the list that shows them."""
    supports: dict[tuple[str, Any], int] = defaultdict(int)
    for source in every.values():
        for kind, name, _href in source.records:
            supports[kind, str(name)] += 1
    lonely = sum(1 for number in supports.values() if number == 1)
    counted = gaps() | {"single": Gap(lonely, len(supports))}
    return [
        {
            "number": format_decimal(counted[name].missing),
            "total": format_decimal(counted[name].total),
            "text": str(text),
        }
        for name, text in GAPS.items()
    ]
