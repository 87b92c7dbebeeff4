"""Reads numbers and sums of money: decimal commas and points, 万 and k, signs and codes of currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from leaddesk.qualify.terms import Money, minor_digits

#: What SQLite and a spreadsheet can both hold.
_MOST = 2**53

_SIGNS = {
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "CA$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₫": "VND",
    "฿": "THB",
    "₪": "ILS",
    "zł": "PLN",
    "Kč": "CZK",
    "CN¥": "CNY",
    "RMB": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "円": "JPY",
    "元": "CNY",
    "圆": "CNY",
    "块": "CNY",
    "¥": "CNY",
    "￥": "CNY",
}
_CODES = frozenset(
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK JOD JPY KES KRW "
    "KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX "
    "USD UYU VND XAF XOF ZAR".split()
)
_SCALES = {
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "k": 10**3,
    "t": 10**3,
    "tsd": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "mrd": 10**9,
    "billion": 10**9,
}
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_AMOUNT = re.compile(r"([-+]?\d[\d.,\s\u00a0\u202f\u2009'’]*)([^\W\d_]*)\.?")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，＋－", "0123456789.,+-")
_RANGE = re.compile(r"(\d[\d.,\s]*[kK万m]?)\s*(?:-|–|—|~|～|to|至|到)\s*(\d.*)")
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
    code = next((code for code in _CODE.findall(text) if code in _CODES), None)
    return code or next((currency for sign, currency in _SIGNS.items() if sign in text), None)


def scale_in(header: str) -> int:
    """What a header says its sums are counted in: 年营收（万元） → 10,000."""
    found = re.search(r"[（(\[]\s*(百万|千万|[千万萬亿億]|k|m|mio|mn)\s*[元€$£¥]?", header, re.IGNORECASE)
    return _SCALES[found[1].lower()] if found else 1


def read_number(text: str, mark: str = ".") -> Decimal:
    """A number, a range by its lower end, `200+`, `约200人`; ValueError where it is none."""
    text = _ABOUT.sub("", text.translate(_FULL_WIDTH).strip())
    text = _ABOUT.sub("", text).strip()
    found = _RANGE.fullmatch(text)
    return _amount(found[1] if found else text, mark)


def read_money(text: str, currency: str, mark: str = ".", scale: int = 1) -> Money:
    """A sum in minor units. `currency`: what is meant where the text names none. ValueError where it is no sum."""
    text = text.translate(_FULL_WIDTH).strip()
    named = currency_in(text)
    if named == "CNY" and currency == "JPY" and any(sign in text for sign in "¥￥"):
        named = "JPY"
    if named is None and any(sign in text for sign in "万萬亿億"):
        named = "CNY"
    rest = text
    for sign in (*_SIGNS, *([named] if named else [])):
        rest = rest.replace(sign, " ")
    rest = rest.strip()
    if rest.startswith("(") and rest.endswith(")"):
        rest = f"-{rest[1:-1].strip()}"
    amount = _amount(rest, mark) * scale
    digits = minor_digits(named or currency)
    minor = amount.scaleb(digits).to_integral_value()
    if abs(minor) > _MOST:
        raise ValueError(text)
    return Money(int(minor), named or currency)


def _amount(text: str, mark: str) -> Decimal:
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    scale = _SCALES.get(match[2].lower()) if match[2] else 1
    if scale is None:
        raise ValueError(text)
    digits = match[1].translate(_SPACES).rstrip(".,")
    marks = {sign for sign in digits if sign in ".,"}
    if len(marks) == 2:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif len(marks) == 1:
        only = marks.pop()
        tail = len(digits) - 1 - digits.rfind(only)
        if digits.count(only) > 1 or (tail == 3 and only != mark and match[2] == ""):
            mark = "," if only == "." else "."
        elif tail != 3:
            mark = only
    digits = digits.replace("," if mark == "." else ".", "").replace(mark, ".")
    try:
        return Decimal(digits) * scale
    except InvalidOperation:
        raise ValueError(text) from None
