"""One life of the window on a database: prints, as JSON, how late its thread was and how long things took."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from bench.writing import reweighed
from leaddesk.app import Program, build
from leaddesk.settings import read_settings

if TYPE_CHECKING:
    from leaddesk.db.store import Reader
    from leaddesk.ui.board.column_view import ColumnView

ROWS = 20_000
SAVES = 60


class Lateness:
    """Asks to be called every few milliseconds and notes how much later it was."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(4)
        self._timer.timeout.connect(self._note)
        self._last = 0.0

    def begin(self) -> None:
        """Note from now on."""
        self.times = []
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> list[float]:
        """What was noted, the longest last."""
        self._timer.stop()
        return sorted(self.times) or [0.0]

    def _note(self) -> None:
        now = time.perf_counter()
        self.times.append(max(0.0, now - self._last - 0.004))
        self._last = now


def wait(until: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the window live until something is so, or too much time has gone."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        # A little while at a time, as the window's own loop would: it sleeps where there is nothing to do.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)


def live(program: Program, path: Path) -> dict[str, list[float]]:
    """All of it, one after the other."""
    late, found = Lateness(), dict[str, list[float]]()
    painted: list[bool] = []
    program.window.painted.connect(lambda: painted.append(True))
    wait(lambda: bool(painted))
    program.open(path)
    wait(lambda: program.desk.is_open)
    is_warm = _warmth(program)
    wait(lambda: _is_shown(program))  # drawing the first cards is part of the start
    late.begin()
    wait(is_warm, 60)
    found["warm-up"] = late.end()
    found["memory"] = [_memory()]
    late.begin()
    pause(2)
    found["idle"] = late.end()
    found["card"] = _changed_card(program)
    found["saved"], found["queued"] = _import(program, path, late)
    found["import"] = late.end()
    found["seen"] = _weights(program)
    late.begin()
    _rescore(program)
    found["rescoring"] = late.end()
    return found


def _warmth(program: Program) -> Callable[[], bool]:
    """Whether all is loaded; asked again and again, it costs the window's thread next to nothing."""
    is_large = program.desk.get(_wants_orders)

    def is_warm() -> bool:
        own = program.desk._back_reader._own
        if is_large and (own is None or own[1]._orders is None):
            return False
        views = _views(program)
        return bool(views) and all(view.column.whole for view in views)

    return is_warm


def _is_shown(program: Program) -> bool:
    """Whether cards of the board were drawn."""
    return any(view._art._kept for view in _views(program))


def _wants_orders(reader: Reader) -> bool:
    return reader.wants_orders


def pause(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def _memory() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _some_leads(program: Program, count: int) -> list[str]:
    from leaddesk.db.reads.board import Filters, Order, cards, column_order

    desk = program.desk
    nos = desk.get(column_order, "discovery", Order.SCORE, Filters(), desk.now(), as_kept=True, limit=count)
    return [card.id for card in desk.get(cards, nos, desk.now())]


def _changed_card(program: Program) -> list[float]:
    """What the window's thread spends on following one lead that changed, and painting it."""
    from leaddesk.db.reads.board import Filters, Order, first_cards
    from leaddesk.db.records import Changes
    from leaddesk.ui.board.column_view import ColumnView

    desk = program.desk
    cards = desk.get(first_cards, "new", Order.URGENCY, Filters(), 8, desk.now())
    view = next(view for view in program.window.findChildren(ColumnView) if view.column.stage.key == "new")
    times = []
    for turn in range(40):
        touched = frozenset({cards[turn % len(cards)].id})
        changes = Changes(name="give_answer", leads=touched, tables=frozenset({"answer"}))
        start = time.perf_counter()
        desk.changed.emit(changes)
        view.viewport().repaint()
        times.append(time.perf_counter() - start)
        pause(0.05)
    return times


def _import(program: Program, path: Path, late: Lateness) -> tuple[list[float], list[float]]:
    """Answers given every quarter of a second while a file comes in."""
    from leaddesk.operations.answers import give_answer
    from leaddesk.operations.calls import start_call
    from leaddesk.operations.importing import import_leads, plan_import
    from leaddesk.qualify.state import Said

    desk = program.desk
    source = path.with_suffix(".csv")
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Lead ID", "First Name", "Last Name", "Company", "Email", "Phone", "Notes"])
        for number in range(ROWS):
            who = ["Ada", f"Person {number}", f"Works {number % 9000}", f"p{number}@example.com"]
            writer.writerow([f"I-{number}", *who, f"+49 30 {number:08}", "met"])
    lead_ids = _some_leads(program, 20)
    desk.do(start_call, lead_ids[0])
    plan = desk.get(plan_import, source)
    over: list[bool] = []
    late.begin()
    job = desk.start(import_leads, plan, then=lambda _: over.append(True))
    saved: list[float] = []
    queued: list[float] = []
    keys = ("approved", "asked_for", "to_be_found")
    for turn in range(SAVES):
        pause(0.2)
        if over:
            break
        start, said = time.perf_counter(), Said(keys=(keys[turn % len(keys)],))
        ends: list[float] = []
        desk.do(give_answer, lead_ids[turn % len(lead_ids)], "reserved", said, then=partial(_note, ends))
        queued.append(time.perf_counter() - start)
        wait(partial(bool, ends), 20)
        saved += [end - start for end in ends] or [20.0]  # all it had
    if not over:
        ended: list[bool] = []
        job.ended.connect(lambda: ended.append(True))
        job.cancel()
        wait(lambda: bool(ended), 120)
    return saved, queued


def _note(ends: list[float], _: object) -> None:
    ends.append(time.perf_counter())


def _weights(program: Program) -> list[float]:
    """From the asking for another weight, as settings do, to a board that shows what follows from it.

    What is left of the turn before is still being brought up to date meanwhile, as it is while a person tries weights.
    """
    from leaddesk.db.schema import playbook_version
    from leaddesk.operations.playbooks import adopt_playbook

    desk = program.desk
    newest = playbook_version.select().order_by(playbook_version.c.number.desc())
    toml = desk.get(lambda reader: reader.connection.execute(newest).mappings().first())["toml"]
    times = []
    for turn, changed in enumerate([reweighed(toml, turn) for turn in range(7)]):
        before = _shown(program)
        seen: list[float] = []

        def show(_: object, seen: list[float] = seen) -> None:
            for view in _views(program):
                view.viewport().repaint()
            seen.append(time.perf_counter())

        start = time.perf_counter()
        desk.do(adopt_playbook, changed, then=show)
        wait(partial(bool, seen), 60)
        times.append(seen[0] - start)
        after = _shown(program)
        if any(
            other[0] != score and other[1] == picture for (score, picture), other in zip(before, after, strict=True)
        ):
            raise RuntimeError("a card shows a score that is another by now")
        if before == after:
            raise RuntimeError("no score has changed: nothing was seen")
        pause(0.5 + turn * 0.11)  # at no fixed beat of what goes on behind
    return times


def _views(program: Program) -> list[ColumnView]:
    from leaddesk.ui.board.column_view import ColumnView

    return [view for view in program.window.findChildren(ColumnView) if view.isVisible()]


def _shown(program: Program) -> list[tuple[int, bytes]]:
    """Score and picture of each card on the screen."""
    found = []
    for view in _views(program):
        picture = view.viewport().grab().toImage()
        for index in view.visible():
            card = view._model.card(view.column.nos[index])
            rect = view.rect_of(index)
            if card is not None and picture.rect().contains(rect):
                found.append((card.score // 10, bytes(picture.copy(rect).constBits())))
    return found


def _rescore(program: Program) -> None:
    """Some seconds of bringing scores up to date."""
    from leaddesk.ui.chores import Chores

    for chores in program.desk.findChildren(Chores):
        chores._freshen()
    pause(6)


def main(path: Path) -> int:
    """Build the window, live, print, leave."""
    application = QApplication(sys.argv[:1])
    program = build(application, read_settings(), language="en", theme_choice="light")
    program.window.resize(1440, 900)
    program.window.show()
    found = live(program, path)
    print(json.dumps(found), flush=True)
    program.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
