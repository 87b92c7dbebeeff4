"""Finds sums and numbers within a line: `200k`, `€12k`, `12.000,50 EUR`, `20-30万`, `三百来人`, `half a million`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from leaddesk.qualify.amounts import HAN_NUMBER, SCALES, SIGNS, han_number, plain_number
from leaddesk.qualify.terms import CURRENCIES

#: What a database and a spreadsheet can both hold.
_MOST = Decimal(2**53) / 1000


@dataclass(frozen=True, slots=True)
class AmountFound:
    """A number within other words, [start, end); of a range the lower one.

    `currency`: the one it names. `scaled`: counted in thousands or more by a word or sign. `han`: counted in 万 or 亿.
    `under`: it is a bound that was not reached. `each`: it is a price of one of many, a month or a day.
    `bare`: nothing but digits that could be a year or a number of any kind.
    """

    start: int
    end: int
    number: Decimal
    currency: str | None
    scaled: bool
    han: bool
    under: bool
    each: bool
    bare: bool

    @property
    def sure(self) -> bool:
        """Whether it is a sum by itself."""
        return self.currency is not None or self.scaled


_WORDS = {
    "euros?": "EUR",
    "dollars?|bucks": "USD",
    "pounds?|quid": "GBP",
    "francs?|franken": "CHF",
    "yuan|renminbi|kuai": "CNY",
    "yen": "JPY",
    "z[łl]oty(?:ch|s)?": "PLN",
    "刀": "USD",
}
_BY_SIGN = {sign.lower(): currency for sign, currency in SIGNS.items()}
# Words of every day that are codes of currencies as well.
_CODES = "|".join(sorted(code.lower() for code in CURRENCIES - {"ALL", "TOP", "TRY", "MOP", "LAK", "MAD", "CUP"}))
_CURRENCY = "|".join(
    [
        *(f"(?:{word})(?![a-z])" for word in _WORDS),
        *(re.escape(sign) for sign in sorted(_BY_SIGN, key=len, reverse=True)),
        f"(?<![a-z])(?:{_CODES})(?![a-z])",
        f"(?<=[kmnb])(?:{_CODES})(?![a-z])",
    ]
)
_SCALES = "|".join(sorted((scale for scale in SCALES if scale not in {"t", "百"}), key=len, reverse=True))
_SCALE = f"(?:{_SCALES})(?=[^a-z\u00e0-\u024f]|$|{_CURRENCY})"
_DIGITS = r"\d{1,3}(?:[., ']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_ENGLISH = (
    r"half a|a quarter of a|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety"
)
_ENGLISH_NUMBERS = {
    **{
        word: Decimal(number)
        for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
    },
    **{
        word: Decimal(10 * number)
        for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
    },
    "fifteen": Decimal(15),
    "a": Decimal(1),
    "half a": Decimal("0.5"),
    "a quarter of a": Decimal("0.25"),
}

_MORE = r"(?:多|来|余|几|\+| ?plus)"
# Half of one, and hundreds or thousands of which the number is not said.
_ODD = "半个亿|百(?=[来多余])|(?<=[上近])[百千](?=[人号名多个])|(?<=[上近])[百千]万"
_AMOUNT = re.compile(
    rf"(?P<before>(?<![a-z])(?:{_CURRENCY}))? ?"
    rf"(?:(?P<low>{_DIGITS}|{HAN_NUMBER}) ?{_MORE}?(?P<low_scale>个?(?:{_SCALE}))?"
    rf" ?(?:-|–|—|~|to|or|and|至|到|或) ?(?:{_CURRENCY})? ?)?"
    rf"(?:(?P<digits>{_DIGITS}) ?(?P<scale>个?(?:{_SCALE}))?|(?P<han>{_ODD}|{HAN_NUMBER}(?:个[万亿])?)|"
    rf"(?P<english>{_ENGLISH})[ -](?P<english_scale>hundred thousand|hundred|thousand|million|billion|grand))"
    rf"{_MORE}?(?P<hanscale>[万亿](?![一元]))? ?(?P<after>{_CURRENCY})?(?!个?(?:月|星期|季度|小时))",
)
_ENGLISH_SCALES = {"hundred": 100, "hundred thousand": 10**5}
_LATIN_BEFORE = re.compile(r"(?:[0-9a-z\u00e0-\u024f_#+/-]|[0-9a-z][.:]|\d,)$")
_LATIN = re.compile(r"[0-9a-z\u00e0-\u024f]")
_UNDER = re.compile(r"(?<!no )(?<!not )(?:under|below|less than|fewer than)\s*$|不到$|不足$|(?<!不)[少低]于$")
_EACH = re.compile(
    r"\s*(?:/|per|a|an|each|every|每)\s*(?:month|mo|seat|user|head|person|day|hour|week|licen[cs]e|piece|unit|call|"
    r"kg|月|人|天|席|小时|个|台|次|年?用户)|\s*(?:一个月|一个人|一人|一天|一台|一次|一张|一份|一小时)"
)
_EACH_BEFORE = re.compile(r"(?:每月|每个?人|每天|每席|一个月|每台|单价|人均|每年每人)\s*$")


def find_amounts(low: str) -> list[AmountFound]:
    """The sums and numbers of a line in lower case, from left to right; nothing that is a piece of something longer."""
    found: list[AmountFound] = []
    place = 0
    while match := _AMOUNT.search(low, place):
        amount = _amount(low, match)
        place = max(match.end(), match.start() + 1)
        if amount is not None:
            found.append(amount)
        elif match["low"]:
            # 3 to 5k in a context where the lower end is no number: the upper one alone.
            place = match.start() + 1
    return found


def _amount(low: str, match: re.Match[str]) -> AmountFound | None:
    start, end = match.span()
    while start < end and low[start] == " ":
        start += 1
    while end > start and low[end - 1] == " ":
        end -= 1
    if _is_piece(low, start, end):
        return None
    try:
        number, scale = _upper(match)
        number, scale = _lower(match, number, scale)
    except (ValueError, InvalidOperation):
        return None
    if not 0 <= number <= _MOST:
        return None
    currency = _currency(match["before"]) or _currency(match["after"])
    han = scale >= 10**4 and re.search("[万萬亿億w]", match[0]) is not None
    digits = match["digits"]
    return AmountFound(
        start=start,
        end=end,
        number=number,
        currency=currency,
        scaled=scale >= 1000 or (match["english"] is not None and number >= 1000),
        han=han,
        under=_UNDER.search(low, 0, start) is not None,
        each=_EACH.match(low, end) is not None or _EACH_BEFORE.search(low, 0, start) is not None,
        bare=currency is None and scale == 1 and digits is not None and digits.isdecimal(),
    )


def _upper(match: re.Match[str]) -> tuple[Decimal, int]:
    """The number of a match, of a range the upper one, and the scale it was counted in."""
    if match["english"]:
        scale = match["english_scale"]
        size = _ENGLISH_SCALES.get(scale) or SCALES[scale]
        return _ENGLISH_NUMBERS[match["english"]] * size, size
    if match["han"]:
        return _han(match["han"], match["hanscale"])
    written = (match["scale"] or match["hanscale"] or "").removeprefix("个")
    scale = SCALES[written] if written else 1
    return plain_number(match["digits"], scaled=scale > 1) * scale, scale


def _han(text: str, after: str | None) -> tuple[Decimal, int]:
    if text.startswith("半个"):
        scale = SCALES[text[-1]]
        return Decimal(scale) / 2, scale
    if text[0] in "百千":
        return Decimal(SCALES[text]), SCALES[text]
    scale = SCALES[after] if after else 1
    if len(text) > 2 and text[-2] == "个":
        scale, text = SCALES[text[-1]], text[:-2]
    number = han_number(text)
    if number is None:
        raise ValueError(text)
    largest = max((SCALES[letter] for letter in text if letter in "万萬亿億"), default=1)
    return Decimal(number) * scale, max(scale, largest)


def _lower(match: re.Match[str], number: Decimal, scale: int) -> tuple[Decimal, int]:
    """The lower end of a range; without a scale of its own it is counted in that of the upper end."""
    if not match["low"]:
        return number, scale
    written = (match["low_scale"] or "").removeprefix("个")
    if re.fullmatch(HAN_NUMBER, match["low"]):
        han = han_number(match["low"])
        if han is None:
            raise ValueError(match["low"])
        least = Decimal(han)
    else:
        least = plain_number(match["low"], scaled=bool(written) or scale > 1)
    own = SCALES[written] if written else 1
    if own == 1 and least < 10**3 and least * scale <= number:
        own = scale
    least *= own
    if least > number:
        raise ValueError(match[0])
    return least, max(own, scale)


def _currency(text: str | None) -> str | None:
    if not text:
        return None
    if text in _BY_SIGN:
        return _BY_SIGN[text]
    if text.upper() in CURRENCIES:
        return text.upper()
    return next(currency for word, currency in _WORDS.items() if re.fullmatch(word, text))


def _is_piece(low: str, start: int, end: int) -> bool:
    """Whether a match lies within a longer word, number, version, share or phone number."""
    if start and _LATIN.match(low[start]) and _LATIN_BEFORE.search(low[max(start - 2, 0) : start]):
        return True
    if (
        start
        and re.match(HAN_NUMBER, low[start])
        and re.match("[0-9零一二两三四五六七八九十百千万亿第]", low[start - 1])
    ):
        return True
    if start and low[start - 1] in "第几":
        return True
    following = low[end : end + 3]
    if re.match(r"\s?[%°‰]|[.,:/'-]\d|[0-9_]|\s?[x×]\s?\d", following):
        return True
    if _LATIN.match(low[end - 1]) and re.match(r"[a-z\u00e0-\u024f]", following):
        return True
    # 020 7946 0958, +86 138 0013 8000: groups of digits before or after.
    return re.search(r"[+(]?\d[\d()]*[ -]$", low[:start]) is not None or re.match(r" \d{2,}", low[end:]) is not None
