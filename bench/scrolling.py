"""The program's window on a database, scrolled: prints seconds a frame by the wheel, by pages, and of an empty view."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from leaddesk.app import Program, build
from leaddesk.settings import read_settings
from leaddesk.ui.board.column_view import ColumnView

FRAMES = 240


def main(path: Path) -> int:
    """Open the window, scroll once the longest column is known, print and leave."""
    application = QApplication(sys.argv[:1])
    program = build(application, read_settings(), language="en", theme_choice="light")
    program.window.resize(1440, 900)
    program.window.show()
    waiting = QTimer(application)
    waiting.timeout.connect(lambda: _when_ready(program, waiting))
    program.window.painted.connect(lambda: program.open(path))
    waiting.start(200)
    return application.exec()


def _when_ready(program: Program, waiting: QTimer) -> None:
    views = [view for view in program.window.findChildren(ColumnView) if view.isVisible()]
    if not views or not all(view.column.whole for view in views):
        return
    waiting.stop()
    _scroll(max(views, key=lambda view: len(view.column.nos)))
    program.end()
    QApplication.quit()


def _scroll(view: ColumnView) -> None:
    bar = view.verticalScrollBar()
    notch = 3 * bar.singleStep()
    empty = QAbstractScrollArea()
    empty.resize(view.size())
    empty.show()
    _print(lambda turn: bar.setValue(turn * notch), view.viewport())
    _print(lambda turn: bar.setValue((turn + 20) * bar.pageStep()), view.viewport())
    _print(lambda _: None, empty.viewport())


def _print(move: Callable[[int], None], painted: QWidget) -> None:
    times = []
    for turn in range(1, FRAMES + 1):
        start = time.perf_counter()
        move(turn)
        painted.repaint()
        times.append(time.perf_counter() - start)
        QApplication.processEvents()
    print(*times, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
