"""A rep who follows the suggestion through some calls; prints how many keys that took, and how long each was."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from leaddesk.qualify.playbook import Question
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.call.session import Phase
from workshop.hand import Hand, at_work

CALLS = 8
#: A call has four minutes for questions at times; more than so many are not asked.
MOST = 15
#: A reached outcome and a day for the next step, on digits.
OUTCOME, DAY = "1", "3"


class Frames(QObject):
    """Whether the window has painted since it was last asked."""

    def __init__(self, window: QObject) -> None:
        super().__init__()
        self.painted = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is to be painted is painted when this event has been handled."""
        del watched
        if event.type() == QEvent.Type.UpdateRequest:
            self.painted = True
        return False


class Rep:
    """Presses keys, counts them and times them."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        hand.trigger("call.next")
        room = hand.window.room_widget("call")
        assert isinstance(room, CallRoom)
        self.room = room
        self._frames = Frames(hand.window)
        self.keys = self.second_choices = self.answered = 0
        self.painted: list[float] = []
        self.repaints: list[float] = []
        self.queued: list[float] = []
        self.next_leads: list[float] = []
        self._time_queue()

    def _time_queue(self) -> None:
        """Take the time of each answer and move that is put into the writer's queue, whoever does so."""
        writer = self._hand.program.desk._writer
        plain = writer.submit

        def submit(*args: object, **details: object) -> None:
            start = time.perf_counter()
            plain(*args, **details)  # type: ignore[arg-type]
            self.queued.append(time.perf_counter() - start)

        writer.submit = submit  # type: ignore[method-assign]

    def call(self) -> None:
        """One call: answer what is advised until nothing is, or there is no more time; end it."""
        session = self.room.session
        self._hand.wait(lambda: session.phase is Phase.BEFORE)
        self._hand.strike("Return")
        self._hand.wait(lambda: session.phase is Phase.ON_CALL)
        self._settle()
        for _ in range(MOST):
            lead, question = session.lead, session.question
            if question is None or lead is None or lead.assessment.advice is None:
                break
            self._answer(question)
        self._end()

    def _answer(self, question: Question) -> None:
        """The answer on a digit, then Enter; of a text its letters do not count, as those of a note do not."""
        self.answered += 1
        if question.kind is QuestionKind.TEXT:
            self._press("1")
            self._hand.type("as they said it", rest=False)
        else:
            digit = min(2, len(question.answers))
            self._timed(str(digit) if question.kind is not QuestionKind.PERSON else "1")
            self.second_choices += question.kind is QuestionKind.SEVERAL
        self._press("Return")
        self._settle()
        session = self.room.session
        assert session.talk.standing_answer(question.key) is not None, question.key

    def _press(self, key: str) -> None:
        self.keys += 1
        self._hand.strike(key)

    def _timed(self, key: str) -> None:
        """From the key to the picture with the answer, and beside it the floor: the same question painted anew."""
        self._frames.painted = False
        start = time.perf_counter()
        self._press(key)
        while not self._frames.painted:
            QApplication.processEvents()
        self.painted.append(time.perf_counter() - start)
        assert self.room.question.choices.chosen
        start = time.perf_counter()
        self.room.question.repaint()
        self.repaints.append(time.perf_counter() - start)

    def _end(self) -> None:
        session = self.room.session
        number = self.room.person.number
        self._hand.strike("F10")
        for key in (OUTCOME, DAY):
            self._hand.strike(key)
        self._settle()
        start = time.perf_counter()
        self._hand.strike("Return")
        self._hand.wait_closely(lambda: session.phase is Phase.BEFORE)
        self._frames.painted = False
        number.update()
        while not self._frames.painted:
            QApplication.processEvents()
        self.next_leads.append(time.perf_counter() - start)

    def _settle(self) -> None:
        """All of it is on disk and painted."""
        session = self.room.session
        self._hand.wait(lambda: not session.busy)
        self._hand.rest(0.05)


def main(path: Path) -> None:
    """Call, and tell."""
    with at_work(path) as hand:
        hand.pause = 0
        rep = Rep(hand)
        for _ in range(CALLS):
            rep.call()
    told = {
        "calls": CALLS,
        "answered": rep.answered,
        "keys": rep.keys,
        "keys_of_two": rep.keys + rep.second_choices,
        "painted": rep.painted,
        "repaints": rep.repaints,
        "queued": rep.queued,
        "next_leads": rep.next_leads,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
