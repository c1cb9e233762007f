"""How often somebody tried something in the last minute: counted in the database, for all processes."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, UTCDateTime, db
from catalogue.kernel.clock import now

WINDOW = timedelta(minutes=1)


class Attempt(Model):
    """One try. `who` names what was tried and by whom; rows older than a minute are swept by the next try."""

    __tablename__ = "attempt"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def seconds_to_wait(who: str, most: int) -> int:
    """Note a try; 0 where it is one of the first `most` of this minute, else how long to wait (1 to 60 s).

    In a transaction of its own, so that it counts whatever becomes of the request. A refused try is not
    noted: whoever waits as told gets through. On SQLite writers take turns, so no more than `most` get by.
    """
    moment = now()
    with db.engine.begin() as connection:
        connection.execute(delete(Attempt).where(Attempt.at <= moment - WINDOW))
        number_of_row = connection.scalar(
            insert(Attempt).values(who=who[:120], at=moment).returning(Attempt.id)
        )
        number, oldest = connection.execute(
            select(func.count(), func.min(Attempt.at)).where(Attempt.who == who[:120])
        ).one()
        if number <= most:
            return 0
        connection.execute(delete(Attempt).where(Attempt.id == number_of_row))
    return max(1, min(60, math.ceil((oldest + WINDOW - moment).total_seconds())))
