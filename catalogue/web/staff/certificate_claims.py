"""What makers showed, beside the register's forms: the paper that a form rests on, and others that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from catalogue.certification import cases
from catalogue.certification.cases import Owner
from catalogue.certification.models import CertificationScheme
from catalogue.editorial import claims
from catalogue.editorial.models import CertificateClaim
from catalogue.kernel.errors import RuleBroken
from catalogue.products.models import Product
from catalogue.web import claim_words


@dataclass(frozen=True)
class Shown:
    """What waits under a scheme of one holder; `chosen`: the one that the address or the form names."""

    waiting: Sequence[CertificateClaim]
    chosen: CertificateClaim | None

    def told(self) -> dict[str, Any]:
        """For components of `staff/_certificate.html`."""
        return {
            "chosen": _told(self.chosen) if self.chosen else None,
            "others": [_told(one) for one in self.waiting if one is not self.chosen],
            "choices": [{"value": "", "label": gettext("None of these"), "checked": True}]
            + [{"value": one.id, "label": _named(one), "checked": False} for one in self.waiting],
        }


def shown(scheme: CertificationScheme, holder: Owner) -> Shown:
    """What the maker showed of this and no registrar has decided. A certificate of the maker itself may have
    been shown with any of its products."""
    product = holder.code if isinstance(holder, Product) else None
    waiting = claims.waiting(scheme.code, cases.maker_of(holder).code, product)
    named = request.values.get("claim", "")
    return Shown(waiting, next((one for one in waiting if str(one.id) == named), None))


def ground(scheme: CertificationScheme, holder: Owner) -> CertificateClaim | None:
    """The claim whose paper a form that was sent rests on, if it names one. RuleBroken where that one does
    not wait under this scheme and holder."""
    chosen = shown(scheme, holder).chosen
    if chosen is None and request.form.get("claim"):
        raise RuleBroken("claim.not_waiting", field="claim")
    return chosen


def _told(claim: CertificateClaim) -> dict[str, Any]:
    told = claim_words.told(claim, partial(_paper, claim.id))
    told["facts"].insert(0, (gettext("Shown with"), claim_words.listing(claim)))
    return told | {"href": url_for("staff.new_certificate.look_at_claim", claim_id=claim.id)}


def _named(claim: CertificateClaim) -> str:
    return ", ".join(filter(None, [claim_words.name(claim), claim.number, claim_words.listing(claim)]))


def _paper(claim_id: int, number: int) -> str:
    return url_for("staff.claims.paper", claim_id=claim_id, number=number)
