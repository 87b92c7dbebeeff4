"""The table of leads: columns as chosen, wide as their words need, sorted by their heads; keys for all of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from leaddesk.db.reads.filters import Sort
from leaddesk.db.records import Card
from leaddesk.ui import theme
from leaddesk.ui.leads.cell_art import ROW, CellDelegate
from leaddesk.ui.leads.checks import FrozenChecks
from leaddesk.ui.leads.columns import CHECK, NAME, Column, Look
from leaddesk.ui.leads.table_model import LeadTableModel
from leaddesk.ui.leads.widths import needed, share, steps
from leaddesk.ui.theme import look

#: So many leads from the top are measured for the widths of columns.
_MEASURED = 60
#: So long after the last drag of a head's edge its width is kept, in milliseconds.
_SETTLED = 250
#: So many chosen leads stay chosen when the order is read anew.
_REMEMBERED = 5000
#: So few are sought one by one in an order of any length; more only in an order no longer than this.
_SOUGHT, _SCANNED = 20, 100_000
Index = QModelIndex | QPersistentModelIndex
_FLAG = QItemSelectionModel.SelectionFlag


class LeadTable(QTableView):
    """Emits `current_changed()`, `opened()` on Enter or a double click, `deleted()`, `menu_wanted(place)`.

    `edit_wanted()`: the current cell is to be changed; `look_changed(Look)`: a person wants it otherwise from now on;
    `head_menu_wanted(column key, place)`.
    """

    current_changed = Signal()
    opened = Signal()
    deleted = Signal()
    menu_wanted = Signal(QPoint)
    edit_wanted = Signal()
    look_changed = Signal(object)
    head_menu_wanted = Signal(str, QPoint)
    #: A single letter that acts on the lead, as on the board.
    lettered = Signal(str)

    def __init__(self, model: LeadTableModel, look_at_first: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_no: int | None = None
        self._shown_row = -1
        self._chosen: array[int] | None = None  # the numbers of several chosen leads, while the order is read anew
        self._key = NAME  # of the current column
        self._needs: dict[str, int] = {}
        self._by_hand: dict[str, int] = {}
        self._columns: tuple[str, ...] = ()  # as a person chose them; none: the usual ones
        self._sharing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._keep)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        look(self, "kind", "leads")
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        rows.hide()
        self._head()
        self.checks = FrozenChecks(self)
        self.checks.pressed.connect(self._check)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.modelReset.connect(self.measure)
        self.doubleClicked.connect(self._double_clicked)
        self.wear(look_at_first)

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # Of the table's own choice Qt would ask for every row whether it is in it, to draw heads it never highlights.
        head.setSelectionModel(QItemSelectionModel(self.rows, head))
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        head.setMinimumSectionSize(30)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask_head_menu)
        head.sectionClicked.connect(self._sort)
        head.sectionResized.connect(self._resized)
        head.sectionHandleDoubleClicked.connect(self._let_go)
        head.sectionMoved.connect(self._moved)

    # ── columns and widths ───────────────────────────────────────────────────────────────────────────────────────

    def wear(self, wanted: Look) -> None:
        """Show these columns, so wide, in this order."""
        self._by_hand, self._columns = dict(wanted.widths), wanted.columns
        self.rows.wear(wanted)

    @property
    def worn(self) -> Look:
        """The look as it is now."""
        return Look(self._columns, dict(self._by_hand), self.rows.sorted_by, self.rows.backwards)

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns from the left, without the check."""
        return self.rows.columns[1:]

    def show_columns(self, keys: tuple[str, ...]) -> None:
        """Show these columns; none: the usual ones."""
        now = self.worn
        self.wear(Look(keys, now.widths, now.sort, now.backwards))
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._share_width()

    def measure(self) -> None:
        """See how wide the words of the first leads are, and of the heads in this language."""
        plain, bold = (QFontMetrics(theme.font(medium=medium)) for medium in (False, True))
        head = QFontMetrics(theme.font(12, medium=True))
        model = self.rows
        longest = {
            column.key: head.horizontalAdvance(f"{self._head_words(place)} ↓")
            for place, column in enumerate(model.columns)
        }
        for row in range(min(_MEASURED, model.rowCount())):
            for column, cell in zip(model.columns, model.cells(row) or (), strict=False):
                wide = (bold if cell.bold else plain).horizontalAdvance(cell.words)
                longest[column.key] = max(longest[column.key], wide)
        self._needs = {column.key: needed(column, longest[column.key]) for column in model.columns}
        self._share_width()

    def _head_words(self, place: int) -> str:
        return str(self.rows.headerData(place, Qt.Orientation.Horizontal) or "")

    def _share_width(self) -> None:
        """Words get the room they need; what is left goes to names, companies and next steps."""
        columns = self.rows.columns
        widths = share(self.viewport().width(), columns, self._needs, self._by_hand)
        self._sharing = True
        for place, column in enumerate(columns):
            self.setColumnHidden(place, column.key not in widths)
            if column.key in widths:
                self.setColumnWidth(place, widths[column.key])
        self._sharing = False
        self.checks.place()

    def _resized(self, section: int, before: int, now: int) -> None:
        """A person drags the edge of a head: this width holds, the others share what is left."""
        del before
        if not self._sharing and now > 0 and section < len(self.rows.columns):
            self._by_hand[self.rows.columns[section].key] = now
            self._settle.start()

    def _let_go(self, section: int) -> None:
        """A double click on the edge: as wide as it needs again."""
        self.fit_column(self.rows.columns[section].key)

    def fit_column(self, key: str) -> None:
        """A column is as wide as it needs again."""
        self._by_hand.pop(key, None)
        self._settle.start()

    def _moved(self, section: int, before: int, now: int) -> None:
        """A head was dragged to another place."""
        del section
        if self._sharing:
            return
        head = self.horizontalHeader()
        self._sharing = True
        head.moveSection(now, before)
        self._sharing = False
        keys = [column.key for column in self.shown_columns]
        keys.insert(max(0, now - 1), keys.pop(before - 1))
        QTimer.singleShot(0, self, lambda: self.show_columns(tuple(keys)))

    def _keep(self) -> None:
        self._share_width()
        self.look_changed.emit(self.worn)

    @property
    def rows(self) -> LeadTableModel:
        """The model."""
        model = self.model()
        assert isinstance(model, LeadTableModel)  # noqa: S101 - set in __init__
        return model

    def _sort(self, section: int) -> None:
        column, model = self.rows.columns[section], self.rows
        if column.sort:
            same = column.sort == model.sorted_by
            self.sort_by(column, backwards=same and not model.backwards)

    def sort_by(self, column: Column, *, backwards: bool) -> None:
        """Another order, kept from now on."""
        if column.sort:
            self.rows.sort_by(column.sort, backwards=backwards)
            self.horizontalHeader().viewport().update()
            self.look_changed.emit(self.worn)

    def sort_by_urgency(self) -> None:
        """The usual order again."""
        self.rows.sort_by(Sort.URGENCY, backwards=False)
        self.horizontalHeader().viewport().update()
        self.look_changed.emit(self.worn)

    def _ask_head_menu(self, where: QPoint) -> None:
        place = self.horizontalHeader().logicalIndexAt(where)
        if place > 0:
            shown = self.horizontalHeader().viewport().mapToGlobal(where)
            self.head_menu_wanted.emit(self.rows.columns[place].key, shown)

    # ── the current lead, the current cell, and the chosen leads ─────────────────────────────────────────────────

    def current_card(self) -> Card | None:
        """The card of the current row."""
        return self.rows.card(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def current_column(self) -> Column | None:
        """The column of the current cell."""
        index = self.currentIndex()
        return self.rows.columns[index.column()] if index.isValid() else None

    def _spans(self) -> list[tuple[int, int]]:
        """The chosen rows as spans, first and last, apart from each other and in order."""
        spans: list[tuple[int, int]] = []
        chosen = self.selectionModel().selection()
        parts = (chosen.at(place) for place in range(chosen.count()))
        for one in sorted((part.top(), part.bottom()) for part in parts):
            if spans and one[0] <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(spans[-1][1], one[1]))
            else:
                spans.append(one)
        return spans

    def chosen_count(self) -> int:
        """How many leads are chosen."""
        return sum(last - first + 1 for first, last in self._spans())

    def chosen_nos(self) -> array[int]:
        """The numbers of the chosen leads, from the top."""
        chosen = array("q")
        for first, last in self._spans():
            chosen += self.rows.nos[first : last + 1]
        return chosen

    def stand_on(self, row: int) -> None:
        """Make a row the current and only chosen one."""
        index = self.rows.index(row, max(1, self.rows.place_of(self._key)))
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect | _FLAG.Rows)
        self.scrollTo(index)

    def scrollTo(  # noqa: N802 - named by Qt
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, not beneath the checks."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.columnViewportPosition(index.column())
        if index.column() > 0 and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - named by Qt
        """Tell it."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column() < len(self.rows.columns):
            key = self.rows.columns[current.column()].key
            self._key = NAME if key == CHECK else key
        self.current_changed.emit()

    def _remember(self) -> None:
        card = self.current_card()
        self._shown_no = card.no if card is not None else None
        self._shown_row = self.currentIndex().row()
        self._chosen = self.chosen_nos() if 1 < self.chosen_count() <= _REMEMBERED else None

    def _restore(self) -> None:
        """The same lead stays the current one, when it is gone its neighbour; the same leads stay chosen."""
        model = self.rows
        row = model.row_of_no(self._shown_no) if self._shown_no is not None else None
        if row is None and self._shown_row >= 0:
            row = min(self._shown_row, len(model.nos) - 1)
        if row is not None and row >= 0:
            self.stand_on(row)
        else:
            self.current_changed.emit()
        if self._chosen is not None:
            chosen, self._chosen = self._chosen, None
            self._choose(chosen)

    def _choose(self, nos: array[int]) -> None:
        """Choose these leads besides; not where it would take too long to find them all."""
        model = self.rows
        if len(nos) <= _SOUGHT:
            places = [place for no in nos if (place := model.row_of_no(no)) is not None]
        elif len(model.nos) <= _SCANNED:
            wanted = set(nos)
            places = [place for place, no in enumerate(model.nos) if no in wanted]
        else:
            return
        for place in places:
            self.selectionModel().select(model.index(place, 0), _FLAG.Select | _FLAG.Rows)

    def step_column(self, towards: int) -> None:
        """The current cell is the next one that is shown, to the left or right; what is chosen stays."""
        index = self.currentIndex()
        place = index.column() + towards
        while 0 < place < len(self.rows.columns) and self.isColumnHidden(place):
            place += towards
        if index.isValid() and 0 < place < len(self.rows.columns):
            there = index.siblingAtColumn(place)
            self.selectionModel().setCurrentIndex(there, _FLAG.NoUpdate)
            self.scrollTo(there)
            self.viewport().update()

    def move_column(self, towards: int) -> None:
        """The current column changes places with its neighbour."""
        column = self.current_column()
        keys = [one.key for one in self.shown_columns]
        if column is None or column.key not in keys:
            return
        place = keys.index(column.key)
        there = place + towards
        if 0 <= there < len(keys):
            keys.insert(there, keys.pop(place))
            self.show_columns(tuple(keys))

    def widen(self, *, wider: bool) -> None:
        """The current column becomes wider or narrower, and stays so."""
        index, column = self.currentIndex(), self.current_column()
        if column is not None and column.key != CHECK:
            self._by_hand[column.key] = steps(self.columnWidth(index.column()), wider=wider)
            self._keep()

    # ── keys and mouse ───────────────────────────────────────────────────────────────────────────────────────────

    def _double_clicked(self, index: Index) -> None:
        if index.column() and self.rows.columns[index.column()].key != NAME:
            self.edit_wanted.emit()
        else:
            self.opened.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a check adds or takes away that row alone."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            self._check(index.row())
            return
        super().mousePressEvent(event)

    def _check(self, row: int) -> None:
        """Add that row to those chosen, or take it away."""
        self.selectionModel().setCurrentIndex(self.rows.index(row, 1), _FLAG.NoUpdate)
        self.selectionModel().select(self.rows.index(row, 0), _FLAG.Toggle | _FLAG.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, or changes a cell; Delete deletes, Space checks, letters act as on the board."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self._press_with_alt(event)
        elif modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif (act := self._acts().get(event.key())) is not None:
            act()
        elif event.text() and event.text() in "/cemn.,":
            self.lettered.emit(event.text())
        elif not event.text().strip():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _acts(self) -> dict[int, Callable[[], object]]:
        """What a key does by itself."""
        keys = Qt.Key
        enter = self.opened.emit if self._key == NAME else self.edit_wanted.emit
        return {
            keys.Key_Return: enter,
            keys.Key_Enter: enter,
            keys.Key_F2: self.edit_wanted.emit,
            keys.Key_Delete: self.deleted.emit,
            keys.Key_Left: lambda: self.step_column(-1),
            keys.Key_Right: lambda: self.step_column(1),
            keys.Key_Space: self._toggle,
            keys.Key_Home: lambda: self.stand_on(0),
            keys.Key_End: lambda: self.stand_on(len(self.rows.nos) - 1),
        }

    def _toggle(self) -> None:
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), _FLAG.Toggle | _FLAG.Rows)

    def _press_with_alt(self, event: QKeyEvent) -> None:
        """Alt and an arrow: the column moves, with Shift its edge; up and down sort by it."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        column = self.current_column()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and shift:
            self.widen(wider=key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_column(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and column is not None:
            self.sort_by(column, backwards=(key == Qt.Key.Key_Down) is not column.falling)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for the row below the mouse, or the current one."""
        where = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse and self.currentIndex().isValid():
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        if self.currentIndex().isValid():
            self.menu_wanted.emit(where)
