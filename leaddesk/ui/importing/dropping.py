"""Lets a file be dropped anywhere on the window to be imported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from leaddesk.ui.commands import Commands


class FileDrop(QObject):
    """Watches a window for one local file."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self._commands = commands
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that is dragged in, and import it where it is dropped."""
        if isinstance(event, QDragEnterEvent) and file_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            path = file_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                self._commands.trigger("file.import", path=path)
                return True
        return super().eventFilter(watched, event)


def file_in(dragged: QMimeData) -> Path | None:
    """The file that is dragged, where it is one on this computer."""
    links = dragged.urls()
    return Path(links[0].toLocalFile()) if len(links) == 1 and links[0].isLocalFile() else None
