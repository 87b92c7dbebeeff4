"""What may stand in a lead or a playbook, however odd: it is shown as it is, never obeyed, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from leaddesk.db.check import check
from leaddesk.db.store import Store
from leaddesk.operations.leads import add_lead, add_note
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.views import save_view
from leaddesk.qualify.filtering.tree import Is
from leaddesk.resources import text_of
from leaddesk.settings import change_settings
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.story import EntryRow
from tests.drivers import WindowDriver, running, words_below
from tests.ui.board.hands import Board
from tests.ui.pipeline import filled, now

HOSTILE = [
    "<img src=x onerror=alert(1)><b>bold</b>",
    "\u202edesrever\u202c قصير עברית",
    "x" * 9_999,
    "👩‍👩‍👧‍👦 🇩🇪 ﷽ Z̷͑a̶̎l̴͝g̷̈o̴͋",
    'Robert"); DROP TABLE lead;--',
    '" OR name:* NEAR(a b) AND NOT "',
    "100% %s {lead} {0} \\n &amp; && &Ampersand",
    "=cmd|' /C calc'!A0",
    "ein\u200bschmuggel\u00ad \u2066x\u2069",
]
PEOPLE = [
    {"name": text, "company": text[::-1], "source": text[:60], "owner": text[:60], "title": text, "city": text}
    for text in HOSTILE
]


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path) -> Iterator[Board]:
    """Leads that hold all this, in two currencies without a rate; Mallory works here."""
    change_settings(person=HOSTILE[4])
    path = tmp_path / "hostile.leaddesk"
    people = [{**one, "value": f"{n + 1}00 {('EUR', 'JPY')[n % 2]}"} for n, one in enumerate(PEOPLE)]
    filled(path, *people)
    with running(qtbot, path) as driver:
        made = Board(driver)
        made.room.lanes.fold("new", False)
        driver.wait_for(lambda: len(made.shown_in("new")) == len(HOSTILE))
        yield made


def test_they_are_shown_whole_and_as_they_are(board: Board) -> None:
    view = board.view("new")
    board.room.lanes.setFocus()
    for key in ("D", "D", "D", "G", "G", "G", "G"):
        board.driver.press(key)
        board.driver.wait_for(lambda: len(board.shown_in("new")) == len(HOSTILE))
        view.viewport().grab()
    for place, lead in enumerate(board.shown_in("new")):
        board.stand_on(lead)
        board.driver.press("Space")
        assert board.room.peek.isVisible()
        board.room.peek.grab()
        assert board.room.peek.width() < board.driver.window.width()
        board.driver.press("Space")
        spoken = view.spoken(place)
        assert spoken
        where = view.rect_of(place).center()
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))
        assert "<b>bold</b>" not in QToolTip.text()  # as text it has its angle brackets written out
    told = words_below(board.driver.window)
    assert told
    head = board.room.lanes.lanes["new"].head
    assert "€" in head.accessibleName()
    assert "¥" in head.accessibleName()
    board.assert_heads_true()


def test_they_are_found_moved_and_asked_about(board: Board) -> None:
    filters = board.room.filters
    for text in HOSTILE:
        filters.show_where(Is("source", (text[:60],)))
        board.driver.wait_for(lambda: len(board.shown_in("new")) == 1)
        board.assert_heads_true()
        assert filters.chips.chips or filters.narrowed
        filters.show_all()
        board.driver.wait_for(lambda: len(board.shown_in("new")) == len(HOSTILE))
        filters.search.setText(text[:200])
        board.driver.wait_for(lambda: filters.filters.search)
        board.driver.wait_for(lambda: board.room.model.columns["new"].leads <= 1)
        filters.show_all()
        board.driver.wait_for(lambda: len(board.shown_in("new")) == len(HOSTILE))
    first = board.shown_in("new")[0]
    board.room.move_to(first, "sql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    assert board.room.mover.panel is not None
    board.room.mover.panel.grab()
    assert board.room.mover.panel.panel.width() <= board.driver.window.width()
    board.driver.press("Escape")
    board.room.move_to(first, "nurture")
    board.driver.wait_for(lambda: board.shown_in("nurture") == [first])
    assert board.driver.toast
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: len(board.shown_in("new")) == len(HOSTILE))
    assert board.driver.ask(check) == []


def test_a_note_of_a_million_characters(board: Board) -> None:
    lead = board.shown_in("new")[0]
    board.driver.desk.do(add_note, lead, "lorem ipsum " * 83_334)
    board.driver.wait_saved()
    board.stand_on(lead)
    board.driver.press("Space")
    board.room.peek.grab()
    board.driver.press("Space", "Return")
    board.driver.wait_for(lambda: isinstance(board.driver.page, LeadsRoom))
    page = board.driver.page
    assert isinstance(page, LeadsRoom)
    board.driver.wait_for(lambda: page.sheet.lead is not None and page.sheet.lead.id == lead)
    page.grab()
    rows = [row for row in page.sheet.findChildren(EntryRow) if "lorem" in row.accessibleName()]
    assert len(rows) == 1
    assert len(rows[0].accessibleName()) < 4_000
    assert "997," in rows[0].accessibleName()  # so many more
    assert all(len(label.text()) < 4_000 for label in board.driver.window.findChildren(QLabel))
    board.driver.press("Ctrl+1")
    filters = board.room.filters
    filters.search.setText("ipsum")
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 1)
    board.stand_on(lead)
    board.driver.press("C")
    board.driver.wait_for(lambda: board.driver.room == "call")
    assert board.driver.page.selected_lead() == lead
    labels = [label.text() for label in board.driver.page.findChildren(QLabel)]
    assert any("lorem ipsum" in text for text in labels)
    assert all(len(text) < 4_000 for text in labels)


def test_nobody_then_one(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "none.leaddesk") as driver:
        board = Board(driver)
        assert board.room.empty.isVisible()
        for key in "Down M Space Delete Ctrl+A Shift+F2 W G D Alt+Up C E . Menu".split():
            driver.press(key, "Escape")
        driver.trigger("go.board")
        driver.desk.do(add_lead, {"name": "One"})
        driver.wait_for(lambda: len(board.shown_in("new")) == 1)
        driver.wait_for(board.room.lanes.isVisible)
        board.stand_on(board.shown_in("new")[0])
        driver.press("Up", "Down", "PgDown", "Home", "End", "Alt+Up", "Shift+Down", "Ctrl+A", "Delete")
        driver.wait_for(lambda: not board.shown_in("new"))
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: len(board.shown_in("new")) == 1)
        board.assert_heads_true()


def test_two_hundred_stages(qtbot: QtBot, tmp_path: Path) -> None:
    """Or as many as a playbook may have: all of them are reached by keys and from the menu."""
    path = tmp_path / "stages.leaddesk"
    ids = filled(path, {"name": "Anna"})
    toml = text_of("playbooks", "default.toml")
    second = toml.index("[[stages]]", toml.index("[[stages]]") + 1)
    more = "".join(
        f'[[stages]]\nkey = "extra_{n}"\nlabel = {{ en = "Stage {n}", zh_CN = "阶段 {n}" }}\nkind = "open"\n'
        f"probability = 50\nrot_days = 7\n\n"
        for n in range(190)
    )
    with Store.open(path) as store:
        store.run(adopt_playbook, toml[:second] + more + toml[second:], now=now())
    with running(qtbot, path) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        board.stand_on(ids["Anna"])
        driver.press("M")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert len(menu.actions()) == len(driver.desk.playbook.stages) > 190
        menu.close()
        driver.press(".")
        driver.wait_for(lambda: board.stage_of(ids["Anna"]) == "extra_0")
        board.room.move_to(ids["Anna"], "extra_189")
        driver.wait_for(lambda: board.stage_of(ids["Anna"]) == "extra_189")
        driver.wait_for(lambda: board.room.lanes.current_stage() == "extra_189")
        lane = board.room.lanes.lanes["extra_189"]
        assert not lane.visibleRegion().isEmpty()
        board.assert_heads_true()


def test_a_view_whose_stage_is_gone_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "gone.leaddesk"
    filled(path, {"name": "Anna"})
    with Store.open(path) as store:
        store.run(save_view, "Old", Is("stage", ("abolished",)), {"folds": "x=1", "order": "none"}, True, now=now())
    with running(qtbot, path) as driver:
        board = Board(driver)
        view = board.room.filters.views.views[0]
        board.room.filters.views.chosen.emit(view)
        driver.wait_for(board.room.empty.isVisible)
        assert "abolished" in board.room.filters.trouble
        driver.press("Ctrl+Shift+A")
        driver.wait_for(lambda: len(board.shown_in("new")) == 1)


def test_a_clock_set_back_shows_no_lead_from_the_future_as_rotting(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "clock.leaddesk"
    filled(path, {"name": "Anna"})
    hours = [0]
    driver = WindowDriver(qtbot, path, clock=lambda: now() - hours[0] * 3_600_000).open()
    try:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        for back in (5, 30, 24 * 400):
            hours[0] = back
            board.room._tick()
            driver.settle()
            spoken = board.view("new").spoken(0)
            assert "Stuck" not in spoken
            assert "-" not in spoken
        driver.desk.do(add_lead, {"name": "Bo"})
        driver.wait_for(lambda: len(board.shown_in("new")) == 2)
        assert driver.ask(check) == []
    finally:
        driver.close()
