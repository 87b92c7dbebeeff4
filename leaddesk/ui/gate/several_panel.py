"""What a stage wants of several leads at once: how many may enter, what the others lack, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leaddesk import words
from leaddesk.operations.moves import Readiness
from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.anyway import WhyAnyway
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, Line
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_MOST = 8


class SeveralPanel(Overlay):
    """Asked where a gate holds some of several leads; Escape changes nothing.

    Emits `ready_wanted()`: move those that may; `overridden(reason)`: move all.
    """

    ready_wanted = Signal()
    overridden = Signal(str)

    def __init__(self, desk: Desk, found: Readiness, stage: Stage, over: QWidget) -> None:
        super().__init__(over, 520)
        self._language = desk.language
        self._found = found
        ready, every = len(found.ready), len(found.ready) + len(found.held)
        name = words.pick(stage.label, self._language)
        title = Text(self._say("several_title", n=figures.count(every), stage=name), "title", wrap=True)
        self.setAccessibleName(title.text())
        self.inside.addWidget(title)
        told = self._say("several_some" if ready else "several_none", n=figures.count(ready), all=figures.count(every))
        self.inside.addWidget(Text(told, "mute", wrap=True))
        for (where, code), count in list(found.unmet.items())[:_MOST]:
            self.inside.addWidget(Line())
            self.inside.addWidget(self._lacking(desk.playbook, where, code, count))
        self.inside.addWidget(Line())
        self._make_buttons(ready)

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "gate_panel", key, **details)

    def _lacking(self, playbook: Playbook, where: str, code: str, count: int) -> Text:
        stage = playbook.stage[where]
        label = next((words.pick(need.label, self._language) for need in stage.gate if need.code == code), code)
        return Text(self._say("several_lack", what=label, n=count), wrap=True)

    def _make_buttons(self, ready: int) -> None:
        self._ready = CommandButton(self._say("several_move", n=figures.count(ready)), "Enter", "primary")
        self._anyway = CommandButton(self._say("anyway"), "A")
        cancel = CommandButton(self._say("cancel"), "Esc", "quiet")
        self._why = WhyAnyway(self._language)
        self._why.given.connect(self._override)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 10, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self._anyway)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._ready)
        self._ready.setEnabled(bool(ready))
        self._ready.clicked.connect(self._move_ready)
        self._anyway.clicked.connect(self._ask_reason)
        cancel.clicked.connect(self.reject)
        self.inside.addWidget(self._why)
        self.inside.addLayout(buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves those that may, A all with a reason."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ready.isEnabled():
            self._move_ready()
        elif event.key() == Qt.Key.Key_A:
            self._ask_reason()
        else:
            super().keyPressEvent(event)

    def _move_ready(self) -> None:
        self.ready_wanted.emit()
        self.leave(accepted=True)

    def _ask_reason(self) -> None:
        look(self._anyway, "on", True)
        self._why.ask()
        self.fit()

    def _override(self, reason: str) -> None:
        self.overridden.emit(reason)
        self.leave(accepted=True)
