"""What is wrong with the draft: each problem with its place; choosing one leads to its field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from leaddesk import words
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_questions import tables
from leaddesk.qualify.problems import Problem
from leaddesk.ui import theme
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.scripts.condition_words import says, title_of
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.script_page import script_name
from leaddesk.ui.text import Text, plain

_QUESTION = re.compile(r"questions\[(\d+)\]\.?(.*)", re.DOTALL)
_GROUP = re.compile(r"scripts\[(\d+)\]\.groups\[(\d+)\]\.?(.*)", re.DOTALL)
_SCRIPT = re.compile(r"scripts\[(\d+)\]\.?(.*)", re.DOTALL)


_LONG = 130  # letters of a sentence in the list; its field says it whole
_BESIDE = 54  # icon, padding and the bar beside the words of a row
_WIDE = QSizePolicy.Policy.Expanding
_NONE = {True: "no_problems", False: "nothing_wrong"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem where a person sees it: the script (empty: whichever), the row of the outline, the path within it."""

    problem: Problem
    script: str
    spot: Spot
    path: str


def placed(draft: Draft, problem: Problem) -> Placed:
    """Where a problem of a draft belongs."""
    if found := _QUESTION.fullmatch(problem.path):
        listed = draft.data.get("questions")
        one = listed[int(found[1])] if isinstance(listed, list) and int(found[1]) < len(listed) else None
        key = str(one.get("key", "")) if isinstance(one, dict) else ""
        return Placed(problem, "", Spot("question", key), found[2])
    own = draft.tables("scripts")
    if (found := _GROUP.fullmatch(problem.path)) and int(found[1]) < len(own):
        script = str(own[int(found[1])].get("key", ""))
        groups = tables(own[int(found[1])], "groups")
        key = str(groups[int(found[2])].get("key", "")) if int(found[2]) < len(groups) else ""
        return Placed(problem, script, Spot("group", key), found[3])
    if (found := _SCRIPT.fullmatch(problem.path)) and int(found[1]) < len(own):
        key = str(own[int(found[1])].get("key", ""))
        return Placed(problem, key, Spot("script", key), found[2])
    if problem.path == "scripts" and own:
        return Placed(problem, scripts.script_keys(draft)[0], Spot("script", scripts.script_keys(draft)[0]), "when")
    return Placed(problem, "", Spot(""), problem.path)


def problem_words(problem: Problem, language: str) -> str:
    """What is wrong, as a sentence."""
    details = dict(problem.details)
    for name in ("wanted", "found", "kind"):
        if isinstance(kind := details.get(name), str):
            known = words.say(language, "kinds", f"question.{kind}")
            details[name] = known if known != f"question.{kind}" else kind
    return words.say(language, "playbook_problems", problem.code, **details)


def place_words(draft: Draft, one: Placed, language: str) -> str:
    """Where it is, in words."""
    if one.spot.kind == "question":
        where = title_of(draft, one.spot.key, language)
    elif one.spot.kind == "script":
        where = words.pick(script_name(draft, one.spot.key), language)
    else:
        where = one.spot.key or one.problem.path
    field = re.match(r"answers\[(\d+)\]", one.path)
    return says(language, "in_answer", where=where, n=int(field[1]) + 1) if field else where


class ProblemList(QListWidget):
    """`chosen(Placed)` by Enter, Space or click."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Lines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "outline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def _choose(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(found, Placed):
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)


class _Lines(QStyledItemDelegate):
    """Rows as high as their words are in the width there is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else 200
        room = QRect(0, 0, max(80, width - _BESIDE), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        lines = QFontMetrics(self.font(option)).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return QSize(width, lines.height() + 14)

    @staticmethod
    def font(option: QStyleOptionViewItem) -> QFont:
        """The font of a row."""
        return QFont(option.font)


class ProblemPanel(Panel):
    """All problems of the draft, or that there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, margin=14)
        self.state = Text(kind="small", wrap=True)
        self.list = ProblemList()
        self.inside.addWidget(self.state)
        self.inside.addWidget(self.list, 1)

    def show_problems(
        self, draft: Draft, problems: Sequence[Problem], language: str, *, checking: bool, changed: bool
    ) -> None:
        """Show these; `checking`: the last edit is not looked at yet; `changed`: there is something to adopt."""
        self.set_title(says(language, "problems"))
        self.list.setAccessibleName(says(language, "problems"))
        if checking and not problems:
            self.state.setText(says(language, "checking"))
        else:
            said = says(language, "problem_count", n=len(problems)) if problems else says(language, _NONE[changed])
            self.state.setText(said)
        self.state.set_tone("late" if problems else "")
        self.list.setVisible(bool(problems))
        self.setSizePolicy(_WIDE, QSizePolicy.Policy.Expanding if problems else QSizePolicy.Policy.Maximum)
        found = [placed(draft, problem) for problem in problems]
        here = self.list.currentRow()
        self.list.clear()
        for one in found:
            said = problem_words(one.problem, language)
            short = said if len(said) <= _LONG else f"{said[:_LONG].rstrip()}…"
            item = QListWidgetItem(f"{place_words(draft, one, language)}\n{short}")
            item.setToolTip(plain(said))
            item.setIcon(theme.icon("warning", "not-met", size=14))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(max(0, min(here, len(found) - 1)))


def sentences(found: Sequence[Placed], language: str) -> Mapping[str, list[str]]:
    """Problems of one page as sentences by path."""
    said: dict[str, list[str]] = {}
    for one in found:
        said.setdefault(one.path, []).append(problem_words(one.problem, language))
    return said
