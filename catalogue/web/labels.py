"""States and kinds as words: the one place where a code of the data becomes something a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from babel import Locale
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from catalogue.accounts.rules import Role
from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence, Status
from catalogue.kernel.text import sort_key
from catalogue.places.rules import Basis
from catalogue.producers.rules import Voice
from catalogue.web import language as languages

COUNTRY = re.compile("[A-Z]{2}")
# What Babel names besides countries: unions, parts of countries, what is made up for tests.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

ROLES: dict[str, LazyString] = {
    Role.VIEWER: lazy_gettext("Reader of the office's pages"),
    Role.TRANSLATOR: lazy_gettext("Translator"),
    Role.REVIEWER: lazy_gettext("Reviewer of listings"),
    Role.REGISTRAR: lazy_gettext("Registrar of makers and certificates"),
    Role.CURATOR: lazy_gettext("Curator"),
    Role.ADMINISTRATOR: lazy_gettext("Administrator"),
}
VOICES: dict[str, LazyString] = {
    Voice.OWNER: lazy_gettext("Owner"),
    Voice.EDITOR: lazy_gettext("Editor"),
}
STATUS_WORDS: dict[Status, LazyString] = {
    Status.PENDING: lazy_gettext("Granted, not yet in force"),
    Status.UNCONFIRMED: lazy_gettext("Reported by a source, not confirmed by the issuer"),
    Status.VALID: lazy_gettext("Confirmed and in force"),
    Status.SUSPENDED: lazy_gettext("Suspended"),
    Status.WITHDRAWN: lazy_gettext("Withdrawn"),
    Status.EXPIRED: lazy_gettext("Expired"),
    Status.REPLACED: lazy_gettext("Replaced by a newer one"),
}
# The kind of tag, claim line or verdict that shows a status (components/tag.html).
STATUS_KIND: dict[Status, str] = {
    Status.PENDING: "wait",
    Status.UNCONFIRMED: "claim",
    Status.VALID: "confirmed",
    Status.SUSPENDED: "past",
    Status.WITHDRAWN: "wrong",
    Status.EXPIRED: "past",
    Status.REPLACED: "past",
}
# Short words for cards, best news first: a product is shown under the first status that it has.
CARD_WORDS: dict[Status, LazyString] = {
    Status.VALID: lazy_gettext("Confirmed"),
    Status.UNCONFIRMED: lazy_gettext("Reported, not confirmed"),
    Status.PENDING: lazy_gettext("Not yet in force"),
    Status.SUSPENDED: lazy_gettext("Suspended"),
    Status.EXPIRED: lazy_gettext("Expired"),
    Status.REPLACED: lazy_gettext("Replaced"),
    Status.WITHDRAWN: lazy_gettext("Withdrawn"),
}
# How sure a point on the map is (components/map.html says the same of each sign).
BASES: dict[Basis, LazyString] = {
    Basis.OWN: lazy_gettext("The point is approximate: usually 1 to 3 km off."),
    Basis.VILLAGE: lazy_gettext("Shown at its village."),
    Basis.COMMUNE: lazy_gettext("Somewhere in this commune."),
    Basis.DISTRICT: lazy_gettext("Somewhere in this former district."),
}
# What a status means for whoever relies on it, on the certificate's own page.
STATUS_MEANING: dict[Status, LazyString] = {
    Status.PENDING: lazy_gettext("It was granted for a later day. Until then it counts for nothing."),
    Status.UNCONFIRMED: lazy_gettext(
        "A public page says so. Nobody here has seen the paper, and the issuer has not confirmed it to us."
        " Take it as something to ask about, not as proof."
    ),
    Status.VALID: lazy_gettext("We saw it in the issuer’s register or on paper, or we have its number."),
    Status.SUSPENDED: lazy_gettext(
        "The issuer has stopped it for the time being. Ask the issuer before you rely on it."
    ),
    Status.WITHDRAWN: lazy_gettext("The issuer took it back. It must not be used any more."),
    Status.EXPIRED: lazy_gettext("Its time ran out, and no renewal is on record."),
    Status.REPLACED: lazy_gettext("A newer certificate took its place."),
}
# What “confirmed” means on a certificate's own page depends on what it is based on.
VALID_MEANING: dict[Evidence, LazyString] = {
    Evidence.REGISTER: lazy_gettext("We checked it against the issuer’s register."),
    Evidence.DOCUMENT: lazy_gettext("We saw the paper itself."),
    Evidence.PRESS: lazy_gettext(
        "We have its number, and a public page that reports it. We saw neither the paper nor the issuer’s"
        " register."
    ),
}
EVIDENCE: dict[Evidence, LazyString] = {
    Evidence.REGISTER: lazy_gettext("The issuer’s register"),
    Evidence.DOCUMENT: lazy_gettext("A paper that staff saw"),
    Evidence.PRESS: lazy_gettext("A public page, nothing else"),
}
NO_CERTIFICATE = lazy_gettext("No certificate on record")

PRODUCER_KINDS: dict[str, LazyString] = {
    "company": lazy_gettext("Company"),
    "cooperative": lazy_gettext("Cooperative"),
    "household": lazy_gettext("Household"),
    "artisan-group": lazy_gettext("Artisan group"),
    "farm": lazy_gettext("Farm"),
}
RECOGNITION: dict[str, LazyString] = {
    "recognised": lazy_gettext("Recognition reported by a source"),
    "listed": lazy_gettext("Named in a provincial scheme or report"),
    "none-found": lazy_gettext("No recognition found"),
}
# A reported recognition is a claim like any other: told with a hollow diamond.
RECOGNITION_KIND = {"recognised": "claim", "listed": "fact", "none-found": "none"}
SIGHTS: dict[str, LazyString] = {
    "airport": lazy_gettext("Airport"),
    "archaeology": lazy_gettext("Archaeological site"),
    "cable-car": lazy_gettext("Cable car"),
    "church": lazy_gettext("Church"),
    "farm": lazy_gettext("Farm"),
    "garden": lazy_gettext("Garden"),
    "junction": lazy_gettext("Road junction"),
    "lake": lazy_gettext("Lake"),
    "landmark": lazy_gettext("Landmark"),
    "market": lazy_gettext("Market"),
    "mountain": lazy_gettext("Mountain"),
    "national-park": lazy_gettext("National park"),
    "palace": lazy_gettext("Palace"),
    "park": lazy_gettext("Park"),
    "pass": lazy_gettext("Mountain pass"),
    "showroom": lazy_gettext("Showroom"),
    "station": lazy_gettext("Railway station"),
    "temple": lazy_gettext("Temple"),
    "town": lazy_gettext("Town"),
    "viewpoint": lazy_gettext("Viewpoint"),
    "waterfall": lazy_gettext("Waterfall"),
}
# Kinds of record, as the search names them.
RECORD_KINDS: dict[str, LazyString] = {
    "product": lazy_gettext("Product"),
    "producer": lazy_gettext("Maker"),
    "village": lazy_gettext("Craft village"),
    "route": lazy_gettext("Route"),
    "place": lazy_gettext("Place"),
    "sight": lazy_gettext("Sight"),
    "zone": lazy_gettext("Industrial zone"),
    "flower": lazy_gettext("Flower"),
    "scheme": lazy_gettext("Certification scheme"),
}
PLACE_KINDS: dict[str, LazyString] = {
    "ward": lazy_gettext("Ward since 1 July 2025"),
    "commune": lazy_gettext("Commune since 1 July 2025"),
    "old-city": lazy_gettext("City until 30 June 2025"),
    "old-district": lazy_gettext("District until 30 June 2025"),
}
ZONE_KINDS: dict[str, LazyString] = {
    "industrial_park": lazy_gettext("Industrial park"),
    "industrial_cluster": lazy_gettext("Industrial cluster"),
    "textile_cluster": lazy_gettext("Textile cluster"),
    "proposed": lazy_gettext("Proposed"),
}
ZONE_GROUPS: dict[str, LazyString] = {
    "industrial_park": lazy_gettext("Industrial parks"),
    "industrial_cluster": lazy_gettext("Industrial clusters"),
    "textile_cluster": lazy_gettext("Textile clusters"),
    "proposed": lazy_gettext("Proposed parks and clusters"),
}
ZONE_STATES: dict[str, LazyString] = {
    "operating": lazy_gettext("Operating"),
    "established": lazy_gettext("Founded by decision"),
    "planned": lazy_gettext("Planned, not built"),
    "proposed": lazy_gettext("Only proposed"),
}
NAMED_IN_RESOLUTION: dict[str, LazyString] = {
    "zone": lazy_gettext("Named by the resolution"),
    "district": lazy_gettext("The resolution names only the district or city"),
    "no": lazy_gettext("Not named"),
}
# Trade groups in the order in which florists speak of them.
FLOWER_GROUPS: dict[str, LazyString] = {
    "rose": lazy_gettext("Roses"),
    "chrysanthemum": lazy_gettext("Chrysanthemums"),
    "lily": lazy_gettext("Lilies"),
    "carnation": lazy_gettext("Carnations"),
    "orchid": lazy_gettext("Orchids"),
    "gerbera": lazy_gettext("Gerberas"),
    "lisianthus": lazy_gettext("Lisianthus"),
    "gladiolus": lazy_gettext("Gladioli"),
    "bulb": lazy_gettext("Bulb flowers"),
    "tropical": lazy_gettext("Tropical flowers"),
    "filler": lazy_gettext("Filler flowers"),
    "shrub": lazy_gettext("Flowering shrubs"),
    "pot": lazy_gettext("Potted flowers"),
    "field": lazy_gettext("Field flowers"),
    "foliage": lazy_gettext("Cut foliage"),
    "preserved": lazy_gettext("Preserved and dried"),
}
FLOWER_FORMS: dict[str, LazyString] = {
    "cut": lazy_gettext("sold as cut stems"),
    "pot": lazy_gettext("sold in pots"),
    "cut-and-pot": lazy_gettext("sold as cut stems and in pots"),
    "dried": lazy_gettext("sold dried or preserved"),
    "foliage": lazy_gettext("sold as cut foliage"),
    "field": lazy_gettext("grown in the field"),
}
SALE_UNITS: dict[str, LazyString] = {
    "stems": lazy_gettext("by the stem"),
    "pots": lazy_gettext("by the pot"),
    "kg": lazy_gettext("by the kilogram"),
}
SITE_STATES: dict[str, LazyString] = {
    "current-plan": lazy_gettext("The present plan"),
    "earlier-option": lazy_gettext("An earlier option, dropped"),
}
MODES: dict[str, LazyString] = {
    "motorbike": lazy_gettext("By motorbike"),
    "car": lazy_gettext("By car"),
    "mixed": lazy_gettext("On foot, by train and taxi"),
}
HOLDERS: dict[str, LazyString] = {
    "product": lazy_gettext("A product"),
    "producer": lazy_gettext("A maker"),
    "village": lazy_gettext("A village"),
    "person": lazy_gettext("A person"),
}
UNITS: dict[str, LazyString] = {
    "bag": lazy_gettext("bag"),
    "bunch": lazy_gettext("bunch"),
    "cutting": lazy_gettext("cutting"),
    "jar": lazy_gettext("jar"),
    "kg": lazy_gettext("kilogram"),
    "m": lazy_gettext("metre"),
    "pair": lazy_gettext("pair"),
    "piece": lazy_gettext("piece"),
    "plant": lazy_gettext("plant"),
    "pot": lazy_gettext("pot"),
    "session": lazy_gettext("session"),
    "set": lazy_gettext("set"),
    "stem": lazy_gettext("stem"),
}
STOCKS: dict[str, LazyString] = {
    "in_stock": lazy_gettext("In stock"),
    "to_order": lazy_gettext("Made to order"),
    "sold_out": lazy_gettext("Sold out for now"),
}
# Languages that makers speak with visitors, by ISO 639 code.
SPOKEN: dict[str, LazyString] = {
    "vi": lazy_gettext("Vietnamese"),
    "en": lazy_gettext("English"),
    "fr": lazy_gettext("French"),
    "zh": lazy_gettext("Chinese"),
    "ja": lazy_gettext("Japanese"),
    "ko": lazy_gettext("Korean"),
    "kpm": lazy_gettext("K’Ho"),
    "cma": lazy_gettext("Ma"),
}
LEVELS: dict[str, LazyString] = {
    "district": lazy_gettext("district level"),
    "provincial": lazy_gettext("provincial level"),
    "regional": lazy_gettext("regional level"),
    "national": lazy_gettext("national level"),
    "traditional-craft": lazy_gettext("traditional craft"),
    "craft-village": lazy_gettext("craft village"),
    "traditional-craft-village": lazy_gettext("traditional craft village"),
    "uu-tu": lazy_gettext("Meritorious Artisan"),
    "nhan-dan": lazy_gettext("People’s Artisan"),
}

PARTS_OF_YEAR: dict[str, LazyString] = {
    "year": lazy_gettext("The whole year"),
    "jan-mar": lazy_gettext("January to March"),
    "jan-jun": lazy_gettext("January to June"),
    "jan-sep": lazy_gettext("January to September"),
}
SCOPES: dict[str, LazyString] = {
    "lam-dong-before-2025-07-01": lazy_gettext("Lâm Đồng before the merger of 1 July 2025"),
    "lam-dong-since-2025-07-01": lazy_gettext("Lâm Đồng since the merger of 1 July 2025"),
}
PERIODS: dict[str, LazyString] = {
    "jan-mar": lazy_gettext("January to March %(year)s"),
    "jan-jun": lazy_gettext("January to June %(year)s"),
    "jan-aug": lazy_gettext("January to August %(year)s"),
    "jan-sep": lazy_gettext("January to September %(year)s"),
    "as-of": lazy_gettext("as of %(year)s"),
}
BOUNDS: dict[str, LazyString] = {
    "about": lazy_gettext("about %(number)s"),
    "over": lazy_gettext("over %(number)s"),
    "nearly": lazy_gettext("nearly %(number)s"),
}
NATURES: dict[str, LazyString] = {
    "reported": lazy_gettext("reported"),
    "estimate": lazy_gettext("an estimate"),
    "forecast": lazy_gettext("a forecast"),
}
EVENT_STATUS: dict[str, LazyString] = {
    "held": lazy_gettext("Took place"),
    "announced": lazy_gettext("Announced; whether it took place was not read"),
}
CENTRE_ROLES: dict[str, LazyString] = {
    "organiser": lazy_gettext("The promotion centre organised it"),
    "co-organiser": lazy_gettext("The promotion centre helped to organise it"),
    "co-organiser of the forum": lazy_gettext("The promotion centre helped to organise its forum"),
}


def meaning(status: Status, evidence: Evidence) -> str:
    """What a status means for whoever relies on it; one in force is worth what it is based on."""
    return str(VALID_MEANING[evidence] if status is Status.VALID else STATUS_MEANING[status])


def short_scheme(name: str) -> str:
    """OCOP of “OCOP – One Commune One Product”; a name with a dash in it that begins with no abbreviation is
    said whole, for half of it is another name."""
    before, dash, _ = name.partition(" – ")
    return before if dash and before.isupper() else name


def level(scheme_code: str, value: str | None) -> str | None:
    """A level in words: OCOP levels are stars, standards keep their own names."""
    if value is None:
        return None
    if scheme_code == "ocop":
        return ngettext("%(num)s star", "%(num)s stars", int(value))
    return str(LEVELS.get(value, value))


def country(code: str) -> str:
    """A country's name in the reader's language; the code where Babel knows none."""
    return str(Locale(languages.current().value).territories.get(code, code))


@cache
def _all_countries(language: str) -> dict[str, str]:
    named = Locale(language).territories.items()
    countries = {code: name for code, name in named if COUNTRY.fullmatch(code) and code not in NO_COUNTRIES}
    return dict(sorted(countries.items(), key=lambda one: sort_key(one[1])))


def all_countries() -> dict[str, str]:
    """Every country by its code, in the order of the reader's language."""
    return _all_countries(languages.current().value)


