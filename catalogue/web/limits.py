"""How often one reader may send something; counted in memory, by the address that the request comes from."""

from __future__ import annotations

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

MESSAGES = parse("10/minute")
RETRY_AFTER_S = 60


def register(app: Flask) -> None:
    """Count from here on; each process counts for itself and forgets within the minute."""
    app.extensions["messages"] = Limiter(
        get_remote_address, app=app, storage_uri="memory://", strategy="moving-window"
    )


def too_many_messages() -> bool:
    """Whether this reader has sent more than enough in the last minute; asking counts as sending."""
    limiter: Limiter = current_app.extensions["messages"]
    return not limiter.limiter.hit(MESSAGES, "messages", get_remote_address())
