"""Plain text stays plain, and only safe links are opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leaddesk.ui.text import ElidedText, Text, menu_words, on_one_baseline, open_link, plain, set_tooltip


def test_markup_is_words(qtbot: QtBot) -> None:
    label = Text("<img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<img src=x>"


def test_tooltips_escape_markup(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tooltip(widget, "<b>Anna</b> & Co")
    assert widget.toolTip() == "<span>&lt;b&gt;Anna&lt;/b&gt; &amp; Co</span>"
    set_tooltip(widget, "Anna & Co")
    assert widget.toolTip() == "Anna & Co"
    assert plain("") == ""


def test_an_ampersand_is_no_shortcut() -> None:
    assert menu_words("Smith & Co") == "Smith && Co"


def test_long_words_are_cut_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedText("A very long name of a very large company with limited liability")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(2000, 20)
    label.grab()
    assert label.toolTip() == ""


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "data:text/html,x", "x"])
def test_other_links_stay_closed(link: str) -> None:
    assert not open_link(link)


@pytest.mark.parametrize("link", ["https://example.org/a?b=1", "mailto:anna@example.org", "tel:+48585550142"])
def test_links_of_three_kinds_are_opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    caught: list[QUrl] = []

    def catch(url: QUrl) -> bool:
        caught.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", catch)
    assert open_link(link)
    assert caught == [QUrl(link)]


def test_first_lines_stand_on_one_line_whatever_their_size(qtbot: QtBot) -> None:
    labels = (
        Text("+8", "name"),
        Text("A named person", wrap=True),
        Text("Fit", "small"),
        Text("9", "phone"),
    )
    for label in labels:
        qtbot.addWidget(label)
    on_one_baseline(*labels)
    assert len({label.contentsMargins().top() + label.fontMetrics().ascent() for label in labels}) == 1
    assert all(label.alignment() & Qt.AlignmentFlag.AlignTop for label in labels)
    on_one_baseline()
