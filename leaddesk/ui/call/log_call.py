"""Over the room: a call that was made on another phone is logged with its outcome and length."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.errors import LeadDeskError
from leaddesk.operations.calls import log_call
from leaddesk.ui import figures, wording
from leaddesk.ui.amounts import read_number
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.call.past import read_past
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.text import Text


class LogCall(Overlay):
    """Outcome on digits, when it was, minutes, a note; Enter logs, and the outcome's own next step is planned."""

    def __init__(self, over: QWidget, desk: Desk, lead: Lead) -> None:
        super().__init__(over, width=520)
        self._desk, self._lead = desk, lead
        self.about = lead.id
        language = desk.language
        self._outcomes = desk.playbook.dispositions[:9]
        self._outcome = ""
        self._going = False
        title = words.say(language, "call", "log_title", lead=lead.title)
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", wrap=True, parent=self))
        self.inside.addWidget(Text(words.say(language, "call", "log_text"), "mute", wrap=True, parent=self))
        self.outcome = Choices(self, compact=True)
        self.outcome.offer([Row(n, words.pick(each.label, language)) for n, each in enumerate(self._outcomes, start=1)])
        self.outcome.setAccessibleName(words.say(language, "call", "head_outcome"))
        self.outcome.picked.connect(self._pick)
        self.outcome.confirmed.connect(self._log)
        self.inside.addWidget(self.outcome)
        self.began = self._field("log_began")
        self.began_means = Text(kind="small", parent=self)
        self.inside.addWidget(self.began_means)
        self.began.textEdited.connect(self._read_began)
        self._read_began("")
        self.minutes = self._field("log_minutes")
        self.note = self._field("log_note")
        self.trouble = Text(tone="late", wrap=True, parent=self)
        self.trouble.hide()
        self.inside.addWidget(self.trouble)
        self.offer(words.say(language, "gate_panel", "cancel"), words.say(language, "call", "log_save"), self._log)

    def _field(self, key: str) -> Line:
        line = Line(self)
        line.setPlaceholderText(words.say(self._desk.language, "call", key))
        line.setAccessibleName(line.placeholderText())
        line.entered.connect(self._log)
        line.escaped.connect(self.reject)
        self.inside.addWidget(line)
        return line

    def _read_began(self, text: str) -> datetime | None:
        """When it was, and say so; nothing written means that it has just ended."""
        language, now = self._desk.language, figures.local_moment(self._desk.now())
        found = read_past(text, now) if text.strip() else None
        if found is not None:
            day = figures.weekday_date(found.date(), language, now.date())
            self.began_means.setText(f"= {day} {found:%H:%M}")
        else:
            self.began_means.setText("" if text.strip() else words.say(language, "call", "log_just_now"))
        return found

    def _pick(self, digit: int) -> None:
        if 0 < digit <= len(self._outcomes):
            self._outcome = self._outcomes[digit - 1].key
            self.outcome.choose(frozenset({digit}))

    def _log(self) -> None:
        if self._going:
            return
        if not self._outcome:
            self._say(words.say(self._desk.language, "call", "want_outcome"))
            self.outcome.setFocus()
            return
        written = self.minutes.text().strip()
        minutes = read_number(written) if written else None
        if written and minutes is None:
            self._say(words.say(self._desk.language, "call", "cannot_read_number"))
            self.minutes.setFocus()
            return
        began = self._read_began(self.began.text())
        if began is None and self.began.text().strip():
            self._say(words.say(self._desk.language, "call", "cannot_read_began"))
            self.began.setFocus()
            return
        self._going = True
        self._desk.do(
            log_call,
            self._lead.id,
            self._outcome,
            round(minutes) if minutes is not None else None,
            note=self.note.text(),
            at=int(began.timestamp() * 1000) if began is not None else None,
            then=lambda _: self.leave(accepted=True),
            refused=self._refused,
            failed=self._refused,
        )

    def _refused(self, trouble: LeadDeskError) -> None:
        self._going = False
        self._say(wording.sentence(trouble, self._desk.language, self._desk.playbook))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.fit()
