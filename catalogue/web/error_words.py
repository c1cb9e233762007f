"""What people are told about each kind of error: what happened, what is kept, what to do now."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web import showcase_words
from catalogue.web.certificate_error_words import CERTIFICATES
from catalogue.web.claim_error_words import CLAIMS
from catalogue.web.error_pages import PAGES, Words
from catalogue.web.figure_error_words import FIGURES
from catalogue.web.photograph_error_words import PHOTOGRAPHS
from catalogue.web.review_error_words import REVIEWS
from catalogue.web.search_error_words import SEARCH

CODES: dict[str, Words] = {
    "product.unknown": Words(
        lazy_gettext("No product has this address"),
        lazy_gettext("The address may be mistyped, or the product has left the catalogue."),
        "products",
    ),
    "source.unknown": Words(
        lazy_gettext("No fact here comes from this site"),
        lazy_gettext("The address may be mistyped. All sites that were read are in the list of sources."),
    ),
    "resolution.unknown": Words(
        lazy_gettext("The resolution is not loaded"),
        lazy_gettext("Please try again later. The lists still lead everywhere."),
    ),
    "figure.unknown": Words(
        lazy_gettext("This figure is not there any more"),
        lazy_gettext("Somebody may have taken it out. All figures are in the list."),
    ),
    "target.unknown": Words(
        lazy_gettext("The resolution has no such target"),
        lazy_gettext("Open the form anew and choose one of the list."),
    ),
    "figure.known": Words(
        lazy_gettext("This figure is noted already"),
        lazy_gettext("Look for it in the list and correct it there."),
    ),
    "correction.unknown": Words(
        lazy_gettext("No message has this address"),
        lazy_gettext(
            "The address may be cut short. Your number still counts: write again and name it, if you have it."
        ),
    ),
    "producer.unknown": Words(
        lazy_gettext("No maker has this address"),
        lazy_gettext("The address may be mistyped, or the maker has left the catalogue."),
        "producers",
    ),
    "village.unknown": Words(
        lazy_gettext("No craft village has this address"),
        lazy_gettext("The address may be mistyped. All craft villages are in the list."),
        "villages",
    ),
    "route.unknown": Words(
        lazy_gettext("No route has this address"),
        lazy_gettext("The address may be mistyped. All routes are in the list."),
        "routes",
    ),
    "flower.unknown": Words(
        lazy_gettext("No flower has this address"),
        lazy_gettext("The address may be mistyped. All flowers are in the list."),
        "flowers",
    ),
    "flower_centre.unknown": Words(
        lazy_gettext("Nothing is on record about the planned Flower Trading Centre yet"),
        lazy_gettext("Its page comes with the catalogue’s data. The flowers have a list of their own."),
        "flowers",
    ),
    "scheme.unknown": Words(
        lazy_gettext("No certification scheme has this address"),
        lazy_gettext("The address may be mistyped. All schemes are in the list."),
        "schemes",
    ),
    "place.unknown": Words(
        lazy_gettext("No place has this address"),
        lazy_gettext("The address may be mistyped. All places, old and new, are in the list."),
        "places",
    ),
    "sight.unknown": Words(
        lazy_gettext("No sight has this address"),
        lazy_gettext("The address may be mistyped. All sights are in the list."),
        "sights",
    ),
    "zone.unknown": Words(
        lazy_gettext("No industrial zone has this address"),
        lazy_gettext("The address may be mistyped. All zones are in the list."),
        "zones",
    ),
    "record.unknown": Words(
        lazy_gettext("No record has this code"),
        lazy_gettext("Codes never change. The list of each kind names them all."),
    ),
    "studio.closed": Words(
        lazy_gettext("Your account speaks for no maker yet"),
        lazy_gettext("Ask the trade promotion office for an invitation, or apply to join."),
    ),
    "staff.closed": Words(
        lazy_gettext("This is the office of trade promotion"),
        lazy_gettext("Your account has no task here. Your own listings are in the workshop."),
    ),
    "listing.of_another": Words(
        lazy_gettext("This listing belongs to another maker"),
        lazy_gettext("You can change what your own makers show. All of it is in the workshop."),
    ),
    "listing.came_with_the_site": Words(
        lazy_gettext("These words came with the site"),
        lazy_gettext("They can be replaced by others, and come back when those are taken out."),
    ),
    "listing.cannot_be_begun": Words(
        lazy_gettext("A listing of this kind is not begun here"),
        lazy_gettext("It comes with the catalogue’s data. What is there can be changed."),
    ),
    "glossary.unknown": Words(
        lazy_gettext("There is no such term"),
        lazy_gettext("Somebody may have taken it out. All terms stand in the glossary."),
    ),
    "glossary.incomplete": Words(
        lazy_gettext("A term needs both languages"),
        lazy_gettext("Fill in the Vietnamese and the English word."),
    ),
    "glossary.too_long": Words(
        lazy_gettext("This is too long for a term"),
        lazy_gettext("A term is a word or a few; what it means can stand in the note."),
    ),
    "glossary.known": Words(
        lazy_gettext("This term is in the glossary already"),
        lazy_gettext("Change the one that is there."),
    ),
    "page.unknown": Words(
        lazy_gettext("No page has this address"),
        lazy_gettext("The address may be mistyped. All pages about this site are linked from one."),
        "about",
    ),
    "listing.for_the_owner": Words(
        lazy_gettext("This is for the owner"),
        lazy_gettext("Only the maker’s owner, or the office, takes a listing out of the catalogue."),
    ),
    "listing.of_no_public_maker": Words(
        lazy_gettext("The maker’s own page is not public yet"),
        lazy_gettext("Publish that one first: a product is shown with its maker. The draft is kept."),
    ),
    "listing.unknown": Words(
        lazy_gettext("There is no such listing"),
        lazy_gettext("The address may be mistyped. All that is yours is in the workshop."),
    ),
    "link.unknown": Words(
        lazy_gettext("This link does not work any more"),
        lazy_gettext("It was used already, or it is too old. Ask for a new one on the page for signing in."),
    ),
    "invitation.unknown": Words(
        lazy_gettext("This invitation does not work any more"),
        lazy_gettext("It was taken up already, taken back, or it is older than 14 days. Ask for a new one."),
    ),
    "invitation.over": Words(
        lazy_gettext("This invitation does not work any more"),
        lazy_gettext("It was taken up already, taken back, or it is older than 14 days. Ask for a new one."),
    ),
    "application.unknown": Words(
        lazy_gettext("There is no such application"),
        lazy_gettext("The address may be cut short. Your number still counts."),
    ),
    "application.decided": Words(
        lazy_gettext("This application was decided already"),
        lazy_gettext("Somebody else was quicker. The list shows what still waits."),
    ),
    "application.without_reason": Words(
        lazy_gettext("A no needs a reason"),
        lazy_gettext("Go back and say why, in a sentence: it is sent as it stands."),
    ),
    "invitation.for_nothing": Words(
        lazy_gettext("An invitation needs a purpose"),
        lazy_gettext("Go back and choose the maker that the person will speak for, or a task in the office."),
    ),
    "role.unknown": Words(
        lazy_gettext("There is no such task in the office"),
        lazy_gettext("Go back and choose one of the list."),
    ),
    "password.missing": Words(
        lazy_gettext("A new account needs a password"),
        lazy_gettext("Open the letter again and choose one."),
    ),
    "user.unknown": Words(
        lazy_gettext("Nobody has this account"),
        lazy_gettext("The list of people shows all there are."),
    ),
    "mail.not_sent": Words(
        lazy_gettext("The letter could not be sent"),
        lazy_gettext("Please try again in a few minutes."),
    ),
    "paper.unknown": Words(
        lazy_gettext("There is no such paper"),
        lazy_gettext("The application shows all that were sent."),
    ),
    "enquiry.unknown": Words(
        lazy_gettext("No enquiry has this address"),
        lazy_gettext("The address may be cut short. Your number still counts: name it if you ask again."),
    ),
    "enquiry.about_nothing": Words(
        lazy_gettext("This enquiry names no maker"),
        lazy_gettext("Go back and tick at least one product or maker to ask about."),
        "products",
    ),
    "enquiry.forgotten": Words(
        lazy_gettext("This enquiry is too old to be answered"),
        lazy_gettext("The visitor’s address was deleted, as the privacy page promises."),
    ),
    "report.decided": Words(
        lazy_gettext("This report is decided already"),
        lazy_gettext("Look at it again: a colleague was quicker. It can be opened again."),
    ),
    "report.without_words": Words(
        lazy_gettext("Nothing was decided yet"),
        lazy_gettext("Write what was decided, as whoever wrote to us will read it."),
    ),
    "report.long_words": Words(
        lazy_gettext("Nothing was decided yet"),
        lazy_gettext("What was decided is told in a thousand signs at most."),
    ),
    "enquiry.closed": Words(
        lazy_gettext("This enquiry is closed"),
        lazy_gettext("Open it again first, then answer."),
    ),
    "enquiry.empty_answer": Words(
        lazy_gettext("The answer is empty"),
        lazy_gettext("Write what the visitor should know."),
    ),
    "enquiry.long_answer": Words(
        lazy_gettext("The answer is too long"),
        lazy_gettext("Keep it under 4,000 signs, and send a second one for the rest."),
    ),
    "form.other_content": Words(
        lazy_gettext("This form was sent before with other words"),
        lazy_gettext("Nothing was changed. Open the form anew and send it once more."),
    ),
    "archive.unreadable": Words(
        lazy_gettext("This ZIP file cannot be read"),
        lazy_gettext("Pack the photographs into a ZIP file without a password, and send it again."),
    ),
    "archive.too_large": Words(
        lazy_gettext("This ZIP file is too large"),
        lazy_gettext("Send at most 60 megabytes at once; several ZIP files one after another are fine."),
    ),
    "archive.too_many": Words(
        lazy_gettext("There are too many files in this ZIP file"),
        lazy_gettext("Send at most 200 photographs at once; several ZIP files one after another are fine."),
    ),
    "archive.unknown": Words(
        lazy_gettext("There are no such photographs"),
        lazy_gettext("What became of them stands here for thirty days, and only for who sent them."),
    ),
    "sheet.empty": Words(
        lazy_gettext("There is no sheet in this"),
        lazy_gettext("Choose the file that you filled in."),
    ),
    "sheet.too_large": Words(
        lazy_gettext("This sheet is too large"),
        lazy_gettext("This file is too large. Eight megabytes are enough for every sheet."),
    ),
    "sheet.too_long": Words(
        lazy_gettext("This sheet is too long"),
        lazy_gettext("These are too many rows. Send at most 5,000 listings at once."),
    ),
    "sheet.unreadable": Words(
        lazy_gettext("This sheet cannot be read"),
        lazy_gettext(
            "This file cannot be read. Save it as XLSX, ODS or CSV, without a password, and send it again."
        ),
    ),
    "sheet.cell": Words(
        lazy_gettext("A cell of this sheet cannot be taken as it is"),
        lazy_gettext("The list of rows says which one, and what is wrong with it."),
    ),
    "sheet.without_head": Words(
        lazy_gettext("This sheet has no columns that we know"),
        lazy_gettext(
            "No columns were found. Keep the first two rows of the sheet that you downloaded as they are."
        ),
    ),
    "sheet.unknown": Words(
        lazy_gettext("There is no such sheet"),
        lazy_gettext("Sheets are kept for thirty days, and only for who sent them. Send it again."),
    ),
    "sheet.applied_already": Words(
        lazy_gettext("Drafts were made of this sheet already"),
        lazy_gettext("They are in the workshop. To change them by a sheet, send it once more."),
    ),
    "sheet.changed_meanwhile": Words(
        lazy_gettext("Something was changed since you looked"),
        lazy_gettext("No draft was made. Open the sheet again: it shows what it would do now."),
    ),
    "sheet.not_applicable": Words(
        lazy_gettext("Nothing was changed"),
        lazy_gettext(
            "Something in the sheet is to be mended first, or it says what the listings say already."
        ),
    ),
    "date.unreadable": Words(
        lazy_gettext("This is not a day of the calendar"),
        lazy_gettext("Write the day as year, month and day, such as 2026-12-05, between 2000 and 2099."),
        "routes",
    ),
    "search.unreadable": Words(
        lazy_gettext("Searching does not work just now"),
        lazy_gettext("Please try again in a few minutes. The lists still lead everywhere."),
    ),
    "pdf.unavailable": Words(
        lazy_gettext("There is no PDF just now"),
        lazy_gettext("Take the sheet as XLSX instead, or try again in a few minutes."),
    ),
}
CODES |= CERTIFICATES | CLAIMS | REVIEWS | FIGURES | PHOTOGRAPHS | SEARCH | showcase_words.ERRORS
CODES |= {"not_allowed": PAGES[403]}
