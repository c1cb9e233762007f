"""What the office is told about errors in what it adds to the search."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web.error_pages import Words

SEARCH: dict[str, Words] = {
    "synonyms.too_few": Words(
        lazy_gettext("One phrase alone means nothing else"),
        lazy_gettext("Go back and write at least two, one on each line."),
    ),
    "synonyms.too_much": Words(
        lazy_gettext("That is too much for one meaning"),
        lazy_gettext("Go back and write at most twenty phrases, each of five words at most."),
    ),
    "pin.no_words": Words(
        lazy_gettext("There are no words to pin a page to"),
        lazy_gettext("Go back and type what readers look for."),
    ),
    "pin.long_words": Words(
        lazy_gettext("These words are too long to pin a page to"),
        lazy_gettext("Go back and type at most 200 signs."),
    ),
    "pin.no_reason": Words(
        lazy_gettext("Readers are told why"),
        lazy_gettext("Go back and give the reason in both languages."),
    ),
    "pin.long_reason": Words(
        lazy_gettext("The reason is too long"),
        lazy_gettext("Go back and keep it to a sentence or two."),
    ),
    "pin.day": Words(
        lazy_gettext("A page is pinned for a year at most"),
        lazy_gettext("Go back and choose a day from today on, so that somebody looks at it again in time."),
    ),
    "pin.no_record": Words(
        lazy_gettext(
            "The words find nothing. Write kind and code of a page, such as product:tra-o-long-tam-chau."
        ),
        lazy_gettext("The code stands at the end of the page’s address in the data and in the API."),
    ),
    "pin.exists": Words(
        lazy_gettext("This page stands first for these words already"),
        lazy_gettext("Take the other pin off first."),
    ),
}
