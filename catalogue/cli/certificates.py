"""`flask --app catalogue register …`: whether the register of certificates is whole."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from catalogue.adapters.papers import Papers
from catalogue.certification import register, verifying
from catalogue.certification.register import Wanted
from catalogue.kernel.clock import today

group = AppGroup("register", help="The register of certificates.")

FAULTS = {
    "changed": "is not as the last act of its history left it",
    "untold": "is confirmed or ended, but no act of its history says so",
    "code": "is confirmed, but has no sound code for a label",
    "paper": "rests on a paper that is not here",
    "rule": "breaks a rule of its scheme ({rule})",
}


@group.command("verify")
def verify() -> None:
    """Compare every certificate with its history, its papers and its scheme's rules; exit 1 where one does
    not fit."""
    papers: Papers = current_app.extensions["papers"]
    found = list(verifying.faults(lambda folder: bool(papers.of(folder))))
    for fault in found:
        click.echo(f"{fault.certificate} {FAULTS[fault.kind].format(rule=fault.rule)}.")
    if found:
        raise click.ClickException(f"{len(found)} things in the register do not fit.")
    click.echo(f"The register is whole: {register.count(Wanted(), today())} certificates.")
