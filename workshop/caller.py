"""A rep in the middle of a call, for others to kill: answers by keys for ever, and prints what is shown as saved.

Each line on standard output is JSON: {"question", "keys", "heard"} or {"question", "note"}, written only once the
screen says *saved* after it.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from leaddesk.qualify.playbook import Question
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.desk import SaveState
from workshop.hand import Hand, at_work

_DIGITS = {QuestionKind.SINGLE, QuestionKind.YES_NO, QuestionKind.SCALE}


def main(database: Path, seed: int) -> None:
    """Take up the call, or start one, and answer until killed."""
    chance = random.Random(seed)
    with at_work(database) as hand:
        hand.pause = 0
        session = _on_call(hand)
        turn = 0
        while True:
            question = session.question
            if question is not None and question.kind in _DIGITS:
                turn += 1
                _answer(hand, session, question, chance)
                if turn % 3 == 0:
                    _note(hand, session, question, f"word{seed}n{turn} ")
            hand.press("Ctrl+Down")
            if session.question is question:  # the last one
                hand.press("B")


def _on_call(hand: Hand) -> Session:
    if hand.window.room != "call":
        hand.trigger("call.next")
    room = hand.window.room_widget("call")
    assert isinstance(room, CallRoom)
    session = room.session
    hand.wait(lambda: session.phase in {Phase.BEFORE, Phase.ON_CALL})
    if session.phase is Phase.BEFORE:
        hand.press("Return")
    hand.wait(lambda: session.phase is Phase.ON_CALL and session.question is not None)
    _tell({"question": session.question_key, "started": True})
    return session


def _answer(hand: Hand, session: Session, question: Question, chance: random.Random) -> None:
    digit = chance.choice([*range(1, len(question.answers) + 1), 9, 0])
    hand.press(str(digit))
    _saved(hand, session)
    given = {9: "evaded", 0: "unknown"}.get(digit)
    keys = [] if given else [question.answers[digit - 1].key]
    _tell({"question": question.key, "keys": keys, "heard": given})


def _note(hand: Hand, session: Session, question: Question, text: str) -> None:
    hand.press("Tab")
    hand.type(text)
    hand.wait(lambda: text in session.notes.text(question.key))
    _saved(hand, session)
    _tell({"question": question.key, "note": text.strip()})
    hand.press("Escape")


def _saved(hand: Hand, session: Session) -> None:
    """Wait until the screen says so."""
    desk = hand.program.desk
    hand.wait(lambda: desk.save_state is SaveState.SAVED and not session.busy and not session.unsaved)


def _tell(line: dict[str, object]) -> None:
    os.write(1, (json.dumps(line) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
