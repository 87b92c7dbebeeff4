"""How a board is looked at, as settings and saved views keep it: cards, swimlanes, columns folded by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.ui.board.card_art import Density

T = TypeVar("T", Density, Grouping)

_MOST_FOLDS = 200


@dataclass(frozen=True, slots=True)
class BoardLook:
    """How much a card shows, what parts the board into swimlanes, and by stage whether a column is to be wide."""

    density: Density = Density.ROOMY
    grouping: Grouping = Grouping.NONE
    folds: Mapping[str, bool] = field(default_factory=dict)


def look_as_data(look: BoardLook) -> dict[str, object]:
    """A look as JSON can hold it."""
    return {"density": str(look.density), "lanes": str(look.grouping), "folds": dict(sorted(look.folds.items()))}


def look_from(data: object) -> BoardLook | None:
    """A look from what was read of JSON; what makes no sense is as usual, None where nothing does."""
    if not isinstance(data, dict):
        return None
    folds = data.get("folds")
    wide = {stage: on for stage, on in folds.items() if isinstance(on, bool)} if isinstance(folds, dict) else {}
    return BoardLook(
        known(Density, data.get("density"), Density.ROOMY),
        known(Grouping, data.get("lanes"), Grouping.NONE),
        dict(list(wide.items())[:_MOST_FOLDS]),
    )


def known(kinds: type[T], text: object, usual: T) -> T:
    """The kind a text names; the usual one where it names none."""
    return kinds(text) if isinstance(text, str) and text in set(kinds) else usual


def read_folds(kept: str) -> dict[str, bool]:
    """Which columns the person wants wide, as kept: `new=0,lost=1`."""
    pairs = (part.partition("=") for part in kept.split(",") if part)
    return {stage: wide == "1" for stage, _, wide in pairs}


def written_folds(folds: Mapping[str, bool]) -> str:
    """As they are kept among the settings."""
    return ",".join(f"{stage}={int(wide)}" for stage, wide in folds.items())
