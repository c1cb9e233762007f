"""`flask --app catalogue audit …`: whether the log of acts is whole."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from catalogue import audit

group = AppGroup("audit", help="Who did what to what, when and why.")

FAULTS = {
    "changed": "Line {line} of the audit log was changed.",
    "removed": "The audit log lacks a line before line {line}.",
    "cut": "The newest lines of the audit log are missing.",
}


@group.command("verify")
def verify() -> None:
    """Say whether any line was changed, removed or cut off; exit 1 where one was."""
    if broken := audit.verify():
        raise click.ClickException(FAULTS[broken.fault].format(line=broken.line))
    click.echo("The audit log is whole.")
