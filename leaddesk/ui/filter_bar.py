"""The row of filters above board and table: mine, source, stage, order, and finding by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Filters, Order
from leaddesk.ui.desk import Desk
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look

#: Typing rests so long before it is searched, in milliseconds.
_REST = 120
_ORDERS = (Order.URGENCY, Order.SCORE, Order.UP_TO, Order.VALUE)


class MenuChip(QPushButton):
    """A chip that opens a menu of choices, one of which holds: `name: choice ▾`."""

    chosen = Signal(object)

    def __init__(self, choices: Callable[[], Sequence[tuple[object, str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.value: object = None
        look(self, "kind", "chip")

    def say(self, name: str, choice: str, *, on: bool) -> None:
        """Show what holds now; `on`: it is not the usual."""
        text = f"{name}: {choice}" if name else choice
        self.setText(menu_words(f"{text} ▾"))
        self.setAccessibleName(text)
        look(self, "on", on)

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for value, text in self._choices():
            action = QAction(menu_words(text), self._menu)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _on, value=value: self._take(value))
            group.addAction(action)
            self._menu.addAction(action)

    def _take(self, value: object) -> None:
        self.value = value
        self.chosen.emit(value)


class FilterBar(QWidget):
    """Emits `changed()` when `filters` or `order` differ; Escape and Down in the search field emit `left()`."""

    changed = Signal()
    left = Signal()

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, with_order: bool = False, with_stage: bool = False
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.filters = Filters()
        self.order = Order.URGENCY
        self.mine = QPushButton()
        self.mine.setCheckable(True)
        look(self.mine, "kind", "chip")
        self.source = MenuChip(self._sources)
        self.owner = MenuChip(self._owners)
        self.stage = MenuChip(self._stages)
        self.ordered = MenuChip(self._orders)
        self.ordered.value = self.order
        self.clear = QPushButton()
        look(self.clear, "kind", "link")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.installEventFilter(self)
        self.told = Text(kind="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        for widget in (self.mine, self.source, self.owner, self.stage, self.ordered, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.told)
        row.addWidget(self.search)
        self.stage.setVisible(with_stage)
        self.ordered.setVisible(with_order)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(lambda: self._look(search=self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.mine.clicked.connect(lambda on: self._look(owner=self._desk.person if on else None))
        self.source.chosen.connect(lambda value: self._look(source=value))
        self.owner.chosen.connect(lambda value: self._look(owner=value))
        self.stage.chosen.connect(lambda value: self._look(stage=value))
        self.ordered.chosen.connect(self._sort)
        self.clear.clicked.connect(self.show_all)

    @property
    def narrowed(self) -> bool:
        """Whether some leads may be hidden by a filter."""
        return self.filters != Filters()

    def show_all(self) -> None:
        """Take all filters away."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.filters = Filters()
        self.retranslate()
        self.changed.emit()

    def begin(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        self.mine.setText(menu_words(self._say("mine")))
        self.mine.setVisible(bool(self._desk.person))
        self.mine.setChecked(bool(self._desk.person) and self.filters.owner == self._desk.person)
        source, owner, stage = self.filters.source, self.filters.owner, self.filters.stage
        self.source.value, self.owner.value, self.stage.value = source, owner, stage
        self.source.say(self._say("source"), self._named(source), on=source is not None)
        self.owner.say(self._say("owner"), self._named(owner), on=owner is not None)
        label = dict(self._stages()).get(stage, "") if self._desk.is_open else ""
        self.stage.say(self._say("stage"), label, on=stage is not None)
        self.ordered.say(self._say("order"), self._say(f"order_{self.order}"), on=False)
        self.clear.setText(menu_words(self._say("clear")))
        self.clear.setVisible(self.narrowed)
        self.search.setPlaceholderText(self._say("find"))
        self.search.setAccessibleName(self._say("find"))

    def _say(self, key: str) -> str:
        return words.say(self._desk.language, "filters", key)

    def _named(self, value: str | None) -> str:
        return self._say("any") if value is None else value or self._say("none")

    def _sources(self) -> list[tuple[object, str]]:
        return self._with_any(self._desk.get(leads.sources))

    def _owners(self) -> list[tuple[object, str]]:
        return self._with_any(self._desk.get(leads.owners))

    def _with_any(self, values: Sequence[str]) -> list[tuple[object, str]]:
        return [(None, self._say("any")), *((value, self._named(value)) for value in values)]

    def _stages(self) -> list[tuple[object, str]]:
        stages = self._desk.playbook.stages
        return [(None, self._say("any")), *((one.key, words.pick(one.label, self._desk.language)) for one in stages)]

    def _orders(self) -> list[tuple[object, str]]:
        return [(order, self._say(f"order_{order}")) for order in _ORDERS]

    def _sort(self, order: object) -> None:
        if isinstance(order, Order):
            self.order = order
            self.retranslate()
            self.changed.emit()

    def _look(self, **wanted: str | None) -> None:
        filters = replace(self.filters, **wanted)  # type: ignore[arg-type]
        if filters != self.filters:
            self.filters = filters
            self.retranslate()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape clears, then leaves; Down and Enter go to what was found."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                else:
                    self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
