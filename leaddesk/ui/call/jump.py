"""Over the room: any question by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Assessment
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.call import script
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import column
from leaddesk.ui.text import Text

_SHOWN = 8
# In a window narrower than this the wordings are left out.
_ROOMY = 600


class JumpLine(Line):
    """The line of letters; arrows move among what was found."""

    pointed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows up and down choose; the rest is typing."""
        if not self.composing and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.pointed.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class Jump(Overlay):
    """Finds a question. `chosen(str)` with its key."""

    chosen = Signal(str)
    only_asks = True

    def __init__(self, over: QWidget, playbook: Playbook, assessment: Assessment, language: str) -> None:
        super().__init__(over, width=560)
        self._playbook, self._assessment, self._language = playbook, assessment, language
        self._questions = script.visible(playbook, assessment)
        self._found: tuple[Question, ...] = ()
        self._at = 0
        self.setAccessibleName(words.say(language, "commands", "call.jump"))
        self.line = JumpLine(self)
        self.line.setPlaceholderText(words.say(language, "call", "jump_hint"))
        self.line.setAccessibleName(words.say(language, "call", "jump_hint"))
        self._list = column(spacing=2)
        self._none = Text(words.say(language, "call", "jump_none"), "mute", parent=self)
        self.inside.addWidget(self.line)
        self.inside.addLayout(self._list)
        self.inside.addWidget(self._none)
        self._rows: list[OptionRow] = []
        self.line.textChanged.connect(self._find)
        self.line.pointed.connect(self._point)
        self.line.entered.connect(self._take)
        self.line.escaped.connect(self.reject)
        self._find("")

    @property
    def found(self) -> tuple[str, ...]:
        """The keys of the questions on offer, best first."""
        return tuple(question.key for question in self._found)

    def _find(self, letters: str) -> None:
        self._found = script.find(self._questions, letters)[:_SHOWN]
        self._at = 0
        for old in self._rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._row(question) for question in self._found]
        self._none.setVisible(not self._found)
        self._paint()
        self.fit()

    def _row(self, question: Question) -> OptionRow:
        criterion = self._playbook.criterion[question.criterion]
        made = OptionRow(words.pick(criterion.letter, self._language), "", self, compact=True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        standing = self._assessment.questions[question.key].standing
        title, asked = words.pick(question.title, self._language), words.pick(question.wording, self._language)
        beneath = asked if self.window().width() >= _ROOMY else ""
        made.say(title, beneath, words.say(self._language, "standings", standing.value))
        made.chosen.connect(lambda _key, wanted=question.key: self._choose(wanted))
        self._list.addWidget(made)
        return made

    def _point(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._paint()

    def _paint(self) -> None:
        for number, made in enumerate(self._rows):
            made.set_on(number == self._at)

    def _take(self) -> None:
        if self._found:
            self._choose(self._found[self._at].key)

    def _choose(self, key: str) -> None:
        self.leave(accepted=True)
        self.chosen.emit(key)