def countries(codes: Iterable[str]) -> list[str]:
    """Country names, in the order of the language."""
    return sorted((country(code) for code in codes), key=sort_key)


def distance(km: float) -> str:
    """A rounded distance: whole kilometres, one decimal below two."""
    number = format_decimal(round(km, 1) if km < 2 else round(km))
    return gettext("%(number)s km", number=number)


def former_unit(kind: str | None, district: str | Markup) -> Markup:
    """What a unit was before July 2025: a town of Lạc Dương."""
    if kind == "town":
        words = gettext("a town of %(district)s")
    elif kind == "ward":
        words = gettext("a ward of %(district)s")
    else:
        words = gettext("a commune of %(district)s")
    return Markup(words) % {"district": district}  # noqa: S704  # our own words


def hectares(value: float) -> str:
    """An area as the data has it: 40.79 ha."""
    return gettext("%(number)s ha", number=format_decimal(value))


def near(km: float) -> str:
    """Says that something is near, never that it belongs together; points are approximate, so no decimals."""
    if km < 1:
        return gettext("near, less than 1 km away")
    return gettext("near, about %(distance)s away", distance=distance(round(km)))


def duration(minutes: int) -> str:
    """45 min, 2 h, 1 h 15 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)s min", minutes=rest)
    if not rest:
        return gettext("%(hours)s h", hours=hours)
    return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def card_status(certificates: Iterable[Certificate], day: date) -> dict[str, str]:
    """The tag of a product's card: the best status of its certificates, or that none is on record."""
    statuses = {certificate.status_on(day) for certificate in certificates}
    for status, words in CARD_WORDS.items():
        if status in statuses:
            return {"kind": STATUS_KIND[status], "text": str(words)}
    return {"kind": "none", "text": str(NO_CERTIFICATE)}
