"""Imports after the window is built read no source."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leaddesk.ui.imports import spare_reading


def test_no_source_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import PySide6.QtCore  # noqa: F401 - it brings what reads them

    feature = sys.modules.get("shibokensupport.feature")
    if feature is None:
        pytest.skip("Qt for Python looks for its features in another way")
    monkeypatch.setattr(feature, "_mod_uses_pyside", feature._mod_uses_pyside)
    spare_reading()
    (tmp_path / "uses_qt_widgets.py").write_text(
        "import PySide6.QtCore\nNAME = PySide6.QtCore.QObject().objectName()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("inspect.getsource", lambda _: pytest.fail("a source was read"))
    assert __import__("uses_qt_widgets").NAME == ""  # as a statement would
