"""The panel in which a condition is put together: rows for its parts, and the sentence they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from leaddesk.exchange.playbook_conditions import Node, condition_of, tree_of
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.custom import CustomField
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.scripts.condition_rows import ConditionRow
from leaddesk.ui.scripts.condition_words import condition_words, says
from leaddesk.ui.scripts.fields import narrow_choice
from leaddesk.ui.text import Text, give_way, menu_words

_WIDE = 860
_TALL = 280
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ConditionPanel(Overlay):
    """`then(condition)` once it is taken over: None where it asks for nothing. Ctrl+Enter takes over, Escape leaves.

    `own`: the question whose condition it is, which cannot look at itself; `nothing`: what an empty one means;
    `fields`: those of the team's own.
    """

    def __init__(
        self,
        over: QWidget,
        draft: Draft,
        condition: object,
        language: str,
        title: str,
        nothing: str,
        then: Callable[[Data | None], object],
        own: str = "",
        fields: Sequence[CustomField] = (),
    ) -> None:
        super().__init__(over, _WIDE)
        self._fields = fields
        self._draft, self._language, self._nothing, self._then, self._own = draft, language, nothing, then, own
        self.tree = tree_of(condition)
        self.rows: list[ConditionRow] = []
        self.setAccessibleName(title)
        heading = Text(title, "title", wrap=True)
        self.join = narrow_choice()
        self.join.setMinimumContentsLength(20)
        self.join.offer([(key, says(language, f"cond_group_{key}")) for key in ("all", "any")], self.tree.kind)
        self.join.setAccessibleName(says(language, "cond_group_kind"))
        self.join.picked.connect(self._rejoin)
        self.sentence = Text(wrap=True)
        give_way(self.sentence)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(_TALL)
        area.setWidget(self._holder)
        self.area = area
        self.adds = {kind: QPushButton(menu_words(says(language, f"cond_add_{kind}"))) for kind in _KINDS}
        for kind, button in self.adds.items():
            button.clicked.connect(lambda _checked=False, name=kind: self.add(name))
        self._lay_out(heading)
        self._remake()

    def _lay_out(self, heading: Text) -> None:
        adding = QHBoxLayout()
        adding.setSpacing(8)
        for button in self.adds.values():
            adding.addWidget(button)
        adding.addStretch(1)
        self.leave_button = CommandButton(says(self._language, "cancel"), "Esc", "quiet", parent=self)
        self.leave_button.clicked.connect(self.reject)
        self.take = CommandButton(says(self._language, "take_over"), "Ctrl+Enter", "primary", parent=self)
        self.take.clicked.connect(self.accept)
        closing = QHBoxLayout()
        closing.addWidget(self.sentence, 1)
        closing.addWidget(self.leave_button)
        closing.addWidget(self.take)
        self.inside.addWidget(heading)
        self.inside.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(self.area, 1)
        self.inside.addLayout(adding)
        self.inside.addLayout(closing)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _remake(self, focus: Node | None = None) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self.rows = []
        for node in self.tree.of:
            self._show(node, 0)
        self._column.addStretch(1)
        for row in self.rows:
            if row.node is focus:
                row.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.join.setVisible(len(self.tree.of) > 1)
        self._say()
        self.fit()

    def _show(self, node: Node, depth: int) -> None:
        row = ConditionRow(node, self._draft, self._language, depth, own=self._own, fields=self._fields)
        row.changed.connect(self._say)
        row.reshaped.connect(self._remake)
        row.removed.connect(self._remove)
        row.added.connect(lambda group: self.add("question", group))
        self.rows.append(row)
        self._column.addWidget(row)
        for one in node.of:
            self._show(one, depth + 1)

    def add(self, kind: str, into: Node | None = None) -> None:
        """One more part: a question, a field or a group."""
        keys = [str(one.get("key")) for one in self._draft.tables("questions") if one.get("key") != self._own]
        if kind == "group":
            fresh = Node("any", of=[Node("question", subject=keys[0] if keys else "")])
        elif kind == "fact":
            fresh = Node("fact", subject="origin")
        else:
            fresh = Node("question", subject=keys[0] if keys else "")
        (into or self.tree).of.append(fresh)
        self._remake(fresh)

    def _remove(self, node: Node) -> None:
        def without(group: Node) -> None:
            group.of = [one for one in group.of if one is not node]
            for one in group.of:
                without(one)

        without(self.tree)
        self._remake()
        (self.rows[0].first if self.rows else self.adds["question"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rejoin(self, key: str) -> None:
        self.tree.kind = key
        self._say()

    def _say(self) -> None:
        condition = condition_of(self.tree)
        said = self._nothing if condition is None else condition_words(self._draft, condition, self._language)
        self.sentence.setText(said)

    def begin(self) -> None:
        """Show it, with the focus on the first part."""
        self.open(self.rows[0].first if self.rows else self.adds["question"])

    # ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────

    def accept(self) -> None:
        """Take it over."""
        condition = condition_of(self.tree)
        self.leave(accepted=True)
        self._then(condition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes over."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)


_KINDS = ("question", "fact", "group")
