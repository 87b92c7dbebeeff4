"""The buttons of the room in the top bar, and the note above its columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from leaddesk import words
from leaddesk.errors import LeadDeskError
from leaddesk.ui import theme
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.text import Text, menu_words, set_tooltip
from leaddesk.ui.wording import sentence

#: What the menu of the draft offers, with a line between groups.
MENU = (("import", "export"), ("versions", "text"), ("discard",))


class Head:
    """State of the draft, its menu, *Try as a call* and *Adopt*."""

    def __init__(self, sitting: Sitting, over: QWidget) -> None:
        self._sitting = sitting
        self._language = "en"
        self.trouble = ""
        self.state = Text(kind="small")
        self.menu = QMenu(over)
        self.more = QToolButton()
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.try_out = CommandButton(keys="Ctrl+Shift+F9")
        self.adopt = CommandButton(kind="primary")
        self.actions = {key: self.menu.addAction("") for group in MENU for key in group}
        for group in MENU[1:]:
            self.menu.insertSeparator(self.actions[group[0]])

    @property
    def widgets(self) -> list[QWidget]:
        """For the top bar."""
        return [self.state, self.more, self.try_out, self.adopt]

    def show_state(self, language: str) -> None:
        """Say how the draft stands."""
        self._language = language
        sitting = self._sitting
        self.adopt.say(says(language, "adopt", number=sitting.number))
        self.try_out.say(says(language, "try_out"))
        why = self.why_not()
        self.adopt.setEnabled(not why)
        set_tooltip(self.adopt, why)
        self.adopt.setAccessibleDescription(why)
        self.try_out.setEnabled(sitting.playbook is not None)
        set_tooltip(self.try_out, "" if sitting.playbook is not None else says(language, "try_with_problems"))
        self.state.setText(self.trouble or self._state(why))
        self.state.set_tone("late" if self.trouble or sitting.problems else "")
        self.more.setIcon(theme.icon("more"))
        self.more.setAccessibleName(says(language, "draft_menu"))
        set_tooltip(self.more, says(language, "draft_menu"))
        for key, action in self.actions.items():
            action.setText(menu_words(says(language, f"menu_{key}")))
        self.actions["discard"].setEnabled(sitting.changed)

    def why_not(self) -> str:
        """Why the draft cannot be adopted now; empty: it can."""
        sitting, language = self._sitting, self._language
        if sitting.adopting:
            return says(language, "adopting")
        if not sitting.changed:
            return says(language, "nothing_to_adopt")
        if sitting.problems:
            return says(language, "problem_count", n=len(sitting.problems))
        if sitting.playbook is None:
            return says(language, "checking")
        return ""

    def _state(self, why: str) -> str:
        sitting, language = self._sitting, self._language
        if not sitting.changed:
            return why
        kept = says(language, "keeping" if sitting.unkept else "kept")
        return f"{why} · {kept}" if sitting.problems else kept


class Note(QFrame):
    """A line above the columns that wants an answer: another version was adopted, a draft could not be kept."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "note")
        self.words = Text(wrap=True)
        self.buttons = {key: QPushButton() for key in ("go_on", "start_anew", "close")}
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=key: self.answered.emit(name))
            line.addWidget(button)
        self.hide()

    def say(self, text: str, language: str, *keys: str) -> None:
        """Show a sentence and some of the buttons; empty: nothing."""
        self.words.setText(text)
        for key, button in self.buttons.items():
            button.setText(menu_words(says(language, key)))
            button.setVisible(key in keys)
        self.setVisible(bool(text))


def trouble_words(error: LeadDeskError, language: str) -> str:
    """What went wrong; a broken playbook tells its first problem."""
    from leaddesk.qualify.problems import BrokenPlaybook

    if isinstance(error, BrokenPlaybook) and error.problems:
        first = error.problems[0]
        said = words.say(language, "playbook_problems", first.code, **first.details)
        place = f"{first.path}: {said}" if first.path else said
        return says(language, "broken_file", n=len(error.problems), first=place)
    return sentence(error, language)
