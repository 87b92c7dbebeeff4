"""The shield, while others see the screen: sums, scores and other customers' names become dots where they become words.

One for the program, down at its start and never remembered. What is shown asks here while it is shown; raising and
lowering it lets every window say itself anew, see `ui/shielding.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.db.records import Card

#: What stands in place of what is hidden: always as long, whatever it hides.
DOTS = "•••"


@dataclass
class _Shield:
    up: bool = False
    own: str = ""
    own_title: str = ""


_shield = _Shield()


def is_up() -> bool:
    """Whether others see the screen."""
    return _shield.up


def put(*, up: bool) -> None:
    """Raise or lower it."""
    _shield.up = up


def speak_with(lead: str, title: str = "") -> None:
    """Whose call goes on: they know their own name. Empty: nobody's."""
    _shield.own, _shield.own_title = lead, title


def hides(lead: str) -> bool:
    """Whether who a lead is must not be seen."""
    return _shield.up and lead != _shield.own


def figure(shown: str) -> str:
    """A sum or a score as it may be seen."""
    return DOTS if _shield.up else shown


def name(title: str) -> str:
    """A name in a sentence as it may be seen: only that of whom the call is with."""
    return DOTS if _shield.up and title != _shield.own_title else title


def card(known: Card) -> Card:
    """A card as it may be seen: stage, letters and days stay; sums and scores are hidden where they become words."""
    if not hides(known.id):
        return known
    step = replace(known.next_step, text="") if known.next_step is not None else None
    return replace(known, title=DOTS, company="", job="", source="", external_id="", next_step=step)
