"""The conditions of a filter as chips: Enter changes one, Backspace takes it away, O adds an alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.text import Text, menu_words, set_tooltip
from leaddesk.ui.theme import look

#: The right end of a chip, which takes it away.
_CROSS = 24
#: Longer ones are cut; whole in the tooltip.
_MOST = 420

_VERBS = {
    Qt.Key.Key_Return: "change",
    Qt.Key.Key_Enter: "change",
    Qt.Key.Key_Space: "change",
    Qt.Key.Key_Backspace: "drop",
    Qt.Key.Key_Delete: "drop",
    Qt.Key.Key_O: "beside",
    Qt.Key.Key_N: "oppose",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Left: "before",
    Qt.Key.Key_Down: "leave",
    Qt.Key.Key_Escape: "leave",
}


@dataclass(frozen=True, slots=True)
class ChipWords:
    """What a chip says; `trouble`: why it can never be met."""

    text: str
    trouble: str = ""


class Chip(QPushButton):
    """One condition. Emits `asked(verb)`: change, drop, beside, oppose, next, before, leave."""

    asked = Signal(str)

    def __init__(self, said: ChipWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = said
        look(self, "kind", "chip")
        look(self, "on", not said.trouble)
        look(self, "broken", bool(said.trouble))
        self.setAccessibleName(said.text)
        self.setAccessibleDescription(said.trouble)
        shown = self.fontMetrics().elidedText(said.text, Qt.TextElideMode.ElideRight, _MOST)
        mark = "⚠ " if said.trouble else ""
        self.setText(menu_words(f"{mark}{shown}   ×"))
        set_tooltip(self, said.trouble or (said.text if shown != said.text else ""))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a chip."""
        verb = _VERBS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if verb is not None and plain:
            self.asked.emit(verb)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross takes it away, the rest changes it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit("drop" if event.position().x() > self.width() - _CROSS else "change")


class ChipRow(QWidget):
    """Chips side by side. Emits `asked(verb, place)`, and `left()` where the keyboard goes on to what is filtered."""

    asked = Signal(str, int)
    left = Signal()
    turned = Signal()
    #: The id of a pinned view that was pressed.
    pinned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self.pins: list[QPushButton] = []
        self._shown: tuple[object, ...] | None = None
        self.joined = QPushButton()
        look(self.joined, "kind", "link")
        self.joined.setParent(self)
        self.told = Text(kind="small", tone="late", parent=self)
        self.joined.clicked.connect(self.turned)
        self._flow = Flow(6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, said: Sequence[ChipWords], joined: str, pins: Sequence[tuple[str, str, bool]] = ()) -> None:
        """Show these instead; `joined`: whether all or any must hold. The keyboard stays at its place.

        `pins`: the pinned views before them: id, name, whether it holds.
        """
        shown = (tuple(said), joined, tuple(pins))
        if shown == self._shown:
            self._check_pins(pins)
            return
        self._shown = shown
        here = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        pin = next((place for place, button in enumerate(self.pins) if button.hasFocus()), None)
        for gone in (*self.pins, *self.chips):
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._flow.removeWidget(self.joined)
        self._show_pins(pins)
        self._flow.addWidget(self.joined)
        self.chips = []
        for place, one in enumerate(said):
            chip = Chip(one, self)
            chip.asked.connect(lambda verb, place=place: self._do(verb, place))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.joined.setText(menu_words(joined))
        self.joined.setVisible(len(said) > 1)
        self.setVisible(bool(said) or bool(pins))
        self.updateGeometry()
        if pin is not None and pin < len(self.pins):
            self.pins[pin].setFocus(Qt.FocusReason.OtherFocusReason)
        if here is not None:
            self.stand_on(min(here, len(self.chips) - 1))

    def _check_pins(self, pins: Sequence[tuple[str, str, bool]]) -> None:
        """A press turns a button round by itself, whatever came of it."""
        for button, (_, _, holds) in zip(self.pins, pins, strict=True):
            button.setChecked(holds)

    def tell(self, trouble: str) -> None:
        """Say beside the chips why some of them can never be met."""
        self._flow.removeWidget(self.told)
        self.told.setText(trouble)
        self.told.setVisible(bool(trouble))
        if trouble:
            self._flow.addWidget(self.told)

    def _show_pins(self, pins: Sequence[tuple[str, str, bool]]) -> None:
        self.pins = []
        for view_id, name, holds in pins:
            button = QPushButton(self)
            look(button, "kind", "chip")
            button.setCheckable(True)
            button.setChecked(holds)
            shown = button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _MOST // 2)
            button.setText(menu_words(shown))
            button.setAccessibleName(name)
            set_tooltip(button, name if shown != name else "")
            button.clicked.connect(lambda _on, view_id=view_id: self.pinned.emit(view_id))
            self._flow.addWidget(button)
            button.show()
            self.pins.append(button)

    def stand_on(self, place: int) -> None:
        """The keyboard on a chip; where there is none, on what is filtered."""
        if 0 <= place < len(self.chips):
            self.chips[place].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _do(self, verb: str, place: int) -> None:
        if verb == "leave":
            self.left.emit()
        elif verb in ("next", "before"):
            there = place + (1 if verb == "next" else -1)
            self.stand_on(min(max(there, 0), len(self.chips) - 1))
        else:
            self.asked.emit(verb, place)
