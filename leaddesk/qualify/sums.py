"""Reads a sum as people write it: 30000 CNY, ¥30,000, 50k EUR, 12万, 1.234,50 €."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk.errors import BadValue
from leaddesk.qualify.amounts import in_minor, read_amount, split_currency
from leaddesk.qualify.terms import Money


def read_sum(text: str, currencies: Sequence[str] = ()) -> Money:
    """A sum with its currency; where none is named and only one is offered, that one.

    Raises `BadValue`: bad_money (text) or no_currency (text, choices).
    """
    try:
        rest, currency = split_currency(text, currencies)
        amount = read_amount(rest)
        if currency is None and len(set(currencies)) == 1:
            currency = currencies[0]
        money = in_minor(amount, currency or "EUR")
    except ValueError as error:
        raise BadValue("bad_money", text=text) from error
    if money.minor < 0:
        raise BadValue("bad_money", text=text)
    if currency is None:
        raise BadValue("no_currency", text=text, choices=", ".join(currencies))
    return money
