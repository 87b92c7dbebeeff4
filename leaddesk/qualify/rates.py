"""Rates a person typed: sums of several currencies in one, with what was used and what has no rate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from leaddesk.qualify.terms import CURRENCIES, Money, minor_digits


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of other currencies is worth in `base`, on a day."""

    base: str = ""
    per: Mapping[str, Decimal] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """Sums together: `whole` in the base, `used` rates, and `beside` what no rate brings there."""

    whole: Money | None
    used: Mapping[str, Decimal]
    beside: tuple[Money, ...]


def total(sums: Mapping[str, int], rates: Rates) -> Total:
    """Sums by currency, in minor units, put together as far as rates allow; else they stand side by side.

    A single currency stays what it is, and so does everything where fewer than two could be put together.
    """
    known = {one: sums[one] for one in sums if one == rates.base or one in rates.per}
    if len(known) < 2 or not rates.base:
        return Total(None, {}, _side_by_side(sums))
    whole = sum((_in_base(amount, currency, rates) for currency, amount in known.items()), Decimal(0))
    used = {currency: rates.per[currency] for currency in sorted(known) if currency != rates.base}
    rest = {currency: amount for currency, amount in sums.items() if currency not in known}
    return Total(Money(int(whole.to_integral_value()), rates.base), used, _side_by_side(rest))


def _in_base(minor: int, currency: str, rates: Rates) -> Decimal:
    """A sum in minor units of the base."""
    rate = rates.per.get(currency, Decimal(1)) if currency != rates.base else Decimal(1)
    return Decimal(minor).scaleb(minor_digits(rates.base) - minor_digits(currency)) * rate


def _side_by_side(sums: Mapping[str, int]) -> tuple[Money, ...]:
    return tuple(Money(sums[currency], currency) for currency in sorted(sums, key=lambda one: (-sums[one], one)))


def read_rate(text: str) -> Decimal:
    """A rate as it is typed, `0.92` or `7,85`; ValueError where it is none above zero."""
    try:
        rate = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as trouble:
        raise ValueError(text) from trouble
    if not rate.is_finite() or not 0 < rate < 10**9:
        raise ValueError(text)
    return rate


def read_rates(kept: str) -> Rates:
    """Rates as `written_rates` wrote them; what cannot be read is left out."""
    try:
        data = json.loads(kept) if kept else {}
    except ValueError:
        return Rates()
    if not isinstance(data, dict) or data.get("base") not in CURRENCIES:
        return Rates()
    listed = data.get("per")
    per: dict[str, Decimal] = {}
    for currency, rate in listed.items() if isinstance(listed, dict) else ():
        try:
            if currency in CURRENCIES and currency != data["base"]:
                per[currency] = read_rate(str(rate))
        except ValueError:
            continue
    try:
        day = date.fromisoformat(str(data.get("day")))
    except ValueError:
        day = None
    return Rates(str(data["base"]), per, day)


def written_rates(rates: Rates) -> str:
    """Rates as they are kept."""
    per = {currency: str(rate) for currency, rate in sorted(rates.per.items())}
    return json.dumps({"base": rates.base, "day": rates.day.isoformat() if rates.day else "", "per": per})
