"""The fields of a question that are no wording: criterion, kind, what it sets, when it expires, what is heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.exchange.playbook_questions import languages
from leaddesk.qualify.fields import FIELDS, FieldKind
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.fields import FieldBox, Tick, narrow_choice
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.texts import NAMES
from leaddesk.ui.scripts.typed import number_of, phrases_of, shown_number, shown_phrases

_TICKS = ("required", "knock_out", "internal")
_CHOICES = ("criterion", "kind", "sets", "asks")
_LINES = ("expires_days", "limit", "key")
_GRID = ("criterion", "kind", "expires_days", "sets", "asks", "key", "limit")
_NOT_SET = (FieldKind.STAGE, FieldKind.TAGS, FieldKind.LONG_TEXT)


class QuestionFields(QWidget):
    """`chosen(field, value)` when a person changed one; `renamed(str)`: another key; `heard(language, phrases)`."""

    chosen = Signal(str, object)
    renamed = Signal(str)
    heard = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self.boxes: dict[str, FieldBox] = {}
        for field in _CHOICES:
            choice = narrow_choice()
            choice.picked.connect(lambda key, name=field: self.chosen.emit(name, key or None))
            self._box(field, choice)
        for field in _LINES:
            line = Line()
            line.left.connect(self.left)
            if field == "key":
                line.written.connect(self.renamed)
            else:
                line.written.connect(lambda text, name=field: self.chosen.emit(name, number_of(text)))
            self._box(field, line)
        for field in _TICKS:
            tick = Tick()
            tick.picked.connect(lambda on, name=field: self.chosen.emit(name, on))
            self._box(field, tick)
        self._hears = QHBoxLayout()
        self._hears.setSpacing(10)
        self._lay_out()

    def _box(self, field: str, widget: QWidget) -> None:
        self.boxes[field] = FieldBox(field, field, widget)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ticks = QHBoxLayout()
        ticks.setSpacing(16)
        for field in _TICKS:
            ticks.addWidget(self.boxes[field])
        ticks.addStretch(1)
        column.addLayout(ticks)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for number, field in enumerate(_GRID):
            grid.addWidget(self.boxes[field], number // 3, number % 3, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number % 3, 1)
        column.addLayout(grid)
        column.addLayout(self._hears)

    def _remake_hears(self, spoken: Sequence[str]) -> None:
        paths = [f"hears.{language}" for language in spoken]
        if [path for path in self.boxes if path.startswith("hears.")] == paths:
            return
        for path in [path for path in self.boxes if path.startswith("hears.")]:
            box = self.boxes.pop(path)
            self._hears.removeWidget(box)
            box.hide()
            box.deleteLater()
        for language, path in zip(spoken, paths, strict=True):
            pen = Pen()
            pen.written.connect(lambda text, one=language: self.heard.emit(one, phrases_of(text)))
            pen.left.connect(self.left)
            self.boxes[path] = FieldBox(path, "hears", pen, NAMES.get(language, language))
            self.boxes[path].retranslate(self._language)
            self._hears.addWidget(self.boxes[path], 1, Qt.AlignmentFlag.AlignTop)

    def show_question(self, draft: Draft, one: Data, *, renamable: bool) -> None:
        """Show the fields of a question; `renamable`: no answer was given under its key yet."""
        language = self._language
        spoken = languages(draft)
        self._remake_hears(spoken)
        none = ("", says(language, "nothing"))
        self._offer("criterion", [(str(c.get("key")), label_of(c, language)) for c in draft.tables("criteria")], one)
        self._offer("kind", [(kind.value, kind_words(kind.value, language)) for kind in QuestionKind], one)
        settable = [(f.key, words.say(language, "fields", f.key)) for f in FIELDS if f.kind not in _NOT_SET]
        self._offer("sets", [none, *settable], one)
        roles = [(str(role.get("key")), label_of(role, language)) for role in draft.tables("roles")]
        self._offer("asks", [none, *roles], one)
        for field in (*_LINES, *_TICKS):
            widget = self.boxes[field].field
            if isinstance(widget, Line):
                widget.show_value(shown_number(one.get(field)))
            elif isinstance(widget, Tick):
                widget.show_value(one.get(field) is True)
        for language_ in spoken:
            pen = self.boxes[f"hears.{language_}"].field
            if isinstance(pen, Pen):
                pen.show_value(shown_phrases(one, language_))
        self.boxes["limit"].setVisible(one.get("kind") == QuestionKind.SEVERAL)
        self.boxes["key"].field.setEnabled(renamable)

    def _offer(self, field: str, offered: Sequence[tuple[str, str]], one: Data) -> None:
        choice = self.boxes[field].field
        if isinstance(choice, Choice):
            known = str(one.get(field) or "")
            extra = [] if known in dict(offered) or not known else [(known, known)]
            wanted = [*offered, *extra]
            if [(choice.itemData(n), choice.itemText(n)) for n in range(choice.count())] != wanted:
                choice.offer(wanted, known)
            else:
                choice.setCurrentIndex(choice.findData(known))

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        for box in self.boxes.values():
            box.retranslate(language)


def label_of(one: Data, language: str) -> str:
    """The label of a criterion or a role; its key where it has none."""
    label = one.get("label")
    if not isinstance(label, Mapping):
        return str(one.get("key"))
    return words.pick({str(k): str(v) for k, v in label.items()}, language)


def kind_words(kind: str, language: str) -> str:
    """How a question is answered, in words."""
    said = words.say(language, "kinds", f"question.{kind}")
    return kind if said == f"question.{kind}" else said
