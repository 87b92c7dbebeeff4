"""Numbers, sums and phrases as they are typed into fields, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.terms import CURRENCIES

_SUM = re.compile(r"\s*(?:([A-Za-z]{3})\s*([\d.]+)|([\d.]+)\s*([A-Za-z]{3}))\s*")


def number_of(text: str) -> object:
    """A number as it is typed; the text itself where it is none, so that the check can name it; None for nothing."""
    bare = text.strip().replace("−", "-").replace(",", ".")
    if not bare:
        return None
    try:
        number = float(bare)
    except ValueError:
        return text.strip()
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def shown_number(value: object) -> str:
    """A number as it is typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def sums_of(text: str) -> dict[str, int | float] | None:
    """Sums as they are typed ("EUR 50000, CNY 400000"); None where one cannot be read."""
    sums: dict[str, int | float] = {}
    for part in re.split(r"[,，;；·\n]", text):
        if not part.strip():
            continue
        found = _SUM.fullmatch(part)
        number = number_of((found.group(2) or found.group(3)) if found else "")
        currency = ((found.group(1) or found.group(4)) if found else "").upper()
        if currency not in CURRENCIES or not isinstance(number, int | float):
            return None
        sums[currency] = number
    return sums


def shown_sums(value: object) -> str:
    """Sums as they are typed."""
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    return " · ".join(f"{currency} {shown_number(amount)}" for currency, amount in value.items())


def phrases_of(text: str) -> list[str]:
    """What is heard, a phrase a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def shown_phrases(one: Data, language: str) -> str:
    """The phrases of a language, a line each."""
    found = one.get("hears")
    listed = found.get(language) if isinstance(found, Mapping) else None
    return "\n".join(str(each) for each in (listed if isinstance(listed, list) else [listed] if listed else []))
