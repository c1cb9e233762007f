"""The translation desk as a sheet that comes back: a row for each text, both languages beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from flask_babel import gettext, lazy_gettext

from catalogue.editorial import overview, revisions, rules, translating
from catalogue.editorial.round_trip import Column, Difference, Row, Table
from catalogue.editorial.rows import Trouble
from catalogue.editorial.rules import LANGUAGES
from catalogue.editorial.translating import Piece
from catalogue.editorial.translation_desk import MODELS, Task
from catalogue.kernel.actor import Actor
from catalogue.web import listing_words
from catalogue.web.staff.table_sheets import TableSheet

# Between kind, code and text; the text's own key may hold more of them.
OF = ":"


def rows(tasks: Sequence[Task], lacking: str) -> Iterator[tuple[str, Row]]:
    """The texts of these listings that lack what is asked for, by their keys."""
    contents = _contents((task.kind, task.code) for task in tasks)
    for task in tasks:
        for piece in translating.pieces(task.kind, contents.get((task.kind, task.code), {}), ()):
            old = [one for one in LANGUAGES if f"{piece.field}.{one}" in task.stale]
            without = [one for one in LANGUAGES if piece.lacks(one)]
            if (old and lacking in {"", "stale"}) or (without and lacking in {"", *without}):
                yield _row(task.kind, task.code, piece, task)


def _row(kind: str, code: str, piece: Piece, task: Task) -> tuple[str, Row]:
    wrong = [gettext("missing")] if any(map(piece.lacks, LANGUAGES)) else [gettext("out of date")]
    return (
        OF.join((kind, code, piece.key)),
        {
            "kind": str(listing_words.KINDS[kind]),
            "name_vi": task.title.vi,
            "name_en": task.title.en,
            "text": str(listing_words.LABELS[piece.field]),
            "vi": piece.texts.get("vi"),
            "en": piece.texts.get("en"),
            "wrong": ", ".join(wrong),
            "impact": task.impact,
        },
    )


def _contents(listings: Iterator[tuple[str, str]]) -> dict[tuple[str, str], Mapping[str, object]]:
    """What each listing says: the draft, else what is public."""
    codes: dict[str, list[str]] = defaultdict(list)
    for kind, code in listings:
        codes[kind].append(code)
    return {
        (kind, code): standing.content
        for kind, of_kind in codes.items()
        for code, standing in overview.standings(kind, of_kind).items()
        if standing.content is not None
    }


def _known(keys: Collection[str]) -> Mapping[str, Row]:
    split = {key: parts for key in keys if len(parts := key.split(OF, 2)) == 3 and parts[0] in MODELS}
    listings = dict.fromkeys((kind, code) for kind, code, _ in split.values())
    texts = {
        (kind, code, piece.key): piece.texts
        for (kind, code), content in _contents(iter(listings)).items()
        for piece in translating.pieces(kind, content, ())
    }
    return {
        key: texts[found]
        for key, (kind, code, text) in split.items()
        if (found := (kind, code, text)) in texts
    }


def _listing(one: Difference) -> tuple[str, str]:
    kind, code, _ = str(one.key).split(OF, 2)
    return kind, code


def _act(actor: Actor, found: Sequence[Difference]) -> None:
    """All texts of one listing in one proposal."""
    kind, code = _listing(found[0])
    texts: dict[str, dict[str, str]] = {}
    for one in found:
        for language in one.changed:
            texts.setdefault(language, {})[str(one.key).split(OF, 2)[2]] = one.after[language] or ""
    draft = revisions.open_revision(kind, code)
    translating.translate(actor, kind, code, texts, (), draft.version if draft else 0)


def _words(one: Trouble) -> str | None:
    if one.code == "revision.incomplete":
        return listing_words.faults(one.parameters["faults"], {})
    if one.code == "revision.not_in_this_state":
        return gettext("It is with the reviewers. Translate it when they have decided.")
    return None


TABLE = Table(
    (
        *(Column(name, for_people=True) for name in ("kind", "name_vi", "name_en", "text")),
        Column("vi"),
        Column("en"),
        *(Column(name, for_people=True) for name in ("wrong", "impact")),
    ),
    _known,
    _act,
    group=_listing,
    grows=False,
)
TRANSLATIONS = TableSheet(
    kind="translations",
    name=lazy_gettext("Translation desk"),
    room="staff.translations.index",
    export="staff.translations.sheet",
    file="translations",
    may_write=rules.may_translate,
    table=lambda: TABLE,
    headings=lambda: {
        "kind": gettext("Kind"),
        "name_vi": gettext("Name in Vietnamese"),
        "name_en": gettext("Name in English"),
        "text": gettext("Text"),
        "vi": gettext("Vietnamese"),
        "en": gettext("English"),
        "wrong": gettext("What is wrong"),
        "impact": gettext("Pages that show it"),
    },
    told=lambda one: str(one.key),
    words=_words,
    then=lazy_gettext("What a sheet says goes to the reviewers, or into the draft that somebody is writing."),
)
