"""`flask --app catalogue media …`: photographs added, rendered anew and swept up after."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask_babel import force_locale

from catalogue import records
from catalogue.cli.media_files import group
from catalogue.database import transaction
from catalogue.editorial import batches
from catalogue.editorial.copies import possible_copies
from catalogue.editorial.keeping import owner_of
from catalogue.jobs.reactions import storage
from catalogue.jobs.worker import own_name, work_once
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.photo import MOST_BYTES, Refusal
from catalogue.media import actions, queries, rules, upkeep
from catalogue.media.models import MediaAsset
from catalogue.media.rules import Consent, Missing, SubjectKind, Words
from catalogue.media.words import ADVICE, POSSIBLE_COPY, REFUSALS
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute

__all__ = ["group"]

ACTOR = "command line"
REFUSED = 2
MODELS: dict[SubjectKind, type[Any]] = {
    SubjectKind.PRODUCT: Product,
    SubjectKind.PRODUCER: Producer,
    SubjectKind.VILLAGE: CraftVillage,
    SubjectKind.ROUTE: TourRoute,
}
OF_MAKERS = {SubjectKind.PRODUCT, SubjectKind.PRODUCER}
CONSENT_FORM = "“nobody” where nobody can be recognised, or “who; 2026-11-20; how they agreed”"
LACKING = {
    Missing.ALT_VI: "what it shows in Vietnamese (--alt-vi)",
    Missing.ALT_EN: "what it shows in English (--alt-en)",
    Missing.CREDIT: "who took it (--credit)",
    Missing.LICENCE: "its licence (--licence)",
    Missing.CONSENT: "the consent of the people shown (--consent)",
}


@group.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--product", metavar="CODE", help="The product that it shows.")
@click.option("--producer", metavar="CODE", help="The maker that it shows.")
@click.option("--village", metavar="CODE", help="The craft village that it shows.")
@click.option("--route", metavar="CODE", help="The route that it shows.")
@click.option("--alt-vi", help="What it shows, in Vietnamese, for those who do not see it.")
@click.option("--alt-en", help="The same in English.")
@click.option("--decorative", is_flag=True, help="It tells nothing that the page does not say.")
@click.option("--caption-vi", help="What stands below it, in Vietnamese.")
@click.option("--caption-en", help="The same in English.")
@click.option("--credit", help="Who took it.")
@click.option("--licence", help="By which licence it may be shown, such as “CC BY 4.0”.")
@click.option(
    "--consent",
    metavar="TEXT",
    help=f"{CONSENT_FORM}.",
)
def add(files: tuple[Path, ...], **given: Any) -> None:
    r"""Keep photographs, and show them on a record once nothing is missing.

    Without alt text, credit, licence and consent a photograph is kept and not shown, and what is missing is
    said. Its files are made by the worker. Of a photograph that is there already only what is given changes.

    \b
    Ends with 0 when all were kept, 2 when one was refused (the others are kept).
    """
    subjects = _subjects(given)
    owner = _owner(subjects)
    words = _words(given)
    lines, refused = [], False
    with click.progressbar(files, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for file in bar:
            try:
                lines.append(f"{file}: {_add(file, owner, subjects, words)}")
            except click.ClickException as refusal:
                refused = True
                lines.append(f"{file}: refused: {refusal.message}")
    for line in lines:
        click.echo(line)
    if refused:
        sys.exit(REFUSED)


def _subjects(given: dict[str, Any]) -> list[tuple[SubjectKind, str]]:
    """The records named by the options; ends the command where one does not exist."""
    named = [(kind, given[kind.value]) for kind in SubjectKind if given[kind.value]]
    if not named:
        raise click.UsageError(
            "Name what it shows: --product, --producer, --village or --route with its code."
        )
    for kind, code in named:
        if records.by_code(MODELS[kind], code) is None:
            raise click.ClickException(f"There is no {kind.value} with the code {code}; nothing was added.")
    return named


def _owner(subjects: Iterable[tuple[SubjectKind, str]]) -> str:
    """The one maker on whose pages it is to stand; with several, or none, it is the office's."""
    makers = {owner_of(kind, code) for kind, code in subjects if kind in OF_MAKERS}
    return makers.pop() if len(makers) == 1 else rules.OFFICE


