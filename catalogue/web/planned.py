"""What is planned happens when its moment is read: with the worker or without it, and once.

Whoever asks for a page first after the moment publishes what was planned, and hands it to the search index;
everybody else finds it done. Until then the question costs one comparison.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from catalogue import version
from catalogue.adapters.search_index import SearchIndex
from catalogue.database import transaction
from catalogue.editorial.deciding import publish_due
from catalogue.kernel import clock
from catalogue.kernel.errors import OutsideFailure
from catalogue.search.actions import refresh


def catch_up(app: Flask, watch: version.Watch) -> tuple[int, datetime | None] | None:
    """Do what is due; gives the catalogue's number after it and when something is due next, None where the
    database cannot be asked."""
    known = watch.read()
    if known is None or known[1] is None or known[1] > clock.now():
        return known
    try:
        with app.app_context():
            with transaction():
                published = publish_due() if version.take_due(clock.now()) else 0
            if published:
                index: SearchIndex = app.extensions["search_index"]
                with transaction():
                    refresh(index)
    except (SQLAlchemyError, OutsideFailure):
        app.logger.exception("what was planned could not be done; the next reader tries again")
    return watch.read()
