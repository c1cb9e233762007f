"""What people are told about errors in what makers show of their certificates."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web.error_pages import Words

CLAIMS: dict[str, Words] = {
    "claim.unknown": Words(
        lazy_gettext("There is no such paper"),
        lazy_gettext("It may have been taken back. Your workshop shows what the office has."),
    ),
    "claim.without_paper": Words(
        lazy_gettext("A photograph of the paper is needed"),
        lazy_gettext("Go back and choose one: the office compares it with what you wrote."),
    ),
    "claim.unclear": Words(
        lazy_gettext("What was written of the certificate cannot be read"),
        lazy_gettext("Go back and choose the certificate from the list."),
    ),
    "claim.decided": Words(
        lazy_gettext("This was decided already"),
        lazy_gettext("Somebody else was quicker. The list shows what still waits."),
    ),
    "claim.without_reason": Words(
        lazy_gettext("A no needs a reason"),
        lazy_gettext("Go back and say why, in a sentence: it is sent as it stands."),
    ),
    "claim.not_waiting": Words(
        lazy_gettext("This paper does not wait here"),
        lazy_gettext(
            "This paper does not wait here any more: it was decided or taken back, or belongs to another "
            "certificate. Choose again."
        ),
    ),
    "claim.not_entered": Words(
        lazy_gettext("It does not stand in the register yet"),
        lazy_gettext(
            "The register has no confirmed certificate of this scheme for the maker. "
            "Press “Open it in the register” and enter it there first."
        ),
    ),
}
