"""Over the room: somebody who takes part in the decision, with job, role, attitude and what they said; all by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.records import Stakeholder
from leaddesk.operations.leads import ATTITUDES
from leaddesk.qualify.playbook import Playbook
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import column, row
from leaddesk.ui.text import Text

_MOST = 9


@dataclass(frozen=True, slots=True)
class Person:
    """What is written about somebody. `id` is empty for one who is not there yet."""

    name: str
    title: str = ""
    role: str = ""
    attitude: str = ""
    note: str = ""
    id: str = ""


def person_of(stakeholder: Stakeholder) -> Person:
    """What is written about one who is there already."""
    known = stakeholder
    return Person(known.name, known.title, known.role, known.attitude, known.note, known.id)


class PersonForm(Overlay):
    """Adds or changes one person. `done(Person)` on Enter."""

    done = Signal(object)

    def __init__(self, over: QWidget, playbook: Playbook, language: str, person: Person | None = None) -> None:
        super().__init__(over, width=520)
        self._language = language
        self._person = person or Person("")
        title = words.say(language, "call", "change_person" if person is not None else "add_person")
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", parent=self))
        self.name = self._field("person_name", self._person.name)
        self.job = self._field("person_job", self._person.title)
        roles = [(each.key, words.pick(each.label, language)) for each in playbook.roles[:_MOST]]
        attitudes = [(key, words.say(language, "kinds", f"attitude.{key}")) for key in ATTITUDES]
        self.role = Pick("person_role", roles, self._person.role, language, self)
        self.attitude = Pick("person_attitude", attitudes, self._person.attitude, language, self)
        for pick in (self.role, self.attitude):
            pick.choices.confirmed.connect(self._finish)
        self.inside.addLayout(row(self.role, self.attitude, spacing=18))
        self.note = self._field("person_said", self._person.note)
        self.inside.addWidget(Text(words.say(language, "call", "person_keys"), "small", wrap=True, parent=self))
        self.offer(words.say(language, "gate_panel", "cancel"), words.say(language, "leads", "form_save"), self._finish)

    def _field(self, key: str, text: str) -> Line:
        line = Line(self)
        hint = words.say(self._language, "call", key)
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setText(text)
        line.entered.connect(self._finish)
        line.escaped.connect(self.reject)
        self.inside.addWidget(line)
        return line

    def _finish(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        job, note = self.job.text().strip(), self.note.text().strip()
        self.leave(accepted=True)
        self.done.emit(Person(name, job, self.role.key, self.attitude.key, note, self._person.id))


class Pick(QWidget):
    """One of a few keys on digits; the digit of the chosen one takes it back."""

    def __init__(
        self, head: str, offered: Sequence[tuple[str, str]], chosen: str, language: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._keys = [key for key, _ in offered]
        self.key = chosen
        self.choices = Choices(self, compact=True)
        self.choices.offer([Row(number, label) for number, (_, label) in enumerate(offered, start=1)])
        self.choices.setAccessibleName(words.say(language, "call", head))
        self.choices.picked.connect(self._take)
        lines = column(Text(self.choices.accessibleName(), "section", parent=self), self.choices, spacing=4)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.choices)
        self._paint()

    def _take(self, digit: int) -> None:
        if 0 < digit <= len(self._keys):
            taken = self._keys[digit - 1]
            self.key = "" if taken == self.key else taken
            self._paint()

    def _paint(self) -> None:
        chosen = frozenset({self._keys.index(self.key) + 1}) if self.key in self._keys else frozenset()
        self.choices.choose(chosen)


class WhichPerson(Overlay):
    """Whom to change, by digit. `chosen(int)`: the place in the list, counted from 0."""

    chosen = Signal(int)
    only_asks = True

    def __init__(self, over: QWidget, names: Sequence[str], language: str) -> None:
        super().__init__(over, width=420)
        title = words.say(language, "call", "which_person")
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", parent=self))
        self.names = Choices(self, compact=True)
        self.names.setAccessibleName(title)
        self.names.offer([Row(number, name) for number, name in enumerate(names[:_MOST], start=1)])
        self.names.picked.connect(self._take)
        self.inside.addWidget(self.names)

    def _take(self, digit: int) -> None:
        self.leave(accepted=True)
        self.chosen.emit(digit - 1)
