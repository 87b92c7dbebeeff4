"""The left column: who is called and on which number, who decides, what was said last time."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Call, Lead, Stakeholder
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.ui import commands as table
from leaddesk.ui import figures, theme
from leaddesk.ui.call.local_time import is_decent, local_time
from leaddesk.ui.call.number import numbers
from leaddesk.ui.card_words import initials
from leaddesk.ui.kit.marks import Badge, KeyCap, native_keys
from leaddesk.ui.kit.panels import Line, Panel, column, row
from leaddesk.ui.text import Text, breakable, cut, give_way, menu_words, set_tooltip

_SHOWN_CALLS = 2
_MOST = 600  # characters of what was written down
_SHOWN_EVENTS = 3


class PersonPanel(Panel):
    """Name, job, facts, number, attempts. `copied()` and `dialled()` on a click."""

    copied = Signal()
    dialled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, spacing=2)
        self.name = Text(kind="title", wrap=True, parent=self)
        self.job = Text(kind="mute", wrap=True, parent=self)
        self.facts = Text(kind="small", wrap=True, parent=self)
        self.there = Text(kind="small", wrap=True, parent=self)
        self.number = Text(kind="phone", wrap=True, selectable=True, parent=self)
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.others = Text(kind="small", wrap=True, selectable=True, parent=self)
        self.others.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.attempts = Text(kind="small", wrap=True, parent=self)
        for text in (self.name, self.job, self.facts, self.number, self.others):
            give_way(text)
        self.copy, self.dial = _link(self), _link(self)
        self.copy.clicked.connect(self.copied)
        self.dial.clicked.connect(self.dialled)
        for widget in (self.name, self.job):
            self.inside.addWidget(widget)
        self.inside.addSpacing(8)
        for widget in (self.facts, self.there):
            self.inside.addWidget(widget)
        self.inside.addSpacing(8)
        self.inside.addWidget(self.number)
        buttons = row(self.copy, self.dial, spacing=8)
        buttons.addStretch(1)
        self.inside.addLayout(buttons)
        self.inside.addWidget(self.others)
        self.inside.addWidget(self.attempts)

    def show_lead(self, playbook: Playbook, lead: Lead, now: Instant, language: str) -> None:
        """Show who it is."""
        company = str(lead.facts.get("company") or "")
        self.name.setText(breakable(lead.title, 18))
        job = [str(lead.facts.get("title") or ""), company if company != lead.title else ""]
        self.job.setText(" · ".join(breakable(part, 22) for part in job if part))
        self.job.setVisible(any(job))
        told = "\n".join(line for line in (_about(lead, language), _origin(playbook, lead, language)) if line)
        self.facts.setText("\n".join(breakable(line, 30) for line in told.split("\n")))
        self.facts.setVisible(bool(told))
        self._show_clock(lead, now, language)
        known = numbers(lead)
        self.number.setText(known[0] if known else words.say(language, "call", "no_number"))
        theme.look(self.number, "kind", "phone" if known else "mute")
        self.others.setText("\n".join(known[1:]))
        self.others.setVisible(len(known) > 1)
        for button, does, command in ((self.copy, "copy", "call.copy_number"), (self.dial, "dial", "call.dial")):
            button.setText(menu_words(words.say(language, "call", does)))
            keys = native_keys(table.COMMAND[command].keys[0])
            set_tooltip(button, f"{table.label(command, language)}   {keys}")
            button.setVisible(bool(known))
        self.dial.setEnabled(not lead.do_not_call)
        self.attempts.setText(attempts(playbook, lead, now, language))
        self.attempts.setVisible(bool(self.attempts.text()))

    def _show_clock(self, lead: Lead, now: Instant, language: str) -> None:
        clock = local_time(lead.facts, numbers(lead), now)
        here = figures.local_moment(now)
        self.there.setVisible(clock is not None and (clock.utcoffset() != here.utcoffset() or not is_decent(clock)))
        if clock is None:
            return
        decent = is_decent(clock)
        key = "there" if decent else "there_late"
        self.there.setText(words.say(language, "call", key, time=clock.strftime("%H:%M")))
        self.there.set_tone("" if decent else "late")


def _link(parent: QWidget) -> QPushButton:
    button = QPushButton(parent)
    theme.look(button, "kind", "link")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _about(lead: Lead, language: str) -> str:
    facts = lead.facts
    size = facts.get("size")
    people = words.say(language, "call", "people", count=figures.count(int(size))) if isinstance(size, int) else ""
    place = [str(facts.get(key) or "") for key in ("city", "country")]
    parts = [str(facts.get("industry") or ""), people, words.say(language, "call", "comma").join(p for p in place if p)]
    return " · ".join(part for part in parts if part)


def _origin(playbook: Playbook, lead: Lead, language: str) -> str:
    origin = str(lead.facts.get("origin") or "")
    spoken = words.say(language, "kinds", f"origin.{origin}") if origin else ""
    kinds: dict[str, int] = {}
    for event in reversed(lead.state.events):
        kinds[event.kind] = kinds.get(event.kind, 0) + 1
    events = []
    for kind, times in list(kinds.items())[:_SHOWN_EVENTS]:
        known = playbook.event_kind.get(kind)
        label = words.pick(known.label, language) if known is not None else kind
        events.append(f"{label} ×{times}" if times > 1 else label)
    comma = words.say(language, "call", "comma")
    return " · ".join(part for part in (spoken or str(lead.facts.get("source") or ""), comma.join(events)) if part)


def attempts(playbook: Playbook, lead: Lead, now: Instant, language: str) -> str:
    """How often it was tried and when: 3rd attempt · last one Tue 11:05, no answer."""
    past = sorted((call for call in lead.calls if call.ended_at is not None), key=lambda call: call.started_at)
    if not past:
        return words.say(language, "call", "first_attempt")
    last = past[-1]
    return words.say(
        language,
        "call",
        "attempt",
        number=len(past) + 1,
        when=_when(last, now, language),
        outcome=outcome_label(playbook, last.outcome, language),
    )


def _when(call: Call, now: Instant, language: str) -> str:
    at, here = figures.local_moment(call.started_at), figures.local_moment(now)
    clock = at.strftime("%H:%M")
    return clock if at.date() == here.date() else f"{figures.weekday_date(at.date(), language, here.date())} {clock}"


def outcome_label(playbook: Playbook, outcome: str, language: str) -> str:
    """How a call ended, in words."""
    known = playbook.disposition.get(outcome)
    return words.pick(known.label, language) if known is not None else outcome


class DecidersPanel(Panel):
    """Who takes part in the decision. `adding()` on a click, `changing(name)` on a person."""

    adding = Signal()
    changing = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.inside.addLayout(self._rows)
        self._shown: object = None
        self.add = QPushButton(self)
        theme.look(self.add, "kind", "link")
        self.add.clicked.connect(self.adding)
        self._key = KeyCap("Ctrl+P", self)
        line = row(self.add, spacing=6)
        line.addStretch(1)
        line.addWidget(self._key)
        line.setContentsMargins(0, 6, 0, 0)
        self.inside.addLayout(line)

    def show_lead(self, playbook: Playbook, lead: Lead, language: str) -> None:
        """Show everybody known."""
        self.set_title(words.say(language, "call", "who_decides"))
        shown = (lead.title, lead.facts.get("title"), lead.stakeholders, language)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        own = str(lead.facts.get("name") or "")
        known = {person.name for person in lead.stakeholders}
        if own and own not in known:
            on_call = words.say(language, "call", "on_this_call")
            self._add_row(own, " · ".join(p for p in (str(lead.facts.get("title") or ""), on_call) if p))
        for person in lead.stakeholders:
            self._add_row(person.name, person_words(playbook, person, language, on_call=person.name == own))
        self.add.setText(menu_words("+ " + words.say(language, "call", "add_person")))

    def _add_row(self, name: str, about: str) -> None:
        holder = _PersonRow(name, self)
        holder.clicked.connect(self.changing)
        told = Text(breakable(name, 18), wrap=True), Text(breakable(about, 22), "small", wrap=True)
        for text in told:
            give_way(text)
        lines = column(*told, spacing=0)
        line = row(Badge(initials(name), size=20), spacing=8)
        line.setContentsMargins(0, 6, 0, 6)
        line.itemAt(0).setAlignment(Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]
        line.addLayout(lines, 1)
        holder.setLayout(line)
        self._rows.addWidget(holder)
        self._rows.addWidget(Line(self))


class _PersonRow(QWidget):
    clicked = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write about this person."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._name)


def person_words(playbook: Playbook, person: Stakeholder, language: str, *, on_call: bool) -> str:
    """Job, role, attitude and what they said: Finance director · signs off · “not before Q3”."""
    role = next((words.pick(each.label, language) for each in playbook.roles if each.key == person.role), person.role)
    attitude = words.say(language, "kinds", f"attitude.{person.attitude}") if person.attitude else ""
    here = words.say(language, "call", "on_this_call") if on_call else ""
    said = _quoted(person.note) if person.note.strip() else ""
    return " · ".join(part for part in (person.title, role, attitude, said, here) if part)


class PastPanel(Panel):
    """What was said last time, what is planned, what happened since."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=6)
        self.said = Text(kind="small", wrap=True, parent=self)
        self.tasks = Text(wrap=True, kind="small", parent=self)
        self.since = Text(kind="small", wrap=True, parent=self)
        for widget in (self.said, self.tasks, self.since):
            self.inside.addWidget(widget)
        self.inside.addStretch(1)

    def show_lead(self, playbook: Playbook, lead: Lead, now: Instant, today: date, language: str) -> None:
        """Show it."""
        past = sorted((call for call in lead.calls if call.ended_at is not None), key=lambda call: call.started_at)
        last = past[-1] if past else None
        self.set_title(last_time(last, now, language) if last else words.say(language, "call", "before_this"))
        self.said.setText(said_last_time(playbook, lead, last, language))
        self.said.setVisible(bool(self.said.text()))
        planned = [
            words.say(language, "call", "planned", text=t.text, when=_due(t.due_on, t.due_time, today, language))
            for t in lead.tasks
        ]
        self.tasks.setText("\n".join(planned))
        self.tasks.setVisible(bool(planned))
        self.since.setText(_events(playbook, lead, now, language))
        self.since.setVisible(bool(self.since.text()))


