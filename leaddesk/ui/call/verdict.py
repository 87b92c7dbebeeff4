"""The right column: what is known so far, part by part, what the next stage still asks, and how to end the call."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook, Script
from leaddesk.qualify.scripts import open_questions
from leaddesk.qualify.state import GateCheck, PartScore, RequirementState
from leaddesk.qualify.terms import Standing, Tenths
from leaddesk.ui import figures, shield
from leaddesk.ui.kit import painting
from leaddesk.ui.kit.marks import Icon, ScoreBar
from leaddesk.ui.kit.panels import CommandButton, Line, Panel, row
from leaddesk.ui.text import Text

_BAR = 8


class PartBar(QWidget):
    """How much of a part's limit is reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Tenths = 0
        self._limit: Tenths = 1
        self.setFixedHeight(_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, reached: Tenths, limit: Tenths) -> None:
        """Show these."""
        self._points, self._limit = reached, limit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painting.draw_score(QPainter(self), QRectF(self.rect()), self._points, self._points, self._limit)


class ScorePanel(Panel):
    """The score, up to what it may still come, and its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=8)
        self.figure = Text(kind="figure", parent=self)
        self.so_far = Text(kind="small", wrap=True, parent=self)
        self._bar = ScoreBar(self, height=6)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._parts: dict[str, tuple[Text, PartBar, Text]] = {}
        figures_line = row(self.figure, self.so_far, spacing=14)
        figures_line.setStretch(1, 1)
        self.inside.addLayout(figures_line)
        self.inside.addWidget(self._bar)
        self.inside.addSpacing(4)
        self.inside.addLayout(self._grid)
        self.inside.addStretch(1)  # where no gate and no remark follow, it has the height of all of them

    def show_lead(self, playbook: Playbook, lead: Lead, script: Script, language: str) -> None:
        """Show how the lead stands, and how much of the script is open."""
        found = lead.assessment
        self.set_title(words.say(language, "call", "qualification"))
        self.figure.setText(figures.exact_points(found.score))
        still_open = len(open_questions(playbook, found, script))
        up_to = figures.exact_points(found.up_to)
        key = "so_far" if still_open else "so_far_all"
        self.so_far.setText(words.say(language, "call", key, up_to=up_to, n=still_open))
        self._bar.show_score(found.score, found.up_to)
        self._bar.setAccessibleName(self.so_far.text())
        for part in playbook.parts:
            if part.key in found.parts:
                self._show_part(part.key, words.pick(part.label, language), found.parts[part.key], language)

    def _show_part(self, key: str, label: str, part: PartScore, language: str) -> None:
        if key not in self._parts:
            made = Text(kind="small", parent=self), PartBar(self), Text(kind="small", parent=self)
            made[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for place, widget in enumerate(made):
                self._grid.addWidget(widget, len(self._parts), place)
            self._parts[key] = made
        name, bar, reached = self._parts[key]
        name.setText(label)
        bar.show_part(part.points, part.limit)
        if part.open and not part.points:
            reached.setText(words.say(language, "call", "part_open"))
        else:
            of = {"points": figures.exact_points(part.points), "limit": figures.exact_points(part.limit)}
            reached.setText(words.say(language, "call", "points_of", **of))
        bar.setAccessibleName(f"{label} {reached.text()}")


class GatePanel(Panel):
    """What the next stage asks for, requirement by requirement; a click asks the question that would meet it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=0)
        self.pace = Text(kind="small", wrap=True, parent=self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.inside.addWidget(self.pace)
        self.inside.addLayout(self._rows)
        self.inside.addStretch(1)
        self._shown: object = None

    def show_lead(self, playbook: Playbook, lead: Lead, language: str) -> None:
        """Show the gate of the next stage; nothing in the last one."""
        gate = lead.assessment.gate
        self.setVisible(gate is not None and bool(gate.requirements))
        if gate is None or self._shown == (gate, language, playbook, shield.is_up()):
            return
        self._shown = (gate, language, playbook, shield.is_up())
        stage = words.pick(playbook.stage[gate.target].label, language)
        self.set_title(words.say(language, "call", "to_become", stage=stage))
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, needed in enumerate(gate.requirements):
            if number:
                self._rows.addWidget(Line(self))
            self._rows.addWidget(self._requirement(playbook, needed, language))

    def show_pace(self, text: str, tone: str) -> None:
        """What is left of the planned length against what is still needed; nothing outside a call."""
        if text != self.pace.text():
            self.pace.setText(text)
        self.pace.set_tone(tone)
        self.pace.setVisible(bool(text))

    def _requirement(self, playbook: Playbook, needed: RequirementState, language: str) -> QWidget:
        label = requirement_label(playbook, needed, language)
        line = _Requirement(needed.question if not needed.met else None, self)
        icon = Icon(size=15, parent=line)
        icon.show_standing(Standing.YES if needed.met else needed.standing)
        text = Text(label, wrap=True, parent=line)
        beside = Text(_beside(needed, language), "small", parent=line)
        inside = row(icon, text, beside, spacing=9)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 7, 0, 7)
        line.setLayout(inside)
        standing = words.say(language, "standings", "yes" if needed.met else needed.standing.value)
        line.setAccessibleName(f"{label}: {standing}")
        line.clicked.connect(self.wanted)
        return line


