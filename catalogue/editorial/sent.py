"""Forms as they were sent: one that comes twice is done once, one that could not be taken is kept."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete

from catalogue.database import db
from catalogue.editorial.models import KeptForm, SentForm
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict

# Longer than a form lies open, or a phone without a network.
LASTS = timedelta(days=30)
Fields = Mapping[str, Sequence[str]]


def body_hash(fields: Fields) -> str:
    """The same words from the same form have the same hash."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def answered(key: str, user_id: int | None, body: str) -> str | None:
    """The answer that this form got before; None for the first time. Another body under its key: Conflict."""
    known = db.session.get(SentForm, key)
    if known is None:
        return None
    if known.user_id != user_id or known.body_hash != body:
        raise Conflict("form.other_content")
    return known.answer


def note(key: str, user_id: int | None, body: str) -> SentForm:
    """Take a form's key, in the transaction that does what it asks and then writes the `answer`; who comes
    second fails with an IntegrityError."""
    noted = SentForm(key=key, user_id=user_id, body_hash=body, answer="")
    db.session.add(noted)
    db.session.flush()
    return noted


def keep(user_id: int, path: str, fields: Fields) -> str:
    """Keep a form for a person; gives the key under which it is found."""
    key = secrets.token_urlsafe(24)
    db.session.add(KeptForm(key=key, user_id=user_id, path=path, fields=dict(fields)))
    db.session.flush()
    return key


def kept(user_id: int | None, key: str, path: str) -> Fields | None:
    """What that person had typed there; None for everybody else."""
    found = db.session.get(KeptForm, key)
    return found.fields if found and found.user_id == user_id and found.path == path else None


def forget_old() -> None:
    """Let go forms that were sent or kept longer ago than anybody comes back to them."""
    before = now() - LASTS
    db.session.execute(delete(SentForm).where(SentForm.sent_at < before))
    db.session.execute(delete(KeptForm).where(KeptForm.kept_at < before))
