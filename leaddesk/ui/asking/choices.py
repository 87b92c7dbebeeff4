"""Rows that are chosen by a digit, by arrows, or by a click, with one focus for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.asking.keypad import KeyPad
from leaddesk.ui.kit.options import OptionRow


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the digit that chooses it, its words, what stands at its end and beneath."""

    digit: int
    label: str
    tail: str = ""
    beneath: str = ""


class Choices(KeyPad):
    """`picked(digit)` by digit, click, or Space and Enter on the row the arrows point at.

    `confirmed()` for Enter while they point at none.
    """

    picked = Signal(int)
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._pointed: int | None = None
        self._chosen: frozenset[int] = frozenset()
        self._mark = ""
        self._rows: list[Row] = []
        self._frames: list[OptionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 if compact else 7)
        self.digit.connect(self._digit)
        self.arrow.connect(self._point)
        self.entered.connect(self._enter)
        self.spaced.connect(self._take_pointed)
        self.focused.connect(self._focus)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is offered."""
        return tuple(self._rows)

    @property
    def chosen(self) -> frozenset[int]:
        """The digits that are painted as chosen."""
        return self._chosen

    @property
    def mark(self) -> str:
        """What stands at the end of the chosen rows in place of their tail."""
        return self._mark

    def offer(self, rows: Sequence[Row]) -> None:
        """Show these rows; the same number of them is said anew in place."""
        if self._rows == list(rows):
            return
        if [row.digit for row in self._rows] != [row.digit for row in rows]:
            self._remake(rows)
        self._pointed = None
        self._rows = list(rows)
        self._paint()

    def _remake(self, rows: Sequence[Row]) -> None:
        for old in self._frames:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._frames = []
        for row in rows:
            frame = OptionRow(str(row.digit), row.label, self, compact=self._compact)
            # One focus for all rows: a rep moves between the question and the note, not from answer to answer.
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            inside = frame.layout()
            if inside is not None and not self._compact:
                inside.setContentsMargins(14, 7, 14, 7)
            frame.chosen.connect(self._click)
            self._column.addWidget(frame)
            self._frames.append(frame)

    def choose(self, digits: frozenset[int], mark: str = "") -> None:
        """Paint these rows as chosen, with a mark (such as *saving*) in place of their tail."""
        self._chosen, self._mark = digits, mark
        self._paint()

    def _paint(self) -> None:
        for number, (row, frame) in enumerate(zip(self._rows, self._frames, strict=True)):
            chosen = row.digit in self._chosen
            frame.say(row.label, row.beneath, self._mark if chosen and self._mark else row.tail)
            frame.set_on(chosen)
            theme.look(frame, "pointed", number == self._pointed and self.hasFocus())
        said = [row.label for row in self._rows if row.digit in self._chosen]
        self.setAccessibleDescription(", ".join(said))

    def _click(self, digit: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.picked.emit(int(digit))

    def _digit(self, digit: int) -> None:
        if any(row.digit == digit for row in self._rows):
            self._pointed = None
            self.picked.emit(digit)

    def _point(self, by: int) -> None:
        if self._rows:
            start = -1 if by > 0 else 0
            self._pointed = ((start if self._pointed is None else self._pointed) + by) % len(self._rows)
            self._paint()

    def _take_pointed(self) -> bool:
        if self._pointed is None:
            return False
        digit, self._pointed = self._rows[self._pointed].digit, None
        self._paint()
        self.picked.emit(digit)
        return True

    def _enter(self) -> None:
        if not self._take_pointed():
            self.confirmed.emit()

    def _focus(self, here: bool) -> None:
        if not here:
            self._pointed = None
        self._paint()
