"""What a person can choose for a file: encodings, delimiters, orders of days, currencies, fields, with their words."""

from __future__ import annotations

from leaddesk import words
from leaddesk.exchange.days import ORDERS
from leaddesk.exchange.dialects import DELIMITERS
from leaddesk.exchange.encodings import ENCODINGS
from leaddesk.exchange.mapping import CUSTOM, SKIP
from leaddesk.qualify.fields import FIELDS

Options = list[tuple[str, str]]

_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
_CURRENCIES = (
    "CNY USD EUR GBP JPY HKD TWD KRW SGD INR CHF CAD AUD BRL MXN PLN CZK HUF SEK NOK DKK TRY RUB ZAR AED".split()
)
_HEADER_LINES = 12


def say(language: str, key: str, **details: object) -> str:
    """A sentence of the import."""
    return words.say(language, "imports", key, **details)


def counted(count: int) -> int | str:
    """A count for a sentence: 1 as it is, since it picks the singular; more with their thousands apart."""
    return count if count == 1 else f"{count:,}"


def encodings(language: str, present: str) -> Options:
    """Encodings, the present one among them."""
    names = ENCODINGS if plain_encoding(present) in ENCODINGS else (*ENCODINGS, present)
    return [(name, _named(language, f"encoding_{name}", name)) for name in names]


def plain_encoding(name: str) -> str:
    """UTF-8 with a mark at its start is UTF-8 to a person; GBK is a part of GB18030."""
    return {"utf-8-sig": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}.get(
        name, name
    )


def delimiters(language: str, present: str) -> Options:
    """Delimiters, the present one among them."""
    signs = [sign for sign in DELIMITERS if sign in _SIGNS]
    signs += [] if present in signs else [present]
    return [(sign, say(language, _SIGNS[sign]) if sign in _SIGNS else repr(sign).strip("'")) for sign in signs]


def header_lines(language: str, present: int) -> Options:
    """Lines the names of the columns may stand in."""
    lines = sorted({*range(1, _HEADER_LINES + 1), present} - {0})
    return [("0", say(language, "no_header")), *((str(line), str(line)) for line in lines)]


def date_orders(language: str) -> Options:
    """Orders of day, month and year."""
    return [(order, say(language, order)) for order in ORDERS]


def currencies(present: str) -> Options:
    """Currencies, the present one among them."""
    return [(code, code) for code in dict.fromkeys([*_CURRENCIES, present])]


def fields(language: str) -> Options:
    """What a column may become."""
    named = [(field.key, words.say(language, "fields", field.key)) for field in FIELDS]
    return [(CUSTOM, say(language, "custom")), (SKIP, say(language, "skip")), *named]


def _named(language: str, key: str, name: str) -> str:
    said = say(language, key)
    return name if said == key else said
