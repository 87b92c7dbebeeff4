"""The middle of the room when a call ends: outcome, next step, stage; digits decide, Enter finishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.days import When, read_when
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import figures, theme, wording
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.call import telling
from leaddesk.ui.call.ending_choice import (
    Ending,
    nearby_days,
    planned,
    reasons,
    stage_choices,
    suggested,
    suggested_stage,
    winnable,
)
from leaddesk.ui.call.session import Session
from leaddesk.ui.call.tabs import Footer
from leaddesk.ui.call.verdict import gate_summary
from leaddesk.ui.day_order import month_first
from leaddesk.ui.kit.panels import CommandButton, Panel, SectionHeader, column, row
from leaddesk.ui.text import Text

_ANOTHER = 6
#: With less room than this the decisions stand beneath each other.
_TWO = 520


class EndingPanel(Panel):
    """Three questions one after another, each on digits; Tab goes on, Enter finishes, Esc goes back to the call."""

    finish = Signal(object)
    back = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, spacing=0)
        self.session = session
        self.ending = Ending("")
        self._asked_once = False
        self._call: str | None = None
        self._stages: tuple[Stage | None, ...] = ()
        self.title = Text(kind="question", wrap=True, parent=self)
        self.trouble = Text(tone="late", wrap=True, parent=self)
        self.outcome = Choices(self, compact=True)
        self.when = Choices(self, compact=True)
        self.day = Line(self)
        self.day_means = Text(kind="small", wrap=True, parent=self)
        self.what = Line(self)
        self.stage = Choices(self, compact=True)
        self.reason = Choices(self, compact=True)
        self.until = Line(self)
        self.button = CommandButton(keys="Enter", kind="primary", parent=self)
        self.footer = Footer(self)
        self._grid, self._across = QGridLayout(), 2
        self._heads = {key: SectionHeader(parent=self) for key in ("outcome", "next_step", "stage", "reason", "until")}
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        inner = QWidget(self)
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        stack.addWidget(self.title)
        stack.addSpacing(8)
        self._lay_out_decisions(stack)
        stack.addSpacing(8)
        stack.addWidget(self.trouble)
        stack.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._scroll = scroll
        self.inside.addWidget(scroll, 1)
        self.inside.addSpacing(8)
        finish = row(self.button)
        finish.addStretch(1)
        self.inside.addLayout(finish)
        self.inside.addSpacing(10)
        self.inside.addWidget(self.footer)

    def _lay_out_decisions(self, stack: QVBoxLayout) -> None:
        """Outcome beside the next step, the stage beside its reason."""
        heads, grid = self._heads, self._grid
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        self._decisions = (
            column(heads["outcome"], self.outcome, 1),
            column(heads["next_step"], self.what, self.when, self.day, self.day_means, 1),
            column(heads["stage"], self.stage, 1),
            column(heads["reason"], self.reason, heads["until"], self.until, 1),
        )
        self._place_decisions(across=2)
        stack.addLayout(grid)
        stack.addSpacing(10)

    def _place_decisions(self, across: int) -> None:
        for number, decision in enumerate(self._decisions):
            self._grid.removeItem(decision)
            self._grid.addLayout(decision, number // across, number % across)
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else beneath."""
        super().resizeEvent(event)
        across = 2 if self.width() >= _TWO else 1
        if across != self._across:
            self._across = across
            self._place_decisions(across)

    def _listen(self) -> None:
        self.outcome.picked.connect(self._pick_outcome)
        self.when.picked.connect(self._pick_day)
        self.stage.picked.connect(self._pick_stage)
        self.reason.picked.connect(self._pick_reason)
        self.what.textEdited.connect(self._type_what)
        self.day.textEdited.connect(self._type_day)
        self.until.textEdited.connect(self._type_until)
        self.button.clicked.connect(self.done)
        for part in (self.outcome, self.when, self.stage, self.reason):
            part.confirmed.connect(self.done)
        for line in (self.what, self.day, self.until):
            line.entered.connect(self.done)
            line.escaped.connect(self.back)
        for stop in self._stops():
            stop.focused.connect(lambda _: self._show_footer())  # type: ignore[attr-defined]

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        """The language on display."""
        return self.session.desk.language

    def show_all(self) -> None:
        """Show what is decided so far; a new call starts afresh."""
        session, lead, language = self.session, self.session.lead, self.language
        if lead is None or session.call is None:
            return
        if self._call != session.call.id:
            self._call, self.ending, self._asked_once = session.call.id, Ending(""), False
            self.what.clear()
            self.day.clear()
            self.until.clear()
        book, today = session.playbook, session.today()
        self.title.setText(words.say(language, "call", "how_did_it_end"))
        for key, head in self._heads.items():
            head.setText(words.say(language, "call", f"head_{key}"))
        outcomes = book.dispositions[:9]
        self.outcome.offer([Row(n, words.pick(each.label, language)) for n, each in enumerate(outcomes, start=1)])
        self.outcome.setAccessibleName(self._heads["outcome"].text())
        keys = [each.key for each in outcomes]
        self.outcome.choose(_digit(keys, self.ending.outcome))
        near = nearby_days(today)
        rows = [
            Row(n, words.say(language, "call", each.key), figures.weekday_date(each.day, language, today))
            for n, each in enumerate(near, start=1)
        ]
        self.when.offer([*rows, Row(_ANOTHER, words.say(language, "call", "another_day"))])
        self.when.setAccessibleName(self._heads["next_step"].text())
        days = [each.day for each in near]
        other = frozenset({_ANOTHER}) if self.ending.day is not None else frozenset()
        self.when.choose(frozenset({days.index(self.ending.day) + 1}) if self.ending.day in days else other)
        self.what.setPlaceholderText(words.say(language, "call", "what_next"))
        self.what.setAccessibleName(words.say(language, "call", "what_next"))
        self.day.setPlaceholderText(words.say(language, "call", "hint_next_day"))
        self.day.setAccessibleName(words.say(language, "call", "another_day"))
        self._say_day()
        self._show_stage(lead)
        self.button.say(words.say(language, "call", "finish"))
        self._show_trouble("")
        self._show_footer()

    def _show_stage(self, lead: Lead) -> None:
        session, language = self.session, self.language
        book, outcome = session.playbook, session.playbook.disposition.get(self.ending.outcome)
        suggestion = won = None
        if outcome is not None:
            suggestion = suggested_stage(book, lead, outcome, session.desk.now(), session.today())
            won = winnable(book, lead, outcome, session.desk.now(), session.today())
        self._stages = stage_choices(book, lead, suggestion, won)
        rows = [Row(n, *self._stage_words(lead, each, suggestion)) for n, each in enumerate(self._stages, start=1)]
        self.stage.offer(rows)
        self.stage.setAccessibleName(self._heads["stage"].text())
        chosen = book.stage.get(self.ending.stage) if self.ending.stage is not None else None
        self.stage.choose(frozenset({self._stages.index(chosen) + 1}) if chosen in self._stages else frozenset())
        offered = reasons(book, chosen)
        self.reason.offer([Row(n, words.pick(each.label, language)) for n, each in enumerate(offered, start=1)])
        self.reason.setAccessibleName(self._heads["reason"].text())
        self.reason.choose(_digit([each.key for each in offered], self.ending.reason))
        for widget in (self._heads["reason"], self.reason):
            widget.setVisible(bool(offered))
        dated = chosen is not None and chosen.needs_date
        self.until.setPlaceholderText(words.say(language, "call", "hint_until"))
        self.until.setAccessibleName(self._heads["until"].text())
        self._heads["until"].setVisible(dated)
        self.until.setVisible(dated)

    def _stage_words(self, lead: Lead, stage: Stage | None, suggestion: Stage | None) -> tuple[str, str, str]:
        """Its words, what stands at their end and beneath them."""
        language, book = self.language, self.session.playbook
        if stage is None:
            here = words.pick(book.stage[lead.stage].label, language) if lead.stage in book.stage else lead.stage
            still = gate_summary(book, lead.assessment.gate, language) if suggestion is None else ""
            return words.say(language, "call", "stay_in", stage=here), "", still
        label = words.say(language, "call", "move_to", stage=words.pick(stage.label, language))
        return label, words.say(language, "call", "suggested") if stage is suggestion else "", ""

    def _say_day(self) -> None:
        language, today, ending = self.language, self.session.today(), self.ending
        if ending.day is None:
            lead = self.session.lead
            later = planned(lead, today) if lead is not None else None
            said = words.say(language, "call", "no_day")
            if later is not None:
                when = figures.weekday_date(later.due_on, language, today)
                said = words.say(language, "call", "planned_already", step=later.text, when=when)
        else:
            said = f"= {figures.weekday_date(ending.day, language, today)} {ending.time or ''}".strip()
        self.day_means.setText(said)

    def _show_trouble(self, said: str) -> None:
        trouble = self.session.trouble
        if not said and trouble is not None:
            said = wording.sentence(trouble, self.language, self.session.playbook)
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))

    def _show_footer(self) -> None:
        language = self.language
        where = "elsewhere"
        if any(part.hasFocus() for part in (self.outcome, self.when, self.stage, self.reason)):
            where = "ending"
        elif any(line.hasFocus() for line in (self.what, self.day, self.until)):
            where = "typing"
        self.footer.target.setText(words.say(language, "call", f"keys_{where}"))
        groups = {"outcome": (self.outcome,), "next_step": (self.what, self.when, self.day), "stage": (self.stage,)}
        groups |= {"reason": (self.reason,), "until": (self.until,)}
        for key, stops in groups.items():
            self._heads[key].set_tone("accent" if any(stop.hasFocus() for stop in stops) else "")
        hints = (("Tab", "go_on"), ("Enter", "finish"), ("Esc", "back"))
        self.footer.show_hints(tuple((keys, words.say(language, "call", f"does_{does}")) for keys, does in hints))
        session = self.session
        self.footer.say_saved(*telling.save_words(session.desk, language, busy=session.busy, unsaved=session.unsaved))

    # ── what is decided ──────────────────────────────────────────────────────────────────────────────────────────

    def _pick_outcome(self, digit: int) -> None:
        session, lead = self.session, self.session.lead
        found = session.playbook.dispositions[:9][digit - 1 : digit]
        if lead is None or not found:
            return
        outcome = found[0]
        self.ending = suggested(session.playbook, lead, outcome, session.desk.now(), session.today(), self.language)
        self.what.setText(self.ending.text)
        self.day.clear()
        self._asked_once = False
        self.show_all()
        if not outcome.reached and outcome.stage is None and not self._talked(lead):
            # Nobody was there: its own next attempt is planned and the next lead comes, all with this one key.
            self.done()
            return
        target = session.playbook.stage.get(self.ending.stage) if self.ending.stage else None
        (self.reason if reasons(session.playbook, target) else self.when).setFocus()

    def _talked(self, lead: Lead) -> bool:
        """Whether anything was heard in this call: then a slip of the finger shall not end it."""
        call = self.session.call
        return call is not None and any(given.at >= call.started_at for given in lead.answers)

    def _pick_day(self, digit: int) -> None:
        if digit == _ANOTHER:
            self.day.setFocus()
            return
        near = nearby_days(self.session.today())
        if 0 < digit <= len(near):
            day = near[digit - 1].day
            self.day.clear()
            if self.ending.day == day:
                # The digit of the day that is chosen takes it back: no next step.
                self.what.clear()
                self.ending = replace(self.ending, day=None, time=None, text="")
            else:
                self.ending = replace(self.ending, day=day, time=None)
                self._fill_what()
            self.show_all()

    def _type_day(self, text: str) -> None:
        when = read_when(text, self.session.today(), month_first=month_first(self.language))
        theme.look(self.day, "wrong", bool(text.strip()) and when is None)
        self._take_day(when)
        self._say_day()

    def _take_day(self, when: When | None) -> None:
        clock = when.time.strftime("%H:%M") if when is not None and when.time is not None else None
        self.ending = replace(self.ending, day=when.day if when is not None else None, time=clock)
        if when is not None:
            self._fill_what()
        days = [each.day for each in nearby_days(self.session.today())]
        near = frozenset({days.index(when.day) + 1}) if when is not None and when.day in days else frozenset()
        self.when.choose(near or (frozenset({_ANOTHER}) if when is not None else frozenset()))

    def _fill_what(self) -> None:
        """A day alone means a call."""
        if not self.what.text().strip():
            self.what.setText(words.say(self.language, "call", "call_again"))
        self.ending = replace(self.ending, text=self.what.text().strip())

    def _type_what(self, text: str) -> None:
        self.ending = replace(self.ending, text=text.strip())

    def _pick_stage(self, digit: int) -> None:
        if 0 < digit <= len(self._stages):
            stage = self._stages[digit - 1]
            self.ending = replace(self.ending, stage=stage.key if stage is not None else None, reason=None, until=None)
            self.until.clear()
            self.show_all()
            if reasons(self.session.playbook, stage):
                self.reason.setFocus()

    def _pick_reason(self, digit: int) -> None:
        stage = self.session.playbook.stage.get(self.ending.stage or "")
        offered = reasons(self.session.playbook, stage)
        if 0 < digit <= len(offered):
            self.ending = replace(self.ending, reason=offered[digit - 1].key)
            self.show_all()
            if stage is not None and stage.needs_date and self.ending.until is None:
                self.until.setFocus()

    def _type_until(self, text: str) -> None:
        when = read_when(text, self.session.today(), month_first=month_first(self.language))
        theme.look(self.until, "wrong", bool(text.strip()) and when is None)
        self.ending = replace(self.ending, until=when.day if when is not None else None)

    def done(self) -> None:
        """Finish, or say what is wanted first."""
        wanted = self._wanted()
        if wanted is not None:
            key, stop = wanted
            self._show_trouble(words.say(self.language, "call", key))
            stop.setFocus()
            return
        self.finish.emit(self.ending)

    def _wanted(self) -> tuple[str, QWidget] | None:
        """What is still missing, and where it is given; a next step is asked for once."""
        session, ending = self.session, self.ending
        outcome = session.playbook.disposition.get(ending.outcome)
        if outcome is None:
            return "want_outcome", self.outcome
        stage = session.playbook.stage.get(ending.stage or "")
        if reasons(session.playbook, stage) and ending.reason is None:
            return "want_reason", self.reason
        if stage is not None and stage.needs_date and ending.until is None:
            return "want_until", self.until
        if self.day.text().strip() and ending.day is None:
            return "want_day", self.day
        lead = session.lead
        closing = outcome.do_not_call or (stage is not None and stage.kind.value in {"lost", "won"})
        later = lead is not None and planned(lead, session.today())
        if ending.day is None and not closing and not later and not self._asked_once:
            self._asked_once = True
            return "want_next_step", self.when
        return None

    def _stops(self) -> Sequence[QWidget]:
        return (self.outcome, self.what, self.when, self.day, self.stage, self.reason, self.until)

    def focus_question(self) -> None:
        """Let digits say how it ended."""
        self.outcome.setFocus()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes from one decision to the next."""
        stops = [stop for stop in (*self._stops(), self.button) if not stop.isHidden()]
        here = next((index for index, stop in enumerate(stops) if stop.hasFocus()), None)
        if here is None or (here == 0 and not following):
            return super().focusNextPrevChild(following)
        stop = stops[(here + (1 if following else -1)) % len(stops)]
        stop.setFocus()
        self._scroll.ensureWidgetVisible(stop)
        return True


def _digit(keys: Sequence[str], key: str | None) -> frozenset[int]:
    return frozenset({keys.index(key) + 1}) if key in keys else frozenset()
