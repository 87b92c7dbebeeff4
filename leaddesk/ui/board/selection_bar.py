"""What can be done with the selected cards, for those without a keyboard at hand; seen only while there are some."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk import words
from leaddesk.ui import figures
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

#: Verbs with their key, from the left.
_VERBS = (("move_to", "M"), ("move_forward", "."), ("move_back", ","), ("delete", "Del"), ("let_go", "Esc"))


class SelectionBar(QFrame):
    """Emits `wanted(verb)`, a verb of `keys.VERBS`."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look(self, "kind", "floor")
        self.told = Text(kind="name")
        self.buttons = {verb: CommandButton(verb, keys, "quiet") for verb, keys in _VERBS}
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        line.addWidget(self.told)
        line.addStretch(1)
        for verb, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, verb=verb: self.wanted.emit(verb))
            line.addWidget(button)
        self.hide()

    def say(self, count: int, language: str) -> None:
        """Show how many are selected; hidden while none is."""
        if count:
            shown = figures.count(count) if count > 1 else count
            self.told.setText(words.say(language, "board", "selected", n=shown))
            for verb, button in self.buttons.items():
                button.say(words.say(language, "board", f"selected_{verb}"))
        self.setVisible(bool(count))
