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

    @property
    def is_knowledge(self) -> bool:
        """Whether the buyer told something: yes, partly or no."""
        # By identity: hashing a member calls Python, and sweeps over many leads ask this most.
        return self is Standing.YES or self is Standing.PARTLY or self is Standing.NO


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


# Decimal places of ISO 4217 where they are not two.
_NO_MINOR = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def minor_digits(currency: str) -> int:
    """How many decimal places a currency has."""
    if currency in _NO_MINOR:
        return 0
    return 3 if currency in _THREE else 2
