"""Keeps what is typed beside a question: durable half a second after the last key, and while typing every second."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.errors import LeadDeskError
from leaddesk.operations import talk
from leaddesk.ui.desk import Desk

#: Milliseconds without a key after which the text is written, and how long it may wait while keys go on.
IDLE, CEILING = 250, 900
#: How soon what could not be saved is tried again.
AGAIN = 2000


class NoteKeeper(QObject):
    """The notes of one call, by question. `state_changed()` when something waits, was saved, or was not."""

    state_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call: str | None = None
        self._texts: dict[str, str] = {}
        self._waiting: dict[tuple[str, str], str] = {}
        self._flying: dict[tuple[str, str], str] = {}
        self._unsaved: dict[tuple[str, str], str] = {}
        self._idle = self._timer(IDLE, self.flush)
        self._ceiling = self._timer(CEILING, self.flush)
        self._again = self._timer(AGAIN, self.retry)

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def open(self, call_id: str, written: Mapping[str, str]) -> None:
        """Keep the notes of this call; `written` is what the database has."""
        self.flush()
        self._call = call_id
        self._texts = dict(written)
        for (call, question), text in (self._unsaved | self._flying | self._waiting).items():
            if call == call_id:
                self._texts[question] = text

    def close(self) -> None:
        """No call goes on any more; what waits is still written."""
        self.flush()
        self._call = None
        self._texts = {}

    def text(self, question: str) -> str:
        """What is noted at a question, saved or not."""
        return self._texts.get(question, "")

    def typed(self, question: str, text: str) -> None:
        """The text at a question is now this."""
        if self._call is None or self._texts.get(question, "") == text:
            return
        self._texts[question] = text
        self._waiting[self._call, question] = text
        self._idle.start()
        if not self._ceiling.isActive():
            self._ceiling.start()
        self.state_changed.emit()

    @property
    def waiting(self) -> bool:
        """Whether something typed is not on disk yet."""
        return bool(self._waiting or self._flying)

    @property
    def unsaved(self) -> bool:
        """Whether something typed could not be written; it is kept and tried again."""
        return bool(self._unsaved)

    def flush(self) -> None:
        """Write what waits, now."""
        self._idle.stop()
        self._ceiling.stop()
        waiting, self._waiting = self._waiting, {}
        for place, text in waiting.items():
            self._write(place, text)

    def retry(self) -> None:
        """Try again to write what could not be written."""
        self._again.stop()
        unsaved, self._unsaved = self._unsaved, {}
        for place, text in unsaved.items():
            if place not in self._waiting and place not in self._flying:
                self._write(place, text)

    def _write(self, place: tuple[str, str], text: str) -> None:
        call, question = place
        self._flying[place] = text
        self._unsaved.pop(place, None)
        self._desk.do(
            talk.write_note,
            call,
            question,
            text,
            then=lambda _: self._landed(place, text),
            refused=lambda trouble: self._lost(place, text, trouble),
            failed=lambda trouble: self._lost(place, text, trouble),
        )

    def _landed(self, place: tuple[str, str], text: str) -> None:
        if self._flying.get(place) == text:
            del self._flying[place]
        self.state_changed.emit()

    def _lost(self, place: tuple[str, str], text: str, _trouble: LeadDeskError) -> None:
        if self._flying.get(place) == text:
            del self._flying[place]
            self._unsaved[place] = text
        self._again.start()
        self.state_changed.emit()
