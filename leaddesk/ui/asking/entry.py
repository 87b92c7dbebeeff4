"""The line in which a sum, number, day, name or text is typed exactly, with what it is understood as."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from leaddesk import words
from leaddesk.qualify.answers import standing_of_said
from leaddesk.qualify.days import read_when
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant, QuestionKind
from leaddesk.ui import amounts, figures, shield, theme
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.day_order import month_first
from leaddesk.ui.kit.panels import row
from leaddesk.ui.text import Text

#: Currencies that are always offered, after those the question names.
_USUAL = ("EUR", "USD", "CNY", "GBP", "JPY")


def read_said(
    question: Question, text: str, currency: str, today: date, *, month_before_day: bool = False
) -> Said | None:
    """What was typed as an answer to a question; None where it says none."""
    if question.kind is QuestionKind.MONEY:
        money = amounts.read_money(text, currency)
        return Said(money=money) if money is not None else None
    if question.kind is QuestionKind.NUMBER:
        number = amounts.read_number(text)
        return Said(number=number) if number is not None and number >= 0 else None
    if question.kind is QuestionKind.DATE:
        when = read_when(text, today, month_first=month_before_day)
        return Said(day=when.day) if when is not None else None
    return Said(text=text.strip()) if text.strip() else None


def written(question: Question, said: Said | None, language: str) -> str:
    """An answer as it would be typed, so that it can be corrected in place."""
    if said is None or said.heard is not None or said.keys or (said.money is not None and shield.is_up()):
        return ""
    if said.day is not None:
        return said.day.isoformat()
    return said_words(question, said, language)


class Entry(QWidget):
    """`said(Said)` on Enter, `entered()` on Enter without a change, `focused(bool)`, `escaped()`.

    `typing(str)` after each change by a person.
    """

    said = Signal(object)
    entered = Signal()
    escaped = Signal()
    focused = Signal(bool)
    typing = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._today = date.min
        self._now: Instant = 0
        self._language = "en"
        self._known = ""  # what was said, as it would be typed
        self._shown = ""  # what was put into the line last, but for a person's typing
        self.line = Line(self)
        self.currency = QComboBox(self)
        self.currency.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._meaning = Text(kind="small", wrap=True, parent=self)
        self._meaning.setMinimumSize(QSize(90, 0))
        self.setLayout(row(self.line, self.currency, self._meaning))
        layout = self.layout()
        if layout is not None:
            self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.textChanged.connect(self._understand)
        self.line.textEdited.connect(self.typing)
        self.line.entered.connect(self._enter)
        self.line.escaped.connect(self.escaped)
        self.line.focused.connect(self.focused)
        self.currency.currentTextChanged.connect(self._understand)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self.line.composing

    @property
    def question(self) -> Question | None:
        """The question it is ready for."""
        return self._question

    def offer(
        self,
        question: Question,
        said: Said | None,
        currency: str,
        today: date,
        now: Instant,
        language: str,
        typed: str = "",
    ) -> None:
        """Ready for a question; what was said before can be corrected. Typing under way is left alone.

        `typed`: what was typed before and not entered.
        """
        other = self._question is not question
        self._question, self._today, self._now, self._language = question, today, now, language
        self.line.setPlaceholderText(words.say(language, "call", f"hint_{question.kind.value}"))
        self.line.setAccessibleName(words.say(language, "call", f"type_{question.kind.value}"))
        self.currency.setVisible(question.kind is QuestionKind.MONEY)
        self.currency.setAccessibleName(words.say(language, "call", "currency"))
        if other:
            self._offer_currencies(question, said, currency)
        self._known = written(question, said, language)
        text = typed or self._known
        if (other or not self.line.hasFocus() or self.line.text() == self._shown) and text != self.line.text():
            self.line.setText(text)
        if other or text == self.line.text():
            self._shown = text
        self._understand()

    def take(self) -> Said | None:
        """What is typed and not entered, where it says something else than what is known; it counts as entered now."""
        said = self._read()
        if said is None or self.line.text() == self._known:
            return None
        self._known = self._shown = self.line.text()
        return said

    def take_off(self) -> None:
        """Let go what is typed and not entered: it was answered in another way."""
        self._shown = self._known
        self.line.setText(self._known)

    def _offer_currencies(self, question: Question, said: Said | None, currency: str) -> None:
        named = [unit for answer in question.answers for unit in answer.sums or ()]
        first = said.money.currency if said is not None and said.money is not None else currency
        self.currency.clear()
        self.currency.addItems(list(dict.fromkeys((first, *_USUAL, *named))))

    def _read(self) -> Said | None:
        if self._question is None:
            return None
        first = month_first(self._language)
        return read_said(
            self._question, self.line.text(), self.currency.currentText(), self._today, month_before_day=first
        )

    def _understand(self) -> None:
        """Say what the text is understood as."""
        said, question = self._read(), self._question
        theme.look(self.line, "wrong", "false")
        if question is None or said is None or question.kind in {QuestionKind.PERSON, QuestionKind.TEXT}:
            self._meaning.setText("")
            return
        if said.day is not None:
            spoken = figures.weekday_date(said.day, self._language, self._today)
        else:
            spoken = said_words(question, said, self._language)
        _, _, keys = standing_of_said(question, said, self._now)
        bands = [words.pick(answer.label, self._language) for answer in question.answers if answer.key in keys]
        self._meaning.setText(" · ".join((f"= {spoken}", *bands)))

    def _enter(self) -> None:
        said = self.take()
        if said is not None:
            self.said.emit(said)
        elif self._read() is None and self.line.text().strip():
            theme.look(self.line, "wrong", "true")
            self._meaning.setText(words.say(self._language, "call", f"cannot_read_{_kind(self._question)}"))
        else:
            self.entered.emit()


def _kind(question: Question | None) -> str:
    return question.kind.value if question is not None else QuestionKind.TEXT.value
