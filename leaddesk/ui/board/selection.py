"""Which cards are selected, so that something can be done with all of them at once; without Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


class Selection:
    """Lead numbers in the order they were selected, and the one a range is counted from."""

    def __init__(self) -> None:
        self._nos: dict[int, None] = {}
        self.anchor: int | None = None

    def __contains__(self, no: object) -> bool:
        return no in self._nos

    def __len__(self) -> int:
        return len(self._nos)

    @property
    def nos(self) -> tuple[int, ...]:
        """The selected ones, in order."""
        return tuple(self._nos)

    def clear(self) -> None:
        """Select none."""
        self._nos.clear()
        self.anchor = None

    def toggle(self, no: int) -> None:
        """Select one, or no longer."""
        if no in self._nos:
            del self._nos[no]
        else:
            self._nos[no] = None
        self.anchor = no

    def set_range(self, nos: Sequence[int], begin: int, end: int) -> None:
        """Select what lies between two places of a column, both included, and nothing else."""
        first, last = sorted((begin, end))
        self.set_all(nos[first : last + 1])

    def set_all(self, nos: Iterable[int]) -> None:
        """Select these and nothing else; the anchor stays."""
        self._nos = dict.fromkeys(nos)

    def keep(self, there: Collection[int]) -> bool:
        """Forget those that are not there any more; whether there were any."""
        gone = [no for no in self._nos if no not in there]
        for no in gone:
            del self._nos[no]
        return bool(gone)
