"""Makes ready to understand shorthand while nobody types yet: all at once it would hold up the first key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from leaddesk.qualify.playbook import Playbook

# Milliseconds until it begins, and between steps; each step makes so many patterns.
_BEGIN, _PAUSE, _STEP = 400, 15, 3


class Listener(QObject):
    """Prepares the words of one playbook, a few whenever the window has a moment; once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._playbook: Playbook | None = None
        self._left: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    @property
    def ready(self) -> bool:
        """Whether nothing is left to prepare."""
        return self._playbook is not None and not self._timer.isActive()

    def prepare(self, playbook: Playbook) -> None:
        """Begin, unless it was done or is under way."""
        if playbook is not self._playbook:
            self._playbook = playbook
            self._left = self._all(playbook)
            self._timer.start(_BEGIN)

    @staticmethod
    def _all(playbook: Playbook) -> Iterator[None]:
        from leaddesk.qualify.shorthand.words import preparing

        return preparing(playbook)

    def _step(self) -> None:
        self._timer.setInterval(_PAUSE)
        for _ in range(_STEP):
            if next(self._left, self) is self:
                self._timer.stop()
                return
