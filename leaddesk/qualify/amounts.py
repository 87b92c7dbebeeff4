"""How sums and numbers are written: currencies by sign, code and word, scales, digits in groups, numerals in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from leaddesk.qualify.terms import CURRENCIES, Money, minor_digits

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
    "块钱": "CNY",
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


# Words of every day that are codes as well: those count in capitals only.
_EVERYDAY = frozenset({"ALL", "CUP", "LAK", "MAD", "MOP", "TOP", "TRY"})
#: Codes that mean a currency in whatever case they are written.
PLAIN_CODES = CURRENCIES - _EVERYDAY
# Signs that several currencies share; a code beside them says which is meant.
_SHARED = frozenset({"$", "¥", "￥"})
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)), re.IGNORECASE)
_BY_SIGN = {sign.casefold(): currency for sign, currency in SIGNS.items()}
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
_BLANKS = "\\s\u00a0\u202f\u2009"
_AMOUNT = re.compile(rf"([-+]?)\s*(?:(\d[\d.,{_BLANKS}'’]*)([^\W\d_]*)\.?|({HAN_NUMBER}))")
_NO_CENTS = re.compile(r"[.,](?:-+|–|—)?$")
#: What SQLite and a spreadsheet can both hold.
_MOST = 2**53


def split_currency(text: str, also: Iterable[str] = ()) -> tuple[str, str | None]:
    """A sum without its currency, and that, where it names one by sign, code or word; `also`: further codes.

    ValueError where it names two.
    """
    codes: set[str] = set()
    named: set[str] = set()
    shared: set[str] = set()

    def take_code(found: re.Match[str]) -> str:
        code = found[0].upper()
        if not (code in PLAIN_CODES or found[0] in _EVERYDAY or code in also):
            return found[0]
        codes.add(code)
        return " "

    def take_sign(found: re.Match[str]) -> str:
        if _is_inside(found):
            raise ValueError(text)  # 7€20 is neither 720 nor 7
        (shared if found[0] in _SHARED else named).add(_BY_SIGN[found[0].casefold()])
        return " "

    rest = _SIGN.sub(take_sign, _CODE.sub(take_code, text))
    meant = codes | named or shared
    if len(meant) > 1:
        raise ValueError(text)
    return rest.strip(), next(iter(meant), None)


def _is_inside(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :].lstrip()
    return before[-1:].isdigit() and after[:1].isdigit()


def read_amount(text: str, mark: str | None = None) -> Decimal:
    """A number with its scale: `1.234,50`, `30k`, `2.5 million`, `12万`, `三十万`, `(500)` for less than nothing.

    `mark`: the decimal mark where both readings are possible. ValueError where it is no number.
    """
    text = text.translate(_FULL_WIDTH).strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1].strip()}"
    match = _AMOUNT.fullmatch(_NO_CENTS.sub("", text))
    if match is None:
        raise ValueError(text)
    sign, digits, scale, han = match.groups()
    if han is not None:
        number = han_number(han)
        if number is None:
            raise ValueError(text)
        amount = Decimal(number)
    else:
        times = SCALES.get(scale.casefold()) if scale else 1
        if times is None:
            raise ValueError(text)
        amount = plain_number(digits.rstrip(".,"), mark, scaled=times > 1) * times
    return -amount if sign == "-" else amount


def in_minor(amount: Decimal, currency: str, *, exact: bool = False) -> Money:
    """A sum in minor units; ValueError where it is too large, or (`exact`) has more decimals than the currency."""
    minor = amount.scaleb(minor_digits(currency))
    whole = minor.to_integral_value()
    if abs(whole) > _MOST or (exact and whole != minor):
        raise ValueError(str(amount))
    return Money(int(whole), currency)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，＋－", "0123456789.,+-")


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
    # Thousands, or lakhs: 12,34,567.
    return 1 <= len(first) <= 3 and len(others[-1]) == 3 and all(len(group) in {2, 3} for group in others[:-1])


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
