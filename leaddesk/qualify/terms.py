"""The field's words as types: standings, points, instants, money."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias

#: Points in tenths: 8 points are 80. The only currency of a score (0–1000 is shown as 0–100).
Tenths: TypeAlias = int

#: Milliseconds since 1970-01-01 UTC.
Instant: TypeAlias = int

DAY: Instant = 24 * 60 * 60 * 1000


class Standing(enum.StrEnum):
    """What is known about a question or a criterion."""

    NOT_ASKED = "not_asked"
    EVADED = "evaded"
    UNKNOWN = "unknown"
    NO = "no"
    PARTLY = "partly"
    YES = "yes"

    #: Whether the buyer told something: yes, partly or no.
    is_knowledge: bool

    def __init__(self, value: str) -> None:
        self.is_knowledge = value in ("no", "partly", "yes")


class QuestionKind(enum.StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SEVERAL = "several"
    YES_NO = "yes_no"
    SCALE = "scale"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    TEXT = "text"


class StageKind(enum.StrEnum):
    """What standing in a stage means for the lead."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"
    NURTURE = "nurture"


class Temperature(enum.StrEnum):
    """How much interest was shown."""

    COLD = "cold"
    WARM = "warm"
    HOT = "hot"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in minor units (cents, 分) of one currency (ISO 4217); sums of two currencies are never added."""

    minor: int
    currency: str


def points(tenths: Tenths) -> int | float:
    """Tenths as a person reads them: 80 → 8, 85 → 8.5."""
    whole, rest = divmod(tenths, 10)
    return whole if rest == 0 else tenths / 10


#: The currencies in use, ISO 4217.
CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYI UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)

# Decimal places of ISO 4217 where they are not two.
_NO_MINOR = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def minor_digits(currency: str) -> int:
    """How many decimal places a currency has."""
    if currency in _NO_MINOR:
        return 0
    return 3 if currency in _THREE else 2
