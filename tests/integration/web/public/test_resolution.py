"""The page about the resolution on the real data."""

from __future__ import annotations

import json
import re

import pytest

from catalogue.cli.seed import SEEDS
from catalogue.kernel.language import Language
from tests.documents import heading, links, main, words

PAGES = {Language.VI: "/vi/nghi-quyet", Language.EN: "/en/resolution"}
PAPER = json.loads((SEEDS / "resolution.json").read_text("utf-8"))


@pytest.mark.parametrize("language", Language)
def test_everything_read_of_the_resolution_is_told_with_its_source(read, language: Language) -> None:
    page = main(read(PAGES[language]))
    text, ways = words(page), set(links(page))
    pairs = [PAPER["title"], PAPER["issuer"], PAPER["focus"], PAPER["orientation_2030"], PAPER["number_note"]]
    pairs += [PAPER["territory"]["note"], PAPER["objectives_note"]]
    pairs += [one["text"] for one in PAPER["objectives"] + PAPER["tasks"] + PAPER["local_plans"]]
    pairs += [one["indicator"] for one in PAPER["targets"] + PAPER["outcomes"]]
    pairs += [one["note"] for one in PAPER["targets"] + PAPER["outcomes"] if one["note"]]
    pairs += [one[key] for one in PAPER["solutions"] for key in ("name", "what", "later") if one[key]]
    pairs += [gap for gap in PAPER["gaps"] if "period_from" not in gap["en"]]
    assert [pair for pair in pairs if " ".join(pair[language.value].split()) not in text] == []
    cited = [url for one in PAPER["targets"] + PAPER["solutions"] for url in one["sources"]]
    cited += [one["source"] for one in PAPER["outcomes"]] + [one["url"] for one in PAPER["sources"]]
    assert set(cited) <= ways


def test_targets_are_written_as_each_language_writes_numbers(read) -> None:
    for language, wanted in ((Language.VI, "11,9–12,3"), (Language.EN, "11.9–12.3")):
        values = main(read(PAGES[language])).xpath(".//dd[contains(@class, 'value')]")
        assert words(values[0]).startswith(wanted)
        assert len(values) == len(PAPER["targets"])


def test_figures_of_the_two_provinces_stand_in_tables_of_their_own(read) -> None:
    tables = main(read(PAGES[Language.EN])).xpath(".//section[@aria-labelledby='figures']//table")
    scopes = list(dict.fromkeys(one["scope"] for one in PAPER["outcomes"]))
    assert [len(table.xpath(".//tbody/tr")) for table in tables] == [
        sum(one["scope"] == scope for one in PAPER["outcomes"]) for scope in scopes
    ]


def test_every_number_beside_a_task_is_the_number_of_the_list_it_leads_to(read) -> None:
    checked = 0
    for item in main(read(PAGES[Language.EN])).xpath(".//ul[@class='counts']/li[a]"):
        number = words(item.xpath("./b")[0])
        [href] = links(item)
        if re.search(r"/(products|villages)", href):
            found = heading(read(href)).split()[0]
            assert found.replace("No", "0") == number, href
            checked += 1
    assert checked >= 7


def test_of_the_resolution_its_targets_alone_are_drawn_and_none_is_called_met(read) -> None:
    page = main(read(PAGES[Language.EN]))
    drawn = page.xpath(".//section[@aria-labelledby='targets']//*[@class='chart']")
    assert [len(chart.xpath(".//*[local-name()='rect']")) for chart in drawn] == [2, 2]
    assert page.xpath(".//*[@class='figure'] | .//meter | .//progress | .//canvas") == []
    assert not re.search(r"\b(achieved|reached its target|on track)\b", words(page))


def test_the_page_takes_few_statements(client, statements) -> None:
    client.get(PAGES[Language.EN])
    with statements() as run:
        client.get(PAGES[Language.EN])
    assert len(run) <= 12
