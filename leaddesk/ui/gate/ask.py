"""One question inside the gate: its answers as chips on digits, and a field where a sum, a day or a name is wanted."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from leaddesk import words
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui import amounts
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.gate.chips import ChipFlow
from leaddesk.ui.text import Text, set_tooltip

#: Kinds that are answered by typing; the first three by a band as well.
_TYPED = (QuestionKind.MONEY, QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.PERSON, QuestionKind.TEXT)


class Ask(QWidget):
    """A question of the gate. Emits `answered(question key, Said)` or `taken_back(question key)`."""

    answered = Signal(str, object)
    taken_back = Signal(str)

    def __init__(
        self,
        question: Question,
        said: Said | None,
        language: str,
        today: date,
        currency: str,
        heading: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.question, self._said, self._language, self._today = question, said, language, today
        self._currency = currency
        self.trouble = Text(kind="small", tone="late", wrap=True)
        self.trouble.hide()
        self._flow = ChipFlow(self)
        self.chips = self._flow.chips
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        if heading:
            inside.addWidget(Text(heading, "small", wrap=True))
        inside.addLayout(self._flow)
        inside.addWidget(self.trouble)
        self._offer()
        self.setAccessibleName(words.pick(question.wording, language))

    def _offer(self) -> None:
        chosen = set(self._said.keys) if self._said is not None else set()
        typed = self.question.kind in _TYPED
        if self.question.kind not in (QuestionKind.PERSON, QuestionKind.TEXT):
            for answer in self.question.answers:
                chip = self._flow.add_chip(words.pick(answer.short, self._language), partial(self._choose, answer.key))
                set_tooltip(chip, words.pick(answer.label, self._language))
                chip.setChecked(answer.key in chosen)
        if typed:
            self._offer_field()

    def _offer_field(self) -> None:
        said = self._said
        exact = said is not None and not said.keys
        told = said_words(self.question, said, self._language) if said is not None and exact else ""
        name = words.say(self._language, "gate_panel", f"type_{self.question.kind}")
        if self.question.kind in (QuestionKind.PERSON, QuestionKind.TEXT):
            name = words.pick(self.question.short, self._language)
        chip = self._flow.add_chip(told or f"{name}…", self._open_field)
        chip.setChecked(exact)
        self._field: QLineEdit | QDateEdit = self._make_field(name)
        self._field.hide()
        self._flow.addWidget(self._field)

    def _make_field(self, name: str) -> QLineEdit | QDateEdit:
        if self.question.kind is QuestionKind.DATE:
            day = DayField(self._today, self)
            day.kept.connect(self._say_day)
            day.setAccessibleName(name)
            return day
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(words.say(self._language, "call", f"hint_{self.question.kind}"))
        field.setFixedWidth(200)
        field.returnPressed.connect(lambda: self._read(field.text()))
        return field

    def _choose(self, key: str) -> None:
        chosen = self._said.keys if self._said is not None else ()
        if self.question.kind is QuestionKind.SEVERAL:
            keys = tuple(one for one in chosen if one != key) if key in chosen else (*chosen, key)
        else:
            keys = () if chosen == (key,) else (key,)
        if keys:
            self._say(Said(keys=keys))
        else:
            self.taken_back.emit(self.question.key)

    def _open_field(self) -> None:
        self.chips[-1].setChecked(True)
        self._field.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read(self, text: str) -> None:
        if not text.strip():
            self.taken_back.emit(self.question.key)
            return
        said = self._said_of(text.strip())
        if said is not None:
            self._say(said)
            return
        self.trouble.setText(words.say(self._language, "call", f"cannot_read_{self.question.kind}"))
        self.trouble.show()

    def _said_of(self, text: str) -> Said | None:
        """What was typed as an answer; a sum without a currency is one of this talk."""
        if self.question.kind is QuestionKind.NUMBER:
            number = amounts.read_number(text)
            return Said(number=number) if number is not None and number >= 0 else None
        if self.question.kind is QuestionKind.MONEY:
            money = amounts.read_money(text, self._currency)
            return Said(money=money) if money is not None else None
        return Said(text=text)

    def _say_day(self, day: date) -> None:
        self._say(Said(day=day))

    def _say(self, said: Said) -> None:
        self._said = said
        self.answered.emit(self.question.key, said)


class DayField(QDateEdit):
    """A day to type or to pick; Enter keeps it."""

    kept = Signal(object)

    def __init__(self, start: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setLocale(QLocale.c())
        self.setDate(QDate(start.year, start.month, start.day))
        self.setFixedWidth(150)

    @property
    def day(self) -> date:
        """The day shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the day."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit(self.day)
        else:
            super().keyPressEvent(event)
