"""The three columns of the room: what there is, what is being edited, what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.effect_panel import EffectPanel
from leaddesk.ui.scripts.fields import narrow_choice
from leaddesk.ui.scripts.head import Note
from leaddesk.ui.scripts.outline import Outline
from leaddesk.ui.scripts.problem_list import ProblemPanel
from leaddesk.ui.scripts.question_page import QuestionPage
from leaddesk.ui.scripts.script_page import GroupPage, ScriptPage
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.text import ElidedText, Text, menu_words, set_tooltip

#: Verbs of the outline's menu with their keys, a line between groups.
VERBS = (
    (("add_question", "Ins"), ("copy", "Ctrl+D"), ("take_in", ""), ("take_out", "Del"), ("remove", "Shift+Del")),
    (("move_up", "Alt+Up"), ("move_down", "Alt+Down"), ("add_group", "")),
    (("new_script", ""), ("copy_script", ""), ("remove_script", ""), ("script_earlier", ""), ("script_later", "")),
)


class Left(Panel):
    """Which script, and its outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margin=12)
        self.title = ElidedText(kind="section")
        self.script = narrow_choice()
        self.outline = Outline()
        self.add = QPushButton()
        self.menu = QMenu(self)
        self.more = QToolButton()
        self.more.setMenu(self.menu)
        self.more.setIconSize(QSize(18, 18))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.actions_ = {verb: self.menu.addAction("") for group in VERBS for verb, _ in group}
        for group in VERBS[1:]:
            self.menu.insertSeparator(self.actions_[group[0][0]])
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.add, 1)
        line.addWidget(self.more)
        for widget in (self.title, self.script):
            self.inside.addWidget(widget)
        self.inside.addWidget(self.outline, 1)
        self.inside.addLayout(line)

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self.script.setAccessibleName(says(language, "which_script"))
        self.outline.setAccessibleName(says(language, "outline"))
        self.add.setText(menu_words(says(language, "verb_add_question")))
        self.more.setIcon(theme.icon("more"))
        self.more.setAccessibleName(says(language, "outline_menu"))
        set_tooltip(self.more, says(language, "outline_menu"))
        for group in VERBS:
            for verb, keys in group:
                said = menu_words(says(language, f"verb_{verb}"))
                self.actions_[verb].setText(f"{said}\t{keys}" if keys else said)


class Columns(QWidget):
    """Left, middle and right, with a note above them."""

    def __init__(self, desk: Desk, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = Note()
        self.left = Left()
        self.question = QuestionPage(sitting)
        self.script = ScriptPage(sitting)
        self.group = GroupPage(sitting)
        self.blank = Text(kind="mute", wrap=True)
        self.blank.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.page: QWidget = self.blank
        self._areas: dict[QWidget, QScrollArea] = {
            page: _area(page) for page in (self.blank, self.question, self.script, self.group)
        }
        self._stack = QStackedWidget()
        for area in self._areas.values():
            self._stack.addWidget(area)
        self.middle = Panel()
        self.middle.inside.addWidget(self._stack, 1)
        self.problems = ProblemPanel()
        self.effect = EffectPanel(desk, sitting)
        self._lay_out()

    def _lay_out(self) -> None:
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(12)
        stack.addWidget(self.problems, 1)
        stack.addWidget(self.effect, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, least, most, share in (
            (self.left, 200, 330, 22),
            (self.middle, 400, 16_000, 56),
            (right, 220, 380, 24),
        ):
            widget.setMinimumWidth(least)
            widget.setMaximumWidth(most)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            row.addWidget(widget, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(10)
        whole.addWidget(self.note)
        whole.addLayout(row, 1)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.page = page
        self._stack.setCurrentWidget(self.area)

    @property
    def area(self) -> QScrollArea:
        """What scrolls the page in front."""
        return self._areas[self.page]

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self.left.retranslate(language)
        for page in (self.question, self.script, self.group):
            page.retranslate(language)
        self.blank.setText(says(language, "blank"))
        self.effect.retranslate(language)


def _area(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
