"""Under the note: the answers that what is typed there may mean, each taken by its key; the text stays the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from leaddesk import words
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui import amounts, theme
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.call import script
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import COMMAND
from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.kit.panels import row
from leaddesk.ui.text import ElidedText, set_tooltip

if TYPE_CHECKING:
    from leaddesk.qualify.shorthand import Offer

#: Letters at the end of the line being typed that are read.
_READ = 600


def offers_for(session: Session, text: str) -> tuple[Offer, ...]:
    """What the line being typed may answer, best first; what was answered so already is not offered again."""
    lead, question = session.lead, session.question
    line = text.rstrip("\n").rpartition("\n")[2][-_READ:]
    if lead is None or question is None or not line.strip():
        return ()
    # Read here for the first time: a call begins sooner than somebody types.
    from leaddesk.qualify.shorthand import read_shorthand

    book, language = session.playbook, session.desk.language
    keys = [each.key for each in script.visible(book, lead.assessment)]
    money = next((each for each in book.questions if each.kind is QuestionKind.MONEY), question)
    currency = amounts.usual_currency(money, lead.facts.get("value"), language)
    found = read_shorthand(book, line, session.today(), language, keys, asked=question.key, currency=currency)
    return tuple(offer for offer in found if not _is_told(session, offer.question, offer.said))


def _is_told(session: Session, question: str, said: Said) -> bool:
    return session.talk.said_by_speaker(question) == said


class Offers(QWidget):
    """Up to three offers beside each other. `taken(Offer)` by key or click."""

    taken = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._session = session
        self._compact = compact
        self.offers: tuple[Offer, ...] = ()
        self.chips = tuple(_Chip(keys, self) for keys in COMMAND["call.offer"].keys)
        line = row(*self.chips, spacing=6)
        line.setContentsMargins(0, 6, 0, 0)
        line.addStretch(1)
        self.setLayout(line)
        for number, chip in enumerate(self.chips, start=1):
            chip.clicked.connect(lambda place=number: self.take(place))
        self.hide()

    def show_for(self, text: str) -> None:
        """Offer what a note may mean."""
        self.offers = offers_for(self._session, text)[: len(self.chips)]
        language, book = self._session.desk.language, self._session.playbook
        for number, chip in enumerate(self.chips):
            offer = self.offers[number] if number < len(self.offers) else None
            chip.setVisible(offer is not None)
            if offer is not None:
                question = book.question[offer.question]
                answer = said_words(question, offer.said, language, short=True)
                criterion = words.pick(book.criterion[question.criterion].label, language)
                title = words.pick(question.title, language)
                here = offer.question == self._session.question_key
                short = (
                    answer
                    if here or self._compact
                    else words.say(language, "call", "offer", question=criterion, answer=answer)
                )
                chip.say(short, words.say(language, "call", "offer", question=title, answer=answer), here=here)
        self.setVisible(bool(self.offers))

    def take(self, number: int) -> None:
        """Take the offer with this number, counted from 1."""
        if 0 < number <= len(self.offers):
            self.taken.emit(self.offers[number - 1])


class _Chip(QFrame):
    clicked = Signal()

    def __init__(self, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme.look(self, "kind", "option")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = ElidedText(kind="small", parent=self)
        line = row(self._text, KeyCap(keys, self), spacing=8)
        line.setContentsMargins(10, 4, 6, 4)
        self.setLayout(line)

    @property
    def text(self) -> str:
        """What it offers."""
        return self._text.text()

    def say(self, text: str, whole: str, *, here: bool) -> None:
        """Show an offer, whole to a resting pointer; `here`: it answers the question being asked."""
        self._text.setText(text)
        self.setAccessibleName(whole)
        set_tooltip(self, whole)
        theme.look(self, "on", here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
