"""No two records have the same title: it is all that a search engine or a row of tabs shows of a page."""

from __future__ import annotations

from collections import defaultdict

import pytest
from flask import Flask
from lxml.html import document_fromstring

from catalogue import records
from catalogue.database import Record
from catalogue.kernel.language import Language
from catalogue.web.language import address
from catalogue.web.public.sitemaps import RECORDS


@pytest.mark.parametrize("language", Language)
def test_records_of_the_same_name_have_different_titles(loaded: Flask, language: Language) -> None:
    called: dict[str, list[str]] = defaultdict(list)
    with loaded.test_request_context():
        for kind, (model, _) in RECORDS.items():
            for record in records.all_by_code(model) if issubclass(model, Record) else ():
                at = address(f"public.{kind}.show", language, slug=record.slug(language))
                called[record.name.text(language).casefold()].append(at)
    namesakes = [addresses for addresses in called.values() if len(addresses) > 1]
    assert namesakes
    client = loaded.test_client()
    for addresses in namesakes:
        titles = {document_fromstring(client.get(at).data).findtext(".//title") for at in addresses}
        assert len(titles) == len(addresses), addresses
