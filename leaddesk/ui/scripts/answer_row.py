"""One answer of a question: its digit, labels, standing and points; folded out, all the rest of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange.playbook_places import Data
from leaddesk.ui import theme
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.fields import FieldBox, Tick, Trouble
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.texts import NAMES
from leaddesk.ui.scripts.typed import number_of, phrases_of, shown_number, shown_phrases, shown_sums, sums_of
from leaddesk.ui.text import Text, give_way, menu_words, set_tooltip

_TOP = Qt.AlignmentFlag.AlignTop
_NARROW = ("standing", "points")
STANDINGS = ("yes", "partly", "no")
#: Which field says where a band begins or ends, by kind of question.
BANDS = {"number": ("at_least",), "money": ("sums", "unlisted"), "date": ("within_days",)}


class AnswerRow(QFrame):
    """`texted(field, language, text)`, `changed(field, value)`, `heard(language, phrases)`, `moved(by)`, `removed`."""

    texted = Signal(str, str, str)
    changed = Signal(str, object)
    heard = Signal(str, object)
    moved = Signal(int)
    removed = Signal()
    left = Signal()

    def __init__(self, place: int, languages: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._languages = languages
        self._kind = ""
        self._language = "en"
        self.boxes: dict[str, FieldBox] = {}
        self.setProperty("kind", "answer-row")
        self.cap = KeyCap(str(place + 1), square=True)
        self.standing = Choice()
        self.standing.setFixedWidth(92)
        self.standing.picked.connect(lambda key: self.changed.emit("standing", key))
        self.points = self._line("points", 56)
        self.more = QToolButton()
        self.more.setCheckable(True)
        self.more.setIconSize(QSize(16, 16))
        self.more.toggled.connect(self._fold)
        self.beneath = Text(kind="small", wrap=True)
        self.trouble = Trouble()
        self._details: QWidget | None = None
        self._one: Data = {}
        self._lay_out()
        self._always = {path.split("].", 1)[1] for path in self.boxes}

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.cap, 0, _TOP)
        for language in self._languages:
            line.addWidget(self._pen("label", language), 1, _TOP)
        line.addWidget(self._boxed("standing", self.standing), 0, _TOP)
        line.addWidget(self._boxed("points", self.points), 0, _TOP)
        line.addWidget(self.more, 0, _TOP)
        give_way(self.beneath)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 2, 0, 2)
        self._inside.setSpacing(2)
        self._inside.addLayout(line)
        foot = QVBoxLayout()
        foot.setContentsMargins(30, 0, 0, 0)
        foot.setSpacing(2)
        foot.addWidget(self.trouble)
        foot.addWidget(self.beneath)
        self._inside.addLayout(foot)

    def _pen(self, field: str, language: str, caption: str = "") -> FieldBox:
        pen = Pen()
        pen.written.connect(lambda text: self.texted.emit(field, language, text))
        pen.left.connect(self.left)
        return self._boxed(f"{field}.{language}", pen, caption)

    def _line(self, field: str, width: int = 0) -> Line:
        line = Line()
        if width:
            line.setFixedWidth(width)
        line.written.connect(lambda text: self.changed.emit(field, number_of(text)))
        line.left.connect(self.left)
        return line

    def _boxed(self, field: str, widget: QWidget, caption: str = "") -> FieldBox:
        box = FieldBox(f"answers[{self.place}].{field}", caption, widget)
        self.boxes[box.path] = box
        return box

    # ── what is folded out ───────────────────────────────────────────────────────────────────────────────────────

    def set_kind(self, kind: str, *, fold: bool) -> None:
        """What kind its question is: which bands can be told. `fold`: it is another answer, shown without the rest."""
        if kind != self._kind:
            self._kind = kind
            if self._details is not None:
                self._inside.removeWidget(self._details)
                self._details.hide()
                self._details.deleteLater()
                self._details = None
                self.boxes = {path: box for path, box in self.boxes.items() if path.split("].", 1)[1] in self._always}
                self._fold(self.more.isChecked())
        if fold:
            self.more.setChecked(False)

    def _fold(self, on: bool) -> None:
        if on and self._details is None:
            self._details = self._made_details()
            self._inside.addWidget(self._details)
            self.retranslate(self._language)
            self.show_answer(self._one, self.beneath.text(), scored=self.points.isEnabled())
        if self._details is not None:
            self._details.setVisible(on)

    def _made_details(self) -> QWidget:
        details = QWidget()
        grid = QGridLayout(details)
        grid.setContentsMargins(30, 2, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for column, language in enumerate(self._languages):
            grid.setColumnStretch(column, 1)
            grid.addWidget(self._pen("short", language, "short"), 0, column)
            grid.addWidget(self._hears(language), 2, column)
            grid.addWidget(self._pen("recap", language, "recap"), 3, column)
        for column, field in enumerate(BANDS.get(self._kind, ())):
            grid.addWidget(self._band(field), 1, column)
        self.key = Line()
        self.key.written.connect(lambda text: self.changed.emit("key", text.strip()))
        grid.addWidget(self._boxed("key", self.key, "key"), 4, 0)
        self.up, self.down, self.out = QPushButton(), QPushButton(), QPushButton()
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.out.clicked.connect(self.removed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.up, self.down, self.out):
            buttons.addWidget(button)
        grid.addLayout(buttons, 5, 0, 1, max(2, len(self._languages)))
        return details

    def _hears(self, language: str) -> FieldBox:
        pen = Pen()
        pen.written.connect(lambda text: self.heard.emit(language, phrases_of(text)))
        pen.left.connect(self.left)
        return self._boxed(f"hears.{language}", pen, "hears")

    def _band(self, field: str) -> FieldBox:
        if field == "unlisted":
            tick = Tick()
            tick.picked.connect(lambda on: self.changed.emit("unlisted", on))
            return self._boxed(field, tick, field)
        line = Line()
        line.left.connect(self.left)
        if field == "sums":
            line.written.connect(self._take_sums)
        else:
            line.written.connect(lambda text: self.changed.emit(field, number_of(text)))
        return self._boxed(field, line, field)

    def _take_sums(self, text: str) -> None:
        box = self.boxes[f"answers[{self.place}].sums"]
        sums = sums_of(text)
        box.mark([says(self._language, "sums_unread")] if sums is None else [])
        if sums is not None:
            self.changed.emit("sums", sums or None)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_answer(self, one: Data, beneath: str, *, scored: bool) -> None:
        """Show an answer. `beneath`: what it opens and its band; `scored`: its points are its own, not a fact's."""
        self._one = one
        self.beneath.setText(beneath)
        self.beneath.setVisible(bool(beneath))
        self.standing.setCurrentIndex(self.standing.findData(one.get("standing")))
        self.points.show_value(shown_number(one.get("points")))
        for widget in (self.standing, self.points):
            widget.setEnabled(scored)
            set_tooltip(widget, "" if scored else says(self._language, "points_of_fact"))
        for path, box in self.boxes.items():
            self._show_box(path.split("].", 1)[1], box, one)

    def _show_box(self, field: str, box: FieldBox, one: Data) -> None:
        name, _, language = field.partition(".")
        texts = one.get(name)
        if isinstance(box.field, Pen):
            if name == "hears":
                box.field.show_value(shown_phrases(one, language))
            else:
                box.field.show_value(str(texts.get(language, "")) if isinstance(texts, Mapping) else "")
        elif isinstance(box.field, Tick):
            box.field.show_value(one.get(name) is True)
        elif isinstance(box.field, Line) and name == "sums":
            box.field.show_value(shown_sums(one.get(name)))
        elif isinstance(box.field, Line) and name != "points":
            box.field.show_value(shown_number(one.get(name)))

    def mark(self, troubles: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong, by path: of what is too narrow for a sentence, beneath the row."""
        beneath: list[str] = []
        for path, box in self.boxes.items():
            said = troubles.get(path, ())
            field = path.split("].", 1)[1]
            if field in _NARROW:
                box.mark(said, beside=False)
                beneath += [f"{says(self._language, field).capitalize()}: {one}" for one in said]
            else:
                box.mark(said)
        self.trouble.say([*beneath, *troubles.get(f"answers[{self.place}]", ())])

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        number = says(language, "answer_no", n=self.place + 1)
        for path, box in self.boxes.items():
            field = path.split("].", 1)[1]
            name, _, spoken = field.partition(".")
            in_details = name in ("short", "recap", "hears", "key", "sums", "unlisted", "at_least", "within_days")
            own = number if in_details else ""
            told = own or f"{number}, {says(language, name)}"
            box.retranslate(language, f"{told} {NAMES.get(spoken, spoken)}".strip())
        shown = self.standing.currentIndex()
        self.standing.offer([(key, words.say(language, "standings", key)) for key in STANDINGS])
        self.standing.setCurrentIndex(shown)
        self.more.setIcon(theme.icon("more", size=16))
        self.more.setAccessibleName(f"{number}: {says(language, 'more_of_answer')}")
        set_tooltip(self.more, says(language, "more_of_answer"))
        if self._details is not None:
            for button, key in ((self.up, "move_up"), (self.down, "move_down"), (self.out, "remove_answer")):
                button.setText(menu_words(says(language, key)))
                button.setAccessibleName(f"{number}: {says(language, key)}")
