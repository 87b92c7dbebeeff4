"""A rep's program of its own, to be killed in the middle of a call: `python -m tests.story.interrupted DATABASE`.

Says on stdout, a line each, what the window shows as saved: the question, the digits chosen and the score; then goes on
answering until somebody kills it.
"""

from __future__ import annotations

import json
import sys
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from tests.drivers import WindowDriver
from tests.story.rep import Rep
from tests.story.tale import ENGLISH, Clock


def call_until_killed(database: Path) -> None:
    """Take the next lead, call, answer the script, write a note; then answer one question again and again."""
    application = QApplication([])
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    clock = Clock(hours=1)
    driver = WindowDriver(QtBot(None), database, clock=clock)  # type: ignore[arg-type] # no test is run in here
    rep = Rep(driver, ENGLISH, clock)
    rep.open_program()
    rep.choose_looks()
    rep.take_next_lead()
    rep.start_call()
    for answer in rep.tale.call:
        rep.answer(answer.question, *answer.keys)
        if answer.note:
            rep.write_note(answer.note)
        _tell(rep)
    for digit in cycle("123"):
        rep.answer("reserved", digit)
        _tell(rep)
    application.quit()


def _tell(rep: Rep) -> None:
    shown = {"question": rep.call.question, "chosen": sorted(rep.call.chosen), "score": rep.call.score}
    print(json.dumps(shown | {"note": rep.call.note}), flush=True)


if __name__ == "__main__":
    call_until_killed(Path(sys.argv[1]))
