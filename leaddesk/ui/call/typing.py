"""Keeps what is typed as an answer but not entered yet, in small files beside: not even half a name is lost."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leaddesk.db.ids import new_id
from leaddesk.exchange.spool import Kept, Spool
from leaddesk.ui.call.notes import CEILING, IDLE, precise_timer
from leaddesk.ui.desk import Desk


class TypedKeeper(QObject):
    """Texts by question, of one call at a time. `state_changed()` when one waits for the disk, or is there."""

    state_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call: str | None = None
        self._texts: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._idle, self._ceiling = (precise_timer(self, wait, self.secure) for wait in (IDLE, CEILING))

    @property
    def _files(self) -> Spool:
        return self._desk.typed

    def open(self, call: str) -> None:
        """Keep what is typed in this call; what an earlier run left of it is there again."""
        if call == self._call:
            return
        self.close()
        self._call = call
        self._texts = {kept.question: kept.note for kept in self._files.all(call) if kept.note}

    def close(self) -> None:
        """No call goes on any more."""
        self.secure()
        self._call, self._texts = None, {}

    def text(self, question: str) -> str:
        """What is typed at a question and not entered."""
        return self._texts.get(question, "")

    def left(self) -> tuple[tuple[str, str], ...]:
        """All that is typed and not entered: questions and texts."""
        return tuple(self._texts.items())

    def typed(self, question: str, text: str) -> None:
        """The text is now this."""
        if self._call is None or self.text(question) == text:
            return
        if not text:
            self.let_go(question)
            return
        self._texts[question] = text
        self._waiting.add(question)
        self._idle.start()
        if not self._ceiling.isActive():
            self._ceiling.start()
        self.state_changed.emit()

    def let_go(self, question: str) -> None:
        """It was entered, or taken off."""
        self._waiting.discard(question)
        if self._texts.pop(question, None) is None or self._call is None:
            return
        kept = self._files.at((self._call, question, False))
        if kept is not None:
            self._files.drop(kept.id)
        self.state_changed.emit()

    @property
    def waiting(self) -> bool:
        """Whether something typed is not in its file yet."""
        return bool(self._waiting)

    def secure(self) -> None:
        """Write what waits."""
        self._idle.stop()
        self._ceiling.stop()
        waiting, self._waiting = self._waiting, set()
        for question in waiting:
            if self._call is not None:
                now = self._desk.now()
                self._files.keep(Kept(new_id(now), self._call, question, now, note=self._texts[question]))
        if waiting:
            self.state_changed.emit()
