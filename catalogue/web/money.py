"""Amounts of money as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_currency, get_locale


def money(amount: Decimal | float, currency: str) -> str:
    """`20.000 ₫` and `$20` for what is whole, `12,55 ₫` and `$12.55` for what has parts."""
    locale = get_locale()
    assert locale is not None, "asked while a page is answered"
    pattern: str = locale.currency_formats["standard"].pattern
    if amount % 1 == 0:
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, currency, pattern, currency_digits=False))
