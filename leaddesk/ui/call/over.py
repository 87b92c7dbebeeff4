"""One panel at a time over the call, in whichever window the call is shown."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget

from leaddesk.ui.kit.overlay import Overlay


class Over:
    """Lays panels over the call. `ground()` is the widget they are made over: the room, or the compact window.

    `panel` is the last one laid.
    """

    def __init__(self, ground: Callable[[], QWidget]) -> None:
        self.ground = ground
        self.panel: Overlay | None = None

    def lay(self, panel: Overlay, focus: QWidget) -> None:
        """Show a panel; one that is there already leaves."""
        self.clear()
        self.panel = panel
        panel.open(focus)

    def clear(self) -> None:
        """Let the panel go that is there; what was filled in is not taken."""
        if self.panel is not None and shiboken6.isValid(self.panel):
            self.panel.reject()
        self.panel = None
