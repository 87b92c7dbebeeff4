"""Asks what a stage wants to know of a move: a reason from its list, a day to come back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.gate.chips import Chip
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.text import Text

#: Days offered to come back on, each with the words for it.
_DAYS = ((7, "in_weeks", 1), (14, "in_weeks", 2), (30, "in_months", 1), (91, "in_months", 3), (182, "in_months", 6))
#: The keys of the reasons, as they lie side by side; more of them than these are walked to.
_DIGITS = "1234567890"


class ReasonPanel(Overlay):
    """Reasons on digits; the day, where one is wanted, by arrows or by hand. Emits `given(reason, day)`."""

    given = Signal(object, object)

    def __init__(self, desk: Desk, title: str, stage: Stage, over: QWidget) -> None:
        super().__init__(over, 480)
        self._language = desk.language
        self._today = desk.today()
        self._stage = stage
        self._reason: str | None = None
        self._rows: list[OptionRow] = []
        self._days: list[Chip] = []
        self._field: DayField | None = None
        label = words.pick(stage.label, self._language)
        heading = Text(self._say("reason_title", lead=title, stage=label), "title", wrap=True)
        self.setAccessibleName(heading.text())
        self.inside.addWidget(heading)
        if stage.needs_reason is not None:
            self.inside.addWidget(Text(self._say("reason_text"), "mute", wrap=True))
            self._offer_reasons(desk, stage.needs_reason)
        if stage.needs_date:
            self._offer_days()
        self._make_buttons()
        self._show()

    @property
    def day(self) -> date | None:
        """The day it comes back, where the stage wants one."""
        return self._field.day if self._field is not None else None

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "gate_panel", key, **details)

    def _offer_reasons(self, desk: Desk, name: str) -> None:
        for place, choice in enumerate(desk.playbook.reasons.get(name, ())):
            row = OptionRow(_DIGITS[place : place + 1], words.pick(choice.label, self._language), compact=True)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.setProperty("reason", choice.key)
            row.chosen.connect(lambda _key, reason=choice.key: self._choose(reason))
            self._rows.append(row)
            self.inside.addWidget(row)

    def _offer_days(self) -> None:
        self.inside.addSpacing(6)
        self.inside.addWidget(Text(self._say("until_title"), "name"))
        self.inside.addWidget(Text(self._say("until_text"), "small", wrap=True))
        self._field = DayField(self._today + timedelta(days=30))
        self._field.setAccessibleName(self._say("other_day"))
        self._field.dateChanged.connect(lambda _day: self._show())
        self._field.kept.connect(self.finish)
        flow = Flow()
        for days, unit, number in _DAYS:
            chip = Chip(self._say(unit, n=number), partial(self._take_day, days))
            chip.setProperty("days", days)
            self._days.append(chip)
            flow.addWidget(chip)
        flow.addWidget(self._field)
        self.inside.addLayout(flow)

    def _make_buttons(self) -> None:
        self._cancel = CommandButton(self._say("cancel"), "Esc", "quiet")
        self._move = CommandButton(self._say("move"), "Enter", "primary")
        self._cancel.clicked.connect(self.reject)
        self._move.clicked.connect(self.finish)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 10, 0, 0)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._move)
        self.inside.addLayout(buttons)

    def _show(self) -> None:
        for row in self._rows:
            row.set_on(row.property("reason") == self._reason)
        day = self.day
        for chip in self._days:
            chip.setChecked(day == self._today + timedelta(days=int(chip.property("days"))))
        self._move.setEnabled(self._complete())
        if day is not None:
            self._move.setAccessibleDescription(figures.calendar_day(day, self._language))

    def _complete(self) -> bool:
        day = self.day
        if self._stage.needs_reason is not None and self._reason is None:
            return False
        return not self._stage.needs_date or (day is not None and day > self._today)

    def _choose(self, reason: str) -> None:
        self._reason = reason
        self._show()
        if not self._stage.needs_date:
            self.finish()

    def _take_day(self, days: int) -> None:
        if self._field is not None:
            day = self._today + timedelta(days=days)
            self._field.setDate(QDate(day.year, day.month, day.day))
        self._show()

    def finish(self) -> None:
        """Go on with what was chosen, once it is complete."""
        if self._complete():
            self.given.emit(self._reason, self.day)
            self.leave(accepted=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose a reason, up and down walk them, left and right a day, Enter goes on."""
        key, digit = event.key(), event.text()
        named = next((row for row in self._rows if digit and row.key == digit), None)
        if named is not None:
            self._choose(str(named.property("reason")))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._rows:
            self._step_reason(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._days:
            self._step_day(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _step_reason(self, by: int) -> None:
        """Mark the one before or after; Enter goes on with it."""
        reasons = [str(row.property("reason")) for row in self._rows]
        here = reasons.index(self._reason) if self._reason in reasons else -1 if by > 0 else len(reasons)
        self._reason = reasons[max(0, min(here + by, len(reasons) - 1))]
        self._show()

    def _step_day(self, by: int) -> None:
        day = self.day
        ahead = (day - self._today).days if day is not None else 0
        offered = [days for days, _, _ in _DAYS]
        place = max((index for index, days in enumerate(offered) if days <= ahead), default=0)
        self._take_day(offered[max(0, min(place + by, len(offered) - 1))])
