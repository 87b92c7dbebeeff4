"""The floor of start-up: a bare window, painted once."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Ends the program once it was painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave as soon as there is something to see."""
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Bare()
    window.resize(1440, 900)
    window.show()
    sys.exit(application.exec())
