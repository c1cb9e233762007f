"""A site of a test's own with seed files of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from sqlalchemy import text

from catalogue.cli.seed import SEEDS
from catalogue.cli.seeding import joins, loading
from catalogue.cli.seeding.reading import read
from catalogue.database import db, transaction
from catalogue.search.everything import MODELS
from catalogue.search.pages import PAGES

Raw = dict[str, Any]


def load_seeds(folder: Path = SEEDS) -> loading.Report:
    """Inside an application: what `seed load` does with sound files, without making the search index."""
    seeds, faults = read(folder)
    assert faults + joins.check(seeds) == []
    with transaction():
        return loading.load(seeds, loading.plan(seeds), lambda: None)


class SeedFiles:
    """Seed files to be changed."""

    def __init__(self, seeds: Path) -> None:
        self.seeds = seeds

    def change(self, file: str, change: Callable[[Any], object]) -> None:
        """Let a function change what a seed file holds."""
        path = self.seeds / file
        content = json.loads(path.read_text("utf-8"))
        change(content)
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    def change_record(self, file: str, code: str, change: Callable[[Raw], object]) -> None:
        """Let a function change one record of a seed list."""
        self.change(file, lambda records: change(_of_code(records, code)))

    def edit(self, file: str, code: str, **values: Any) -> None:
        """Give one record of a seed list other values."""
        self.change_record(file, code, lambda record: record.update(values))

    def record(self, file: str, code: str) -> Raw:
        """A record of a seed list as it stands."""
        return _of_code(json.loads((self.seeds / file).read_text("utf-8")), code)


class Workshop(SeedFiles):
    """A site of its own beside seed files of its own."""

    def __init__(self, site: Flask, seeds: Path) -> None:
        super().__init__(seeds)
        self.site = site

    def command(self, *options: str) -> Result:
        """`seed load` with these seed files, as an operator types it."""
        return self.site.test_cli_runner().invoke(args=["seed", "load", "--from", str(self.seeds), *options])

    def load(self) -> loading.Report:
        """What the command does with these seed files, without making the search index."""
        with self.site.app_context():
            return load_seeds(self.seeds)

    def sql(self, statement: str) -> None:
        """Edit the site behind its back."""
        with self.site.app_context(), db.engine.begin() as connection:
            assert connection.execute(text(statement)).rowcount > 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        with self.site.app_context(), db.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def value(self, query: str) -> Any:
        """The one value that a query gives."""
        [(value,)] = self.rows(query)
        return value

    def searched(self) -> int:
        """How many records and pages a search can find."""
        return len(PAGES) + sum(
            self.value(f"SELECT count(*) FROM {model.__tablename__}") for model, _ in MODELS.values()
        )

    def tables(self) -> dict[str, set[str]]:
        """Every row of the catalogue, by table."""
        names = db.metadata.tables
        return {name: {repr(row) for row in self.rows(f"SELECT * FROM {name}")} for name in names}


def _of_code(records: list[Raw], code: str) -> Raw:
    return next(record for record in records if code in (record.get("slug"), record.get("code")))
