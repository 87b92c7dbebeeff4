"""Reads numbers and sums of money: decimal commas and points, 万 and k, signs and codes of currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from leaddesk.qualify.amounts import PLAIN_CODES, SCALES, SIGNS, in_minor, read_amount, split_currency
from leaddesk.qualify.terms import Money

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，＋－", "0123456789.,+-")
_RANGE = re.compile(r"(\d[\d.,\s]*[kK万m]?)\s*(?:-|–|—|~|～|to|至|到)\s*(\d.*)")
# A longer text is no number, and taking words off its ends would take long.
_LONGEST = 200
_ABOUT = re.compile(
    r"^(?:约|about|ca\.?|approx\.?|over|more than|超过|>=?|≥|~)\s*|\s*(?:\+|以上|人|名|employees|people)+$", re.I
)


def decimal_mark(texts: Iterable[str]) -> str:
    """Whether a column writes decimals behind a point or a comma: `1.234` alone could be either."""
    comma = point = groups = 0
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text).strip(".,")
        marks = [mark for mark in digits if mark in ".,"]
        if not marks:
            continue
        tail = len(digits) - 1 - max(digits.rfind("."), digits.rfind(","))
        if len(set(marks)) == 2 or tail != 3:
            if len(marks) == 1 or len(set(marks)) == 2:
                comma += marks[-1] == ","
                point += marks[-1] == "."
        else:
            # Groups of three: the mark between them is not the one for decimals.
            groups += 1 if marks[-1] == "." else -1
    if comma != point:
        return "," if comma > point else "."
    return "," if groups > 0 else "."


def currency_in(text: str) -> str | None:
    """The currency a text names by sign or code."""
    code = next((code for code in _CODE.findall(text) if code in PLAIN_CODES), None)
    return code or next((currency for sign, currency in SIGNS.items() if sign in text), None)


def scale_in(header: str) -> int:
    """What a header says its sums are counted in: 年营收（万元） → 10,000."""
    found = re.search(r"[（(\[]\s*(百万|千万|[千万萬亿億]|k|m|mio|mn)\s*[元€$£¥]?", header, re.IGNORECASE)
    return SCALES[found[1].lower()] if found else 1


def read_number(text: str, mark: str = ".") -> Decimal:
    """A number, a range by its lower end, `200+`, `约200人`; ValueError where it is none."""
    if len(text) > _LONGEST:
        raise ValueError(text[:_LONGEST])
    text = _ABOUT.sub("", text.translate(_FULL_WIDTH).strip())
    text = _ABOUT.sub("", text).strip()
    found = _RANGE.fullmatch(text)
    return read_amount(found[1] if found else text, mark)


def read_money(text: str, currency: str, mark: str = ".", scale: int = 1) -> Money:
    """A sum in minor units. `currency`: what is meant where the text names none. ValueError where it is no sum."""
    rest, named = split_currency(text)
    if named == "CNY" and currency == "JPY" and any(sign in text for sign in "¥￥"):
        named = "JPY"
    if named is None and any(sign in text for sign in "万萬亿億"):
        named = "CNY"
    return in_minor(read_amount(rest, mark) * scale, named or currency)
