"""How sums and numbers are written: currencies by sign, code and word, scales, digits in groups, numerals in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

#: Signs and words of currencies. A yen sign is read as the Chinese one unless the sum says 円.
SIGNS: Mapping[str, str] = {
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "CA$": "CAD",
    "AU$": "AUD",
    "CN¥": "CNY",
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
    "RMB": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "瑞郎": "CHF",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "日币": "JPY",
    "円": "JPY",
    "元": "CNY",
    "圆": "CNY",
    "块": "CNY",
    "¥": "CNY",
    "￥": "CNY",
}

#: What a number before it is counted in; all in lower case.
SCALES: Mapping[str, int] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "k": 10**3,
    "t": 10**3,
    "tsd": 10**3,
    "thousand": 10**3,
    "grand": 10**3,
    "w": 10**4,
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

_HAN_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

#: A number in Chinese numerals, possibly a loose one such as 两三百.
HAN_NUMBER = "[零〇一二两三四五六七八九十百千万萬亿億]+"


def plain_number(digits: str, mark: str | None = None, *, scaled: bool = False) -> Decimal:
    """The number that digits in groups write: `1.234,50`, `12 500`, `1'000`.

    `mark`: the decimal mark where both readings are possible; without it, a lone mark before three digits parts
    thousands unless a scale follows (`scaled`) or the number begins with 0. ValueError where groups are broken.
    """
    plain = re.sub(r"['’\s\u00a0\u202f\u2009]", "", digits)
    marks = [sign for sign in plain if sign in ".,"]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    whole, _, part = plain.rpartition(last)
    if not part:
        raise ValueError(digits)
    if len(set(marks)) == 2:
        if marks.count(last) > 1 or not _in_groups(whole, marks[0]):
            raise ValueError(digits)
        return Decimal(f"{re.sub('[.,]', '', whole)}.{part}")
    if len(marks) > 1:
        if not _in_groups(plain, last):
            raise ValueError(digits)
        return Decimal(plain.replace(last, ""))
    thousands = len(part) == 3 and 0 < len(whole) <= 3 and not scaled and not whole.startswith("0") and last != mark
    return Decimal(whole + part) if thousands else Decimal(f"{whole or 0}.{part}")


def _in_groups(text: str, mark: str) -> bool:
    first, *others = text.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in others)


def han_number(text: str) -> int | None:
    """What Chinese numerals write: 三十, 两百五, 一亿两千万, of 两三百 the lower; None where they write none."""
    if re.search("[零〇一二两三四五六七八九]{3}", text):
        return None  # read digit by digit, as years and phone numbers are
    total = group = digit = 0
    unit = 1
    seen = False
    for letter in text:
        if letter in _HAN_DIGITS:
            # 两三百: two hundred or three, the lower counts.
            digit = digit if digit and seen else _HAN_DIGITS[letter]
            seen = True
        elif letter in _HAN_UNITS:
            if not seen and (letter != "十" or group % 100):
                return None
            unit = _HAN_UNITS[letter]
            group += (digit if seen else 1) * unit
            digit, seen = 0, False
        else:
            group += digit
            unit = _HAN_GROUPS[letter]
            if group == 0:
                return None
            total, group, digit, seen = total + group * unit, 0, 0, False
    # 两百五 is 250, 一万二 is 12,000; 两百零五 is 205.
    tail = digit * unit // 10 if unit >= 100 and len(text) > 1 and text[-2] not in "零〇" else digit
    return total + group + tail if text else None
