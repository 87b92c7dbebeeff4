"""A look at a card without leaving the board: facts, why it scores so, what is next, and the last words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Card, Lead
from leaddesk.ui import card_words, figures, reason_words, shield
from leaddesk.ui.board.card_art import Moment
from leaddesk.ui.kit.marks import LetterStrip, ScoreBar
from leaddesk.ui.kit.panels import Line, row
from leaddesk.ui.reason_words import ReasonLine
from leaddesk.ui.text import Text, breakable, cut
from leaddesk.ui.theme import look

_WIDE = 320
_REASONS = 4
_MOST = 400  # characters of what was said
_SPACE = 8
#: What of a lead's story counts as words of somebody.
_WORDS = ("note", "call", "answer", "objection")


class Peek(QFrame):
    """Shown beside a card; it takes no keys and no focus, so that the arrows go on walking."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look(self, "kind", "panel")
        self.setFixedWidth(_WIDE)
        self.lead = ""
        self._title = Text(kind="name", wrap=True)
        self._about = Text(kind="mute", wrap=True)
        self._score = Text(kind="name")
        self._up_to = Text(kind="small")
        self._strip = LetterStrip()
        self._bar = ScoreBar(height=5)
        self._reasons = _Reasons()
        self._facts = Text(kind="small", wrap=True)
        self._next = Text(wrap=True)
        self._clock = Text(kind="small", wrap=True)
        self._words = Text(kind="mute", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(6)
        inside.addWidget(self._title)
        inside.addWidget(self._about)
        inside.addLayout(row(self._strip, 1, self._score, self._up_to, spacing=6))
        inside.addWidget(self._bar)
        inside.addLayout(self._reasons)
        inside.addWidget(Line())
        for text in (self._facts, self._next, self._clock, self._words):
            inside.addWidget(text)
        self.hide()

    def show_lead(self, lead: Lead, card: Card, moment: Moment) -> None:
        """Say what matters of a lead."""
        language, playbook = moment.language, moment.playbook
        self.lead, card = lead.id, shield.card(card)
        title = card.title
        self.setAccessibleName(words.say(language, "board", "peek", lead=title))
        self._title.setText(breakable(title))
        self._about.setText(breakable(" · ".join(part for part in (card.job, card.company) if part and part != title)))
        self._score.setText(figures.whole_points(card.score))
        self._up_to.setText(words.say(language, "board", "peek_up_to", n=figures.whole_points(card.up_to)))
        self._strip.show_letters(
            card_words.letters(playbook, card.strip, language), card_words.strip_spoken(playbook, card.strip, language)
        )
        self._bar.show_score(card.score, card.up_to)
        self._bar.setVisible(not shield.is_up())
        self._reasons.say([] if shield.is_up() else reason_words.reason_lines(playbook, lead, language)[:_REASONS])
        self._say(self._facts, "" if shield.is_up() else _facts(card, language))
        step = card_words.next_step(card, playbook.stage.get(card.stage), moment.now, moment.today, language)
        self._say(self._next, str(step))
        self._next.set_tone("late" if step.urgency is card_words.Urgency.LATE else "")
        self._say(self._clock, card_words.rot_words(card, playbook, moment.today, language))
        self._say(self._words, "" if shield.hides(lead.id) else _last_words(lead, moment))
        spoken = (part.text() for part in (self._reasons, self._facts, self._next, self._clock, self._words))
        self.setAccessibleDescription("\n".join(text for text in spoken if text))

    def stand_beside(self, card: QRect) -> None:
        """Show it beside a card, given in the parent's coordinates, within the parent."""
        parent = self.parentWidget()
        room = parent.rect().adjusted(_SPACE, _SPACE, -_SPACE, -_SPACE) if parent is not None else card
        high = min(self._height(), room.height())
        left = card.right() + _SPACE
        if left + _WIDE > room.right():
            left = card.left() - _SPACE - _WIDE
        left = max(room.left(), min(left, room.right() - _WIDE))
        top = max(room.top(), min(card.top(), room.bottom() - high))
        self.setGeometry(QRect(QPoint(left, top), self.size()))
        self.setFixedHeight(high)
        self.show()
        self.raise_()

    def _height(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        layout.activate()
        return layout.totalHeightForWidth(_WIDE) if layout.hasHeightForWidth() else layout.totalSizeHint().height()

    @staticmethod
    def _say(text: Text, said: str) -> None:
        text.setText("\n".join(map(breakable, said.splitlines())))
        text.setVisible(bool(said))
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class _Reasons(QGridLayout):
    """Points, and beside them what they are for."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 2, 0, 2)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(3)
        self.setColumnStretch(1, 1)
        self._rows = [(Text(kind="small"), Text(kind="small", wrap=True)) for _ in range(_REASONS)]
        for place, (points, reason) in enumerate(self._rows):
            points.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.addWidget(points, place, 0)
            self.addWidget(reason, place, 1)

    def say(self, told: Sequence[ReasonLine]) -> None:
        """Show these."""
        for place, (points, reason) in enumerate(self._rows):
            shown = place < len(told)
            points.setText(told[place].points if shown else "")
            reason.setText(breakable(told[place].text) if shown else "")
            points.setVisible(shown)
            reason.setVisible(shown)

    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(f"{points.text()} {reason.text()}" for points, reason in self._rows if points.text())


def _facts(card: Card, language: str) -> str:
    worth = card_words.value(card, language) if card.value is not None else ""
    return " · ".join(part for part in (worth, card.source, card.owner) if part)


def _last_words(lead: Lead, moment: Moment) -> str:
    """The newest note, call, answer or objection, and its day."""
    for entry in lead.timeline:
        if entry.kind in _WORDS and entry.at <= moment.now:
            said = reason_words.story_line(moment.playbook, entry, moment.language)
            return f"{figures.moment(entry.at, moment.now, moment.language)}  {cut(said, _MOST)}"
    return ""
