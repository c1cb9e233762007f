"""What is known of points of sale and events; who may be featured, and whose turn it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor

# The scheme of the mark that has the same words as the site's title.
MARK = "da-lat-ket-tinh"
# No producer stands on more places than these at once, in all collections together.
MOST_OF_A_MAKER = 2
MOST_PLACES = 40
MOST_REASON = 300
MOST_NAME = 120
MOST_INTRODUCTION = 600

E = TypeVar("E")


class SaleKind(StrEnum):
    """What a point of sale was announced for."""

    MARK = "mark"
    OCOP = "ocop"


class EventStatus(StrEnum):
    """`announced`: a page said that it would be; none was read that says it took place."""

    HELD = "held"
    ANNOUNCED = "announced"


class CollectionKind(StrEnum):
    """What a collection shows: exporters are producers; a set of gifts and a fair's pavilion are products."""

    EXPORTERS = "exporters"
    GIFTS = "gifts"
    FAIR = "fair"


class Criterion(StrEnum):
    """What a place in a collection rests on."""

    YEARS = "years"
    CERTIFICATES = "certificates"
    MARKETS = "markets"
    CAPACITY = "capacity"
    COMPLETE = "complete"


class Lack(StrEnum):
    """What keeps somebody from being featured on a day."""

    GONE = "gone"
    CERTIFICATE = "certificate"
    MARKET = "market"
    VIETNAMESE = "vietnamese"
    ENGLISH = "english"
    CAPACITY = "capacity"


class Phase(StrEnum):
    """Where a collection stands on a day; a draft has no first day."""

    DRAFT = "draft"
    PLANNED = "planned"
    RUNNING = "running"
    PAST = "past"


@dataclass(frozen=True)
class Merit:
    """What is on record of a producer or product on a day.

    `certificates`: how many that staff confirmed are in force; `markets`: how many countries a source names;
    `has_capacity`: whether anybody has said how much can be made.
    """

    certificates: int = 0
    markets: int = 0
    has_capacity: bool = False
    in_vietnamese: bool = False
    in_english: bool = False


@dataclass(frozen=True)
class Window:
    """The days of a place or collection: the last one counts, None is open. On `taken_off` it is gone."""

    starts: date
    ends: date | None = None
    taken_off: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether it is on show that day."""
        return (
            self.starts <= day
            and (self.ends is None or day <= self.ends)
            and (self.taken_off is None or day < self.taken_off)
        )

    def is_over_on(self, day: date) -> bool:
        """Whether its last day has passed, or it was taken off."""
        ended = self.ends is not None and self.ends < day
        return ended or (self.taken_off is not None and self.taken_off <= day)

    def before(self, day: date) -> tuple[date, date] | None:
        """Its first and its last day before one; None where it had none."""
        gone = min(self.taken_off or day, day)
        last = min(self.ends or day, gone - timedelta(days=1))
        return (self.starts, last) if self.starts <= last else None

    def within(self, other: Window) -> Window:
        """The days that both have; none where they do not meet."""
        ends = [end for end in (self.ends, other.ends) if end]
        gone = [day for day in (self.taken_off, other.taken_off) if day]
        return Window(max(self.starts, other.starts), min(ends, default=None), min(gone, default=None))


def may_see_board(actor: Actor) -> bool:
    """Everybody in the office reads what is composed."""
    return actor.is_staff


def may_compose(actor: Actor) -> bool:
    """Curators answer for what is featured."""
    return Role.CURATOR in actor.roles


def phase_on(window: Window | None, day: date) -> Phase:
    """Where a collection stands; None: nobody has given it a first day."""
    if window is None:
        return Phase.DRAFT
    if window.is_open_on(day):
        return Phase.RUNNING
    return Phase.PLANNED if day < window.starts else Phase.PAST


def lacks(kind: CollectionKind, criterion: Criterion, merit: Merit | None) -> tuple[Lack, ...]:
    """What is missing to be featured; nothing for who may stand there. None: it has left the catalogue.

    Always: a certificate that staff confirmed, in force that day, and words in both languages. An exporter
    needs a market that a source names, and whoever stands for a criterion must have what it speaks of.
    """
    if merit is None:
        return (Lack.GONE,)
    needs = {
        Lack.CERTIFICATE: merit.certificates > 0,
        Lack.MARKET: merit.markets > 0
        or not (kind is CollectionKind.EXPORTERS or criterion in {Criterion.MARKETS, Criterion.YEARS}),
        Lack.VIETNAMESE: merit.in_vietnamese,
        Lack.ENGLISH: merit.in_english,
        Lack.CAPACITY: merit.has_capacity or criterion is not Criterion.CAPACITY,
    }
    return tuple(lack for lack, is_met in needs.items() if not is_met)


def measure(criterion: Criterion, merit: Merit) -> int:
    """By how much somebody has what a criterion speaks of; equal ones are equal candidates."""
    return {
        Criterion.MARKETS: merit.markets,
        Criterion.YEARS: merit.markets,
        Criterion.CAPACITY: int(merit.has_capacity),
    }.get(criterion, merit.certificates)


def is_crowded(held: Iterable[Window], new: Window) -> bool:
    """Whether a producer that holds these places would hold one too many on some day of the new one.

    So many stand at once on some day only if they do on a day on which one of them begins.
    """
    held = list(held)
    days = [new.starts, *(window.starts for window in held)]
    return any(
        sum(window.is_open_on(day) for window in held) >= MOST_OF_A_MAKER
        for day in days
        if new.is_open_on(day)
    )


def no_more_than_two(places: Iterable[E], maker: Callable[[E], Hashable]) -> list[E]:
    """The places without what goes beyond two of a producer; who stands first, stays."""
    seen: Counter[Hashable] = Counter()
    kept = []
    for place in places:
        seen[maker(place)] += 1
        if seen[maker(place)] <= MOST_OF_A_MAKER:
            kept.append(place)
    return kept


def in_turn(places: Sequence[E], equals: Callable[[E], Hashable], day: date) -> list[E]:
    """The places as they stand on a day: equals change places among themselves, one step a day.

    The first goes behind the last of its equals, everybody else moves up. So in as many days as there are
    equals each has stood once on every place that they hold, whoever looks and however often.
    """
    groups: dict[Hashable, list[E]] = defaultdict(list)
    for place in places:
        groups[equals(place)].append(place)
    rounds = {key: iter(_turned(group, day)) for key, group in groups.items()}
    return [next(rounds[equals(place)]) for place in places]


def _turned(group: list[E], day: date) -> list[E]:
    step = day.toordinal() % len(group)
    return group[step:] + group[:step]
