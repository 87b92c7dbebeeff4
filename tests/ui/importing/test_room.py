"""The import room, used by keys: choose, look, change, bring in, read the report, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from leaddesk.db.reading import Reading
from leaddesk.db.reads.leads import Filters, count
from leaddesk.db.schema import account
from leaddesk.ui.importing.room import ImportRoom
from leaddesk.ui.window import Window
from tests.drivers import WindowDriver, running

TEXT = "name,company,city,first contact\nAnna Kowalska,Acme,Ulm,01/02/2026\nBo Li,Beta,Bonn,02/03/2026\n"


def room_of(driver: WindowDriver) -> ImportRoom:
    found = driver.window.room_widget("import")
    assert isinstance(found, ImportRoom)
    return found


def written(folder: Path, text: str = TEXT, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    return path


def planned(driver: WindowDriver, path: Path) -> ImportRoom:
    """The room with a file on its second page."""
    driver.program.commands.trigger("file.import", path=path)
    driver.wait_for(lambda: driver.room == "import" and room_of(driver).pages.currentIndex() == 1)
    return room_of(driver)


def leads(driver: WindowDriver) -> int:
    return driver.ask(count, Filters())


def companies(reading: Reading) -> list[str]:
    return list(reading.connection.execute(select(account.c.company)).scalars())


def button_words(driver: WindowDriver) -> str:
    return room_of(driver).planning.button.words


def test_a_file_is_chosen_looked_at_and_brought_in_by_keys(
    empty_window: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, path = empty_window, written(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    driver.press("Ctrl+I")
    driver.wait_for(lambda: driver.room == "import")
    driver.press("Return")
    room = room_of(driver)
    driver.wait_for(lambda: room.pages.currentIndex() == 1)
    assert button_words(driver) == "Import 2 leads"
    assert room.planning.columns.choice_of("first contact").key == "first_contact_on"
    assert QApplication.focusWidget() is room.planning.columns.choice_of("name")
    driver.press("Ctrl+Return")
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    assert leads(driver) == 2
    driver.press("Return")
    driver.wait_for(lambda: driver.room == "leads")


def test_what_a_column_becomes_is_changed_by_keys(empty_window: WindowDriver, tmp_path: Path) -> None:
    driver = empty_window
    room = planned(driver, written(tmp_path))
    driver.press("Tab")
    choice = room.planning.columns.choice_of("company")
    assert QApplication.focusWidget() is choice
    driver.press("Home")
    driver.press("Down")
    driver.wait_for(lambda: room.planning.columns.choice_of("company").key == "skip")
    driver.wait_for(lambda: "3 of 4" in room.planning.summary.text())
    driver.press("Ctrl+Return")
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    assert driver.ask(companies) == []


def test_a_field_moves_to_the_column_it_is_given(empty_window: WindowDriver, tmp_path: Path) -> None:
    room = planned(empty_window, written(tmp_path))
    choice = room.planning.columns.choice_of("company")
    choice.setCurrentIndex(choice.findData("name"))
    choice.picked.emit("name")
    empty_window.wait_for(lambda: room.planning.columns.choice_of("name").key == "custom")
    choice = room.planning.columns.choice_of("name")
    choice.picked.emit("name")
    empty_window.wait_for(lambda: room.planning.columns.choice_of("company").key != "name")
    assert room.planning.columns.choice_of("name").key == "name"


def test_encoding_and_order_of_days_can_be_chosen(empty_window: WindowDriver, tmp_path: Path) -> None:
    text = "name,first contact\nMüller,01/02/2026\nKöhler,03/04/2026\n"
    room = planned(empty_window, written(tmp_path, text, "cp1252"))
    first = room.planning.first_rows.model()
    assert first.index(0, 0).data() == "Müller"
    room.planning.settings["encoding"].picked.emit("cp1251")
    empty_window.wait_for(lambda: first.index(0, 0).data() == "Mьller")
    room.planning.settings["encoding"].picked.emit("cp1252")
    room.planning.settings["date_order"].picked.emit("mdy")
    empty_window.wait_for(
        lambda: room.planning.settings["date_order"].key == "mdy" and first.index(0, 0).data() == "Müller"
    )
    room.planning.settings["header"].picked.emit("0")
    empty_window.wait_for(lambda: first.rowCount() == 3)


def test_undo_brings_the_plan_back(empty_window: WindowDriver, tmp_path: Path) -> None:
    driver = empty_window
    room = planned(driver, written(tmp_path))
    room.start()
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    room.report.undo.click()
    driver.wait_for(lambda: room.pages.currentIndex() == 1)
    assert leads(driver) == 0


def test_an_import_that_changed_nothing_offers_no_undo_of_the_one_before(
    empty_window: WindowDriver, tmp_path: Path
) -> None:
    driver = empty_window
    room = planned(driver, written(tmp_path))
    room.start()
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    assert room.report.undo.isEnabled()
    came = leads(driver)
    nameless = tmp_path / "nameless.csv"
    nameless.write_text("name,city\n,Gdynia\n", encoding="utf-8")
    planned(driver, nameless)
    room.start()
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    assert not room.report.undo.isEnabled()
    assert leads(driver) == came


def test_an_import_that_is_stopped_leaves_nothing(empty_window: WindowDriver, tmp_path: Path) -> None:
    driver = empty_window
    text = "name,company\n" + "".join(f"Person {n},Company {n}\n" for n in range(20_000))
    room = planned(driver, written(tmp_path, text))
    driver.press("Ctrl+Return")
    driver.wait_for(room.planning.progress.isVisible)
    driver.press("Escape")
    driver.wait_for(lambda: not room.planning.progress.isVisible())
    assert leads(driver) == 0
    assert room.pages.currentIndex() == 1


def test_rejected_rows_are_listed_and_saved(empty_window: WindowDriver, tmp_path: Path) -> None:
    driver = empty_window
    room = planned(driver, written(tmp_path, TEXT + "Cy,Gamma,Kiel,,5\nTotal\n"))
    assert button_words(driver) == "Import 2 leads"
    room.start()
    driver.wait_for(lambda: room.pages.currentIndex() == 2)
    listed = room.report.table.model()
    assert [listed.index(row, 0).data() for row in range(listed.rowCount())] == ["4", "5"]
    target = tmp_path / "rejected.csv"
    room.save_rejected(target)
    driver.wait_for(room.report.saved.text)
    assert "too_many_cells" in target.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"name,company\n", "no rows"), (b"PK\x03\x04" + bytes(90), "not a text file")],
)
def test_files_without_leads_are_told(empty_window: WindowDriver, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    empty_window.program.commands.trigger("file.import", path=path)
    empty_window.wait_for(lambda: words in room_of(empty_window).choose.trouble.text())
    assert room_of(empty_window).pages.currentIndex() == 0


def test_a_table_that_says_nobody_s_name_cannot_be_imported(empty_window: WindowDriver, tmp_path: Path) -> None:
    room = planned(empty_window, written(tmp_path, "product,price\nGTX,550\nMG,55\n"))
    assert not room.planning.button.isEnabled()
    empty_window.press("Ctrl+Return")
    assert room.pages.currentIndex() == 1


def test_markup_in_a_file_is_shown_as_it_stands(empty_window: WindowDriver, tmp_path: Path) -> None:
    room = planned(empty_window, written(tmp_path, "name,<b>company</b>\n<img src=x>,=1+1\n"))
    assert room.planning.first_rows.model().index(0, 0).data() == "<img src=x>"


def test_a_file_can_be_dropped_on_the_window(empty_window: WindowDriver, tmp_path: Path) -> None:
    path = written(tmp_path)
    _drop(empty_window.window, path)
    empty_window.wait_for(lambda: empty_window.room == "import" and room_of(empty_window).pages.currentIndex() == 1)


def _drop(window: Window, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(window.rect().center(), actions, mime, button, keys)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(window.rect().center()), actions, mime, button, keys))


@pytest.fixture
def chinese_window(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    with running(qtbot, tmp_path / "leads.leaddesk", "zh_CN") as driver:
        yield driver


def test_it_speaks_chinese(chinese_window: WindowDriver, tmp_path: Path) -> None:
    room = planned(chinese_window, written(tmp_path, "姓名,公司\n王小明,华信\n", "gb18030"))
    assert room.planning.button.words == "导入 1 条线索"
    assert room.planning.columns.choice_of("姓名").currentText() == "姓名"
    assert chinese_window.unnamed_controls() == []


def test_everything_has_a_name_for_screen_readers(empty_window: WindowDriver, tmp_path: Path) -> None:
    room = planned(empty_window, written(tmp_path, TEXT + "Total\n"))
    assert empty_window.unnamed_controls() == []
    room.start()
    empty_window.wait_for(lambda: room.pages.currentIndex() == 2)
    assert empty_window.unnamed_controls() == []
