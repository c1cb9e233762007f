"""Looking things up in the seed files themselves, before anything is in the database."""

from __future__ import annotations

from functools import cached_property

from catalogue.cli.seeding.reading import Raw, Seeds


class Book:
    """The sound records by kind and code, with the few relations that the rules ask for."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._sound = {
            kind: {entry.code: entry.raw for entry in entries if entry.sound}
            for kind, entries in seeds.entries.items()
        }
        self._known = {kind: {entry.code for entry in entries} for kind, entries in seeds.entries.items()}

    def knows(self, kind: str, code: str) -> bool:
        """Whether any record of that kind has that code, sound or not."""
        return code in self._known.get(kind, set())

    def get(self, kind: str, code: str | None) -> Raw | None:
        """The sound record, or None."""
        return self._sound.get(kind, {}).get(code) if code else None

    def all(self, kind: str) -> dict[str, Raw]:
        return self._sound.get(kind, {})

    def line(self, category: str) -> list[str]:
        """A category and those above it, nearest first."""
        found: list[str] = []
        current: str | None = category
        while current and current not in found:
            record = self.get("category", current)
            if record is None:
                break
            found.append(current)
            current = record["parent"]
        return found

    def reach(self, listed: list[str]) -> set[str]:
        """The listed categories and everything below them."""
        wanted = set(listed)
        return {code for code in self.all("category") if wanted.intersection(self.line(code))}

    @cached_property
    def old_districts(self) -> dict[str, str]:
        """The code of each dissolved city or district by its short name."""
        return {
            place["former"]["district"]: code
            for code, place in self.all("place").items()
            if place["kind"].startswith("old-")
        }

    @cached_property
    def former_units(self) -> dict[tuple[str, str], str]:
        """The code of today's place by (former commune, former district)."""
        return {
            (unit["commune"], unit["district"]): code
            for code, place in self.all("place").items()
            for unit in place["former_units"]
        }

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The code of each place by its Vietnamese name."""
        return {place["name"]["vi"]: code for code, place in self.all("place").items()}
