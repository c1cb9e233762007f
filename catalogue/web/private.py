"""What all private pages share: rendering with what went wrong, and a word for a form that went stale."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext


def show(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A private page; the doors' headers see to it that nobody keeps it."""
    return render_template(template, **{"errors": {}, "summary": [], "note": None} | context), status


def not_kept(body: str, *, hidden: bool) -> Response:
    """A page of the public door that nobody keeps; `hidden`: search engines do not list it either."""
    answer = make_response(body)
    answer.headers["Cache-Control"] = "no-store"
    if hidden:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def refused(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """For a form that was sent: what is wrong by field, the same as a list, a note if it was stale."""
    errors = {name: str(form[name].errors[0]) for name in names if form[name].errors}
    stale = bool(form.csrf_token.errors)
    return {"errors": errors, "summary": list(errors.items()), "note": _stale() if stale else None}


def tidy(text: object) -> str:
    """What was typed into one line, in composed letters and without blanks around it."""
    return " ".join(unicodedata.normalize("NFC", str(text or "")).replace("\0", "").split())


def _stale() -> dict[str, str]:
    return {
        "title": gettext("This was not sent yet"),
        "text": gettext(
            "The form had been open in another window, or the browser keeps no cookie from this site."
            " What you typed is kept below. Please send it once more."
        ),
    }
