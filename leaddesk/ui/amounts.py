"""Reads sums and numbers as a buyer says them (`30k`, `€1.2m`, `200k usd`, `30万`), in the currency of the talk."""

from __future__ import annotations

import re
import unicodedata

from leaddesk.operations import values
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.terms import Money, minor_digits

# A currency that a sum without one is read in, to take the bare number out again.
_ANY = "EUR"


def usual_currency(question: Question, value: object, language: str) -> str:
    """The currency of a talk: that of what the lead is worth (`value`, where it is a sum), else one the question names.

    Of those it names, the one of the country whose language is spoken; else the first.
    """
    if isinstance(value, Money):
        return value.currency
    home = "CNY" if language == "zh_CN" else "EUR"
    named = [unit for answer in question.answers for unit in answer.sums or ()]
    return home if home in named or not named else named[0]


def read_money(text: str, currency: str) -> Money | None:
    """The sum a few words say; without a currency in them, in the one given. None where they say none."""
    words = _plain(text)
    for written in (words, f"{words} {currency}"):
        try:
            money = values.read_money(written)
        except ValueError:
            continue
        return money if money.minor >= 0 else None
    return None


def read_number(text: str) -> float | None:
    """The number a few words say, with k, m, 万, 亿 and thousands separators; None where they say none."""
    try:
        money = values.read_money(f"{_plain(text)} {_ANY}")
    except (ValueError, ArithmeticError):
        return None
    return float(money.minor / 10 ** minor_digits(_ANY))


def _plain(text: str) -> str:
    # NFKC turns the full-width digits and signs of Chinese input methods into the plain ones.
    words = unicodedata.normalize("NFKC", text).strip()
    words = re.sub(r"^(about|around|~|约|大约|大概)\s*", "", words, flags=re.IGNORECASE)
    return re.sub(r"(?<=[\d亿万])\s*(人民币|rmb|块)$", " CNY", words, flags=re.IGNORECASE)
