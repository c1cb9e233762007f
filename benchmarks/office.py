"""Every list of the office over 10,000 makers and 100,000 listings: what each costs the processor.

`python -m benchmarks.office` (`PRODUCTS=10000 MAKERS=1000` is shorter) writes `results/office.md` and fails
where a list takes longer than its goal.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from benchmarks import generate, lists
from catalogue.accounts.models import Application, User
from catalogue.audit import record
from catalogue.database import db, transaction
from catalogue.editorial.models import Revision
from catalogue.enquiries.models import CorrectionRequest, Enquiry, EnquiryPart
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from tests.people import Browser, make_person

PRODUCTS, MAKERS = 100_000, 10_000
# What such a catalogue would have at hand: of each so many.
ENQUIRIES, REPORTS, PEOPLE, APPLICATIONS, FILES, ACTS = 5_000, 2_000, 5_000, 500, 1_000, 2_000
LISTS = (
    *("/staff/", "/staff/reviews", "/staff/reviews?q=bench&sort=newest", "/staff/claims"),
    *("/staff/certificates", "/staff/certificates?status=unconfirmed&sort=-products"),
    *("/staff/showcase", "/staff/translations", "/staff/translations?kind=product", "/staff/pages"),
    *("/staff/enquiries", "/staff/enquiries?stage=all&sort=maker", "/staff/enquiries?stage=all&country=DE"),
    *("/staff/enquiries/report", "/staff/reports", "/staff/reports?state=all&q=bench&sort=-received"),
    *("/staff/applications", "/staff/people", "/staff/people?q=bench&sort=newest&page=9"),
    *("/staff/goals", "/staff/audit", "/staff/audit?q=bench", "/staff/search"),
)


def main() -> int:
    """Write a line for each list; 1 where one misses its goal."""
    products, makers = (int(os.environ.get(*of)) for of in (("PRODUCTS", PRODUCTS), ("MAKERS", MAKERS)))
    with tempfile.TemporaryDirectory() as folder:
        app = generate.generate(Path(folder), products, makers)
        with app.app_context(), transaction():
            _fill()
        reader = Browser(app)
        everything = frozenset({"administrator", "registrar", "reviewer", "curator"})
        reader.sign_in(make_person(app, "all@example.test", roles=everything))
        found = {path: lists.measured(reader, path) for path in LISTS}
    size = (
        f"{makers:,} makers, {products:,} listings, {ENQUIRIES:,} enquiries, {REPORTS:,} reports, {PEOPLE:,}"
        f" people, {FILES:,} files in review, {ACTS:,} lines of the log."
    )
    return lists.written("office", "Lists of the office", size, found)


def _fill() -> None:
    moment = now()
    makers = db.session.execute(select(Producer.code, Producer.__table__.c.name_vi).limit(ENQUIRIES)).all()
    products = db.session.execute(
        select(Product.code, Producer.code.label("maker")).join(Producer).limit(FILES)
    ).all()
    enquiries, parts = [], []
    for number in range(1, ENQUIRIES + 1):
        code, name = makers[number % len(makers)]
        market = ("DE", "JP", "US", None)[number % 4]
        asked: dict[str, Any] = {"id": number, "need": "bench", "market": market, "email": "a@example.test"}
        received = moment - timedelta(hours=number)
        enquiries.append(
            asked
            | {"language": "en", "received": received, "suspect": False, "fingerprint": f"bench-{number}"}
        )
        product = {"code": products[number % len(products)].code, "vi": "bench", "en": "bench"}
        part = {"enquiry_id": number, "producer_code": code, "producer_name_vi": name, "products": [product]}
        parts.append(
            part | {"state": ("new", "read", "answered")[number % 3], "through_office": number % 2 == 0}
        )
    reports = [
        {
            "kind": "fact",
            "about": f"bench {number}",
            "text": "bench",
            "contact": "a@example.test",
            "language": "vi",
        }
        | {"state": "new", "received": moment - timedelta(hours=number), "suspect": False}
        | {"fingerprint": f"bench-{number}"}
        for number in range(REPORTS)
    ]
    people = [
        {"email": f"bench-{number}@example.test", "name": f"Lan {number}", "fs_uniquifier": f"bench-{number}"}
        | {"created": moment - timedelta(hours=number)}
        for number in range(PEOPLE)
    ]
    words = dict.fromkeys(("producer", "place", "craft", "person", "email"), "bench")
    applications = [
        words
        | {"draft": f"bench-{number}", "fingerprint": f"bench-{number}", "language": "vi", "suspect": False}
        for number in range(APPLICATIONS)
    ]
    files = [
        {"kind": "product", "code": product.code, "producer_code": product.maker, "number": 1}
        | {"state": "submitted", "content": {"name": {"vi": "bench", "en": None}}, "submitted_at": moment}
        for product in products
    ]
    rows = {Enquiry: enquiries, EnquiryPart: parts, CorrectionRequest: reports, User: people}
    for model, made in (rows | {Application: applications, Revision: files}).items():
        db.session.execute(insert(model), made)
    for number in range(ACTS):
        record(Actor(1, "Lan"), "bench", ("product", f"bench-{number}"))


if __name__ == "__main__":
    sys.exit(main())
