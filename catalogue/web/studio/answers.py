"""What the phone's scripts are told: plain JSON, and of every error its code and its words."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect
from flask.typing import ResponseReturnValue

from catalogue.kernel.errors import CatalogueError
from catalogue.kernel.photo import Refusal
from catalogue.media.words import REFUSALS
from catalogue.web.error_pages import PAGES
from catalogue.web.error_words import CODES
from catalogue.web.errors import STATUS
from catalogue.web.identity import is_script

OFFSET = "Upload-Offset"


def tell_scripts(blueprint: Blueprint) -> None:
    """Let all errors behind these addresses be told to scripts."""
    blueprint.register_error_handler(CatalogueError, error)


def done(address: str) -> ResponseReturnValue:
    """On to the next page. A script is told nothing: the message waits for the next page that is read."""
    return ("", 204) if is_script() else redirect(address, 303)


def error(wrong: CatalogueError) -> ResponseReturnValue:
    """An error's code and words, and of an upload how many bytes are here."""
    status = STATUS[type(wrong)]
    words = CODES.get(wrong.code) or PAGES[status]
    text = str(words.text)
    if "reason" in wrong.parameters:
        text = str(REFUSALS[Refusal(str(wrong.parameters["reason"]))])
    answer: Response = jsonify(error=wrong.code, title=str(words.title), text=text)
    if "offset" in wrong.parameters:
        answer.headers[OFFSET] = str(wrong.parameters["offset"])
    return answer, status
