"""Keeps what was answered until it is on disk: painted at once, tried again where it could not be saved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.errors import LeadDeskError, Refused
from leaddesk.operations import talk
from leaddesk.qualify.state import Said
from leaddesk.ui.call.notes import AGAIN
from leaddesk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and by whom: empty for the lead's own person."""

    said: Said
    by: str = ""


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

    def give(self, call: str, question: str, told: Told) -> None:
        """Save an answer."""
        place = call, question
        self._flying[place] = told
        self._unsaved.pop(place, None)
        self.state_changed.emit(None)
        self._desk.do(
            talk.answer_question,
            call,
            question,
            told.said,
            told.by,
            then=lambda _: self._landed(place, told),
            refused=lambda trouble: self._lost(place, told, trouble),
            failed=lambda trouble: self._lost(place, told, trouble),
        )

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        for (call, question), told in list(self._unsaved.items()):
            self.give(call, question, told)

    def _landed(self, place: tuple[str, str], told: Told) -> None:
        if self._flying.get(place) == told:
            del self._flying[place]
        self.state_changed.emit(None)

    def _lost(self, place: tuple[str, str], told: Told, trouble: LeadDeskError) -> None:
        if self._flying.get(place) == told:
            del self._flying[place]
            if not isinstance(trouble, Refused):
                self._unsaved[place] = told
                self._again.start()
        self.state_changed.emit(trouble)
