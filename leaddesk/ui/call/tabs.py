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
from leaddesk.ui.text import ElidedText, Text

#: Room for "Saved 07:41", kept free so that hints do not come and go with it.
_SAVED = 90
#: A tab narrower than this shows its name and mark alone.
_ROOMY = 92


class GroupTab(QFrame):
    """One group of the script; a click goes there like its letter."""

    clicked = Signal(str)

    def __init__(self, group: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        theme.look(self, "kind", "option")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name = ElidedText(kind="name", parent=self)
        self._letter = KeyCap(parent=self)
        self._mark = Icon(size=14, parent=self)
        self._stands = ElidedText(kind="small", parent=self)
        words_column = column(spacing=2)
        words_column.addLayout(row(self._name, self._letter, spacing=4))
        words_column.addLayout(row(self._mark, self._stands, spacing=5))
        words_column.setContentsMargins(10, 7, 6, 7)
        self.setLayout(words_column)

    def show_group(self, group: ScriptGroup, state: GroupState, language: str, *, here: bool) -> None:
        """Show how it stands; `here`: one of its questions is being asked."""
        self._name.setText(words.pick(group.label, language))
        # The letter a keyboard has: a Chinese one cannot be typed without composing it.
        self._letter.setText(words.pick(group.letter, "en"))
        self._mark.show_standing(state.standing)
        self._stands.setText(standing_words(state, language))
        theme.look(self, "on", here)
        self.setAccessibleName(f"{self._name.text()}: {self._stands.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the name goes before the key, and the mark before its words."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        self._letter.setVisible(roomy)
        self._stands.setVisible(roomy)

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

    def _remake(self, keys: list[str]) -> None:
        for old in self.tabs.values():
            self._line.removeWidget(old)
            old.deleteLater()
        self.tabs = {key: GroupTab(key, self) for key in keys}
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
