"""What staff are told about each kind of error in the register of certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web.error_pages import Words

CERTIFICATES: dict[str, Words] = {
    "certificate.unknown": Words(
        lazy_gettext("No certificate has this code"),
        lazy_gettext(
            "Compare the code character by character. If it is still not found, ask the maker to show the"
            " paper, and ask the issuer whether it counts."
        ),
        "schemes",
    ),
    "certificate.breaks_rule": Words(
        lazy_gettext("The scheme does not allow this"),
        lazy_gettext("Nothing was changed. Go back: beside the field it says which rule it breaks."),
    ),
    "certificate.not_in_this_state": Words(
        lazy_gettext("This cannot be done with the certificate now"),
        lazy_gettext("Somebody may have been quicker. Open it again: it shows what can be done."),
    ),
    "certificate.changed_meanwhile": Words(
        lazy_gettext("Somebody was quicker"),
        lazy_gettext("Nothing was changed. Open the certificate again: it shows what was done meanwhile."),
    ),
    "certificate.holder_unknown": Words(
        lazy_gettext("Nobody has this code"),
        lazy_gettext("No product and no maker in the catalogue has this code."),
    ),
    "certificate.product_unknown": Words(
        lazy_gettext("There is no such product"),
        lazy_gettext("The catalogue does not know one of the products."),
    ),
    "certificate.category_unknown": Words(
        lazy_gettext("There is no such kind of goods"),
        lazy_gettext("One of the kinds of goods is not in the catalogue."),
    ),
    "certificate.holder_has_one": Words(
        lazy_gettext("The holder has one already"),
        lazy_gettext("One under this scheme stands in the register already. Renew or replace that one."),
    ),
    "certificate.without_paper": Words(
        lazy_gettext("The paper is missing"),
        lazy_gettext("Add a photograph or scan of the paper that you saw."),
    ),
    "certificate.without_grounds": Words(
        lazy_gettext("A page alone proves nothing"),
        lazy_gettext(
            "A page alone proves nothing. Give the number, or say that you saw the paper or the register."
        ),
    ),
    "certificate.without_reason": Words(
        lazy_gettext("A reason is missing"),
        lazy_gettext("Say why, in a sentence: it stays in the history."),
    ),
    "certificate.not_later": Words(
        lazy_gettext("A renewal ends later"),
        lazy_gettext("A renewal ends later than the certificate did before."),
    ),
    "certificate.begins_later": Words(
        lazy_gettext("The new term has not begun"),
        lazy_gettext(
            "The new term begins later. Choose “Replace with a new one”: this one counts until that day."
        ),
    ),
    "certificate.day_wrong": Words(
        lazy_gettext("This day cannot be"),
        lazy_gettext(
            "Give the day on which it happened: not before the certificate was granted, not after today."
        ),
    ),
    "certificate.too_long": Words(
        lazy_gettext("This is too long"),
        lazy_gettext("Nothing was changed. Go back: beside the field it says how long it may be."),
    ),
}
