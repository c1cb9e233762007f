"""Writes a letter from its template, in the language of whoever gets it, and hands it to the mailer."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import force_locale

from catalogue.adapters.mailer import Letter, Mailer


def send(to: str, language: str, template: str, **context: Any) -> None:
    """Write and send; the first line of a template is the subject. OutsideFailure where it is not taken."""
    with force_locale(language):
        written = current_app.jinja_env.get_template(template).render(context)
    subject, _, text = written.strip().partition("\n")
    mailer: Mailer = current_app.extensions["mailer"]
    mailer.send(Letter(to, subject, text.strip() + "\n"))


def site_address(endpoint: str, **values: Any) -> str:
    """An address with the site's own name: a letter outlives the request that asked for it."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['SITE_URL']}{path}"
