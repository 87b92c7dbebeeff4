"""One question as it is asked: wording, hint, what is known already, answers on digits, the line for exact answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.answers import standing_of_said
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.asking.entry import Entry
from leaddesk.ui.asking.options import TYPED, Does, Option, chosen_digits, options
from leaddesk.ui.text import Text

#: Several choices are saved by themselves so many milliseconds after the last digit.
CONFIRM_AFTER = 250


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with all it takes to ask it.

    `asked_in`: the language of its wording where that is another than `language`; `people`: who can be named on a
    digit; `currency`: what a sum is meant in when none is named; `earlier`: what was known before; `short`: the short
    wording and short answers, where there is little room.
    """

    playbook: Playbook
    question: Question
    language: str
    today: date
    now: Instant
    asked_in: str = ""
    people: tuple[str, ...] = ()
    currency: str = ""
    earlier: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said to it so far.

    `bands`: the keys of the answers that stand (None: what `said` amounts to). `mark` stands at the end of the chosen
    rows, such as *saving*. `toggled`: where several choices go on from; another person's choices begin afresh.
    `typed`: what was typed and not entered; None: what the widget itself knows of it.
    """

    said: Said | None = None
    bands: tuple[str, ...] | None = None
    mark: str = ""
    toggled: tuple[str, ...] = ()
    typed: str | None = None


class AskedQuestion(QWidget):
    """Shows one question and tells what is answered; whoever asks keeps the answer and shows it with `show_heard`.

    `said(question, Said)` · `taken_back(question)`: the answer is withdrawn · `typing(question, text)`: what is typed,
    not entered yet · `entered()`: Enter, all is told: go on · `letter(str)`: a letter that is no answer ·
    `focused(bool)`: keys come here, or go elsewhere.
    """

    said = Signal(str, object)
    taken_back = Signal(str)
    typing = Signal(str, str)
    entered = Signal()
    letter = Signal(str)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.wording = Text(kind="title" if compact else "question", wrap=True, selectable=False, parent=self)
        self.own_wording = Text(wrap=True, parent=self)
        self.hint = Text(kind="small" if compact else "mute", wrap=True, parent=self)
        self.earlier = Text(kind="small", tone="soon", wrap=True, parent=self)
        self.choices = Choices(self, compact=compact)
        self.entry = Entry(self)
        self._asking: Asking | None = None
        self._heard = Heard()
        self._options: tuple[Option, ...] = ()
        self._toggled: dict[str, tuple[str, ...]] = {}
        self._typed: dict[str, str] = {}
        self._confirm = QTimer(self)
        self._confirm.setSingleShot(True)
        self._confirm.setInterval(CONFIRM_AFTER)
        self._confirm.timeout.connect(self.confirm_toggled)
        self._arrange(compact=compact)
        self._listen()

    def _arrange(self, *, compact: bool) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.wording)
        stack.addSpacing(3 if compact else 6)
        self.own_wording.setContentsMargins(0, 0, 0, 4)
        self.earlier.setContentsMargins(0, 4, 0, 0)
        stack.addWidget(self.own_wording)
        stack.addWidget(self.hint)
        stack.addWidget(self.earlier)
        stack.addSpacing(6 if compact else 12)
        stack.addWidget(self.choices)
        stack.addSpacing(4 if compact else 8)
        stack.addWidget(self.entry)

    def _listen(self) -> None:
        self.choices.picked.connect(self.pick)
        self.choices.confirmed.connect(self._enter)
        self.choices.letter.connect(self.letter)
        self.choices.erased.connect(self._erase)
        self.entry.said.connect(self._tell_typed)
        self.entry.entered.connect(self._enter)
        self.entry.typing.connect(self._keep_typed)
        self.entry.escaped.connect(self.focus_question)
        for part in (self.choices, self.entry):
            part.focused.connect(self.focused)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def question(self) -> Question | None:
        """The question shown."""
        return self._asking.question if self._asking is not None else None

    @property
    def toggling(self) -> bool:
        """Whether several choices wait to be confirmed."""
        return self.question is not None and self.question.key in self._toggled

    def ask(self, asking: Asking) -> None:
        """Show a question; what is typed or toggled at the same one stays."""
        self._asking = asking
        question, language = asking.question, asking.language
        spoken = asking.asked_in or language
        wording = question.short if asking.short and question.short else question.wording
        self.wording.setText(words.pick(wording, spoken))
        self.own_wording.setText(words.pick(wording, language))
        self.own_wording.setVisible(spoken != language)
        self.hint.setText(words.pick(question.hint, language))
        self.hint.setVisible(bool(self.hint.text()))
        self.earlier.setText(asking.earlier)
        self.earlier.setVisible(bool(asking.earlier))
        self._options = options(asking.playbook, question, asking.people, language, short=asking.short)
        self.choices.setAccessibleName(self.wording.text())
        self.entry.setVisible(question.kind in TYPED)

    def show_heard(self, heard: Heard) -> None:
        """Show what was said to the question shown."""
        self._heard = heard
        asking = self._asking
        if asking is None:
            return
        question = asking.question
        self.choices.offer([Row(option.digit, option.label, self._tail(option)) for option in self._options])
        toggled = self._toggled.get(question.key)
        digits = chosen_digits(question, self._options, Said(keys=toggled) if toggled is not None else heard.said)
        # The answers that stand: of an exact sum or day its band, of a known fact the answer it amounts to.
        bands = heard.bands or ()
        if heard.bands is None and heard.said is not None:
            _, _, bands = standing_of_said(question, heard.said, asking.now)
        if toggled is None:
            digits |= frozenset(option.digit for option in self._options if option.key and option.key in bands)
        self.choices.choose(digits, heard.mark)
        if question.kind in TYPED:
            typed = self._typed.get(question.key, "") if heard.typed is None else heard.typed
            self.entry.offer(question, heard.said, asking.currency, asking.today, asking.now, asking.language, typed)

    def _tail(self, option: Option) -> str:
        """What stands at a row's end: its points, or the exact sum, day or name that was said."""
        said, asking = self._heard.said, self._asking
        if (
            option.does is Does.TYPE
            and said is not None
            and asking is not None
            and said.heard is None
            and not said.keys
        ):
            return said_words(asking.question, said, asking.language)
        return option.tail

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def pick(self, digit: int) -> None:
        """Choose the row on a digit."""
        option = next((each for each in self._options if each.digit == digit), None)
        question = self.question
        if option is None or question is None:
            return
        if option.does is Does.TYPE:
            self.entry.line.setFocus()
            self.entry.line.selectAll()
        elif option.does is Does.TOGGLE:
            self._toggle(question, option.key)
        else:
            self.confirm_toggled()
            self._take_off_typed(question)
            self.said.emit(question.key, option.said)

    def _toggle(self, question: Question, key: str) -> None:
        wanted = {*self._toggled.get(question.key, self._heard.toggled)} ^ {key}
        # In the order of the script, so that the same choices are the same answer.
        self._toggled[question.key] = tuple(answer.key for answer in question.answers if answer.key in wanted)
        self._confirm.start()
        self.show_heard(self._heard)
        self.focused.emit(self.choices.hasFocus())

    def confirm(self) -> bool:
        """Tell what is toggled, and what is typed where it can be understood; whether there was anything."""
        toggled = self.confirm_toggled()
        question = self.question
        said = self.entry.take() if question is not None and question.kind in TYPED else None
        if question is not None and said is not None:
            self._tell(question, said)
        return toggled or said is not None

    def confirm_toggled(self) -> bool:
        """Tell several choices that were toggled; whether there were any."""
        self._confirm.stop()
        waiting, self._toggled = self._toggled, {}
        for key, keys in waiting.items():
            if keys:
                self.said.emit(key, Said(keys=keys))
            else:
                self.taken_back.emit(key)
        if waiting:
            self.show_heard(self._heard)
        return bool(waiting)

    def drop_toggled(self, question: str) -> None:
        """Let go what was toggled at a question: it was answered in another way."""
        self._toggled.pop(question, None)

    def _enter(self) -> None:
        """Enter: tell what is toggled or typed, and go on."""
        self.confirm()
        self.entered.emit()
        self.focus_question()

    def _erase(self) -> None:
        question = self.question
        if question is not None:
            self.confirm_toggled()
            self._take_off_typed(question)
            self.taken_back.emit(question.key)

    def _keep_typed(self, text: str) -> None:
        if self.question is not None:
            self._typed[self.question.key] = text
            self.typing.emit(self.question.key, text)

    def _take_off_typed(self, question: Question) -> None:
        if self._typed.pop(question.key, "") or self._heard.typed:
            self.entry.take_off()
            self.typing.emit(question.key, "")

    def _tell_typed(self, said: object) -> None:
        """Enter in the line: answer, and go on."""
        if self.question is not None and isinstance(said, Said):
            self._tell(self.question, said)
            self.entered.emit()
            self.focus_question()

    def _tell(self, question: Question, said: Said) -> None:
        self._typed.pop(question.key, None)
        self.said.emit(question.key, said)
        self.typing.emit(question.key, "")

    def focus_question(self) -> None:
        """Let digits answer."""
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order: the answers, and the line where something can be typed."""
        if self.question is not None and self.question.kind in TYPED:
            return self.choices, self.entry.line
        return (self.choices,)
