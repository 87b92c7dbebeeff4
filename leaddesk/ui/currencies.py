"""The usual currency, and sums of several in words: in one by rates a person typed, or side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from leaddesk import words
from leaddesk.qualify.rates import Rates, read_rates, total
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import CURRENCIES, Money
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import figures


def home_currency(language: str) -> str:
    """The currency of a sum that names none: the chosen one, else the one typed last, else that of the language."""
    settings = read_settings()
    wanted = settings.currency or settings.last_currency
    return wanted if wanted in CURRENCIES else "CNY" if language == "zh_CN" else "EUR"


def remember_currency(value: FactValue | None) -> None:
    """The currency of a sum somebody typed is the one typed last."""
    if isinstance(value, Money) and value.currency != read_settings().last_currency:
        change_settings(last_currency=value.currency)


def kept_rates() -> Rates:
    """The rates a person typed."""
    return read_rates(read_settings().rates)


def sums_told(sums: Mapping[str, int], rates: Rates, language: str) -> str:
    """Sums in one line: `€2.1M + ¥30k`, converted ones first and marked as such with ≈."""
    found = total(sums, rates)
    told = [figures.short_money(one, language) for one in found.beside]
    if found.whole is not None:
        told.insert(0, f"≈ {figures.short_money(found.whole, language)}")
    return " + ".join(told)


def rates_told(sums: Mapping[str, int], rates: Rates, language: str, today: date) -> str:
    """Which rates a line of sums used, and of what day they are; empty where none."""
    used = total(sums, rates).used
    if not used:
        return ""
    listed = ", ".join(f"1 {currency} = {rate} {rates.base}" for currency, rate in used.items())
    if rates.day is None:
        return words.say(language, "rates", "used", rates=listed)
    day = figures.calendar_day(rates.day, language, today)
    return words.say(language, "rates", "used_of", rates=listed, day=day)
