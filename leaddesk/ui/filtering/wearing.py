"""What of a room's look belongs to the view that holds there, and how the room looked before; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LookPart:
    """Something of a room's look that a view keeps under a key.

    `worn`: as it is now, as JSON can hold it; `read`: what was kept, as `worn` would give it back once the room wears
    it, None where there is nothing in it to wear; `wear` takes what `read` gave.
    """

    key: str
    worn: Callable[[], object]
    read: Callable[[object], object | None]
    wear: Callable[[object], object]


class Wearing:
    """The parts of one room's look. While a view brings its own, `own` keeps those of before, to be put back after."""

    def __init__(self) -> None:
        self.parts: list[LookPart] = []
        self.own: dict[str, object] = {}

    def show(self, look: Mapping[str, object]) -> None:
        """Let the room look as a view was kept; parts it says nothing of as before there was a view."""
        for part in self.parts:
            kept = part.read(look.get(part.key))
            if kept is not None:
                self.own.setdefault(part.key, part.worn())
                part.wear(kept)
            elif part.key in self.own:
                before = part.read(self.own.pop(part.key))
                if before is not None:
                    part.wear(before)

    def differs(self, look: Mapping[str, object]) -> bool:
        """Whether the room was made to look otherwise than a view was kept."""
        kept = ((part, part.read(look.get(part.key))) for part in self.parts)
        return any(data is not None and data != part.worn() for part, data in kept)

    def joined(self, look: Mapping[str, object]) -> dict[str, object]:
        """A view's look with this room as it looks now; what it says of other rooms stays."""
        return {**look, **{part.key: part.worn() for part in self.parts}}

    def saved(self) -> None:
        """A view was kept as the room looks: leaving it, the room stays so unless it wore another's before."""
        for part in self.parts:
            self.own.setdefault(part.key, part.worn())
