"""The register's lists over a hundred thousand listings, and an issuer's list of five thousand certificates:
what each costs the processor.

`python -m benchmarks.register` (`PRODUCTS=10000` is shorter) writes `results/register.md` and fails where
something takes longer than its goal.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import generate, lists
from catalogue.certification import register
from catalogue.certification.register import Wanted
from catalogue.database import db
from catalogue.kernel.clock import today
from tests.people import Browser, make_person

PRODUCTS = 100_000
LIST = "/staff/certificates"
# An issuer's list: as long as a sheet may be.
ROWS = 5_000
GOALS = {
    f"{LIST}/sheets, {ROWS:,} rows taken": 2_000.0,
    f"{LIST}/sheets, what they would change": 5_000.0,
    f"{LIST}/sheets, all of it written": 10_000.0,
}
LISTS = (
    *("", "?status=unconfirmed&sort=-products", "?ends=90&sort=expires", "?sort=-name", "?sort=scheme"),
    *("?scheme=ocop&sort=-issued", "?status=valid", "?q=khan", "?evidence=press&page=40"),
)


def main() -> int:
    """Print a line for each list; 1 where one misses its goal."""
    with tempfile.TemporaryDirectory() as folder:
        app = generate.generate(Path(folder), int(os.environ.get("PRODUCTS", PRODUCTS)))
        with app.app_context():
            size = f"{register.count(Wanted(), today()):,} certificates."
            db.session.remove()
        reader = Browser(app)
        reader.sign_in(make_person(app, "registrar@example.test", roles=frozenset({"registrar"})))
        found = {path: lists.measured(reader, path) for path in (f"{LIST}{each}" for each in LISTS)}
        found |= _sheet(reader)
    return lists.written("register", "The register of certificates", size, found, GOALS)


def _sheet(reader: Browser) -> dict[str, float]:
    """Claims that the issuer's list confirms, each with its number."""
    claims = reader.get(f"{LIST}/certificates.csv?status=unconfirmed").data.decode("utf-8-sig")
    codes = [row[0] for row in csv.reader(io.StringIO(claims))][2 : ROWS + 2]
    told = [f"{code};{number};register;yes" for number, code in enumerate(codes, start=1)]
    body = "\n".join(("code;number;evidence;confirmed", *told)).encode()
    reader.get("/staff/sheets/certificates")
    begun = time.process_time()
    reader.send("file", {"file": (io.BytesIO(body), "giay.csv")})
    looked = time.process_time()
    assert reader.get(reader.answer.location).status_code == 200, reader.answer.status
    shown = time.process_time()
    reader.send("digest")
    done = time.process_time()
    assert reader.answer.status_code == 303, reader.words()
    print(f"{len(codes)} rows: {looked - begun:.1f} s, {shown - looked:.1f} s, {done - shown:.1f} s")
    spent = (looked - begun, shown - looked, done - shown)
    return {name: seconds * 1000 for name, seconds in zip(GOALS, spent, strict=True)}


if __name__ == "__main__":
    sys.exit(main())
