"""The columns side by side: which are wide, where the keyboard stands, what is selected, and what keys ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from leaddesk import words
from leaddesk.db.reads.filters import Filters
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.db.records import Card
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.ui import card_words
from leaddesk.ui.board import keys
from leaddesk.ui.board.accessible import speak_columns
from leaddesk.ui.board.arrangement import Arrangement
from leaddesk.ui.board.card_art import CardArt, Density, Moment
from leaddesk.ui.board.columns import BoardModel, Column
from leaddesk.ui.board.lane import Lane
from leaddesk.ui.board.selection import Selection
from leaddesk.ui.board.standing_place import place_of

_SPACE = 12
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

#: Where cards were let go: above and below which leads, by number; None: at the edge.
Gap = tuple[int | None, int | None]


class Lanes(QScrollArea):
    """All columns. Emits what keys and mouse ask for; the room does it."""

    #: A verb of `keys.VERBS` for the cards meant.
    wanted = Signal(str)
    #: A letter or digit that is no verb: the beginning of something to find.
    typed = Signal(str)
    #: A menu for them, at a place on the screen.
    menu_wanted = Signal(QPoint)
    #: Cards (lead numbers) were dropped on a stage, in a swimlane (a key, or None), at a Gap (None: on a strip).
    dropped = Signal(list, str, object, object)
    #: Another card, or none, is the current one.
    current_changed = Signal()
    #: Other cards are selected.
    selected = Signal()
    #: A column was folded or unfolded by the person.
    folded = Signal(str, bool)

    def __init__(self, model: BoardModel, art: CardArt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_columns()
        self._model, self._art = model, art
        self._lanes: dict[str, Lane] = {}
        self._stage = ""
        self._no: int | None = None
        self._index = 0
        self._moment: Moment | None = None
        self.arrangement = Arrangement(model, art)
        self._swimlane = ""  # the one that was said last
        self.selection = Selection()
        self.chosen: dict[str, bool] = {}
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(16, 0, 16, 16)
        self._row.setSpacing(_SPACE)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        model.rebuilt.connect(self.build)
        model.reordered.connect(self._reorder)
        model.counted.connect(self._count)
        model.redrawn.connect(self._redraw)
        model.seen = self._seen

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
            lane = Lane(self._model, column.stage, self._art, self.selection, self._inside)
            self._lanes[column.stage.key] = lane
            self._row.addWidget(lane, 1)
            self._connect(lane)
        self._row.addStretch(0)
        self.arrangement.take(self._lanes)
        if self._stage not in self._lanes:
            self._stage, self._no, self._index = next(iter(self._lanes), ""), None, 0
        self.tell()
        self._share_width()

    def _connect(self, lane: Lane) -> None:
        key, view = lane.stage.key, lane.view
        lane.strip.clicked.connect(lambda: self.fold(key, False))
        lane.head.clicked.connect(lambda: self.fold(key, True))
        lane.strip.dropped.connect(lambda nos: self.dropped.emit(nos, key, None, None))
        view.dropped.connect(lambda nos, swimlane, index: self._drop(key, nos, swimlane, index))
        view.picked.connect(lambda no, held: self._pick(key, no, held))
        view.opened.connect(lambda _no: self.wanted.emit("open"))
        view.menu_wanted.connect(lambda _no, where: self.menu_wanted.emit(where))
        view.lane_pressed.connect(self.arrangement.fold)

    def tell(self, moment: Moment | None = None) -> None:
        """Show words and times anew, in the moment's language; without a moment, in other colours."""
        if moment is None:
            self._art.forget()
        self._moment = moment or self._moment
        self.arrangement.language = self._moment.language if self._moment is not None else ""
        for lane in self._lanes.values():
            lane.view.moment = self._moment
            lane.view.viewport().update()
        self._count()

    def set_density(self, density: Density) -> None:
        """Show more of each card, or more cards; the current one stays in sight."""
        self._art.density = density
        self.arrangement.lay()
        lane = self._lanes.get(self._stage)
        if lane is not None and lane.wide and self._no is not None:
            lane.view.show_index(self._index)

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
            self._stand(stage, self._lanes[stage].view.nearest(0))
        self.folded.emit(stage, narrow)

    def wear(self, chosen: Mapping[str, bool]) -> None:
        """Fold and unfold columns as a saved view wants it: by stage whether it is wide, others as usual."""
        self.chosen = dict(chosen)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Open stages are wide, the others strips, unless chosen otherwise; so is the first while others have leads."""
        wide = {key for key, lane in self._lanes.items() if self._wants_width(lane.stage)}
        opening = [lane.stage.key for lane in self._lanes.values() if lane.stage.kind is StageKind.OPEN]
        first = opening[0] if opening else ""
        if first in wide and first not in self.chosen and any(self._column(key).leads for key in opening[1:]):
            wide.discard(first)
        changed = {key for key, lane in self._lanes.items() if lane.wide != (key in wide)}
        for key in changed:
            self._lanes[key].set_wide(key in wide)
        if changed and self._model.by is not Grouping.NONE:
            self.arrangement.lay()

    def _wants_width(self, stage: Stage) -> bool:
        return self.chosen.get(stage.key, stage.kind is StageKind.OPEN)

    # ── the current card and the selected ones ───────────────────────────────────────────────────────────────────

    def current(self) -> Card | None:
        """The card the keyboard stands on."""
        if self._no is None:
            return None
        self._model.fetch([self._no])  # a change from elsewhere may have let it go
        return self._model.card(self._no)

    def current_stage(self) -> str:
        """The column the keyboard stands in."""
        return self._stage

    def meant(self) -> tuple[int, ...]:
        """The numbers of the selected cards, else of the current one."""
        return self.selection.nos or ((self._no,) if self._no is not None else ())

    def select_none(self) -> None:
        """Let all selected cards go."""
        if self.selection:
            self.selection.clear()
            self._show_selected()

    def stand_on(self, no: int, stage: str) -> None:
        """Make a card the current one and show it."""
        nos = self._column(stage).nos
        self._stand(stage, place_of(no, nos) or 0)

    def _column(self, stage: str) -> Column:
        return self._model.columns[stage]

    def _pick(self, stage: str, no: int, held: Qt.KeyboardModifier) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        before = self._no if self._stage == stage else None
        self.stand_on(no, stage)
        if held & Qt.KeyboardModifier.ControlModifier:
            if not self.selection and before is not None and before != no:
                self.selection.toggle(before)
            self.selection.toggle(no)
        elif held & _SHIFT:
            self._select_to(before)
        elif no in self.selection:
            return
        else:
            self.selection.clear()
            self.selection.anchor = no
        self._show_selected()

    def _select_to(self, before: int | None) -> None:
        """Select from where the range began to the current card."""
        nos = self._column(self._stage).nos
        anchor = self.selection.anchor
        if anchor is None or anchor not in nos:
            anchor = before if before is not None and before in nos else self._no
            self.selection.anchor = anchor
        if anchor is not None and self._no is not None:
            self.selection.set_range(nos, nos.index(anchor), self._index)

    def _show_selected(self) -> None:
        for lane in self._lanes.values():
            lane.view.viewport().update()
        self.selected.emit()
        if self._moment is not None and self.selection:
            self._announce(words.say(self._moment.language, "board", "selected", n=len(self.selection)))

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
            if not lane.wide:
                spoken = f"{spoken}. {lane.strip.accessibleDescription()}"
        else:
            spoken = card_words.spoken(card, moment.playbook, moment.now, moment.today, moment.language)
        self.setAccessibleDescription(spoken)
        swimlane = self.arrangement.words_over(lane.view.piles.lane_of(self._index)).lstrip("▸▾ ")
        entered, self._swimlane = swimlane != self._swimlane, swimlane
        self._announce(f"{swimlane}. {spoken}" if swimlane and entered else spoken)

    def _announce(self, spoken: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, letters act on the cards meant; everything else goes on to the window."""
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
        before = self._no
        if self._stage not in self._lanes:
            event.ignore()
            return
        if held in (_NONE, _SHIFT) and self._walk(key):
            if held == _SHIFT and key in keys.SELECTING:
                self._select_to(before)
                self._show_selected()
            return
        verb = keys.VERBS.get((key, held))
        if verb is None and key == Qt.Key.Key_Menu:
            self._ask_menu()
        elif verb is None and keys.begins_search(event.text(), held):
            self.typed.emit(event.text())
        elif verb is None or not self._act(verb):
            event.ignore()

    def _walk(self, key: int) -> bool:
        """Take the step a key stands for; whether it stands for one."""
        if key in keys.DOWN:
            self._step(keys.DOWN[key])
        elif key in keys.PAGES:
            self._step(keys.PAGES[key] * self._lanes[self._stage].view.cards_on_page)
        elif key in keys.ENDS:
            self._stand(self._stage, keys.ENDS[key])
        elif key in keys.ASIDE:
            self._aside(keys.ASIDE[key])
        else:
            return False
        return True

    def _act(self, verb: str) -> bool:
        """Do what is the columns' own, hand the rest to the room; whether anything was done."""
        lane = self._lanes[self._stage]
        if verb == "fold":
            self.fold(self._stage, lane.wide)
        elif verb == "fold_lane":
            self.arrangement.fold(lane.view.piles.lane_of(self._index))
        elif verb == "open" and not lane.wide:
            self.fold(self._stage, False)
        elif verb == "select" and self._no is not None:
            self.selection.toggle(self._no)
            self._show_selected()
        elif verb == "select_all":
            self.selection.set_all(self._column(self._stage).nos)
            self._show_selected()
        elif verb == "let_go" and self.selection:
            self.select_none()
        else:
            self.wanted.emit(verb)
            return verb != "let_go"
        return True

    def _step(self, by: int) -> None:
        """So many cards down, passing over folded swimlanes."""
        if self._no is None:
            self._stand(self._stage, 0)
            return
        piles, last = self._lanes[self._stage].view.piles, len(self._column(self._stage).nos) - 1
        index = max(0, min(self._index + by, last))
        while 0 <= index <= last and not piles.is_shown(index):
            first, _ = piles.bounds(piles.lane_of(index))
            index = first - 1 if by < 0 else index + 1
        if 0 <= index <= last:
            self._stand(self._stage, index)

    def _aside(self, by: int) -> None:
        """To the neighbour column, at about the same height."""
        names = list(self._lanes)
        if self._stage not in names:
            return
        place = names.index(self._stage) + by
        if not 0 <= place < len(names):
            return
        here, there = self._lanes[self._stage], self._lanes[names[place]]
        height = here.view.rect_of(self._index).center().y() if here.wide and self._no is not None else 0
        self._stand(names[place], there.view.nearest(height) if there.wide else None)

    def place_of_current(self) -> QPoint | None:
        """The middle of the current card on the screen."""
        lane = self._lanes.get(self._stage)
        if lane is None or self._no is None:
            return None
        if not lane.wide:
            return lane.mapToGlobal(lane.rect().center())
        return lane.view.viewport().mapToGlobal(lane.view.rect_of(self._index).center())

    def rect_of_current(self, over: QWidget) -> QRect | None:
        """Where the current card, or the strip it lies behind, is within another widget; None where there is none."""
        lane = self._lanes.get(self._stage)
        if lane is None or self._no is None:
            return None
        box, inside = (lane.view.rect_of(self._index), lane.view.viewport()) if lane.wide else (lane.rect(), lane)
        return QRect(over.mapFromGlobal(inside.mapToGlobal(box.topLeft())), box.size())

    def _ask_menu(self) -> None:
        where = self.place_of_current()
        if where is not None:
            self.menu_wanted.emit(where)

    # ── own order ────────────────────────────────────────────────────────────────────────────────────────────────

    def gap_beside(self, by: int) -> Gap | None:
        """Where the current card goes one place up (-1) or down (1) within its swimlane; None at its edge."""
        view, nos = self._lanes[self._stage].view, self._column(self._stage).nos
        first, last = view.piles.bounds(view.piles.lane_of(self._index))
        if self._no is None or not first <= self._index + by < last:
            return None
        above = self._index - 2 if by < 0 else self._index + 1
        return (nos[above] if above >= first else None, nos[above + 1] if above + 1 < last else None)

    def _drop(self, stage: str, nos: list[int], swimlane: int, index: int) -> None:
        """Cards were let go before an index: find who stays above and below it."""
        piles, column = self._lanes[stage].view.piles, self._column(stage).nos
        first, last = piles.bounds(swimlane)
        carried = set(nos)
        above = next((column[at] for at in range(index - 1, first - 1, -1) if column[at] not in carried), None)
        below = next((column[at] for at in range(index, last) if column[at] not in carried), None)
        lanes = self._model.lanes
        key = lanes[swimlane] if self._model.by is not Grouping.NONE and swimlane < len(lanes) else None
        self.dropped.emit(nos, stage, key, (above, below))

    # ── focus ────────────────────────────────────────────────────────────────────────────────────────────────────

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
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if keys.is_ours(event.key(), held):
                event.accept()
                return True
        return super().event(event)

    # ── following the model ──────────────────────────────────────────────────────────────────────────────────────

    def _reorder(self, stage: str) -> None:
        lane = self._lanes.get(stage)
        if lane is None:
            return
        self.arrangement.lay({stage})
        lane.empty.setVisible(not self._column(stage).nos)
        if stage != self._stage:
            return
        nos = self._column(stage).nos
        place = place_of(self._no, nos) if self._no is not None else None
        if place is not None:
            self._index = place
        elif self._no is not None:  # it left: stand on what took its place
            self._stand(stage, self._index)
        elif nos and self.hasFocus():  # the first card of a column the keyboard waits in
            self._stand(stage, 0)

    def _count(self) -> None:
        if self._moment is None:
            return
        language = self._moment.language
        empty = words.say(language, "board", "empty_column" if self._model.filters == Filters() else "empty_filtered")
        for key, lane in self._lanes.items():
            lane.tell(self._column(key).total, language)
            lane.empty.setText(empty)
            lane.empty.setVisible(not self._column(key).nos)
        self._share_width()

    def _seen(self) -> Iterator[int]:
        """The numbers of the cards that are on the screen."""
        for lane in self._lanes.values():
            if lane.view.isVisible():
                yield from (lane.view.column.nos[index] for index in lane.view.visible())

    def _redraw(self, nos: list[int]) -> None:
        changed = set(nos)
        for lane in self._lanes.values():
            lane.view.redraw(changed)
