"""By when the office has promised an answer, in words."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from catalogue.editorial.models import Revision
from catalogue.kernel.clock import today
from catalogue.web import dates


def is_late(revision: Revision) -> bool:
    """Whether the promised day is over."""
    return revision.answer_by is not None and revision.answer_by < today()


def due(revision: Revision) -> str:
    """How long there is still, or how late it is; empty where nothing was promised."""
    if revision.answer_by is None:
        return ""
    left = (revision.answer_by - today()).days
    if left < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -left)
    if left == 0:
        return gettext("answer today")
    if left == 1:
        return gettext("answer by tomorrow")
    return gettext("answer by %(day)s", day=dates.day(revision.answer_by))
