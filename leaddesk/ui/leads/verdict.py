"""The top of the lead sheet: who it is, strip, score and bar, why, and what the next stage still wants."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads.board import cards
from leaddesk.db.records import Lead
from leaddesk.qualify.terms import StageKind
from leaddesk.ui import card_words, figures, shield
from leaddesk.ui.card_words import STRIP
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.kit.marks import LetterStrip, ScoreBar
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.leads.section import Section, fixed, grow, link_button
from leaddesk.ui.reason_words import reason_lines
from leaddesk.ui.text import Text, breakable, give_way
from leaddesk.ui.theme import look

_MARK = {standing: mark for mark, standing in STRIP.items()}


def strip_of(desk: Desk, lead: Lead) -> str:
    """The strip of a lead as it stands now."""
    criteria = lead.assessment.criteria
    return "".join(_MARK[criteria[one.key].standing] if one.key in criteria else "-" for one in desk.playbook.criteria)


class Head(QWidget):
    """Name, job, company, city; Call and Edit; strip, score and bar."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.name = Text(kind="title", wrap=True, selectable=True)
        self.about = Text(kind="mute", wrap=True)
        self.stage = Text(kind="small", wrap=True)
        self.clock = Text(kind="small", wrap=True)
        self.edit = CommandButton()
        self.call = CommandButton(icon="phone", kind="primary")
        self.strip = LetterStrip()
        self.score = Text(kind="name")
        self.up_to = Text(kind="small")
        self.bar = ScoreBar(height=6)
        for text in (self.name, self.about, self.stage, self.clock):
            give_way(text)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name, 1)
        for button in (self.edit, self.call):
            first.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        marks = QHBoxLayout()
        marks.setSpacing(6)
        marks.addWidget(self.strip)
        marks.addStretch(1)
        marks.addWidget(self.score)
        marks.addWidget(self.up_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.about)
        column.addWidget(self.stage)
        column.addWidget(self.clock)
        column.addLayout(marks)
        column.addWidget(self.bar)

    def show_lead(self, lead: Lead) -> None:
        """Fill it."""
        language = self._desk.language
        facts = lead.facts
        self.name.setText(" ".join(lead.title.split()))
        told = [str(facts.get(key) or "") for key in ("title", "company", "city")]
        self.about.setText(" · ".join(breakable(one) for one in told if one and one != lead.title))
        self.about.setVisible(bool(self.about.text()))
        self.stage.setText(self._stage_words(lead))
        self._show_clock(lead)
        self.edit.say(words.say(language, "leads", "edit"))
        self.call.say(words.say(language, "leads", "do_not_call" if lead.do_not_call else "call"))
        self.call.setEnabled(not lead.do_not_call)
        strip = strip_of(self._desk, lead)
        playbook = self._desk.playbook
        self.strip.show_letters(
            card_words.letters(playbook, strip, language), card_words.strip_spoken(playbook, strip, language)
        )
        assessment = lead.assessment
        self.score.setText(figures.exact_points(assessment.score))
        self.up_to.setText(words.say(language, "leads", "up_to", up_to=figures.exact_points(assessment.up_to)))
        self.bar.show_score(assessment.score, assessment.up_to)
        self.bar.setAccessibleName(f"{self.score.text()}, {self.up_to.text()}")

    def _show_clock(self, lead: Lead) -> None:
        """How long nobody touched it, and what set that clock back; nothing where it is over."""
        desk = self._desk
        found = desk.get(cards, [lead.no], desk.now())
        stage = desk.playbook.stage.get(lead.stage)
        self.clock.setVisible(bool(found) and (stage is None or stage.kind in (StageKind.OPEN, StageKind.NURTURE)))
        if found:
            rot = card_words.rot_of_card(found[0], stage, desk.today(), desk.playbook.calendar)
            self.clock.setText(card_words.rot_words(found[0], desk.playbook, desk.today(), desk.language))
            self.clock.set_tone("late" if rot.rotting else "")

    def _stage_words(self, lead: Lead) -> str:
        """SQL for 3 days · until 1 May · prospect since 2 Nov · warm · B2."""
        desk, language = self._desk, self._desk.language
        stage = desk.playbook.stage.get(lead.stage)
        label = words.pick(stage.label, language) if stage is not None else lead.stage
        days = figures.days(figures.days_since(lead.stage_since, desk.now()), language)
        told = [words.say(language, "leads", "in_stage", stage=label, days=days)]
        if lead.parked_until is not None:
            day = figures.calendar_day(lead.parked_until, language, desk.today())
            told.append(words.say(language, "leads", "parked_until", date=day))
        rule = next((one for one in desk.playbook.lifecycle if one.key == lead.lifecycle), None)
        if rule is not None and lead.lifecycle_at is not None:
            since = figures.moment(lead.lifecycle_at, desk.now(), language)
            told.append(words.say(language, "leads", "lifecycle", label=words.pick(rule.label, language), date=since))
        told.append(words.say(language, "temperatures", lead.assessment.temperature))
        told.append(shield.figure(f"{lead.assessment.fit_grade}{lead.assessment.engagement_grade}"))
        return " · ".join(told)


