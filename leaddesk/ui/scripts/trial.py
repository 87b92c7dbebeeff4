"""Trying the draft as a call on an invented lead: digits, branching and score as on a call; nothing is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Assessment, Given, LeadState, Said
from leaddesk.ui import figures
from leaddesk.ui.asking.asked import AskedQuestion, Asking, Heard
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.marks import ScoreBar
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, SectionHeader
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.text import Text, give_way

_WIDE = 980
_TALL = 430
_BACK = (Qt.Key.Key_PageUp,)
_ON = (Qt.Key.Key_PageDown,)


class _Area(QScrollArea):
    """Scrolls by wheel alone: page keys go to the next question."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass keys on."""
        event.ignore()


class Trial(Overlay):
    """A call that nobody has: Enter goes to the next question, Page Up back, Escape ends it."""

    def __init__(self, over: QWidget, desk: Desk, playbook: Playbook, script: str, start: str = "") -> None:
        super().__init__(over, _WIDE)
        self._desk = desk
        self._language = desk.language
        self._playbook = playbook
        self._script = playbook.script.get(script, playbook.scripts[0])
        self._given: tuple[Given, ...] = ()
        self._passed: list[str] = []
        self.question = ""
        self.title = Text(
            says(self._language, "trial", script=words.pick(self._script.name, self._language)), "section"
        )
        self.setAccessibleName(self.title.text())
        self.hint = Text(says(self._language, "trial_hint"), "small", wrap=True)
        self.place = Text(kind="section", wrap=True)
        self.asked = AskedQuestion(self)
        self.asked.said.connect(self.answer)
        self.asked.taken_back.connect(self.take_back)
        self.asked.entered.connect(self.go_on)
        self.score = Text(kind="figure")
        self.up_to = Text(kind="small")
        self.bar = ScoreBar(height=6)
        self.groups = Text(wrap=True)
        self.log = Text(kind="small", wrap=True)
        self._assessment = self._assess()
        self._lay_out()
        self.ask(start if start in self._visible() else self._first())

    def _lay_out(self) -> None:
        inside = QWidget()
        talk = QVBoxLayout(inside)
        talk.setContentsMargins(0, 0, 8, 0)
        talk.setSpacing(8)
        for widget in (self.place, self.asked):
            talk.addWidget(widget)
        talk.addStretch(1)
        self.area = _Area()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(_TALL)
        self.area.setWidget(inside)
        side = QVBoxLayout()
        side.setSpacing(6)
        for part in (self.score, self.up_to, self.bar):
            side.addWidget(part)
        side.addWidget(SectionHeader(says(self._language, "trial_groups")))
        side.addWidget(self.groups)
        side.addWidget(SectionHeader(says(self._language, "trial_log")))
        side.addWidget(self.log)
        side.addStretch(1)
        for text in (self.groups, self.log):
            give_way(text)
        row = QHBoxLayout()
        row.setSpacing(26)
        row.addWidget(self.area, 3)
        row.addLayout(side, 2)
        self.back = CommandButton(says(self._language, "trial_back"), "PgUp", parent=self)
        self.back.clicked.connect(self.go_back)
        self.on = CommandButton(says(self._language, "trial_on"), "Enter", parent=self)
        self.on.clicked.connect(self.go_on)
        self.end = CommandButton(says(self._language, "trial_end"), "Esc", "quiet", parent=self)
        self.end.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        for button in (self.end, self.back, self.on):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        self.inside.addWidget(self.title)
        self.inside.addLayout(row, 1)
        self.inside.addLayout(foot)

    def begin(self) -> None:
        """Show it, with the focus on the answers."""
        self.open(self.asked.choices)

    # ── the talk ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _assess(self) -> Assessment:
        state = LeadState(self._playbook.stages[0].key, answers=self._given)
        now = self._desk.now()
        return assess(self._playbook, state, now, self._desk.today())

    def _visible(self) -> list[str]:
        found = self._assessment.questions
        return [key for key in self._script.questions if key in found and found[key].visible]

    def _first(self) -> str:
        asked = self._visible()
        return next((key for key in asked if self._assessment.questions[key].open), asked[0] if asked else "")

    def ask(self, key: str) -> None:
        """Ask a question of the script."""
        self.question = key
        question = self._playbook.question.get(key)
        if question is None:
            return
        now = self._desk.now()
        self.asked.ask(Asking(self._playbook, question, self._language, self._desk.today(), now))
        visible = self._visible()
        group = next((one for one in self._script.groups if key in one.questions), None)
        label = words.pick(group.label, self._language) if group is not None else ""
        number = visible.index(key) + 1 if key in visible else 0
        self.place.setText(says(self._language, "trial_place", group=label, number=number, count=len(visible)))
        self._show_heard()
        self.area.verticalScrollBar().setValue(0)

    def answer(self, key: str, said: object) -> None:
        """Take an answer; branches open and close, and the score moves."""
        if isinstance(said, Said):
            fresh = Given(f"{len(self._given)}", key, self._desk.now(), said)
            self._given = (*(one for one in self._given if one.question != key), fresh)
            self._follow()

    def take_back(self, key: str) -> None:
        """Forget an answer."""
        self._given = tuple(one for one in self._given if one.question != key)
        self._follow()

    def _follow(self) -> None:
        before = set(self._visible())
        former = self._assessment.score
        self._assessment = self._assess()
        now = set(self._visible())
        titles = {key: words.pick(q.title, self._language) for key, q in self._playbook.question.items()}
        join = says(self._language, "comma")
        lines = []
        if opened := [key for key in self._script.questions if key in now - before]:
            lines.append(says(self._language, "trial_opens", questions=join.join(titles[key] for key in opened)))
        if closed := [key for key in self._script.questions if key in before - now]:
            lines.append(says(self._language, "trial_closes", questions=join.join(titles[key] for key in closed)))
        moved = self._assessment.score - former
        if moved:
            lines.append(says(self._language, "trial_moves", points=figures.signed_points(moved)))
        self.log.setText("\n".join(lines) or says(self._language, "trial_nothing"))
        self.ask(self.question)

    def _show_heard(self) -> None:
        given = next((one for one in self._given if one.question == self.question), None)
        self.asked.show_heard(
            Heard(given.said if given is not None else None, toggled=given.said.keys if given else ())
        )
        found = self._assessment
        self.score.setText(figures.exact_points(found.score))
        self.up_to.setText(says(self._language, "trial_up_to", points=figures.exact_points(found.up_to)))
        self.bar.show_score(found.score, found.up_to)
        lines = []
        for group in self._script.groups:
            visible = [key for key in group.questions if found.questions[key].visible]
            known = [key for key in visible if not found.questions[key].open]
            label = words.pick(group.label, self._language)
            lines.append(says(self._language, "trial_group", group=label, known=len(known), count=len(visible)))
        self.groups.setText("\n".join(lines))
        self.fit()

    def go_on(self) -> None:
        """To the next question."""
        self._step(1)

    def go_back(self) -> None:
        """To the question before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.asked.confirm()
        order = list(self._script.questions)
        here = order.index(self.question) if self.question in order else -1
        visible = set(self._visible())
        rest = order[here + 1 :] if by > 0 else list(reversed(order[:here]))
        following = next((key for key in rest if key in visible), None)
        if following is not None:
            self.ask(following)
        elif by > 0:
            self.log.setText(says(self._language, "trial_over", points=figures.exact_points(self._assessment.score)))
        self.asked.focus_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys go on and back."""
        if event.key() in _BACK:
            self.go_back()
        elif event.key() in _ON:
            self.go_on()
        else:
            super().keyPressEvent(event)
