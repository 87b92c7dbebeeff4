"""Reads the text of a cell as the value its field keeps; what cannot be read is said, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from leaddesk.exchange.days import find_order, read_day
from leaddesk.exchange.sums import currency_in, decimal_mark, read_money, read_number, scale_in
from leaddesk.qualify.fields import FIELD, Field, FieldKind
from leaddesk.qualify.state import FactValue

#: What programs write into a cell that holds nothing. `unknown` is a value: many people choose it on purpose.
NOTHING = frozenset(
    "- -- --- — – ― － ／ / . n/a #n/a n.a. nan null (null) \\n nil #ref! #value! #name? #div/0! undefined select "
    "--none-- 请选择 暂无 未填写 未填".split()
) | {"", "please select", "-- select --", "- select -", "(blank)"}
#: All of them are shorter.
NOTHING_LENGTH = 16
_YES = frozenset("yes y true t 1 x ✓ ✔ √ on ja j oui si sí sim 是 有 对 真 已 是的 勾选".split())
_NO = frozenset("no n false f 0 off nein non não 否 无 没有 不 不是 错 假 未".split())
_ORIGINS = {
    "inbound": "inbound",
    "主动咨询": "inbound",
    "outbound": "outbound",
    "主动开发": "outbound",
    "referral": "referral",
    "推荐": "referral",
    "转介绍": "referral",
}
_JOINED = " ::: "
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
#: Addresses nobody doubts, but for two dots in a row and one at the start.
ADDRESS = re.compile(r"[A-Za-z0-9._%+'&/=~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
_WITH_NAME = re.compile(r".*<([^<>\s]+@[^<>\s]+)>\s*")
_PHONE_LETTERS = re.compile(r"(ext(ension)?\.?|x|分机号?|转|tel\.?|phone|mob(ile)?\.?|[电手机话：:#*])", re.IGNORECASE)
_NO_PHONE_SIGNS = str.maketrans("", "", " +-().,/\u00a0–—_[]~\u2011'")


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes its values. `stages`: folded names of stages to their keys. `scale`: what sums count in."""

    order: str = "dmy"
    mark: str = "."
    currency: str = "USD"
    scale: int = 1
    stages: Mapping[str, str] = field(default_factory=dict)


class _Cell(NamedTuple):
    """What a reader looks at."""

    asked: Field
    text: str
    style: Style


def column_style(
    key: str,
    header: str,
    texts: Iterable[str],
    *,
    order: str | None = None,
    currency: str = "USD",
    stages: Mapping[str, str] | None = None,
) -> Style:
    """The style of a column, found over all its values; an order and a currency a person chose are kept."""
    values = [text for text in texts if not is_nothing(text)]
    kind = FIELD[key].kind if key in FIELD else FieldKind.TEXT
    if kind is FieldKind.DATE:
        return Style(order=order or find_order(values)[0])
    if kind in {FieldKind.MONEY, FieldKind.NUMBER}:
        return Style(mark=decimal_mark(values), currency=currency_in(header) or currency, scale=scale_in(header))
    return Style(stages=stages or {})


def fold(text: str) -> str:
    """A name for comparing: one form of widths and cases, letters and digits only."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def clean(text: str) -> str:
    """A cell without blank edges, zero bytes and the ="…" with which spreadsheets keep leading zeros."""
    text = text.strip().strip("\ufeff\u200b")
    if text.startswith('="'):
        match = _TEXT_FORMULA.fullmatch(text)
        text = match[1].strip() if match else text
    return text


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: blank, N/A, －, Select …"""
    text = text.strip()
    return len(text) < NOTHING_LENGTH and text.casefold() in NOTHING


def read_values(key: str, text: str, style: Style) -> list[FactValue]:
    """The values a cell holds for a field: none, one, or several where phones and mails share a cell.

    Raises ValueError where the text is not what the field asks for.
    """
    text = clean(text)
    if is_nothing(text):
        return []
    asked = FIELD[key]
    if text == "-1" and asked.kind not in {FieldKind.MONEY, FieldKind.LONG_TEXT} and key != "external_id":
        return []
    return _READERS.get(asked.kind, _text)(_Cell(asked, text, style))


