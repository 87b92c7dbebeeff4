"""The program starts, welcomes, remembers, and gives way to a window that is there already."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.overview import overview
from leaddesk.settings import read_settings
from leaddesk.ui.instance import Place, raise_other
from tests.drivers import WindowDriver, running

ROOT = Path(__file__).resolve().parent.parent


def test_a_new_database_is_welcomed_and_gets_sample_leads_by_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "new.leaddesk") as driver:
        assert driver.room == "welcome"
        driver.press("1")
        driver.wait_for(lambda: driver.room == "board")
        assert driver.ask(overview).samples == 120
        assert "120" in driver.toast
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: driver.desk.redoable is not None)
        assert driver.ask(overview).leads == 0


def test_start_empty_leads_to_the_board(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "new.leaddesk") as driver:
        driver.press("3")
        assert driver.room == "board"


def test_everything_is_there_after_closing_and_starting_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "kept.leaddesk"
    with running(qtbot, path) as driver:
        driver.press("1")
        driver.wait_for(lambda: driver.room == "board")
    assert read_settings().database == str(path)
    with running(qtbot, path) as driver:
        assert driver.room == "board"
        assert driver.ask(overview).samples == 120
        assert driver.desk.undoable is not None
        assert driver.desk.undoable.name == "add_samples"


def test_sample_leads_are_removed_by_one_command(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "new.leaddesk") as driver:
        driver.press("1")
        driver.wait_for(lambda: driver.room == "board")
        driver.trigger("samples.remove")
        driver.wait_for(lambda: driver.desk.undoable is not None and driver.desk.undoable.name == "remove_samples")
        assert driver.ask(overview).leads == 0


def test_the_first_paint_needs_no_database(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\nfrom leaddesk import app\n"
        "from leaddesk.settings import read_settings\na = QApplication([])\np = app.build(a, read_settings())\n"
        "p.window.show()\na.processEvents()\n"
        "heavy = {'sqlalchemy', 'PySide6.QtNetwork', 'leaddesk.db.store', 'leaddesk.qualify.playbook'}\n"
        "print(sorted(heavy & set(sys.modules)))\np.end()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LEADDESK_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_second_program_raises_the_first_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "one.leaddesk"
    with running(qtbot, path) as driver:
        rung: list[bool] = []
        driver.program.bell.rung.connect(lambda: rung.append(True))
        code = f"import sys\nfrom pathlib import Path\nfrom leaddesk.app import run\nsys.exit(run(Path({str(path)!r})))"
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        second = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
        try:
            driver.wait_for(lambda: second.poll() is not None)
        finally:
            second.kill()
        assert second.returncode == 0
        assert rung


def test_a_place_is_free_again_once_it_was_left(tmp_path: Path) -> None:
    first, second = Place(), Place()
    assert first.take(tmp_path / "a")
    assert first.take(tmp_path / "a")
    assert not second.take(tmp_path / "a")
    first.leave()
    assert second.take(tmp_path / "a")
    assert not raise_other(tmp_path / "nobody")


def test_a_file_that_is_no_database_is_said_so_and_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "letter.leaddesk"
    path.write_text("Dear Anna,\n" * 500)
    before = path.read_bytes()
    driver = WindowDriver(qtbot, path)
    driver.open(wait=False)
    try:
        driver.wait_for(lambda: driver.dialog is not None)
        dialog = driver.dialog
        assert dialog is not None
        assert any("letter.leaddesk" in label.text() for label in dialog.findChildren(QLabel))
        driver.press("Esc")
        assert path.read_bytes() == before
    finally:
        driver.close()
