"""Fields of a draft under their captions, with what is wrong beneath each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.marks import Icon
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.text import Text, give_way, menu_words


class Trouble(QWidget):
    """What is wrong with a field, as sentences with a mark beside them: colour never says it alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Icon("warning", "not-met", 14, self)
        self.words = Text(kind="small", tone="late", wrap=True, parent=self)
        give_way(self.words)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 2)
        line.setSpacing(6)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        self.hide()

    def say(self, sentences: Sequence[str]) -> None:
        """Show these; none: nothing is wrong."""
        self.words.setText("\n".join(dict.fromkeys(sentences)))
        self.setVisible(bool(sentences))


class FieldBox(QWidget):
    """A field under its caption, with what is wrong with it beneath. `path`: where it lies, as problems name it."""

    def __init__(
        self, path: str, caption: str, field: QWidget, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.field = field
        self._word = caption
        self._suffix = suffix
        self.caption = Text(kind="section", parent=self)
        self.caption.setVisible(bool(caption) and not isinstance(field, QCheckBox))
        self.trouble = Trouble(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.caption, field, self.trouble):
            column.addWidget(widget)

    def retranslate(self, language: str, told: str = "") -> None:
        """Say it in a language; `told`: what a screen reader says before the caption."""
        caption = says(language, self._word) if self._word else ""
        self.caption.setText(caption)
        if isinstance(self.field, QCheckBox):
            self.field.setText(menu_words(caption))
        name = " ".join(part for part in (told, caption, self._suffix) if part)
        self.field.setAccessibleName(name)

    def mark(self, sentences: Sequence[str], *, beside: bool = True) -> None:
        """Show what is wrong with it; none: nothing is. `beside`: here, else somebody else says it."""
        theme.look(self.field, "wrong", bool(sentences))
        self.trouble.say(sentences if beside else ())
        self.field.setAccessibleDescription(" ".join(sentences))


class Tick(QCheckBox):
    """Yes or no; `picked(bool)` only when a person chose."""

    picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self.picked)

    def show_value(self, on: bool) -> None:
        """Show it."""
        self.setChecked(on)


def narrow_choice() -> Choice:
    """A choice that does not make its row wider than there is room."""
    choice = Choice()
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(6)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return choice
