"""Keeps what is typed beside a question: durable half a second after the last key, and within a second while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from leaddesk.db.ids import new_id
from leaddesk.errors import LeadDeskError
from leaddesk.exchange.spool import Kept
from leaddesk.operations import talk
from leaddesk.ui.desk import Desk

#: Milliseconds without a key after which the text is written, and how long it may wait while keys go on.
IDLE, CEILING = 250, 600
#: How soon what could not be saved is tried again.
AGAIN = 2000
#: What the database has not taken after so long is kept in a file beside, in case the program ends.
KEEP_AFTER = 200


def precise_timer(parent: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    """A timer that fires once, on time: what is typed must be safe within a second."""
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer


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
        self._idle = precise_timer(self, IDLE, self.flush)
        self._ceiling = precise_timer(self, CEILING, self.flush)
        self._again = precise_timer(self, AGAIN, self.retry)

    def open(self, call_id: str, written: Mapping[str, str]) -> None:
        """Keep the notes of this call; `written` is what the database has."""
        self.flush()
        self._call = call_id
        self._texts = dict(written)
        self._recall(call_id)
        for (call, question), text in (self._unsaved | self._flying | self._waiting).items():
            if call == call_id:
                self._texts[question] = text

    def _recall(self, call_id: str) -> None:
        """What an earlier run could not save is as if it had been typed just now."""
        for kept in self._desk.spool.all(call_id):
            place = kept.call, kept.question
            if kept.note is not None and not any(place in texts for texts in self._on_the_way()):
                self._unsaved[place] = kept.note
                self._again.start()

    def _on_the_way(self) -> tuple[dict[tuple[str, str], str], ...]:
        return self._waiting, self._flying, self._unsaved

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
        if self._desk.spool.at((call, question, False)) is not None:
            # An older text is kept: it must never be taken up over this one.
            self._keep(place, text)
        QTimer.singleShot(KEEP_AFTER, self, lambda: self._keep_if_late(place, text))
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
        kept = self._desk.spool.at((*place, False))
        if kept is not None and kept.note == text:
            self._desk.spool.drop(kept.id)
        self.state_changed.emit()

    def _keep_if_late(self, place: tuple[str, str], text: str) -> None:
        if self._flying.get(place) == text:
            self._keep(place, text)

    def _keep(self, place: tuple[str, str], text: str) -> None:
        kept = self._desk.spool.at((*place, False))
        if kept is None or kept.note != text:
            now = self._desk.now()
            self._desk.spool.keep(Kept(new_id(now), *place, now, note=text))

    def secure(self) -> None:
        """Write what waits, and keep in a file what the database may not take before the program ends."""
        self.flush()
        for place, text in (self._unsaved | self._flying).items():
            self._keep(place, text)

    def _lost(self, place: tuple[str, str], text: str, _trouble: LeadDeskError) -> None:
        if self._flying.get(place) == text:
            del self._flying[place]
            self._unsaved[place] = text
            self._keep(place, text)
        self._again.start()
        self.state_changed.emit()
