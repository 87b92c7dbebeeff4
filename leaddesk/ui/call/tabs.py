"""The groups of the script across the top: how each stands, and the letter that leads there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from leaddesk import words
from leaddesk.qualify import scripts
from leaddesk.qualify.playbook import Playbook, Script, ScriptGroup
from leaddesk.qualify.scripts import GroupState
from leaddesk.qualify.state import Assessment
from leaddesk.qualify.terms import Standing
from leaddesk.ui import theme
from leaddesk.ui.kit.marks import Icon, KeyCap
from leaddesk.ui.kit.panels import column, row
from leaddesk.ui.text import ElidedText, Text, breakable, give_way

#: Room for "Saved 07:41", kept free so that hints do not come and go with it.
_SAVED = 90
#: With more tabs than this their names take two lines.
_BESIDE = 5
#: A tab narrower than this shows its name and mark alone.
_ROOMY = 92
#: The same where names take two lines; and what stands around a name.
_ROOMY_TIGHT, _AROUND = 120, 18


class GroupTab(QFrame):
    """One group of the script; a click goes there like its letter.

    `tight`: many stand beside each other, so its name takes two lines and the letter stands beneath.
    """

    clicked = Signal(str)

    def __init__(self, group: str, parent: QWidget | None = None, *, tight: bool = False) -> None:
        super().__init__(parent)
        self.group = group
        theme.look(self, "kind", "option")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name: Text = Text(kind="name", wrap=True, parent=self) if tight else ElidedText(kind="name", parent=self)
        self._letter = KeyCap(parent=self)
        self._mark = Icon(size=14, parent=self)
        self._stands = ElidedText(kind="small", parent=self)
        if tight:
            give_way(self._name)
            self._name.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = column(spacing=2)
        lines.addLayout(row(self._name, spacing=4) if tight else row(self._name, self._letter, spacing=4))
        lines.addLayout(row(self._mark, self._stands, *((1, self._letter) if tight else ()), spacing=5))
        lines.setContentsMargins(10, 7, 6, 7)
        self.setLayout(lines)
        self._tight = tight

    def show_group(self, group: ScriptGroup, state: GroupState, language: str, *, here: bool) -> None:
        """Show how it stands; `here`: one of its questions is being asked."""
        name = words.pick(group.label, language)
        self._name.setText(breakable(name, 14) if self._tight else name)
        # The letter a keyboard has: a Chinese one cannot be typed without composing it.
        self._letter.setText(words.pick(group.letter, "en"))
        self._mark.show_standing(state.standing)
        self._stands.setText(standing_words(state, language))
        theme.look(self, "on", here)
        self.setAccessibleName(f"{name}: {self._stands.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the name goes before the key, and the mark before its words."""
        super().resizeEvent(event)
        roomy = self.width() >= (_ROOMY_TIGHT if self._tight else _ROOMY)
        self._letter.setVisible(roomy or self._tight)
        self._stands.setVisible(roomy)

    @property
    def lines(self) -> int:
        """How many lines its name takes at this width, at most two."""
        wanted = self._name.fontMetrics().horizontalAdvance(self._name.text())
        return 2 if self._tight and wanted > self.width() - _AROUND else 1

    def give_lines(self, lines: int) -> None:
        """Take so many lines for the name, as its neighbours do."""
        if self._tight:
            self._name.setFixedHeight(lines * self._name.fontMetrics().lineSpacing())

    @property
    def text(self) -> str:
        """What it says beneath its name."""
        return self._stands.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self.group)


def standing_words(state: GroupState, language: str) -> str:
    """How a group stands in a few words: met · 3 of 3."""
    if state.disagree:
        return words.say(language, "standings", "disagree")
    standing = words.say(language, "call", "met") if state.standing is Standing.YES else ""
    standing = standing or words.say(language, "standings", state.standing.value)
    if state.standing is Standing.NOT_ASKED or not state.visible:
        return standing
    return words.say(language, "call", "standing_of", standing=standing, known=state.known, visible=state.visible)


class ScriptTabs(QWidget):
    """All groups of the script. `chosen(group)` on a click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(spacing=6)
        self.setLayout(self._line)
        self.tabs: dict[str, GroupTab] = {}

    def show_script(
        self, playbook: Playbook, assessment: Assessment, script: Script, question: str | None, language: str
    ) -> None:
        """Show them all as they stand; `question`: what is being asked."""
        keys = [group.key for group in script.groups]
        if keys != list(self.tabs):
            self._remake(keys)
        states, here = scripts.group_states(playbook, assessment, script), scripts.group_of(script, question)
        for group in script.groups:
            self.tabs[group.key].show_group(group, states[group.key], language, here=group is here)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take two lines only where one of them has to."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        lines = max((tab.lines for tab in self.tabs.values()), default=1)
        for tab in self.tabs.values():
            tab.give_lines(lines)

    def _remake(self, keys: list[str]) -> None:
        for old in self.tabs.values():
            self._line.removeWidget(old)
            old.deleteLater()
        self.tabs = {key: GroupTab(key, self, tight=len(keys) > _BESIDE) for key in keys}
        for tab in self.tabs.values():
            tab.clicked.connect(self.chosen)
            self._line.addWidget(tab, 1)


class Footer(QWidget):
    """Where keys go, what the next ones do, and whether everything is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = Text(tone="accent", parent=self)
        self.saved = Text(kind="small", parent=self)
        self._hints = row(spacing=6)
        line = row(self.target, spacing=8)
        line.addLayout(self._hints)
        line.addStretch(1)
        line.addWidget(self.saved)
        self.setLayout(line)
        self._shown: tuple[tuple[str, str], ...] = ()

    def say_saved(self, text: str, tone: str) -> None:
        """Whether everything is saved."""
        self.saved.setText(text)
        self.saved.set_tone(tone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many hints as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.target.sizeHint().width() - max(self.saved.sizeHint().width(), _SAVED) - 40
        for number in range(0, self._hints.count(), 2):
            pair = [self._hints.itemAt(place).widget() for place in (number, number + 1)]  # type: ignore[union-attr]
            room -= sum(widget.sizeHint().width() + 6 for widget in pair if widget is not None)
            for widget in pair:
                if widget is not None:
                    widget.setVisible(room >= 0)

    def show_hints(self, hints: tuple[tuple[str, str], ...]) -> None:
        """Pairs of keys and what they do."""
        if hints == self._shown:
            return
        self._shown = hints
        while (item := self._hints.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for keys, does in hints:
            self._hints.addWidget(KeyCap(keys, self))
            self._hints.addWidget(Text(does, "small", parent=self))
        self._fit()
