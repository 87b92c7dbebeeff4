"""The columns side by side: which are wide, where the keyboard stands, and what keys ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from leaddesk import words
from leaddesk.db.records import Card
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.ui import card_words
from leaddesk.ui.board.accessible import speak_columns
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.columns import BoardModel, Column
from leaddesk.ui.board.lane import Lane
from leaddesk.ui.board.stage_head import STRIP_WIDTH

_SPACE = 12
#: With less room than this for each, the first column is folded, unless the person unfolded it.
_ROOMY = 240


#: What a key asks for, on the current card.
VERBS: dict[tuple[int, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "open",
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): "open",
    (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier): "move_to",
    (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier): "move_forward",
    (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier): "move_back",
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier): "move_forward",
    (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier): "move_back",
    (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier): "call",
    (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier): "edit",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
    (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier): "next_lead",
    (Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier): "fold",
    (Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier): "search",
}


class Lanes(QScrollArea):
    """All columns. Emits what keys and mouse ask for; the room does it."""

    #: A verb of VERBS for the card the keyboard stands on.
    wanted = Signal(str)
    #: A menu for that card, at a place on the screen.
    menu_wanted = Signal(QPoint)
    #: A card (lead number) was dropped on a stage.
    dropped = Signal(int, str)
    #: Another card, or none, is the current one.
    current_changed = Signal()
    #: A column was folded or unfolded by the person.
    folded = Signal(str, bool)

    def __init__(self, model: BoardModel, art: CardArt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._art = model, art
        self._lanes: dict[str, Lane] = {}
        self._stage = ""
        self._no: int | None = None
        self._index = 0
        self._moment: Moment | None = None
        self.chosen: dict[str, bool] = {}
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(16, 0, 16, 16)
        self._row.setSpacing(_SPACE)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speak_columns()
        model.rebuilt.connect(self.build)
        model.reordered.connect(self._reorder)
        model.counted.connect(self._count)
        model.redrawn.connect(self._redraw)

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def build(self) -> None:
        """Make a lane for each stage."""
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._lanes = {}
        for column in self._model.columns.values():
            lane = Lane(self._model, column.stage, self._art, self._inside)
            self._lanes[column.stage.key] = lane
            self._row.addWidget(lane, 1)
            self._connect(lane)
        self._row.addStretch(0)
        if self._stage not in self._lanes:
            self._stage, self._no, self._index = next(iter(self._lanes), ""), None, 0
        self.tell()
        self._share_width()

    def _connect(self, lane: Lane) -> None:
        key = lane.stage.key
        lane.strip.clicked.connect(lambda: self.fold(key, False))
        lane.head.clicked.connect(lambda: self.fold(key, True))
        lane.strip.dropped.connect(lambda no: self.dropped.emit(no, key))
        lane.view.dropped.connect(lambda no: self.dropped.emit(no, key))
        lane.view.picked.connect(lambda no: self._pick(key, no))
        lane.view.opened.connect(lambda _no: self.wanted.emit("open"))
        lane.view.menu_wanted.connect(lambda _no, where: self.menu_wanted.emit(where))

    def tell(self, moment: Moment | None = None) -> None:
        """Show words and times anew, in the moment's language."""
        self._moment = moment or self._moment
        self._art.forget()
        for lane in self._lanes.values():
            lane.view.moment = self._moment
            lane.view.viewport().update()
        self._count()

    @property
    def lanes(self) -> dict[str, Lane]:
        """Lanes by stage, left to right."""
        return self._lanes

    # ── folding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def fold(self, stage: str, narrow: bool) -> None:
        """Fold a column, or unfold it, because the person wants it so."""
        self.chosen[stage] = not narrow
        self._share_width()
        if not narrow:
            self._stand(stage, self._nearest(stage, 0))
        self.folded.emit(stage, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Open stages are wide, the others strips, unless chosen otherwise; the first one only where there is room."""
        wide = {key for key, lane in self._lanes.items() if self._wants_width(lane.stage)}
        opening = [lane.stage.key for lane in self._lanes.values() if lane.stage.kind is StageKind.OPEN]
        first = opening[0] if opening else ""
        others = sum(self._model.columns[key].leads for key in opening[1:])
        if first in wide and first not in self.chosen and others:
            room = self.viewport().width() - 32 - (len(self._lanes) - 1) * _SPACE
            room -= (len(self._lanes) - len(wide)) * STRIP_WIDTH
            if room < len(wide) * _ROOMY:
                wide.discard(first)
        for key, lane in self._lanes.items():
            if lane.wide != (key in wide):
                lane.set_wide(key in wide)

    def _wants_width(self, stage: Stage) -> bool:
        return self.chosen.get(stage.key, stage.kind is StageKind.OPEN)

    # ── the current card ─────────────────────────────────────────────────────────────────────────────────────────

    def current(self) -> Card | None:
        """The card the keyboard stands on."""
        return self._model.card(self._no) if self._no is not None else None

    def current_stage(self) -> str:
        """The column the keyboard stands in."""
        return self._stage

    def stand_on(self, no: int, stage: str) -> None:
        """Make a card the current one and show it."""
        nos = self._column(stage).nos
        self._stand(stage, nos.index(no) if no in nos else 0)

    def _column(self, stage: str) -> Column:
        return self._model.columns[stage]

    def _pick(self, stage: str, no: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.stand_on(no, stage)

    def _stand(self, stage: str, index: int | None) -> None:
        """Stand in a column, on the card at an index, if there is one."""
        if stage not in self._lanes:
            return
        nos = self._column(stage).nos
        if index is None or not nos:
            self._index, no = 0, None
        else:
            self._index = max(0, min(index, len(nos) - 1))
            no = nos[self._index]
        self._stage, self._no = stage, no
        lane = self._lanes[stage]
        if no is not None:
            self._model.fetch([no])
            if lane.wide:
                lane.view.show_index(self._index)
        for key, other in self._lanes.items():
            other.set_current(key == stage and self.hasFocus(), no)
        if lane.wide:
            lane.view.set_current(no)
        self.ensureWidgetVisible(lane, 16, 0)
        self.current_changed.emit()
        self._speak()

    def _speak(self) -> None:
        card, moment = self.current(), self._moment
        lane = self._lanes.get(self._stage)
        if moment is None or lane is None:
            return
        if card is None:
            spoken = lane.head.accessibleName()
        else:
            spoken = card_words.spoken(card, moment.playbook, moment.now, moment.today, moment.language)
        self.setAccessibleDescription(spoken)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, letters act on the current card; everything else goes on to the window."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        walk = self._walks.get(event.key()) if plain == Qt.KeyboardModifier.NoModifier else None
        if walk is not None:
            walk(self)
            return
        verb = VERBS.get((event.key(), plain))
        if verb == "fold":
            self.fold(self._stage, self._lanes[self._stage].wide)
        elif verb == "open" and not self._lanes[self._stage].wide:
            self.fold(self._stage, False)
        elif verb is not None:
            self.wanted.emit(verb)
        elif event.key() == Qt.Key.Key_Menu:
            self._ask_menu()
        else:
            event.ignore()

    def _walk(self, by: int) -> None:
        if self._no is None:
            self._stand(self._stage, 0)
        else:
            self._stand(self._stage, self._index + by)

    def _page(self, pages: int) -> None:
        self._walk(pages * self._lanes[self._stage].view.cards_on_page)

    def _edge(self, index: int) -> None:
        self._stand(self._stage, index)

    def _aside(self, by: int) -> None:
        """To the neighbour column, at about the same height."""
        keys = list(self._lanes)
        if self._stage not in keys:
            return
        place = keys.index(self._stage) + by
        if not 0 <= place < len(keys):
            return
        here = self._lanes[self._stage]
        height = here.view.rect_of(self._index).center().y() if here.wide and self._no is not None else 0
        self._stand(keys[place], self._nearest(keys[place], height) if self._lanes[keys[place]].wide else None)

    def _nearest(self, stage: str, height: int) -> int | None:
        view, leads = self._lanes[stage].view, len(self._column(stage).nos)
        if not leads:
            return None
        return max(0, min(leads - 1, (height + view.verticalScrollBar().value()) // view.pitch))

    _walks: ClassVar[dict[int, Callable[[Lanes], None]]] = {
        Qt.Key.Key_Down: lambda self: self._walk(1),
        Qt.Key.Key_Up: lambda self: self._walk(-1),
        Qt.Key.Key_PageDown: lambda self: self._page(1),
        Qt.Key.Key_PageUp: lambda self: self._page(-1),
        Qt.Key.Key_Home: lambda self: self._edge(0),
        Qt.Key.Key_End: lambda self: self._edge(2**31),
        Qt.Key.Key_Right: lambda self: self._aside(1),
        Qt.Key.Key_Left: lambda self: self._aside(-1),
    }

    def place_of_current(self) -> QPoint | None:
        """The middle of the current card on the screen."""
        lane = self._lanes.get(self._stage)
        if lane is None or self._no is None:
            return None
        if not lane.wide:
            return lane.mapToGlobal(lane.rect().center())
        return lane.view.viewport().mapToGlobal(lane.view.rect_of(self._index).center())

    def _ask_menu(self) -> None:
        where = self.place_of_current()
        if where is not None:
            self.menu_wanted.emit(where)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the current card, the first one where there was none."""
        super().focusInEvent(event)
        if self._no is None and self._stage in self._lanes:
            busy = (key for key, lane in self._lanes.items() if lane.wide and self._column(key).nos)
            self._stand(next(busy, self._stage), 0)
        else:
            self._stand(self._stage, self._index if self._no is not None else None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The head no longer says that the keyboard is here; the card keeps its ring."""
        super().focusOutEvent(event)
        for lane in self._lanes.values():
            lane.head.set_current(False)
            lane.strip.set_current(False)

    def event(self, event: QEvent) -> bool:
        """Letters of the board are not shortcuts of the window while the board has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if (event.key(), plain) in VERBS:
                event.accept()
                return True
        return super().event(event)

    # ── following the model ──────────────────────────────────────────────────────────────────────────────────────

    def _reorder(self, stage: str) -> None:
        lane = self._lanes.get(stage)
        if lane is None:
            return
        lane.view.reorder()
        lane.empty.setVisible(not self._column(stage).nos)
        if stage != self._stage:
            return
        nos = self._column(stage).nos
        if self._no is not None and self._no in nos:
            self._index = nos.index(self._no)
        elif self._no is not None:  # it left: stand on what took its place
            self._stand(stage, self._index)
        elif nos and self.hasFocus():  # the first card of a column the keyboard waits in
            self._stand(stage, 0)

    def _count(self) -> None:
        if self._moment is None:
            return
        language = self._moment.language
        for key, lane in self._lanes.items():
            total = self._column(key).total
            lane.head.tell(total, language)
            lane.strip.tell(total, language)
            lane.view.setAccessibleName(lane.head.accessibleName())
            lane.empty.setText(words.say(language, "board", "empty_column"))
            lane.empty.setVisible(not self._column(key).nos)
        self._share_width()

    def _redraw(self, nos: list[int]) -> None:
        for no in nos:
            self._art.forget(no)
        for lane in self._lanes.values():
            lane.view.redraw(set(nos))
