"""Collects the site's wordings into translations/, and tells what is missing or wrong there.

`extract` updates translations/messages.pot and the catalogues of both languages; `check` changes nothing.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi", "en")
COMPLETE = "vi"  # message ids are English: translations/en holds copy edits only

METHODS = [("catalogue/**.py", "python"), ("templates/**", "jinja2")]
# As the site reads its templates: new-style gettext from flask-babel; web/ trims the lines of {% trans %}.
OPTIONS = {"templates/**": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
KEYWORDS = DEFAULT_KEYWORDS | {
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}
PROJECT = {"project": "catalogue", "version": "1"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
TAG = re.compile(r"</?[a-z]+")
# Header lines that would change by themselves, or say nothing.
SILENT_HEADERS = (b'"POT-Creation-Date', b'"Generated-By', b'"Report-Msgid-Bugs-To')


def extracted(root: Path = ROOT) -> Catalog:
    """Every wording that templates and code hand to gettext."""
    template = Catalog(**PROJECT, header_comment="# What the site says, in plain English.", fuzzy=False)
    for _, _, message, comments, context in extract_from_dir(
        root, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        template.add(message, auto_comments=comments, context=context)
    return template


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    return root / "translations" / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str, root: Path = ROOT) -> Catalog:
    """The translations into a language; an empty catalogue where there is no file yet."""
    path = catalogue_path(language, root)
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language)
    return Catalog(
        **PROJECT,
        locale=language,
        header_comment=f"# What the site says, in {'Vietnamese' if language == 'vi' else 'English'}.",
        revision_date=datetime.now(UTC),
        last_translator="The project's team",
        language_team="The project's team",
        fuzzy=False,
    )


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write in alphabetical order, without places and dates, so that a change shows only what changed."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = written.getvalue().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(SILENT_HEADERS)))


def extract(root: Path = ROOT) -> None:
    """Bring messages.pot and both catalogues up to date with templates and code."""
    template = extracted(root)
    write_catalogue(template, root / "translations" / "messages.pot")
    for language in LANGUAGES:
        catalogue = read_catalogue(language, root)
        catalogue.update(template, no_fuzzy_matching=True)
        write_catalogue(catalogue, catalogue_path(language, root))


def check(root: Path = ROOT) -> list[str]:
    """Everything that is missing or wrong, one line each; nothing when all is well."""
    template = extracted(root)
    return [
        f"translations/{language}: {fault}"
        for language in LANGUAGES
        for fault in faults(template, read_catalogue(language, root), complete=language == COMPLETE)
    ]


def faults(template: Catalog, catalogue: Catalog, *, complete: bool) -> Iterator[str]:
    """What a catalogue lacks of the template's wordings, and what in it would read wrong."""
    wanted, there = ({_key(message) for message in each if message.id} for each in (template, catalogue))
    yield from (f"lacks “{key[1]}”" for key in sorted(wanted - there))
    yield from (f"keeps “{key[1]}”, which the site no longer says" for key in sorted(there - wanted))
    for message in catalogue:
        if message.id:
            yield from (f"“{_key(message)[1]}” {fault}" for fault in _faults_of(message, complete=complete))


def _faults_of(message: Message, *, complete: bool) -> Iterator[str]:
    ids, texts = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(texts):
        if complete or any(texts):
            yield "is not translated"
        return
    for text in texts:
        if not any(Counter(_placeholders(text)) == Counter(_placeholders(each)) for each in ids):
            yield f"has other placeholders than its translation “{text}”"
        if not any(Counter(TAG.findall(text)) == Counter(TAG.findall(each)) for each in ids):
            yield f"has other tags than its translation “{text}”"
        if text != unicodedata.normalize("NFC", text):
            yield "has a translation that is not in composed form (NFC)"
        if complete and text in ids and len(re.findall(r"[a-z]{2,}", PLACEHOLDER.sub("", text))) >= 3:
            yield "repeats the English"


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _texts(message.id)[0]


def _texts(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("",))


def _placeholders(text: str) -> list[str]:
    return [match[0] for match in PLACEHOLDER.finditer(text)]


def main(command: str) -> int:
    """Run a command; 1 when something is left to do."""
    if command == "extract":
        extract()
    found = check()
    print("\n".join(found) or "The translations are complete.")
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
