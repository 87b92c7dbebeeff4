"""A rep in the middle of a call, for others to kill: `python -m workshop.caller DATABASE LEDGER SEED`.

Takes up the call there is, or starts one; prints a line and waits for one. Then types notes and answers by keys, one
every 20 to 80 ms, moves between questions and on to the next lead, for ever, and keeps a ledger of all of it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing
from leaddesk.ui.asking.entry import read_said
from leaddesk.ui.asking.options import TYPED
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.call.session import Phase
from leaddesk.ui.call.tabs import Footer
from workshop.hand import Hand, at_work
from workshop.ledger import ON_THE_WAY, Ledger
from workshop.reckoning import value_of

_ON_DIGITS = {QuestionKind.SINGLE, QuestionKind.YES_NO, QuestionKind.SCALE}
_BANDED = {QuestionKind.MONEY, QuestionKind.NUMBER, QuestionKind.DATE}
_SYLLABLES = ("ba", "ne", "ti", "fo", "ru", "sa", "mi", "lo")
_COMPOSED = (("yu suan", "预算"), ("cai wu", "财务"), ("shang xian", "上线"))
#: Of so many letters one is followed by a pause in the middle of the word.
_THINKS = 0.04
#: A reached outcome and a day for the next step, both on digits.
_OUTCOME, _DAY = "1", "3"


class Caller:
    """Strikes keys without waiting for what follows from them, and looks at the screen between them."""

    def __init__(self, hand: Hand, ledger: Ledger, seed: int) -> None:
        self._hand = hand
        self._ledger = ledger
        self._chance = random.Random(seed)
        self._seed = seed
        self._words = 0
        if hand.window.room != "call":
            hand.trigger("call.next")
        room = hand.window.room_widget("call")
        assert isinstance(room, CallRoom)
        self.room = room
        self.session = room.session
        self._footers = room.findChildren(Footer)

    # ── coming and going ─────────────────────────────────────────────────────────────────────────────────────────

    def come(self) -> None:
        """Take up the call, or start one; what an earlier run left is taken up."""
        session, desk = self.session, self._hand.program.desk
        self._hand.wait(lambda: session.phase in {Phase.BEFORE, Phase.ON_CALL})
        resumed = session.phase is Phase.ON_CALL
        self._hand.wait(lambda: not desk.spool.all() and not session.busy and not session.unsaved)
        call = session.call
        told = {"resumed": resumed, "call": call.id if call is not None else "", "asked": session.question_key}
        print(json.dumps(told), flush=True)
        sys.stdin.readline()
        self._start()

    def _start(self) -> None:
        if self.session.phase is Phase.BEFORE:
            self._strike("Return")
        self._until(lambda: self.session.on_call)
        call, lead = self.session.call, self.session.lead
        assert call is not None
        assert lead is not None
        self._ledger.note(call=call.id, lead=lead.id)

    def work(self) -> None:
        """Type for ever."""
        doings = (self._answer, self._correct, self._write, self._write, self._type_exactly, self._move, self._move)
        while True:
            for _ in range(self._chance.randint(8, 30)):
                self._chance.choice(doings)()
            self._end()

    def _end(self) -> None:
        """End the call, and start the next one."""
        call = self._call
        self._leave_typed()
        self._strike("F10")
        self._strike(_OUTCOME)
        self._strike(_DAY)
        outcome = self.session.playbook.dispositions[int(_OUTCOME) - 1].key
        self._ledger.enter(("ended", call, ""), outcome)
        self._strike("Return")
        self._until(lambda: self.session.phase is Phase.BEFORE)
        self._start()

    # ── what a rep does ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _call(self) -> str:
        assert self.session.call is not None
        return self.session.call.id

    @property
    def _question(self) -> Question:
        """The question on screen, by its wording."""
        shown = self.room.question.wording.text()
        language = self.session.talk.asked_in
        return next(each for each in self.session.playbook.questions if each.wording[language] == shown)

    def _answer(self) -> None:
        """A digit, or several where several may be chosen."""
        question = self._question
        digit = self._chance.choice([9, 0]) if self._chance.random() < 0.15 else None
        if digit is not None:
            heard = Standing.EVADED if digit == 9 else Standing.UNKNOWN
            self._say(question, Said(heard=heard), str(digit))
        elif question.kind is QuestionKind.SEVERAL:
            self._choose_several(question)
        elif question.kind in _ON_DIGITS | _BANDED:
            place = self._chance.randrange(len(question.answers[:8]))
            self._say(question, Said(keys=(question.answers[place].key,)), str(place + 1))

    def _correct(self) -> None:
        for _ in range(self._chance.randint(1, 3)):
            self._answer()

    def _choose_several(self, question: Question) -> None:
        """Choose one after the other, never taking the last one back."""
        shown = self.room.question.choices.chosen
        chosen = {answer.key for digit, answer in enumerate(question.answers[:8], start=1) if digit in shown}
        for _ in range(self._chance.randint(1, 3)):
            place = self._chance.randrange(len(question.answers[:8]))
            changed = chosen ^ {question.answers[place].key}
            if changed:
                chosen = changed
                keys = tuple(answer.key for answer in question.answers if answer.key in chosen)
                self._say(question, Said(keys=keys), str(place + 1), passing=True)

    def _leave_typed(self) -> None:
        """What a killed run left typed and not entered is answered by going on."""
        question, entry = self._question, self.room.question.entry
        typed = self.session.talk.typed.text(question.key)
        said = read_said(question, typed, entry.currency.currentText(), self.session.today()) if typed else None
        if said is not None:
            self._ledger.enter(("draft", self._call, question.key), "")
            self._ledger.enter(("answer", self._call, question.key), value_of(said))

    def _say(self, question: Question, said: Said, key: str, *, passing: bool = False) -> None:
        self._ledger.enter(("draft", self._call, question.key), "")
        self._ledger.enter(("answer", self._call, question.key), value_of(said), passing=passing)
        self._strike(key)

    def _write(self) -> None:
        """A few words into the note, one of them perhaps composed; then back, or on."""
        question, field = self._question, self.room.question.note
        self._reach(field)
        text = field.toPlainText()
        for _ in range(self._chance.randint(1, 5)):
            word = self._word()
            composed = self._chance.choice(_COMPOSED) if self._chance.random() < 0.2 else None
            for letter in f" {word}" if text else word:
                text = self._type(("note", self._call, question.key), text, letter)
            if composed is not None:
                self._hand.compose(composed[0])
                self._pause()
                self._ledger.enter(("note", self._call, question.key), text + composed[1])
                self._hand.type(composed[1], rest=False)
                text += composed[1]
                self._pause()
            if field.toPlainText() != text:
                self._ledger.wrong(f"the note at {question.key}: {text!r} typed, {field.toPlainText()!r} shown")
        if self._chance.random() < 0.6:
            self._strike("Esc")
        else:
            self._go("Return")

    def _type_exactly(self) -> None:
        """A sum, number, day, name or text typed out, and entered; mostly at a question looked for."""
        if self._question.kind not in TYPED and self._chance.random() < 0.7:
            self._find()
        question = self._question
        said, typed = self._value(question)
        if said is None:
            return
        field = self.room.question.entry.line
        self._reach(field)
        self._strike("Ctrl+A")
        text = ""
        for letter in typed:
            text = self._type(("draft", self._call, question.key), text, letter)
        if field.text() != text:
            self._ledger.wrong(f"the field at {question.key}: {text!r} typed, {field.text()!r} shown")
        self._go("Return")

    def _value(self, question: Question) -> tuple[Said | None, str]:
        """Something nobody has said so far, and how it is typed."""
        number = self._chance.randrange(1, 90_000)
        if question.kind is QuestionKind.MONEY:
            return Said(money=Money(number * 100, "EUR")), f"{number} EUR"
        if question.kind is QuestionKind.NUMBER:
            return Said(number=number), str(number)
        if question.kind is QuestionKind.DATE:
            day = self.session.today() + timedelta(days=number % 700 + 1)
            return Said(day=day), day.isoformat()
        if question.kind in {QuestionKind.PERSON, QuestionKind.TEXT}:
            text = " ".join(self._word() for _ in range(self._chance.randint(1, 5)))
            return Said(text=text), text
        return None, ""

    def _word(self) -> str:
        """A word that is typed only once in all the runs."""
        self._words += 1
        sound = "".join(self._chance.choice(_SYLLABLES) for _ in range(self._chance.randint(1, 3)))
        return f"{sound}{self._seed}x{self._words}"

    def _move(self) -> None:
        """To another question, in one of the ways there are."""
        self._go(self._chance.choice(["Ctrl+Down", "Ctrl+Up", "Return", "B", "A", "N", "T", "F"]))

    def _find(self) -> None:
        """To a question that wants something typed, by a few letters of its title."""
        lead = self.session.lead
        assert lead is not None
        seen = [key for key, state in lead.assessment.questions.items() if state.visible and state.kind in TYPED]
        title = self.session.playbook.question[self._chance.choice(seen)].title["en"]
        self._leave_typed()
        self._strike("Ctrl+J")
        for letter in title[:6]:
            self._strike(letter)
        self._go("Return")

    def _go(self, key: str) -> None:
        self._leave_typed()
        self._ledger.enter(("stands", self._call, ""), ON_THE_WAY)
        self._strike(key)
        self._ledger.enter(("stands", self._call, ""), self.session.question_key or "")

    # ── hands and eyes ───────────────────────────────────────────────────────────────────────────────────────────

    def _type(self, place: tuple[str, str, str], text: str, letter: str) -> str:
        self._ledger.enter(place, text + letter)
        self._hand.strike(letter)
        self._pause()
        if self._chance.random() < _THINKS:
            self._pause(0.3, 1.5)
        return text + letter

    def _reach(self, field: object) -> None:
        for _ in range(4):
            if QApplication.focusWidget() is field:
                return
            self._strike("Tab")
        self._ledger.wrong("the keyboard does not get into the field")

    def _strike(self, key: str) -> None:
        self._hand.strike(key)
        self._pause()

    def _pause(self, least: float = 0.02, most: float = 0.08) -> None:
        """20 to 80 ms, with both eyes on the screen."""
        end = time.monotonic() + self._chance.uniform(least, most)
        self._look()
        while time.monotonic() < end:
            QApplication.processEvents()
            self._look()
            time.sleep(0.002)

    def _until(self, condition: object) -> None:
        assert callable(condition)
        while not condition():
            QApplication.processEvents()
            self._look()
            time.sleep(0.002)

    def _look(self) -> None:
        self._ledger.live()
        if any(footer.isVisible() and footer.saved.text().startswith("Saved") for footer in self._footers):
            self._ledger.saved()


def main(database: Path, ledger: Path, seed: int) -> None:
    """Take up the call, or start one, and type until killed."""
    with at_work(database, rest=0.1) as hand:
        hand.pause = 0
        caller = Caller(hand, Ledger(ledger), seed)
        caller.come()
        caller.work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
