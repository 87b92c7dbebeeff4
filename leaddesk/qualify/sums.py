"""Reads a sum as people write it: 30000 CNY, ¥30,000, 50k EUR, 12万, 1.234,50 €."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from leaddesk.errors import BadValue
from leaddesk.qualify.terms import CURRENCIES, Money, minor_digits

# A yen sign is read as the Chinese one unless the sum says 円; ¥ and its wide form are the same here.
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "$": "USD",
    "₹": "INR",
    "₩": "KRW",
    "CN¥": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "人民币": "CNY",
    "RMB": "CNY",
    "元": "CNY",
    "円": "JPY",
    "日元": "JPY",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
}
_TIMES = {"k": 10**3, "千": 10**3, "w": 10**4, "万": 10**4, "萬": 10**4, "m": 10**6, "亿": 10**8, "億": 10**8}
_AMOUNT = re.compile(r"(\d[\d.,'’\s]*)\s*([kwm千万萬亿億]?)", re.IGNORECASE)
_LARGEST = 10**15


def read_sum(text: str, currencies: Sequence[str] = ()) -> Money:
    """A sum with its currency; where none is named and only one is offered, that one.

    Raises `BadValue`: bad_money (text) or no_currency (text, choices).
    """
    rest, currency = _currency(text.strip())
    found = _AMOUNT.fullmatch(rest)
    amount = _amount(found.group(1), bool(found.group(2))) if found else None
    if found is None or amount is None:
        raise BadValue("bad_money", text=text)
    if currency is None and len(set(currencies)) == 1:
        currency = currencies[0]
    if currency is not None and currency not in {*CURRENCIES, *currencies}:
        raise BadValue("bad_money", text=text)
    if currency is None:
        raise BadValue("no_currency", text=text, choices=", ".join(currencies))
    minor = round(amount * _TIMES.get(found.group(2).casefold(), 1) * 10 ** minor_digits(currency))
    if minor > _LARGEST:
        raise BadValue("bad_money", text=text)
    return Money(minor, currency)


def _currency(text: str) -> tuple[str, str | None]:
    """The text without its currency, and that."""
    for sign in sorted(_SIGNS, key=len, reverse=True):
        if text.upper().startswith(sign):
            return text[len(sign) :].strip(), _SIGNS[sign]
        if text.upper().endswith(sign):
            return text[: -len(sign)].strip(), _SIGNS[sign]
    code = re.match(r"([A-Za-z]{3})\b|.*?([A-Za-z]{3})$", text)
    if code is None:
        return text, None
    if code.group(1):
        return text[3:].strip(), code.group(1).upper()
    return text[:-3].strip(), code.group(2).upper()


def _amount(digits: str, shortened: bool) -> Decimal | None:
    """The number in digits. A lone separator before three digits parts thousands, unless k or 万 follow."""
    plain = re.sub(r"['’\s]", "", digits)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    whole, _, part = plain.rpartition(last)
    thousands = len(part) == 3 and (not shortened) and len(set(marks)) == 1
    if thousands or marks.count(last) > 1:
        groups = re.split(r"[.,]", plain)
        sound = len(set(marks)) == 1 and all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
        return Decimal("".join(groups)) if sound else None
    whole = re.sub(r"[.,]", "", whole)
    return Decimal(f"{whole}.{part}") if part else None
