"""One question asked without any call: its answers by keys, and what is told of them."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from leaddesk.resources import text_of
from leaddesk.ui.asking.asked import AskedQuestion, Asking, Heard

NOW = 1_800_000_000_000
TODAY = date(2027, 1, 15)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    """What is shipped."""
    return read_playbook(tomllib.loads(text_of("playbooks", "default.toml")))


class Asker:
    """Somebody who shows one question and keeps what is told."""

    def __init__(self, qtbot: QtBot, playbook: Playbook, question: str, **details: object) -> None:
        self.widget = AskedQuestion()
        qtbot.addWidget(self.widget)
        self.told: list[tuple[str, object]] = []
        self.entered = 0
        self.letters: list[str] = []
        self.widget.said.connect(lambda key, said: self.told.append((key, said)))
        self.widget.taken_back.connect(lambda key: self.told.append((key, None)))
        self.widget.entered.connect(self._count)
        self.widget.letter.connect(self.letters.append)
        self.widget.ask(Asking(playbook, playbook.question[question], "en", TODAY, NOW, **details))  # type: ignore[arg-type]
        self.widget.show_heard(Heard())
        self.widget.show()
        qtbot.waitExposed(self.widget)
        self.widget.activateWindow()
        self.widget.focus_question()

    def _count(self) -> None:
        self.entered += 1

    def press(self, *keys: Qt.Key) -> None:
        """Press keys where the answers listen."""
        for key in keys:
            QTest.keyClick(self.widget.choices, key)


def test_a_digit_answers(qtbot: QtBot, playbook: Playbook) -> None:
    asker = Asker(qtbot, playbook, "approver")
    asker.press(Qt.Key.Key_2)
    answer = playbook.question["approver"].answers[1].key
    assert asker.told == [("approver", Said(keys=(answer,)))]
    asker.widget.show_heard(Heard(Said(keys=(answer,)), mark="saving"))
    assert asker.widget.choices.chosen == {2}
    assert asker.widget.choices.mark == "saving"


@pytest.mark.parametrize(("key", "heard"), [(Qt.Key.Key_0, Standing.UNKNOWN), (Qt.Key.Key_9, Standing.EVADED)])
def test_what_nobody_knows_or_says_is_an_answer(qtbot: QtBot, playbook: Playbook, key: Qt.Key, heard: Standing) -> None:
    asker = Asker(qtbot, playbook, "approver")
    asker.press(key)
    assert asker.told == [("approver", Said(heard=heard))]


def test_enter_letters_and_backspace_are_told(qtbot: QtBot, playbook: Playbook) -> None:
    asker = Asker(qtbot, playbook, "approver")
    asker.press(Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_Backspace)
    assert asker.entered == 1
    assert asker.letters == ["n"]
    assert asker.told == [("approver", None)]


def test_several_choices_go_on_from_what_was_said_and_are_told_by_enter(qtbot: QtBot, playbook: Playbook) -> None:
    several = next(each for each in playbook.questions if each.kind == "several")
    keys = [answer.key for answer in several.answers]
    asker = Asker(qtbot, playbook, several.key)
    asker.widget.show_heard(Heard(Said(keys=(keys[0],)), toggled=(keys[0],)))
    asker.press(Qt.Key.Key_3)
    assert asker.widget.choices.chosen == {1, 3}
    assert asker.widget.toggling
    assert asker.told == []
    asker.press(Qt.Key.Key_1)
    assert asker.widget.choices.chosen == {3}
    asker.press(Qt.Key.Key_Return)
    assert asker.told == [(several.key, Said(keys=(keys[2],)))]
    assert asker.entered == 1


def test_a_sum_is_typed_and_shows_its_band(qtbot: QtBot, playbook: Playbook) -> None:
    money = next(each for each in playbook.questions if each.kind == "money")
    asker = Asker(qtbot, playbook, money.key, currency="EUR")
    asker.widget.entry.line.setFocus()
    QTest.keyClicks(asker.widget.entry.line, "80k")
    QTest.keyClick(asker.widget.entry.line, Qt.Key.Key_Return)
    said = Said(money=Money(8_000_000, "EUR"))
    assert asker.told == [(money.key, said)]
    asker.widget.show_heard(Heard(said))
    assert asker.widget.choices.chosen
    assert asker.widget.focusWidget() is asker.widget.choices


def test_it_is_asked_in_one_language_and_read_in_another(qtbot: QtBot, playbook: Playbook) -> None:
    asker = Asker(qtbot, playbook, "approver", asked_in="zh_CN", earlier="Told on 3 Jan")
    question = playbook.question["approver"]
    assert asker.widget.wording.text() == question.wording["zh_CN"]
    assert asker.widget.own_wording.text() == question.wording["en"]
    assert asker.widget.earlier.text() == "Told on 3 Jan"


def test_where_there_is_little_room_it_is_short(qtbot: QtBot, playbook: Playbook) -> None:
    asker = Asker(qtbot, playbook, "approver", short=True)
    question = playbook.question["approver"]
    assert asker.widget.wording.text() == question.short["en"]
    assert asker.widget.choices.rows[0].label == question.answers[0].short["en"]
