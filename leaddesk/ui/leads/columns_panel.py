"""Chooses the columns of the table: checked ones are shown, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from leaddesk import words
from leaddesk.qualify.playbook import Playbook
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.leads.columns import USUAL, Column, column_label
from leaddesk.ui.leads.section import link_button
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_KEY = Qt.ItemDataRole.UserRole
_TALL = 420


class ColumnsPanel(Overlay):
    """Emits `chosen(keys)`; none where they are the usual ones. Space checks, Alt and an arrow moves, Enter is done."""

    chosen = Signal(tuple)

    def __init__(
        self,
        over: QWidget,
        known: Mapping[str, Column],
        shown: Sequence[Column],
        playbook: Playbook,
        language: str,
    ) -> None:
        super().__init__(over, 460)
        self._known, self._playbook, self._language = known, playbook, language
        self.setAccessibleName(self._say("title"))
        self.inside.addWidget(Text(self._say("title"), "title"))
        self.inside.addWidget(Text(self._say("text"), "mute", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self._say("find"))
        self.search.setAccessibleName(self._say("find"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.inside.addWidget(self.search)
        self.list = QListWidget()
        look(self.list, "kind", "checks")
        self.list.setAccessibleName(self._say("title"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setFixedHeight(_TALL)
        self.list.installEventFilter(self)
        self.inside.addWidget(self.list)
        self._fill([column.key for column in shown])
        self._make_buttons()

    def _say(self, key: str) -> str:
        return words.say(self._language, "columns", key)

    def _make_buttons(self) -> None:
        usual = link_button(self._say("usual"), lambda: self._fill([column.key for column in USUAL]))
        leave = CommandButton(self._say("cancel"), "Esc", "quiet")
        leave.clicked.connect(self.reject)
        done = CommandButton(self._say("done"), "Enter", "primary")
        done.clicked.connect(self.finish)
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addWidget(usual)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(done)
        self.inside.addLayout(line)

    def _fill(self, shown: Sequence[str]) -> None:
        """The shown ones first, in their order."""
        self.list.clear()
        for key in [*shown, *(key for key in self._known if key not in shown)]:
            if key not in self._known:
                continue
            item = QListWidgetItem(column_label(self._known[key], self._playbook, self._language))
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._narrow(self.search.text())

    def begin(self) -> None:
        """Show it, the keyboard on the list."""
        self.open(self.list)

    @property
    def keys(self) -> tuple[str, ...]:
        """The checked columns, in their order."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        first = None
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(wanted not in item.text().casefold())
            first = item if first is None and not item.isHidden() else first
        if first is not None and (self.list.currentItem() is None or self.list.currentItem().isHidden()):
            self.list.setCurrentItem(first)

    def move_item(self, towards: int) -> None:
        """The current column changes places with the next one that is seen."""
        place = self.list.currentRow()
        there = place + towards
        while 0 <= there < self.list.count() and self.list.item(there).isHidden():
            there += towards
        if place >= 0 and 0 <= there < self.list.count():
            item = self.list.takeItem(place)
            self.list.insertItem(there, item)
            self.list.setCurrentItem(item)

    def finish(self) -> None:
        """These columns from now on; with none checked the usual ones."""
        keys = self.keys
        self.chosen.emit(() if keys == tuple(column.key for column in USUAL) else keys)
        self.leave(accepted=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list and of the field above it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.finish()
                return True
            if watched is self.list and alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_item(1 if key == Qt.Key.Key_Down else -1)
                return True
            if watched is self.search and key == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
