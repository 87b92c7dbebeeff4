"""Workers: most urgent first, stale answers dropped, nothing urgent lost at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from leaddesk.ui.tasks import Urgency, Worker
from tests.drivers import PATIENCE


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.stop()


class Held:
    """A worker that waits, so that a queue can be built behind it."""

    def __init__(self, worker: Worker) -> None:
        self.go_on = threading.Event()
        worker.submit(self.go_on.wait)


def test_results_arrive_in_the_thread_that_asked(qtbot: QtBot, worker: Worker) -> None:
    where: list[tuple[int, int]] = []
    worker.submit(threading.get_ident, lambda there: where.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(where), timeout=PATIENCE)
    assert where[0][0] != threading.get_ident()
    assert where[0][1] == threading.get_ident()


def test_the_most_urgent_goes_first_and_equals_keep_their_order(qtbot: QtBot, worker: Worker) -> None:
    held, order = Held(worker), list[str]()
    worker.submit(lambda: order.append("background"), urgency=Urgency.BACKGROUND)
    worker.submit(lambda: order.append("screen"), urgency=Urgency.SCREEN)
    worker.submit(lambda: order.append("first"))
    worker.submit(lambda: order.append("second"))
    held.go_on.set()
    qtbot.waitUntil(lambda: len(order) == 4, timeout=PATIENCE)
    assert order == ["first", "second", "screen", "background"]


def test_background_work_hears_that_it_is_to_make_way(qtbot: QtBot, worker: Worker) -> None:
    def is_awaited() -> bool:
        return worker.is_awaited

    held = Held(worker)
    qtbot.waitUntil(lambda: not is_awaited(), timeout=PATIENCE)  # what holds it is being done
    worker.submit(lambda: None, urgency=Urgency.BACKGROUND)
    assert not is_awaited()
    worker.submit(lambda: None, urgency=Urgency.SCREEN)
    assert is_awaited()
    held.go_on.set()
    qtbot.waitUntil(lambda: not is_awaited(), timeout=PATIENCE)


def test_only_the_newest_of_a_slot_answers(qtbot: QtBot, worker: Worker) -> None:
    held, answers = Held(worker), list[int]()
    for number in range(5):
        worker.submit(lambda value=number: value, answers.append, slot="search")  # type: ignore[misc]
    held.go_on.set()
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert answers == [4]


def test_what_was_forgotten_never_answers(qtbot: QtBot, worker: Worker) -> None:
    held, answers = Held(worker), list[int]()
    worker.submit(lambda: 1, answers.append)
    worker.forget()
    worker.submit(lambda: 2, answers.append)
    held.go_on.set()
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert answers == [2]


def test_an_error_is_handed_over_and_the_worker_goes_on(qtbot: QtBot, worker: Worker) -> None:
    errors: list[Exception] = []
    answers: list[int] = []
    worker.submit(lambda: 1 // 0, None, errors.append)
    worker.submit(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert isinstance(errors[0], ZeroDivisionError)


def test_ending_does_what_is_urgent_and_drops_the_rest(qtbot: QtBot) -> None:
    worker, done = Worker("test"), list[str]()
    held = Held(worker)
    worker.submit(lambda: done.append("idle"), urgency=Urgency.BACKGROUND)
    worker.submit(lambda: done.append("answer"))
    held.go_on.set()
    assert worker.stop()
    assert done == ["answer"]


class Listener(QObject):
    """Somebody who may be gone when the answer comes."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    def hear(self, value: int) -> None:
        """Take it."""
        self.heard.append(value)


def test_nobody_is_told_who_is_gone(qtbot: QtBot, worker: Worker) -> None:
    import shiboken6

    held, listener, answers = Held(worker), Listener(), list[int]()
    worker.submit(lambda: 1, listener.hear)
    worker.submit(lambda: 2, answers.append)
    heard = listener.heard
    shiboken6.delete(listener)
    held.go_on.set()
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert heard == []
