"""Keeps what was answered until it is on disk: painted at once, tried again where it could not be saved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.db.ids import new_id
from leaddesk.errors import LeadDeskError, Refused
from leaddesk.exchange.spool import Kept
from leaddesk.operations import talk
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant
from leaddesk.ui.call.notes import AGAIN, KEEP_AFTER
from leaddesk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, by whom (empty: the lead's own person) and when. `id`: the answer's, so that it is given once."""

    said: Said
    by: str
    id: str
    at: Instant


class AnswerKeeper(QObject):
    """Answers by call and question. `state_changed(trouble)` when one is on its way, was saved (None), or was not."""

    state_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._flying: dict[tuple[str, str], Told] = {}
        self._unsaved: dict[tuple[str, str], Told] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.retry)

    def told(self, call: str, question: str) -> Told | None:
        """What is painted but not yet on disk."""
        return self._flying.get((call, question)) or self._unsaved.get((call, question))

    def of_call(self, call: str) -> dict[str, Told]:
        """What is painted but not yet on disk, by question, in the order it was answered."""
        told = [(question, one) for (of, question), one in (self._unsaved | self._flying).items() if of == call]
        return dict(sorted(told, key=lambda pair: pair[1].id))

    def is_unsaved(self, call: str, question: str) -> bool:
        """Whether the answer could not be saved; it is kept and tried again."""
        return (call, question) in self._unsaved

    @property
    def waiting(self) -> bool:
        """Whether an answer is on its way to disk."""
        return bool(self._flying)

    @property
    def unsaved(self) -> bool:
        """Whether an answer could not be saved."""
        return bool(self._unsaved)

    def open(self, call: str) -> None:
        """An answer of this call that an earlier run could not save is as if it had been given just now."""
        for kept in self._desk.spool.all(call):
            if kept.said is not None and self.told(call, kept.question) is None:
                self._unsaved[call, kept.question] = Told(kept.said, kept.by, kept.id, kept.at)
                self._again.start()

    def answer(self, call: str, question: str, said: Said, by: str) -> None:
        """Save an answer."""
        now = self._desk.now()
        self._give(call, question, Told(said, by, new_id(now), now))

    def _give(self, call: str, question: str, told: Told) -> None:
        place = call, question
        self._flying[place] = told
        self._unsaved.pop(place, None)
        self.state_changed.emit(None)
        if self._desk.spool.at((call, question, True)) is not None:
            self._keep(place, told)
        QTimer.singleShot(KEEP_AFTER, self, lambda: self._keep_if_late(place, told))
        self._desk.do(
            talk.answer_question,
            call,
            question,
            told.said,
            told.by,
            told.id,
            told.at,
            then=lambda _: self._landed(place, told),
            refused=lambda trouble: self._lost(place, told, trouble),
            failed=lambda trouble: self._lost(place, told, trouble),
        )

    def let_go_unsaved(self, call: str, question: str) -> bool:
        """Take back an answer that could not be saved so far; whether there was one."""
        told = self._unsaved.pop((call, question), None)
        if told is not None:
            self._desk.spool.drop(told.id)
        return told is not None

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        for (call, question), told in list(self._unsaved.items()):
            self._give(call, question, told)

    def _landed(self, place: tuple[str, str], told: Told) -> None:
        if self._flying.get(place) == told:
            del self._flying[place]
        self._desk.spool.drop(told.id)
        self.state_changed.emit(None)

    def _keep_if_late(self, place: tuple[str, str], told: Told) -> None:
        if self._flying.get(place) == told:
            self._keep(place, told)

    def _keep(self, place: tuple[str, str], told: Told) -> None:
        self._desk.spool.keep(Kept(told.id, *place, told.at, said=told.said, by=told.by))

    def secure(self) -> None:
        """Keep in a file what the database may not take before the program ends."""
        for place, told in (self._unsaved | self._flying).items():
            self._keep(place, told)

    def _lost(self, place: tuple[str, str], told: Told, trouble: LeadDeskError) -> None:
        if self._flying.get(place) == told:
            del self._flying[place]
            if isinstance(trouble, Refused):
                self._desk.spool.drop(told.id)
            else:
                self._unsaved[place] = told
                self._keep(place, told)
                self._again.start()
        self.state_changed.emit(trouble)
