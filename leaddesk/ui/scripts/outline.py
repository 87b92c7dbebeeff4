"""The outline of a script: its groups and their questions, and what the pool holds beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.text import plain

_KEY = Qt.ItemDataRole.UserRole
_ROW = 26


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of the outline. `kind`: script, group, question, pool (its heading) or spare (a question of the pool)."""

    kind: str
    key: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """What a row shows. `wrong`: something is wrong there."""

    spot: Spot
    label: str
    wrong: bool = False


class Outline(QTreeWidget):
    """`picked(Spot)` when another row is chosen; `asked(str)`: a verb by key; `dropped(question, group, before)`."""

    picked = Signal(object)
    asked = Signal(str)
    dropped = Signal(str, str, str)

    _VERBS: Mapping[tuple[int, bool, bool], str] = {
        (int(Qt.Key.Key_Up), True, False): "move_up",
        (int(Qt.Key.Key_Down), True, False): "move_down",
        (int(Qt.Key.Key_Insert), False, False): "add_question",
        (int(Qt.Key.Key_D), False, True): "copy",
        (int(Qt.Key.Key_Delete), False, False): "take_out",
        (int(Qt.Key.Key_Return), False, False): "edit",
        (int(Qt.Key.Key_Enter), False, False): "edit",
        (int(Qt.Key.Key_F2), False, False): "edit",
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setProperty("kind", "outline")
        self._rows: tuple[OutlineRow, ...] = ()
        self._quiet = False
        self.currentItemChanged.connect(self._chosen)

    @property
    def spot(self) -> Spot:
        """The row that is chosen."""
        item = self.currentItem()
        found = item.data(0, _KEY) if item is not None else None
        return found if isinstance(found, Spot) else Spot("")

    def show_rows(self, rows: Sequence[OutlineRow], chosen: Spot) -> None:
        """Show these; `chosen` is the one to stay with. Questions go beneath the group or pool before them."""
        shown = tuple(rows)
        self._quiet = True
        if [row.spot for row in shown] != [row.spot for row in self._rows]:
            self._remake(shown)
        for row, item in zip(shown, self._items(), strict=True):
            item.setText(0, row.label)
            item.setToolTip(0, plain(row.label))
            item.setIcon(0, theme.icon("warning", "not-met", size=14) if row.wrong else QIcon())
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"⚠ {row.label}" if row.wrong else row.label)
        self._rows = shown
        self.choose(chosen)
        self._quiet = False

    def _remake(self, rows: Sequence[OutlineRow]) -> None:
        self.clear()
        heading: QTreeWidgetItem | None = None
        for row in rows:
            child = row.spot.kind in ("question", "spare")
            item = QTreeWidgetItem(heading if child and heading is not None else self)
            item.setData(0, _KEY, row.spot)
            item.setFlags(self._flags(row.spot))
            if not child:
                heading = item
                item.setFont(0, theme.font(medium=True))
        self.expandAll()

    @staticmethod
    def _flags(spot: Spot) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if spot.kind in ("question", "spare"):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if spot.kind in ("question", "group"):
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for place in range(self.topLevelItemCount()):
            top = self.topLevelItem(place)
            if top is not None:
                below = [top.child(number) for number in range(top.childCount())]
                found += [top, *(one for one in below if one is not None)]
        return found

    def choose(self, spot: Spot) -> None:
        """Go to a row; the nearest of the same question where it is elsewhere now."""
        items = self._items()
        best = next((item for item in items if item.data(0, _KEY) == spot), None)
        if best is None and spot.key:
            best = next((item for item in items if _same(item.data(0, _KEY), spot)), None)
        if best is not None and best is not self.currentItem():
            self.setCurrentItem(best)
            self.scrollToItem(best)

    def _chosen(self) -> None:
        if not self._quiet and self.spot.kind:
            self.picked.emit(self.spot)

    def neighbour(self, by: int) -> Spot:
        """The row so many places on, for when the chosen one goes."""
        items = self._items()
        here = next((place for place, one in enumerate(items) if one is self.currentItem()), 0)
        found = items[max(0, min(len(items) - 1, here + by))].data(0, _KEY) if items else None
        return found if isinstance(found, Spot) else Spot("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the verbs; the rest moves."""
        modifiers = event.modifiers()
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        verb = self._VERBS.get((event.key(), alt, control))
        if verb == "take_out" and modifiers & Qt.KeyboardModifier.ShiftModifier:
            verb = "remove"
        if verb is not None:
            self.asked.emit(verb)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A question was dropped: before a question, or at the end of a group."""
        moving, target = self.spot, self.itemAt(event.position().toPoint())
        spot = target.data(0, _KEY) if target is not None else None
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if isinstance(spot, Spot) and spot != moving and moving.kind in ("question", "spare"):
            if spot.kind == "group":
                self.dropped.emit(moving.key, spot.key, "")
            elif spot.kind == "question":
                self.dropped.emit(moving.key, spot.group, spot.key)


class _Rows(QStyledItemDelegate):
    """Rows of one height."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A line."""
        size = super().sizeHint(option, index)
        size.setHeight(_ROW)
        return size


def _same(found: object, spot: Spot) -> bool:
    questions = ("question", "spare")
    return (
        isinstance(found, Spot)
        and found.key == spot.key
        and (found.kind == spot.kind or (found.kind in questions and spot.kind in questions))
    )
