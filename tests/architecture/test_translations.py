"""Every wording is translated, and nothing a reader sees bypasses gettext."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages import Catalog

from tools import translations, wording


def test_translations_are_complete() -> None:
    assert translations.check() == []


def test_templates_and_code_write_no_wording_of_their_own() -> None:
    assert [*wording.in_templates(), *wording.in_code()] == []


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed: apt-get install gettext")
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_gettext_accepts_the_catalogue(language: str) -> None:
    path = str(translations.catalogue_path(language))
    judged = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False
    )

    assert (judged.returncode, judged.stderr) == (0, "")


def catalogues(msgid: str | tuple[str, str], msgstr: str | tuple[str, ...]) -> tuple[Catalog, Catalog]:
    template, catalogue = Catalog(), Catalog(locale="vi")
    template.add(msgid)
    catalogue.add(msgid, msgstr)
    return template, catalogue


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Products", "Sản phẩm"),
        ("%(count)s of %(total)s", "%(total)s, trong đó %(count)s"),
        (("%(num)d village", "%(num)d villages"), ("%(num)d làng nghề",)),
        (("One village", "%(num)d villages"), ("%(num)d làng nghề",)),
        ("OCOP", "OCOP"),
    ],
)
def test_a_full_translation_has_no_fault(msgid: str | tuple[str, str], msgstr: str | tuple[str, ...]) -> None:
    assert list(translations.faults(*catalogues(msgid, msgstr), complete=True)) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Products", "", "not translated"),
        ("%(count)s products", "%(cuont)s sản phẩm", "other placeholders"),
        ("Read <b>more</b>", "Đọc thêm", "other tags"),
        ("Who made this product", "Who made this product", "repeats the English"),
        ("Villages", "La\N{COMBINING GRAVE ACCENT}ng nghề", "NFC"),
        (("%(num)d village", "%(num)d villages"), ("",), "not translated"),
    ],
)
def test_a_faulty_translation_is_named(
    msgid: str | tuple[str, str], msgstr: str | tuple[str, ...], fault: str
) -> None:
    (found,) = translations.faults(*catalogues(msgid, msgstr), complete=True)

    assert fault in found


def test_a_missing_and_a_stale_wording_are_named() -> None:
    template, catalogue = Catalog(), Catalog(locale="vi")
    template.add("Routes")
    catalogue.add("Trips", "Chuyến đi")

    assert list(translations.faults(template, catalogue, complete=True)) == [
        "lacks “Routes”",
        "keeps “Trips”, which the site no longer says",
    ]


def test_extraction_collects_templates_and_code_and_keeps_what_is_translated(tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "catalogue" / "labels.py").write_text('LABEL = lazy_gettext("Valid")\n', "utf-8")
    page = tmp_path / "templates" / "page.html"
    page.write_text("{% trans %}\n  Made\n  by hand\n{% endtrans %}", "utf-8")
    translations.extract(tmp_path)
    path = translations.catalogue_path("vi", tmp_path)
    path.write_text(
        path.read_text("utf-8").replace('msgid "Valid"\nmsgstr ""', 'msgid "Valid"\nmsgstr "Còn hiệu lực"'),
        "utf-8",
    )

    page.write_text('<a title="{{ _("Read more") }}">', "utf-8")
    translations.extract(tmp_path)

    kept = {
        message.id: message.string for message in translations.read_catalogue("vi", tmp_path) if message.id
    }
    assert kept == {"Read more": "", "Valid": "Còn hiệu lực"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ('<img alt="A basket">', ["A basket"]),
        ("{% if x %}<b>{{ y }} kilos</b>{% endif %}", ["… kilos"]),
        ('<p class="lead">{{ _("Hello there") }} · {% trans %}Good day{% endtrans %}</p>', []),
        ("{# A note #}<style>body { color: red }</style><!doctype html>", []),
        ("{% trans n=n %}One{% pluralize %}{{ n }} baskets{% endtrans %}", []),
        ('<a {% if x %}aria-current="page"{% endif %} href="/vi/" lang="vi">Tiếng Việt</a>', []),
        ("<p>{{ a }}, {{ b }} – 5 × 3</p>", []),
        ('{% macro marks() %}aria-invalid="true"{% endmacro %}', []),
        ("{% block body_class %}home{% endblock %}{% block title %}Home{% endblock %}", ["Home"]),
    ],
)
def test_words_written_into_a_template_are_found(source: str, words: list[str]) -> None:
    assert [text for _, text in wording.spoken_text(source)] == words
