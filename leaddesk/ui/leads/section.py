"""A part of the lead sheet: a small title, lines below it, and nothing at all while it has no lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.text import Text, give_way, menu_words, set_tooltip
from leaddesk.ui.theme import look


class Section(QWidget):
    """Title and lines. `clear` before lines are added anew; `foot` stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader()
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addLayout(self.lines)
        column.addLayout(self.foot)

    def say(self, title: str) -> None:
        """Another title."""
        self.header.setText(title)
        self.setAccessibleName(title)

    def clear(self) -> None:
        """Take all lines away."""
        empty(self.lines)

    def add(self, *widgets: QWidget | int, level: bool = False) -> QHBoxLayout:
        """A line of widgets; a number is a stretch. `level`: on one height, else all begin at the top."""
        where = Qt.AlignmentFlag.AlignVCenter if level else Qt.AlignmentFlag.AlignTop
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in widgets:
            if isinstance(widget, int):
                line.addStretch(widget)
            else:
                line.addWidget(widget, 0, where)
        self.lines.addLayout(line)
        return line


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, lines within lines too."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def grow(line: QBoxLayout, widget: QWidget) -> None:
    """Let one widget of a line take the room that is left, and never more."""
    give_way(widget)
    line.setStretchFactor(widget, 1)


def fixed(text: str, width: int, kind: str = "", *, right: bool = False) -> Text:
    """Words in a column of fixed width."""
    label = Text(text, kind, wrap=True)
    label.setFixedWidth(width)
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label


def small_button(icon: str, name: str, act: Callable[[], object]) -> QToolButton:
    """A button of one icon that says its name to those who cannot see it, and to a resting pointer."""
    button = QToolButton()
    button.setIcon(theme.icon(icon, size=16))
    button.setAccessibleName(name)
    set_tooltip(button, name)
    button.clicked.connect(lambda _on: act())
    button.setFixedSize(24, 24)
    return button


def link_button(text: str, act: Callable[[], object]) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(menu_words(text))
    look(button, "kind", "link")
    button.clicked.connect(lambda _on: act())
    return button