def _words(given: dict[str, Any]) -> Words:
    said = {name: (value or "").strip() or None for name, value in given.items() if name != "decorative"}
    if given["decorative"] and (said["alt_vi"] or said["alt_en"]):
        raise click.UsageError("A decorative photograph has no alt text: give one or the other.")
    return Words(
        alt=Bilingual(said["alt_vi"], said["alt_en"]),
        decorative=given["decorative"],
        caption=Bilingual(said["caption_vi"], said["caption_en"]),
        credit=said["credit"],
        licence=said["licence"],
        consent=_consent(given["consent"]),
    )


def _consent(said: str | None) -> Consent | None:
    if said is None:
        return None
    consent = rules.whole_consent(said, today())
    if consent is None:
        raise click.UsageError(f"--consent is {CONSENT_FORM}; the day is a real one, not after today.")
    return consent


def _add(file: Path, owner: str, subjects: Iterable[tuple[SubjectKind, str]], said: Words) -> str:
    """What became of one file, and what is advised on it; each is a transaction of its own."""
    try:
        with transaction():
            received = actions.accept_upload(storage(), ACTOR, owner, _read(file), file.name)
            asset = received.asset
            for kind, code in subjects:
                actions.place(ACTOR, asset, kind, code)
            if said != Words():
                actions.describe(ACTOR, asset, rules.changed(asset.words, said))
                if not rules.missing(asset.words):
                    actions.publish(ACTOR, asset)
            kept = "kept" if received.is_new else "was there already"
            told = [f"{kept} as {asset.code}, {_standing(asset)}"]
            with force_locale(Language.EN.value):
                told += [f"    {ADVICE[each]}" for each in received.inspection.warnings]
            return "\n".join(told)
    except RuleBroken as refusal:
        with force_locale(Language.EN.value):
            raise click.ClickException(str(REFUSALS[Refusal(str(refusal.parameters["reason"]))])) from refusal


def _standing(asset: MediaAsset) -> str:
    """Whether it is shown, and what is to be done where it is not."""
    if lacking := rules.missing(asset.words):
        return "not shown: missing " + ", ".join(LACKING[name] for name in lacking)
    if asset.published_at is None:
        return "not shown: it was taken off the pages"
    return "shown as soon as the worker has made its files" if asset.recipe is None else "shown"


def _read(file: Path) -> bytes:
    """The file's bytes, no more than one beyond what is taken."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise RuleBroken("photograph.refused", reason=Refusal.UNREADABLE) from trouble


@group.command("rebuild")
@click.option("--missing", is_flag=True, help="Only those that are missing or of an earlier recipe.")
def rebuild(*, missing: bool) -> None:
    """Make the files of all photographs anew, beside the worker if one runs.

    Pages keep the earlier files meanwhile. What is interrupted goes on in the worker.
    """
    with transaction():
        asked = upkeep.complete() if missing else upkeep.rebuild()
    left = asked
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    with click.progressbar(length=asked, label="Rendering photographs") as bar:
        while left and work_once(app, own_name(), (actions.RENDER,)):
            before, left = left, _left()
            bar.update(before - left)
    click.echo(f"{asked - left} of {asked} photographs have their files.")
    if left:
        click.echo("The others are with a worker, or failed: flask --app catalogue worker status")


def _left() -> int:
    with transaction():
        return len(queries.to_be_rendered())


@group.command("sweep")
@click.option(
    "--older-than",
    "minutes",
    type=click.IntRange(0),
    default=60,
    show_default=True,
    help="Leave alone what was written in the last minutes: an upload may be under way. 0 when nothing runs.",
)
def sweep(minutes: int) -> None:
    """Remove files that no row names, and ask for those that are missing."""
    before = now() - timedelta(minutes=minutes)
    with transaction():
        swept, archives = upkeep.sweep(storage(), before), batches.sweep(storage(), before)
    orphans = swept.orphans + archives
    click.echo(f"Removed {orphans} files that nothing names and {swept.unfinished} unfinished ones.")
    if swept.made_again:
        click.echo(f"The worker makes the missing files of {swept.made_again} photographs again.")
    for key in swept.lost:
        click.echo(f"LOST: the original {key}; bring it back from a backup.", err=True)
    if swept.lost:
        sys.exit(1)


@group.command("copies")
def list_copies() -> None:
    """List photographs of different makers that are nearly the same: ask who took them."""
    found = possible_copies()
    for pair in found:
        click.echo(f"{pair.one} and {pair.other} differ in {pair.bits} of 64 bits")
    click.echo(f"{len(found)} possible copies.")
    if found:
        with force_locale(Language.EN.value):
            click.echo(POSSIBLE_COPY)
