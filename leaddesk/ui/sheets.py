"""What Help shows: the sheet of shortcuts, the guide and what this program is; never from a network."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QGridLayout, QScrollArea, QTextBrowser, QWidget

from leaddesk import __version__
from leaddesk.resources import resource
from leaddesk.ui import commands as table
from leaddesk.ui.kit.dialog import Answer, Dialog
from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.text import Text, open_link


class ShortcutSheet(Dialog):
    """Every command that has keys, by menu, in two columns."""

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(parent, table.label("help.shortcuts", language), width=860)
        groups: dict[str, list[tuple[str, str]]] = {}
        for menu, command, keys in table.shortcut_table(language):
            groups.setdefault(menu, []).append((command, keys))
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        rows = [0, 0]
        for menu, commands in groups.items():
            side = rows.index(min(rows))
            rows[side] = self._group(grid, side, rows[side], menu, commands)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(2, 28)
        grid.setRowStretch(max(rows), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setMinimumHeight(min(620, page.sizeHint().height() + 8))
        area.setAccessibleName(table.label("help.shortcuts", language))
        self.inside.addWidget(area)
        self.add_buttons(Answer("close", self.tr("Close"), "primary"))

    @staticmethod
    def _group(grid: QGridLayout, side: int, row: int, menu: str, commands: list[tuple[str, str]]) -> int:
        left = side * 3
        if row:
            grid.setRowMinimumHeight(row, 8)
            row += 1
        grid.addWidget(Text(menu, "section"), row, left, 1, 2)
        for command, keys in commands:
            row += 1
            grid.addWidget(Text(command.rstrip("…")), row, left)
            grid.addWidget(KeyCap(keys.split(" / ", maxsplit=1)[0]), row, left + 1, Qt.AlignmentFlag.AlignRight)
        return row + 1


class Guide(Dialog):
    """The guide that ships with the program."""

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(parent, table.label("help.guide", language), width=760)
        browser = QTextBrowser()
        browser.setOpenLinks(False)
        browser.setAccessibleName(table.label("help.guide", language))
        browser.anchorClicked.connect(lambda link: self._follow(browser, link))
        browser.setMarkdown(guide_text(language))
        browser.document().setDocumentMargin(10)
        _let_breathe(browser.document())
        self.resize(780, 720)
        self.inside.addWidget(browser, 1)
        self.add_buttons(Answer("close", self.tr("Close"), "primary"))

    @staticmethod
    def _follow(browser: QTextBrowser, link: QUrl) -> None:
        if link.isRelative():
            browser.scrollToAnchor(link.fragment())
        else:
            open_link(link.toString())


def guide_text(language: str) -> str:
    """The guide as Markdown."""
    path = resource("guide", f"{language}.md")
    return (path if path.is_file() else resource("guide", "en.md")).read_text(encoding="utf-8")


def _let_breathe(document: QTextDocument) -> None:
    """Room between paragraphs, which Markdown as Qt reads it has none of."""
    cursor = QTextCursor(document)
    while True:
        shape = cursor.blockFormat()
        heading = shape.headingLevel() > 0
        shape.setTopMargin(14 if heading else 2)
        shape.setBottomMargin(4 if heading or cursor.currentList() is not None else 8)
        cursor.setBlockFormat(shape)
        if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
            return


class About(Dialog):
    """What this program is."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, f"LeadDesk {__version__}")
        text = self.tr("Qualify leads during the call. No account, no network: everything stays in one file you own.")
        self.inside.addWidget(Text(text, "mute", wrap=True))
        self.add_buttons(Answer("close", self.tr("Close"), "primary"))
