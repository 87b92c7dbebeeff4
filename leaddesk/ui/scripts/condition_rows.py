"""One part of a condition as a row of fields: a question with its answers, or a field of the lead with its value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange.playbook_conditions import Node, hows_for, hows_of
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_questions import question, tables
from leaddesk.qualify.custom import CUSTOM, CustomField
from leaddesk.qualify.fields import FIELD, FIELDS, FieldKind
from leaddesk.qualify.terms import Standing
from leaddesk.ui import theme
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.scripts.condition_words import answer_label, condition_words, says, title_of
from leaddesk.ui.scripts.fields import Trouble, narrow_choice
from leaddesk.ui.scripts.pens import Line
from leaddesk.ui.scripts.typed import number_of, shown_number, shown_sums, sums_of
from leaddesk.ui.text import Text, give_way, menu_words, set_tooltip

_INDENT = 22
_SPLIT = (",", "，", "、", ";", "；")


class ConditionRow(QWidget):
    """`changed()`: it says something else; `reshaped()`: it needs other fields; `removed(Node)`; `added(Node)`."""

    changed = Signal()
    reshaped = Signal(object)
    removed = Signal(object)
    added = Signal(object)

    def __init__(
        self,
        node: Node,
        draft: Draft,
        language: str,
        depth: int,
        *,
        own: str = "",
        fields: Sequence[CustomField] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields = {f"{CUSTOM}{one.name}": one for one in fields}
        self.node, self._draft, self._language, self._own = node, draft, language, own
        self.first: QWidget = self
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._trouble = Trouble()
        column = QVBoxLayout(self)
        column.setContentsMargins(depth * _INDENT, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._line)
        self._column = column
        if node.kind in ("all", "any"):
            self._group()
        elif node.kind == "question":
            self._question()
        elif node.kind == "fact":
            self._fact()
        else:
            self._kept()
        self._close_line()
        column.addWidget(self._trouble)

    def say(self, key: str) -> str:
        """A sentence of this room."""
        return says(self._language, key)

    def _close_line(self) -> None:
        self.negated = QCheckBox(menu_words(self.say("cond_negated")))
        self.negated.setChecked(self.node.negated)
        self.negated.clicked.connect(self._negate)
        self.out = QToolButton()
        self.out.setIcon(theme.icon("close", size=16))
        self.out.setAccessibleName(self.say("cond_remove"))
        set_tooltip(self.out, self.say("cond_remove"))
        self.out.clicked.connect(lambda: self.removed.emit(self.node))
        self._line.addWidget(self.negated)
        self._line.addWidget(self.out)

    def _negate(self, on: bool) -> None:
        self.node.negated = on
        self.changed.emit()

    def _chosen(self, offered: Sequence[tuple[str, str]], now: str, name: str, stretch: int = 1) -> Choice:
        choice = narrow_choice()
        extra = [] if now in dict(offered) or not now else [(now, now)]
        choice.offer([*offered, *extra], now)
        choice.setAccessibleName(name)
        self._line.addWidget(choice, stretch)
        if self.first is self:
            self.first = choice
        return choice

    # ── a group ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _group(self) -> None:
        offered = [(key, self.say(f"cond_group_{key}")) for key in ("all", "any")]
        choice = self._chosen(offered, self.node.kind, self.say("cond_group_kind"))
        choice.picked.connect(self._regroup)
        add = QPushButton(menu_words(self.say("cond_add_here")))
        add.clicked.connect(lambda: self.added.emit(self.node))
        self._line.addWidget(add)

    def _regroup(self, key: str) -> None:
        self.node.kind = key
        self.changed.emit()

    # ── a question ───────────────────────────────────────────────────────────────────────────────────────────────

    def _question(self) -> None:
        draft, language, node = self._draft, self._language, self.node
        offered = [
            (key, title_of(draft, key, language))
            for one in draft.tables("questions")
            if (key := str(one.get("key"))) != self._own
        ]
        subject = self._chosen(offered, node.subject, self.say("cond_which_question"), 3)
        subject.picked.connect(self._resubject)
        hows = [(key, self.say(f"cond_how_{key}")) for key in ("is", "standing")]
        how = self._chosen(hows, node.how, self.say("cond_how"), 2)
        how.picked.connect(self._rehow)
        if node.how == "standing":
            values = [(one.value, words.say(language, "standings", one.value)) for one in Standing]
        else:
            answers = tables(question(draft, node.subject) or {})
            values = [(key := str(one.get("key")), answer_label(draft, node.subject, key, language)) for one in answers]
        self._chips(values)

    def _chips(self, offered: Sequence[tuple[str, str]]) -> None:
        holder = QWidget()
        flow = Flow()
        holder.setLayout(flow)
        for key, label in offered:
            chip = QPushButton(menu_words(label if len(label) < 60 else f"{label[:58]}…"))
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setChecked(key in self.node.values)
            chip.setAccessibleName(label)
            chip.clicked.connect(lambda on, value=key: self._toggle(value, on))
            flow.addWidget(chip)
        self._order = [key for key, _ in offered]
        self._column.addWidget(holder)

    def _toggle(self, value: str, on: bool) -> None:
        wanted = {*self.node.values, value} if on else {*self.node.values} - {value}
        self.node.values = [key for key in dict.fromkeys((*self._order, *self.node.values)) if key in wanted]
        self.changed.emit()

    def _resubject(self, key: str) -> None:
        self.node.subject, self.node.values = key, []
        if self.node.kind == "fact" and self.node.how not in self._hows(key):
            self.node.how = self._hows(key)[0]
        self.reshaped.emit(self.node)

    def _rehow(self, key: str) -> None:
        self.node.how, self.node.values = key, []
        self.reshaped.emit(self.node)

    # ── a field of the lead ──────────────────────────────────────────────────────────────────────────────────────

    def _fact(self) -> None:
        language, node = self._language, self.node
        offered = [(one.key, words.say(language, "fields", one.key)) for one in FIELDS if one.key != "note"]
        offered += [(key, one.name) for key, one in self._fields.items()]
        subject = self._chosen(offered, node.subject, self.say("cond_which_field"), 3)
        subject.picked.connect(self._resubject)
        hows = [(key, self.say(f"cond_how_{key}")) for key in dict.fromkeys((*self._hows(node.subject), node.how))]
        how = self._chosen(hows, node.how, self.say("cond_how"), 2)
        how.picked.connect(self._rehow)
        field, own = FIELD.get(node.subject), self._fields.get(node.subject)
        if node.how == "is" and own is not None and own.kind is FieldKind.CHOICE:
            self._chips([(one, one) for one in own.choices])
        elif node.how == "is" and own is not None and own.kind is FieldKind.YES_NO:
            self._chips([(one, words.say(language, "kinds", one)) for one in ("yes", "no")])
        elif node.how == "is" and field is not None and field.kind is FieldKind.CHOICE:
            self._chips([(one, words.say(language, "kinds", f"{field.key}.{one}")) for one in field.choices])
        elif node.how == "is" and field is not None and field.kind is FieldKind.YES_NO:
            self._chips([(one, words.say(language, "kinds", one)) for one in ("yes", "no")])
        elif node.how in ("is", "has"):
            self._typed(", ".join(node.values), self._take_values, "cond_values")
        elif node.how == "sums":
            self._typed(shown_sums(node.sums), self._take_sums, "cond_sums")
        elif node.how == "between":
            self._typed(shown_number(node.least), self._take_least, "cond_least")
            self._typed(shown_number(node.below), self._take_below, "cond_under")

    def _hows(self, subject: str) -> tuple[str, ...]:
        own = self._fields.get(subject)
        return hows_for(subject) if own is None else hows_of(own.kind)

    def _typed(self, text: str, take: object, name: str) -> None:
        line = Line()
        line.setText(text)
        line.setPlaceholderText(self.say(name))
        line.setAccessibleName(self.say(name))
        if callable(take):
            line.textEdited.connect(take)
        self._line.addWidget(line, 3)

    def _take_values(self, text: str) -> None:
        for mark in _SPLIT[1:]:
            text = text.replace(mark, _SPLIT[0])
        self.node.values = [one.strip() for one in text.split(_SPLIT[0]) if one.strip()]
        self.changed.emit()

    def _take_sums(self, text: str) -> None:
        sums = sums_of(text)
        self._trouble.say([self.say("sums_unread")] if sums is None else [])
        if sums is not None:
            self.node.sums = dict(sums)
            self.changed.emit()

    def _take_least(self, text: str) -> None:
        self.node.least = number_of(text)
        self.changed.emit()

    def _take_below(self, text: str) -> None:
        self.node.below = number_of(text)
        self.changed.emit()

    def _kept(self) -> None:
        said = Text(condition_words(self._draft, self.node.kept, self._language), wrap=True)
        give_way(said)
        self._line.addWidget(said, 1)