class Why(Section):
    """Every point traced to its fact."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = Text(kind="small", wrap=True)
        self.add(self._nothing)
        self._told: list[tuple[Text, Text, Text]] = []  # used again for the next lead

    def _line(self) -> tuple[Text, Text, Text]:
        points, text, source = fixed("", 38, "name", right=True), Text(wrap=True), Text(kind="small")
        grow(self.add(points, text, source), text)
        return points, text, source

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it."""
        language = desk.language
        self.say(words.say(language, "leads", "why", score=figures.exact_points(lead.assessment.score)))
        lines = reason_lines(desk.playbook, lead, language)
        self._nothing.setText(words.say(language, "leads", "why_nothing"))
        self._nothing.setVisible(not lines)
        while len(self._told) < len(lines):
            self._told.append(self._line())
        for place, labels in enumerate(self._told):
            if place < len(lines):
                one = lines[place]
                for label, said in zip(labels, (one.points, breakable(one.text), one.source), strict=True):
                    label.setText(said)
            for label in labels:
                label.setVisible(place < len(lines))


class NextStage(QFrame):
    """What the next open stage still wants. Emits `asked(question)` and `moved(stage)`."""

    asked = Signal(str)
    moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look(self, "kind", "note")
        self._title = Text(kind="name", wrap=True)
        self._text = Text(wrap=True)
        self._ask = link_button("", lambda: self.asked.emit(self._question))
        self._move = link_button("", lambda: self.moved.emit(self._stage))
        self._stage = self._question = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(3)
        buttons = Flow(12)
        for button in (self._ask, self._move):
            buttons.addWidget(button)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(buttons)

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it; hidden in the last stage and in those no gate follows."""
        gate = lead.assessment.gate
        self.setVisible(gate is not None)
        if gate is None:
            return
        language, playbook = desk.language, desk.playbook
        say: Callable[..., str] = lambda key, **details: words.say(language, "leads", key, **details)  # noqa: E731
        stage = playbook.stage[gate.target]
        label = words.pick(stage.label, language)
        self._stage = gate.target
        self._title.setText(say("to_enter", stage=label))
        wanted = [
            words.pick(one.label, language)
            for need in gate.unmet
            for one in playbook.stage[need.stage].gate
            if one.code == need.code
        ]
        lines = wanted if len(wanted) < 2 else [f"• {one}" for one in wanted]
        self._text.setText("\n".join(lines) or say("gate_met"))
        advice = lead.assessment.advice
        question = playbook.question.get(advice.question) if advice is not None else None
        self._ask.setVisible(bool(wanted) and question is not None and not lead.do_not_call)
        if question is not None:
            self._question = question.key
            self._ask.setText(f"{say('ask_now')}: {words.pick(question.short, language)}".replace("&", "&&"))
        self._move.setText(say("move_now", stage=label).replace("&", "&&"))
