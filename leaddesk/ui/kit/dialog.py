"""A question with a few answers as a dialog of plain words: title, text, buttons; Escape is the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk.ui.text import Text, menu_words


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: what it returns, what it says, how it looks (`primary`, `danger` or plain)."""

    key: str
    text: str
    kind: str = ""


class Dialog(QDialog):
    """A framed dialog. Add to `inside`; `add_buttons` closes it with the key of the button that was pressed."""

    def __init__(self, parent: QWidget | None, title: str, text: str = "", *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setProperty("kind", "dialog")
        self.chosen = ""
        self.setMinimumWidth(width)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 20, 22, 18)
        whole.setSpacing(14)
        self._title = Text(title, "title", wrap=True)
        self._text = Text(text, "mute", wrap=True, selectable=True, parent=self)
        self._text.setVisible(bool(text))
        self.inside = QVBoxLayout()
        self.inside.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self._text)
        whole.addLayout(self.inside, 1)
        whole.addLayout(self.buttons)

    def add_buttons(self, *answers: Answer) -> list[QPushButton]:
        """Buttons at the lower right; the first primary one answers Enter."""
        self.buttons.addStretch(1)
        made = []
        for answer in answers:
            button = QPushButton(menu_words(answer.text))
            if answer.kind:
                button.setProperty("kind", answer.kind)
            button.setDefault(answer.kind == "primary")
            button.setAutoDefault(answer.kind == "primary")
            button.clicked.connect(lambda _checked=False, key=answer.key: self.choose(key))
            if answer.kind == "primary":
                button.setFocus(Qt.FocusReason.OtherFocusReason)
            if answer.kind == "primary":
                button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
            made.append(button)
        return made

    def choose(self, key: str) -> None:
        """Close with this answer."""
        self.chosen = key
        self.accept()


def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    *answers: Answer,
    then: Callable[[str], object] | None = None,
) -> Dialog:
    """Ask, without waiting: `then` gets the key of the answer, empty when the dialog was put away by Escape."""
    dialog = Dialog(parent, title, text)
    dialog.add_buttons(*answers)
    layout = dialog.layout()
    if layout is not None:  # as high as its words are at this width, not as they would be at a narrower one
        dialog.resize(dialog.minimumWidth(), layout.totalHeightForWidth(dialog.minimumWidth()))
    if then is not None:
        dialog.finished.connect(lambda _: then(dialog.chosen))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
