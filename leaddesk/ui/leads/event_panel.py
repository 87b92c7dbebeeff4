"""Records what a lead did, by hand: a kind of the playbook, the day, a remark."""

from __future__ import annotations

from datetime import datetime, time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.errors import LeadDeskError
from leaddesk.operations.leads import add_event
from leaddesk.qualify.terms import Instant
from leaddesk.ui import figures, wording
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_KEY = Qt.ItemDataRole.UserRole
_TALL = 230


class EventPanel(Overlay):
    """Typing finds a kind, arrows choose it, Enter records it."""

    def __init__(self, desk: Desk, over: QWidget, lead: Lead) -> None:
        super().__init__(over, 480)
        self._desk, self._language, self._lead = desk, desk.language, lead.id
        self.about = lead.id
        title = self._say("title", lead=lead.title)
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self._say("find"))
        self.search.setAccessibleName(self._say("find"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        look(self.list, "kind", "checks")
        self.list.setAccessibleName(self._say("kinds"))
        self.list.setFixedHeight(_TALL)
        self.list.installEventFilter(self)
        self.list.itemDoubleClicked.connect(lambda _item: self.keep())
        for kind in desk.playbook.event_kinds:
            label = words.pick(kind.label, self._language)
            item = QListWidgetItem(f"{label}  ·  {figures.signed_points(kind.points)}")
            item.setData(_KEY, kind.key)
            self.list.addItem(item)
        self.day = DayField(desk.today())
        self.day.setAccessibleName(self._say("day"))
        self.day.kept.connect(lambda _day: self.keep())
        self.note = QLineEdit()
        self.note.setPlaceholderText(self._say("note"))
        self.note.setAccessibleName(self._say("note"))
        self.trouble = Text(tone="late", wrap=True)
        self.trouble.hide()
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(self.day)
        when.addWidget(self.note, 1)
        self.inside.addWidget(self.search)
        self.inside.addWidget(self.list)
        self.inside.addLayout(when)
        self.inside.addWidget(self.trouble)
        leave = CommandButton(self._say("cancel"), "Esc", "quiet")
        leave.clicked.connect(self.reject)
        self.save = CommandButton(self._say("save"), "Enter", "primary")
        self.save.clicked.connect(self.keep)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.save)
        self.inside.addLayout(buttons)
        self._narrow("")

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "events", key, **details)

    def begin(self) -> None:
        """Show it, the keyboard where a kind is found."""
        self.open(self.search)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        first = -1
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(wanted not in item.text().casefold())
            first = place if first < 0 and not item.isHidden() else first
        self.list.setCurrentRow(first)

    def keep(self) -> None:
        """Record it."""
        if self.list.currentRow() < 0:
            self._blame(self._say("none"))
            return
        self._desk.do(
            add_event,
            self._lead,
            str(self.list.currentItem().data(_KEY)),
            self._at(),
            self.note.text(),
            then=self._kept,
            refused=self._refused,
            failed=self._refused,
        )

    def _at(self) -> Instant | None:
        """Now where the day is today; else noon of that day."""
        day = self.day.day
        if day == self._desk.today():
            return None
        return round(datetime.combine(day, time(12)).astimezone().timestamp() * 1000)

    def _kept(self, _event: str) -> None:
        self.leave(accepted=True)

    def _refused(self, error: LeadDeskError) -> None:
        self._blame(wording.sentence(error, self._language, self._desk.playbook))

    def _blame(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records it from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            event.accept()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search field choose a kind; Enter anywhere records it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if watched is self.search and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
        return super().eventFilter(watched, event)

    def _step(self, towards: int) -> None:
        place = self.list.currentRow() + towards
        while 0 <= place < self.list.count() and self.list.item(place).isHidden():
            place += towards
        if 0 <= place < self.list.count():
            self.list.setCurrentRow(place)
