"""The board as a picture and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from leaddesk.errors import DatabaseTrouble, FileTrouble
from leaddesk.ui.board.picture import save_picture
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled, moved, now


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_shows_the_board(qtbot: QtBot, tmp_path: Path, theme: str) -> None:
    assert qtbot
    database = tmp_path / "board.leaddesk"
    ids = filled(database, ANNA, CHEN, MARKUP)
    empty = tmp_path / "empty.png"
    save_picture(database, empty, now(), "en", theme)
    moved(database, ids["Anna Kowalska"], "sql")
    target = tmp_path / "board.png"
    save_picture(database, target, now(), "zh_CN", theme)
    image, other = QImage(str(target)), QImage(str(empty))
    assert image.width() > 2 * image.height() / 2
    assert image.size() == other.size()
    assert image != other
    assert image.pixelColor(2, 2).lightness() > 128 if theme == "light" else image.pixelColor(2, 2).lightness() < 128


def test_a_pdf_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot
    database = tmp_path / "board.leaddesk"
    filled(database, ANNA, CHEN)
    target = tmp_path / "board.pdf"
    save_picture(database, target, now(), "zh_CN")
    assert target.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_read_or_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot
    database = tmp_path / "board.leaddesk"
    with pytest.raises(DatabaseTrouble):
        save_picture(database, tmp_path / "board.png", now(), "en")
    filled(database, ANNA)
    with pytest.raises(FileTrouble):
        save_picture(database, tmp_path / "nowhere" / "board.png", now(), "en")
    before = database.read_bytes()
    with pytest.raises(FileTrouble, match="exists"):
        save_picture(database, database, now(), "en")
    assert database.read_bytes() == before
