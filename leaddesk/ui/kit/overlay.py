"""A panel over the window that wants an answer first: the rest of the window is veiled and gets no keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from leaddesk.ui import shield
from leaddesk.ui.kit.panels import CommandButton, row
from leaddesk.ui.theme import colour, look

# Around the panel; in a window narrower than this there is less.
_MARGIN, _CLOSE, _ROOMY = 24, 10, 600

#: What a panel about several leads is about.
MANY = "many"


class Overlay(QWidget):
    """Covers the window of `over`. Add to `inside` (a vertical layout) and call `open`; Escape leaves.

    `closed(accepted)` is emitted once; then the overlay deletes itself and gives the focus back.
    """

    closed = Signal(bool)
    #: Nothing is filled in here that a click beside the panel could lose.
    only_asks = False
    #: The lead it tells of, by id; MANY: of several; empty: of nobody, or only of whom the call is with.
    about = ""

    def __init__(self, over: QWidget, width: int = 600) -> None:
        super().__init__(over.window())
        self._window = over.window()
        self._wide = width
        self._before: QWidget | None = None
        self._shielded_from_first = shield.is_up()
        self._named = ""
        self._inner: QWidget | None = None  # what has the focus once the shield is down again
        self._done = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panel = QFrame(self)
        look(self.panel, "kind", "panel")
        self.inside = QVBoxLayout(self.panel)
        inset = 22 if self._margin == _MARGIN else 16
        self.inside.setContentsMargins(inset, inset, inset, inset)
        self.inside.setSpacing(8)
        self._window.installEventFilter(self)
        self.hide()

    def open(self, focus: QWidget | None = None) -> None:
        """Show it, with the focus on the panel or on a widget in it."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.PopupFocusReason)
        self._heed_shield()

    @property
    def _margin(self) -> int:
        return _MARGIN if self._window.width() >= _ROOMY else _CLOSE

    @property
    def panel_width(self) -> int:
        """How wide the panel's inside is."""
        margins = self.inside.contentsMargins()
        room = self._window.width() - 2 * self._margin
        return min(self._wide, room) - margins.left() - margins.right()

    def offer(self, cancel: str, confirm: str = "", act: Callable[[], object] | None = None) -> CommandButton | None:
        """Buttons below, for those without a keyboard at hand: leaving, and what Enter does. Keys pass them by."""
        leave = CommandButton(cancel, "Esc", "quiet", parent=self)
        leave.clicked.connect(self.reject)
        last = CommandButton(confirm, "Enter", "primary", parent=self) if act is not None else None
        line = row(1, leave, spacing=8)
        if last is not None and act is not None:
            last.clicked.connect(lambda _on: act())
            line.addWidget(last)
        for button in (leave, last):
            if button is not None:
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.setContentsMargins(0, 8, 0, 0)
        self.inside.addLayout(line)
        return last

    def leave(self, accepted: bool = False) -> None:
        """Close it."""
        if self._done:
            return
        self._done = True
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit(accepted)
        self.deleteLater()

    def reject(self) -> None:
        """Leave without having done anything."""
        self.leave(accepted=False)

    def fit(self) -> None:
        """Give the panel the height of what it holds, once that has its sizes."""
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        around = self._margin
        room = self.rect().adjusted(around, around, -around, -around)
        width = min(self._wide, room.width())
        layout = self.inside
        layout.activate()
        tall = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(tall, room.height())
        top = room.top() + max(0, (room.height() - height) * 2 // 5)
        self.panel.setGeometry(room.left() + (room.width() - width) // 2, top, width, height)

    def _heed_shield(self) -> None:
        """Show nothing of a lead that must not be seen now, or not with the sums and scores already on the panel."""
        hidden = bool(self.about) and shield.is_up() and (shield.hides(self.about) or not self._shielded_from_first)
        if hidden is self.panel.isHidden():
            return
        if hidden:
            inner = QApplication.focusWidget()
            self._inner = inner if inner is not None and self.panel.isAncestorOf(inner) else None
            self._named = self.accessibleName()
            self.setFocus()
        self.setAccessibleName(self.tr("Hidden while the shield is on") if hidden else self._named)
        self.panel.setHidden(hidden)
        if not hidden:
            (self._inner or self).setFocus()

    # ── events ───────────────────────────────────────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        """Take the right size."""
        super().showEvent(event)
        self._place()
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window when its size changes."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keys stay here: no shortcut of the window acts meanwhile."""
        if event.type() == QEvent.Type.ShortcutOverride and not _is_shield(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.LanguageChange:
            self._heed_shield()
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; what nobody wants stays here."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the panel."""
        stops = [
            child
            for child in self.panel.findChildren(QWidget)
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not stops:
            return True
        here = QApplication.focusWidget()
        stops.sort(key=lambda child: (child.mapTo(self, QPoint()).y(), child.mapTo(self, QPoint()).x()))
        place = stops.index(here) if here in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil the window."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("veil"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel does nothing: what was filled in is not lost by it; it leaves a mere choice."""
        if self.only_asks and not self.panel.geometry().contains(event.position().toPoint()):
            self.reject()


def _is_shield(event: QEvent) -> bool:
    """The one key that acts through any panel: whoever shares the screen has no time to leave it first."""
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F12
