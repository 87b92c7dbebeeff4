"""Where no window can be opened, one line says so."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from leaddesk.commandline import display


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
@pytest.mark.parametrize(("language", "word"), [("en", "no display"), ("zh_CN", "显示器")])
def test_with_no_display_the_window_says_so(language: str, word: str) -> None:
    away = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in away}
    command = [sys.executable, "-m", "leaddesk", "--lang", language]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert word in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "_NEEDED", {"libc.so.6": "libc6", "libnobody-has-it.so.1": "libnobody"})
    trouble = display.why_no_window()
    assert trouble is not None
    assert (trouble.code, trouble.details) == ("no_window_library", {"packages": "libnobody"})


def test_wayland_needs_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.why_no_window() is None
