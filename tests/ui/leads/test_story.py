"""A call in the story of a lead is folded together; by keys it shows what was said at which minute."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations import calls, talk
from leaddesk.operations.answers import give_answer
from leaddesk.operations.leads import add_lead
from leaddesk.operations.objections import raise_objection
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant, Money
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.story import Story
from leaddesk.ui.text import Text
from tests.drivers import WindowDriver, running

#: 2 March 2026, 12:00 UTC.
START: Instant = 1_772_452_800_000


@pytest.fixture
def spoken_with(tmp_path: Path) -> tuple[Path, str]:
    """A database in which Anna was called, and said things before and on the call."""
    path = tmp_path / "leads.leaddesk"
    with Store.open(path) as store:
        anna, _ = store.run(add_lead, {"name": "Anna Kowalska"}, now=START - 1000)
        store.run(give_answer, anna, "hoped", Said(text="fewer errors"), now=START - 500)
        call, _ = store.run(calls.start_call, anna, now=START)
        money = Said(money=Money(3_000_000, "EUR"))
        store.run(talk.answer_question, call, "budget_sum", money, now=START + 252_000)
        store.run(raise_objection, anna, "price", "<b>a year</b>", call, now=START + 300_000)
        store.run(talk.write_note, call, "difficulty", "pallets get lost", now=START + 301_000)
        store.run(talk.finish_call, call, "reached_qualified", now=START + 600_000)
    return path, anna


def story_of(driver: WindowDriver, lead: str) -> Story:
    driver.trigger("go.leads")
    room = driver.page
    assert isinstance(room, LeadsRoom)
    room.open_lead(lead)
    driver.wait_for(lambda: room.sheet.lead is not None and room.sheet.lead.id == lead)
    driver.settle()
    return room.sheet.story


def lines(story: Story) -> list[str]:
    """What is shown, line by line, as day or minute and words."""
    return [one.text() for one in story.findChildren(Text) if one.isVisibleTo(story)]


@pytest.mark.parametrize(
    ("language", "answer", "objection"),
    [
        ("en", "Sum they mean to invest: €30,000", "Objection: Too expensive · “<b>a year</b>”"),
        ("zh_CN", "打算投入多少：€3万", "异议：太贵了 · “<b>a year</b>”"),
    ],
)
def test_a_call_unfolds_to_what_was_said(
    qtbot: QtBot, spoken_with: tuple[Path, str], language: str, answer: str, objection: str
) -> None:
    path, anna = spoken_with
    with running(qtbot, path, language) as driver:
        story = story_of(driver, anna)
        driver.wait_for(lambda: any("fewer errors" in line for line in lines(story)))
        assert answer not in lines(story)
        (fold,) = story.folds.values()
        assert "3" in fold.text()
        fold.setFocus()
        driver.press("Space")
        driver.wait_for(lambda: "05:01" in lines(story))
        shown = lines(story)
        assert shown[shown.index("04:12") + 1] == answer
        assert shown[shown.index("05:00") + 1] == objection
        assert "pallets get lost" in shown[shown.index("05:01") + 1]
        (fold,) = story.folds.values()
        assert fold.hasFocus()
        driver.press("Space")
        driver.wait_for(lambda: "04:12" not in lines(story))


def test_a_call_that_goes_on_is_not_folded(qtbot: QtBot, spoken_with: tuple[Path, str]) -> None:
    path, anna = spoken_with
    with Store.open(path) as store:
        call, _ = store.run(calls.start_call, anna, now=START + 700_000)
        store.run(talk.answer_question, call, "approver", Said(keys=("on_call",)), now=START + 701_000)
    with running(qtbot, path) as driver:
        story = story_of(driver, anna)
        assert len(story.folds) == 1
        driver.wait_for(lambda: any("The person on the call approves it" in line for line in lines(story)))
