"""The program until its first paint and its first cards; prints both instants of the clock all processes share."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from leaddesk.app import build
from leaddesk.settings import read_settings


def main(path: Path) -> int:
    """Open the real window on a database, tell the two instants, and leave."""
    application = QApplication(sys.argv[:1])
    program = build(application, read_settings(), language="en", theme_choice="light")

    def leave() -> None:
        tell()
        program.end()
        application.quit()

    def painted() -> None:
        tell()
        program.desk.opened.connect(lambda: when_cards_are_painted(leave))
        QTimer.singleShot(0, lambda: program.open(path))

    program.window.painted.connect(painted)
    program.window.resize(1440, 900)
    program.window.show()
    return application.exec()


def tell() -> None:
    """Print this instant."""
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)


def when_cards_are_painted(then: object) -> None:
    """Call once, after the first paint of a column that has a card."""
    from leaddesk.ui.board.column_view import ColumnView

    plain = ColumnView._paint_card
    done: list[bool] = []

    def paint(self: ColumnView, *place: object) -> None:
        plain(self, *place)  # type: ignore[arg-type]
        if not done and self._model.card(place[2]):  # type: ignore[arg-type]
            done.append(True)
            QTimer.singleShot(0, then)  # type: ignore[call-overload]

    ColumnView._paint_card = paint  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
