"""What is done with cards: moved, put in order, claimed, given back, deleted; one, or all that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.reads.chosen import ids_in_order
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.errors import Cancelled, LeadDeskError, Refused
from leaddesk.operations.places import Beside, place_leads
from leaddesk.operations.pool import assign_leads, claim_leads, release_leads
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.ui.board.columns import BoardModel
from leaddesk.ui.board.lanes import Gap, Lanes
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.moving import Mover
from leaddesk.ui.text import menu_words

#: So many ids are looked up at once; more are read off this thread.
_FEW = 500


class Deeds(QObject):
    """Carries out, for the room, what keys, menus and drops ask of cards."""

    #: A Job that deletes so many leads.
    deleting = Signal(object, int)

    def __init__(self, desk: Desk, model: BoardModel, lanes: Lanes, mover: Mover, room: QWidget) -> None:
        super().__init__(room)
        self._desk, self._model, self._lanes, self._mover, self._room = desk, model, lanes, mover, room

    # ── who is meant ─────────────────────────────────────────────────────────────────────────────────────────────

    def with_meant(self, act: Callable[[list[str]], object]) -> None:
        """Do something with the ids of the selected cards, else of the current one."""
        nos = self._lanes.meant()
        if nos:
            self._with_ids(nos, act)

    def _with_ids(self, nos: Sequence[int], act: Callable[[list[str]], object]) -> None:
        if len(nos) <= _FEW:
            act(self._desk.get(ids_in_order, nos))
        else:
            self._desk.read(ids_in_order, nos, then=act, slot="board.chosen")

    # ── stages ───────────────────────────────────────────────────────────────────────────────────────────────────

    def move_to(self, lead: str, stage: str = "", to: str = "") -> None:
        """Move a lead, or all that are selected with it, to a stage; without one, show the stages on digits."""
        if stage or to:
            self._move(lead, stage or to)
            return
        menu = self.stage_menu(lead)
        card = self._lanes.current()
        here = card is not None and card.id == lead and self._room.isVisible()
        menu.popup((self._lanes.place_of_current() if here else None) or QCursor.pos())

    def _move(self, lead: str, stage: str) -> None:
        card = self._model.find(lead)
        if card is not None and card.no in self._lanes.selection:
            self.with_meant(lambda ids: self._mover.move_several(ids, stage))
        else:
            self._mover.move(lead, stage)

    def stage_menu(self, lead: str) -> QMenu:
        """The stages a lead may be moved to."""
        menu = QMenu(self._room.window())
        menu.setAccessibleName(words.say(self._desk.language, "commands", "lead.move_to"))
        several = len(self._lanes.selection) > 1
        here = "" if several else self._stage_of(lead)
        for digit, stage in enumerate(self._desk.playbook.stages, 1):
            text = menu_words(words.pick(stage.label, self._desk.language))
            action = QAction(f"&{digit}  {text}" if digit <= 9 else text, menu)
            if stage.key == here:
                action.setCheckable(True)
                action.setChecked(True)
                action.setEnabled(False)
            action.triggered.connect(lambda _on, key=stage.key: self._move(lead, key))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def step(self, lead: str, by: int) -> None:
        """To the next open stage, or the one before; won comes after the last. Selected cards go as the first does."""
        here = self._stage_of(lead)
        path = [stage.key for stage in self._desk.playbook.stages if _on_the_way(stage)]
        if here in path and 0 <= path.index(here) + by < len(path):
            self._move(lead, path[path.index(here) + by])

    def _stage_of(self, lead: str) -> str:
        card = self._model.find(lead)
        return card.stage if card is not None else self._desk.get(leads.lead, lead, self._desk.now()).stage

    # ── dropped by mouse, put in order ───────────────────────────────────────────────────────────────────────────

    def drop(self, nos: Sequence[int], stage: str, lane: str | None, gap: Gap | None) -> None:
        """Cards were let go on a stage: those from elsewhere move there; in own order they stand where they fell.

        So do those that stood there already, and they get the swimlane's owner like the others.
        """
        self._model.fetch(nos[:_FEW])
        elsewhere = [no for no in nos if (card := self._model.card(no)) is None or card.stage != stage]
        beside = self._beside(gap) if gap is not None and self._model.arranged else None
        if elsewhere:
            to = lane if self._model.by is Grouping.OWNER else None
            meant = elsewhere if beside is None and to is None else nos
            self._with_ids(meant, lambda ids: self._mover.move_several(ids, stage, beside, to))
        elif lane is not None and any(self._lane_of(no) != lane for no in nos):
            self._hand_over(nos, lane)
        elif beside is not None:
            self._with_ids(nos, lambda ids: self._desk.do(place_leads, ids, beside))
        elif gap is not None and not self._stays(nos, gap):
            self._desk.refused.emit(Refused("not_own_order"))

    def _hand_over(self, nos: Sequence[int], lane: str) -> None:
        """Into another swimlane: an owner can be given so, a source or a score cannot."""
        if self._model.by is Grouping.OWNER:
            self._with_ids(nos, lambda ids: self._desk.do(assign_leads, ids, lane or None))
        else:
            self._desk.refused.emit(Refused("lane_fixed"))

    def _lane_of(self, no: int) -> str | None:
        card = self._model.card(no)
        return self._model.lane_of(card) if card is not None else None

    def _stays(self, nos: Sequence[int], gap: Gap) -> bool:
        """Whether a card was let go where it had been taken up: that is no wish for another place."""
        card = self._model.card(nos[0]) if len(nos) == 1 else None
        column = self._model.columns[card.stage].nos if card is not None else None
        if column is None or nos[0] not in column:
            return False
        at = column.index(nos[0])
        before = column[at - 1] if at else None
        return gap[0] == before

    def place(self, by: int) -> None:
        """Put the current card one place up or down in own order."""
        current = self._lanes.current()
        if current is None:
            return
        if not self._model.arranged:
            self._desk.refused.emit(Refused("not_own_order"))
            return
        gap = self._lanes.gap_beside(by)
        if gap is not None:
            self._desk.do(place_leads, [current.id], self._beside(gap))

    def _beside(self, gap: Gap) -> Beside:
        self._model.fetch(no for no in gap if no is not None)
        above, below = (self._model.card(no) if no is not None else None for no in gap)
        return (above.id if above is not None else None, below.id if below is not None else None)

    # ── owners, and the end ──────────────────────────────────────────────────────────────────────────────────────

    def claim(self, lead: str) -> None:
        """Make the person at work the owner of a lead from the pool, or of all that are selected with it."""
        self._for(lead, lambda ids: self._desk.do(claim_leads, ids))

    def release(self, lead: str) -> None:
        """Give a lead, or all that are selected with it, back to the pool."""
        self._for(lead, lambda ids: self._desk.do(release_leads, ids))

    def delete(self) -> None:
        """Delete the selected cards in one step."""
        from leaddesk.operations.bulk import delete_many  # what changes many leads is needed rarely

        nos = self._lanes.meant()
        if nos:
            job = self._desk.start(
                delete_many, nos, then=lambda _done: self._lanes.select_none(), failed=self._could_not_delete
            )
            self.deleting.emit(job, len(nos))

    def _could_not_delete(self, error: LeadDeskError) -> None:
        if not isinstance(error, Cancelled):
            self._desk.failed.emit(error)

    def _for(self, lead: str, act: Callable[[list[str]], object]) -> None:
        card = self._model.find(lead)
        if card is not None and card.no in self._lanes.selection:
            self.with_meant(act)
        else:
            act([lead])


def _on_the_way(stage: Stage) -> bool:
    return stage.kind in (StageKind.OPEN, StageKind.WON)
