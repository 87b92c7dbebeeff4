"""The note beside a question and the answers it offers, alike in every shape of the call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.shorthand.offers import Offer
from leaddesk.ui.asking.fields import NoteField
from leaddesk.ui.call.offers import Offers
from leaddesk.ui.call.session import Session

# Pixels of a note of one line.
_ONE_LINE = 36


class NoteLine(QWidget):
    """The note of the question asked, saved as it is typed. `entered()`, `escaped()`, `focused(bool)`, `answered(str)`.

    `answered` names the question an offer has just answered. `compact`: one line, and short offers.
    """

    entered = Signal()
    escaped = Signal()
    focused = Signal(bool)
    answered = Signal(str)

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, height: int = 66, compact: bool = False
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._taken_from: str | None = None
        self.field = NoteField(self)
        self.field.setFixedHeight(_ONE_LINE if compact else height)
        if compact:
            self.field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers = Offers(session, self, compact=compact)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.field)
        stack.addWidget(self.offers)
        self.setFocusProxy(self.field)
        self.field.typed.connect(self._typed)
        self.field.offered.connect(self.offers.take)
        self.field.entered.connect(self.entered)
        self.field.escaped.connect(self.escaped)
        self.field.focused.connect(self.focused)
        self.offers.taken.connect(self._take)

    def show_note(self) -> None:
        """Show what is noted at the question asked, and what it may mean."""
        question, language = self._session.question, self._session.desk.language
        if question is None:
            return
        self.field.setPlaceholderText(words.say(language, "call", "note_hint"))
        self.field.setAccessibleName(words.say(language, "call", "note"))
        self.field.show_text(self._session.notes.text(question.key))
        self.show_offers()

    def show_offers(self) -> None:
        """Offer what the note may mean."""
        text = self.field.toPlainText()
        self.offers.show_for(text)
        # Pressed once too often after the last offer was taken, the key shall not lead away from the call.
        self.field.offers = len(self.offers.chips) if self.offers.offers or text == self._taken_from else 0

    def _typed(self, text: str) -> None:
        if self._session.question_key is not None:
            self._session.notes.typed(self._session.question_key, text)
            self.show_offers()
            self.focused.emit(True)

    def _take(self, offer: object) -> None:
        if isinstance(offer, Offer):
            self._taken_from = self.field.toPlainText()
            self.answered.emit(offer.question)
            self._session.talk.answer(offer.said, offer.question)
            self.show_offers()
            self.focused.emit(True)