def _due(day: date, clock: str | None, today: date, language: str) -> str:
    return f"{figures.near_day(day, today, language)} {clock or ''}".strip()


def last_time(call: Call, now: Instant, language: str) -> str:
    """Last time · 14 Nov, 11 min."""
    when = figures.moment(call.started_at, now, language)
    lasted = figures.lasting((call.minutes or 0) * figures.MINUTE, language)
    return words.say(language, "call", "last_time", when=when, lasted=lasted)


def _quoted(said: str) -> str:
    """What was written down, on one line, and no more of it than is read at a glance."""
    return f"“{cut(' '.join(said.split()), _MOST)}”"


def said_last_time(playbook: Playbook, lead: Lead, call: Call | None, language: str) -> str:
    """How the last call ended, what was noted in it, and notes since."""
    if call is None:
        began = lead.open_call.started_at if lead.open_call is not None else None
        before = (entry for entry in lead.timeline if entry.kind == "note" and (began is None or entry.at < began))
        notes = [str(entry.details.get("text") or "") for entry in before]
        return "\n".join(_quoted(note) for note in notes[:_SHOWN_CALLS])
    lines = [outcome_label(playbook, call.outcome, language)]
    end = call.ended_at or call.started_at
    told = [given for given in lead.answers if call.started_at <= given.at <= end and given.note.strip()]
    lines += [_quoted(given.note) for given in told[:4]]
    if call.note:
        lines.append(_quoted(call.note))
    return "\n".join(line for line in lines if line)


def _events(playbook: Playbook, lead: Lead, now: Instant, language: str) -> str:
    lines = []
    for event in sorted(lead.state.events, key=lambda each: -each.at)[:_SHOWN_EVENTS]:
        known = playbook.event_kind.get(event.kind)
        label = words.pick(known.label, language) if known is not None else event.kind
        lines.append(f"{figures.moment(event.at, now, language)} · {label}")
    return "\n".join(lines)
