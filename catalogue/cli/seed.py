"""`flask --app catalogue seed load`: bring the database to the data under `catalogue/seeds/`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import inspect

from catalogue.cli.search import index_exists, rebuild_index
from catalogue.cli.seeding import joins, loading
from catalogue.cli.seeding.ledger import SeedRecord
from catalogue.cli.seeding.reading import Seeds, read
from catalogue.database import db, transaction

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FAULTY, CONFLICTS = 2, 3

group = AppGroup("seed", help="The data that the site starts with.")


@group.command("load")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SEEDS,
    help="Another folder of seed files.",
)
def load(*, dry_run: bool, folder: Path) -> None:
    r"""Check every seed file, then load what is new or changed.

    A record that was edited on the site since the last load is kept and listed.

    \b
    Ends with 0 when all is loaded, 2 when a seed file is wrong (nothing is written),
    3 when records edited on the site were kept.
    """
    if not inspect(db.engine).has_table(SeedRecord.__tablename__):
        raise click.ClickException(
            "The database has no tables yet. First type: flask --app catalogue db upgrade"
        )
    seeds = _checked(folder)
    wanted = loading.plan(seeds)
    with click.progressbar(length=len(wanted), label="Loading records") as bar, transaction():
        report = loading.load(seeds, wanted, lambda: bar.update(1))
        if dry_run:
            db.session.rollback()
    _tell(report, dry_run=dry_run)
    if not dry_run and (report.changed or not index_exists()):
        rebuild_index()
    if report.conflicts:
        sys.exit(CONFLICTS)


def _checked(folder: Path) -> Seeds:
    """The seeds; ends the command with every fault listed if there is one."""
    seeds, faults = read(folder)
    if seeds.whole:
        faults += joins.check(seeds)
    if faults:
        for fault in sorted(set(faults)):
            click.echo(str(fault), err=True)
        number = len(set(faults))
        click.echo(f"{number} {'fault' if number == 1 else 'faults'}; nothing was written.", err=True)
        sys.exit(FAULTY)
    return seeds


def _tell(report: loading.Report, *, dry_run: bool) -> None:
    kept = Counter(name for name, _ in report.conflicts)
    _line("", "new", "updated", "unchanged", "conflicts")
    for kind in loading.KINDS:
        tally = report.tallies[kind.name]
        _line(kind.label, tally.new, tally.updated, tally.unchanged, kept[kind.name])
    for (name, code), reason in report.conflicts.items():
        click.echo(f"Kept as it is on the site: {name} {code} {reason}.")
    for name, code in report.vanished:
        click.echo(f"No longer in the seeds, left alone: {name} {code}.")
    if dry_run:
        click.echo("A dry run: nothing was written.")
    elif not report.changed:
        click.echo("Nothing changed.")


def _line(label: str, *numbers: int | str) -> None:
    click.echo(f"{label:<24}" + "".join(f"{number:>11}" for number in numbers))