def is_exact(key: str, text: str) -> bool:
    """Whether the value read says all the text said; `51-200` read as 51 does not."""
    return FIELD[key].kind is not FieldKind.NUMBER or re.fullmatch(r"[\d.,'\s]+", clean(text)) is not None


def _text(cell: _Cell) -> list[FactValue]:
    text = cell.text.replace(_JOINED, ", ")
    return [text if cell.asked.kind is FieldKind.LONG_TEXT else " ".join(text.split())]


def _number(cell: _Cell) -> list[FactValue]:
    amount = read_number(cell.text, cell.style.mark) * cell.style.scale
    if amount < 0 or amount > 2**53:
        raise ValueError(cell.text)
    return [round(amount)]


def _money(cell: _Cell) -> list[FactValue]:
    money = read_money(cell.text, cell.style.currency, cell.style.mark, cell.style.scale)
    if money.minor < 0:
        raise ValueError(cell.text)
    return [money]


def _day(cell: _Cell) -> list[FactValue]:
    return [read_day(cell.text, cell.style.order)]


def _yes_no(cell: _Cell) -> list[FactValue]:
    folded = cell.text.casefold()
    if folded not in _YES and folded not in _NO:
        raise ValueError(cell.text)
    return [folded in _YES]


def _choice(cell: _Cell) -> list[FactValue]:
    found = _ORIGINS.get(cell.text.casefold())
    if found not in cell.asked.choices:
        raise ValueError(cell.text)
    return [found]


def _stage(cell: _Cell) -> list[FactValue]:
    key = cell.style.stages.get(fold(cell.text))
    if key is None:
        raise ValueError(cell.text)
    return [key]


def _tags(cell: _Cell) -> list[FactValue]:
    parts = (part.strip().lstrip("*#").strip() for part in re.split(r":::|[,;，；、|\n]", cell.text))
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part and not is_nothing(part)))


def _mails(cell: _Cell) -> list[FactValue]:
    text = re.sub(r"[^\S\n]+", " ", cell.text)
    parts = re.split(r":::|[;,，；、\n]| (?=[^<>\s]*@)", text)
    return list(dict.fromkeys(_mail(part) for part in parts if part.strip()))


def _mail(text: str) -> str:
    text = text.strip().strip("'").removeprefix("mailto:")
    with_name = _WITH_NAME.fullmatch(text)
    text = with_name[1] if with_name else text
    if ADDRESS.fullmatch(text) and ".." not in text and not text.startswith("."):
        return text
    # The plain majority is settled above; only what is unusual pays for the exact grammar.
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError(text) from None
    return text


def _phones(cell: _Cell) -> list[FactValue]:
    return list(dict.fromkeys(_phone(part) for part in re.split(r":::|[;；、，\n]|\s/\s", cell.text) if part.strip()))


def _phone(text: str) -> str:
    text = " ".join(text.split()).lstrip("'")
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if not 4 <= sum(map(str.isdigit, text)) <= 24:
        raise ValueError(text)
    rest = _PHONE_LETTERS.sub("", text).translate(_NO_PHONE_SIGNS)
    if rest and not rest.isdigit():
        raise ValueError(text)
    return text


def _link(cell: _Cell) -> list[FactValue]:
    first = cell.text.split(_JOINED, maxsplit=1)[0].split(maxsplit=1)[0]
    if "." not in first or "@" in first or len(cell.text.split()) > 3:
        raise ValueError(cell.text)
    return [first]


_READERS: dict[FieldKind, Callable[[_Cell], list[FactValue]]] = {
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _day,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.STAGE: _stage,
    FieldKind.TAGS: _tags,
    FieldKind.EMAIL: _mails,
    FieldKind.PHONE: _phones,
    FieldKind.LINK: _link,
}
