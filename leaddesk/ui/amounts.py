"""Reads sums and numbers as a buyer says them (`30k`, `€1.2m`, `200k usd`, `30万`), in the currency of the talk."""

from __future__ import annotations

import re
import unicodedata

from leaddesk.qualify.amounts import in_minor, read_amount, split_currency
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.terms import Money


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
    try:
        rest, named = split_currency(_plain(text))
        money = in_minor(read_amount(rest), named or currency, exact=True)
    except ValueError:
        return None
    return money if money.minor >= 0 else None


def read_number(text: str) -> float | None:
    """The number a few words say, with k, m, 万, 亿 and thousands separators; None where they say none."""
    try:
        return float(read_amount(_plain(text)))
    except ValueError:
        return None


def _plain(text: str) -> str:
    # NFKC turns the full-width digits and signs of Chinese input methods into the plain ones.
    words = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"^(about|around|~|约|大约|大概)\s*", "", words, flags=re.IGNORECASE)