class _Requirement(QWidget):
    clicked = Signal(str)

    def __init__(self, question: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        if question is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: object) -> None:
        """Ask the question that would meet it."""
        del event
        if self._question is not None:
            self.clicked.emit(self._question)


def requirement_label(playbook: Playbook, needed: RequirementState, language: str) -> str:
    """What a requirement asks for, in words."""
    stage = playbook.stage.get(needed.stage)
    found = next((each for each in stage.gate if each.code == needed.code), None) if stage is not None else None
    return words.pick(found.label, language) if found is not None else needed.code


def _beside(needed: RequirementState, language: str) -> str:
    if needed.met or needed.standing is Standing.NOT_ASKED:
        if needed.missing_points:
            return words.say(language, "call", "missing", points=figures.exact_points(needed.missing_points))
        return ""
    return words.say(language, "standings", needed.standing.value)


def gate_summary(playbook: Playbook, gate: GateCheck | None, language: str) -> str:
    """2 of 4 for SQL still open; or that SQL is open."""
    if gate is None:
        return ""
    stage = words.pick(playbook.stage[gate.target].label, language)
    if gate.open:
        return words.say(language, "call", "gate_open", stage=stage)
    count = {"n": len(gate.unmet), "of": len(gate.requirements)}
    return words.say(language, "call", "gate_closed", stage=stage, **count)


class EndPanel(Panel):
    """What will be asked when the call ends, and the button that ends it. `ended()` on a click."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=4)
        self._next = Text(kind="small", wrap=True, parent=self)
        self._stage = Text(kind="small", wrap=True, parent=self)
        self.button = CommandButton(keys="F10", kind="primary", parent=self)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.ended)
        for widget in (self._next, self._stage):
            self.inside.addWidget(widget)
        self.inside.addSpacing(8)
        self.inside.addWidget(self.button)
        self.inside.addStretch(1)

    def show_lead(self, playbook: Playbook, lead: Lead, today_words: str, language: str) -> None:
        """Show what is planned, and what the gate says."""
        self.set_title(words.say(language, "call", "when_it_ends"))
        self._next.setText(words.say(language, "call", "next_planned", step=today_words))
        self._next.setVisible(bool(today_words))
        here = words.pick(playbook.stage[lead.stage].label, language) if lead.stage in playbook.stage else lead.stage
        summary = gate_summary(playbook, lead.assessment.gate, language)
        key = "stage_now" if summary else "stage_last"
        self._stage.setText(words.say(language, "call", key, stage=here, gate=summary))
        self.button.say(words.say(language, "call", "end_call"))
