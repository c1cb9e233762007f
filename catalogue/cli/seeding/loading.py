"""Compares the seeds with the database and writes the difference; what was edited on the site is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from catalogue.cli.seeding import ledger
from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.certificates import CERTIFICATES
from catalogue.cli.seeding.kinds import LISTED
from catalogue.cli.seeding.ledger import Key
from catalogue.cli.seeding.papers import PAPERS
from catalogue.cli.seeding.promotion import PROMOTION
from catalogue.cli.seeding.reading import Entry, Seeds
from catalogue.cli.seeding.rows import Kind, Lookup, Unresolved
from catalogue.cli.seeding.states import (
    Leftover,
    Rows,
    change,
    children_of,
    create,
    stored_states,
    take_away,
    wanted_state,
    write_children,
)
from catalogue.database import db

# In the order of loading: whoever is referred to comes first.
KINDS: tuple[Kind, ...] = (*LISTED, CERTIFICATES, *PAPERS, *PROMOTION)

EDITED = "was edited on the site since the last load"
REMOVED = "was removed on the site since the last load"
CLASHES = "does not fit beside what was edited on the site"
STILL_USED = "would lose rows that records edited on the site still need"


@dataclass
class Tally:
    """How many records of one kind were new, updated and unchanged."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class Report:
    """What a load did. `conflicts` says why a record was kept; `vanished` are in no seed any more."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind.name: Tally() for kind in KINDS})
    conflicts: dict[Key, str] = field(default_factory=dict)
    vanished: list[Key] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(tally.new or tally.updated for tally in self.tallies.values())


Plan = list[tuple[Kind, Entry]]


def plan(seeds: Seeds) -> Plan:
    """Every record that the seeds ask for, in the order of loading."""
    book = Book(seeds)
    return [(kind, entry) for kind in KINDS for entry in kind.entries(seeds, book)]


def load(seeds: Seeds, wanted: Plan, step: Callable[[], object]) -> Report:
    """Bring the database to the seeds inside the caller's transaction; `step` is called after each record."""
    loader = Loader(seeds)
    for kind, entry in wanted:
        loader.apply(kind, entry)
        step()
    return loader.finish()


class Loader:
    """One load: what stood there before, what the last load noted, what is still to be taken away."""

    def __init__(self, seeds: Seeds) -> None:
        self._report = Report()
        self._noted = ledger.open_ledger()
        self._before, ids = stored_states(KINDS)
        self._look = Lookup(Book(seeds), dict(ids))
        self._wanted: set[Key] = set()
        self._leftovers: list[tuple[Key, Leftover]] = []

    def apply(self, kind: Kind, entry: Entry) -> None:
        """Create, update or keep one record; what the database refuses becomes a conflict."""
        key = kind.name, entry.code
        self._wanted.add(key)
        try:
            with db.session.begin_nested():
                self._compare(kind, entry, key)
        except (Unresolved, IntegrityError) as error:
            reason = f"{CLASHES} ({error.orig})" if isinstance(error, IntegrityError) else str(error)
            self._report.conflicts[key] = reason
            self._forget(key)

    def finish(self) -> Report:
        """Take away what nothing refers to any more, then note how everything stands now."""
        report = self._report
        written = self._wanted - report.conflicts.keys()
        for key, leftover in reversed(self._leftovers):
            try:
                with db.session.begin_nested():
                    take_away(leftover)
            except IntegrityError:
                report.conflicts[key] = STILL_USED
        now = stored_states(KINDS)[0] if report.changed else self._before
        ledger.note(self._noted, {key: now[key].fingerprint for key in written})
        report.vanished = sorted((self._noted.keys() & self._before.keys()) - self._wanted)
        return report

    def _forget(self, key: Key) -> None:
        """What a refused record left behind in this loader; its savepoint undid the rest."""
        self._leftovers = [(owner, leftover) for owner, leftover in self._leftovers if owner != key]
        if key not in self._before:
            self._look.ids.pop(key, None)

    def _compare(self, kind: Kind, entry: Entry, key: Key) -> None:
        tally, before = self._report.tallies[kind.name], self._before.get(key)
        if before is None and key in self._noted:
            self._report.conflicts[key] = REMOVED
        elif before is None:
            self._look.ids[key] = create(kind, entry, self._look)
            self._write_children(kind, key, {}, children_of(kind, entry, self._look))
            tally.new += 1
        elif before == (wanted := wanted_state(kind, entry, self._look)):
            tally.unchanged += 1
        elif before.fingerprint != self._noted.get(key):
            self._report.conflicts[key] = EDITED
        else:
            change(kind, self._look.ids[key], kind.values(entry.raw, self._look))
            self._write_children(kind, key, before.children, wanted.children)
            tally.updated += 1

    def _write_children(self, kind: Kind, key: Key, old: dict[str, Rows], new: dict[str, Rows]) -> None:
        for child in kind.children:
            name = child.table.name
            leftovers = write_children(child, self._look.ids[key], old.get(name, []), new[name])
            self._leftovers += [(key, leftover) for leftover in leftovers]
