"""Short messages at the bottom of the window, with one thing that can be done about them, most often Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.text import Text, menu_words

SHOWN_FOR = 7000  # milliseconds; a pointer resting on it keeps it
_WIDEST = 560  # pixels; longer messages take several lines
_ABOVE = 64  # the foot of a room, where its buttons are


class Toast(QFrame):
    """One message above the foot of `over`, on no button that leads on; a newer one or time puts it away."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("kind", "toast")
        self._over = over
        self._act: Callable[[], object] | None = None
        self._text = Text(wrap=False)
        self._button = QPushButton()
        self._button.clicked.connect(self._do)
        self._keys = KeyCap()
        row = self._row = QHBoxLayout(self)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._keys)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def show_message(
        self,
        text: str,
        action: str = "",
        act: Callable[[], object] | None = None,
        keys: str = "",
        *,
        stay: bool = False,
    ) -> None:
        """Say something; `action` is a button that does `act`. `stay`: until the next one."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._act = act
        self._button.setText(menu_words(action))
        self._button.setVisible(bool(action))
        self._row.setContentsMargins(16, 9, 10 if action or keys else 16, 9)
        self._keys.show_keys(keys)
        self._keys.setVisible(bool(keys))
        self._clock.stop()
        if not stay:
            self._clock.start(SHOWN_FOR)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @property
    def button(self) -> QPushButton:
        """What can be done."""
        return self._button

    def _do(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

    def _place(self) -> None:
        room = self._over.rect()
        most = min(_WIDEST, room.width() - 260)
        self._text.setMaximumWidth(max(120, most))
        self._text.setWordWrap(self._text.fontMetrics().horizontalAdvance(self._text.text()) > most)
        self.adjustSize()
        left = (room.width() - self.width()) // 2
        places = [QPoint(left, room.height() - self.height() - above) for above in (_ABOVE, 2 * _ABOVE)]
        places.append(QPoint(left, _ABOVE))
        self.move(next((place for place in places if not self._covers_at(place)), places[0]))

    def _covers_at(self, place: QPoint) -> bool:
        """Whether it would lie on a button that leads on: Save, Import, Finish."""
        here = QRect(place, self.size())
        return any(
            button.isVisible() and here.intersects(QRect(button.mapTo(self._over, QPoint()), button.size()))
            for button in self._over.findChildren(QPushButton)
            if button.property("kind") == "primary"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge when the window changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEvent) -> None:
        """A pointer on it stops the clock."""
        del event
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """And starts it again."""
        del event
        self._clock.start(SHOWN_FOR // 2)

    def mousePressEvent(self, event: object) -> None:
        """A click beside the button puts it away."""
        del event
        self.hide()
