"""The texts of a question, a script or a group: a row for each, a column for each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from leaddesk.exchange.playbook_places import Data
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.fields import FieldBox
from leaddesk.ui.scripts.pens import Pen
from leaddesk.ui.text import Text

NAMES = {"en": "English", "zh_CN": "简体中文"}


class Texts(QWidget):
    """`written(field, language, text)` when a person worded something."""

    written = Signal(str, str, str)
    left = Signal()

    def __init__(self, fields: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._languages: tuple[str, ...] = ()
        self._language = "en"
        self._heads: list[Text] = []
        self._captions: dict[str, SectionHeader] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget(self)
        self._holder.addWidget(self._inside)

    def _remake(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._holder.removeWidget(self._inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = QWidget(self)
        self._holder.addWidget(self._inside)
        self.boxes, self._captions = {}, {}
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for column, language in enumerate(languages):
            grid.addWidget(Text(NAMES.get(language, language), "name"), 0, column)
            grid.setColumnStretch(column, 1)
        for number, field in enumerate(self._fields):
            self._captions[field] = SectionHeader()
            grid.addWidget(self._captions[field], 1 + 2 * number, 0, 1, len(languages))
            for column, language in enumerate(languages):
                grid.addWidget(self._made(field, language), 2 + 2 * number, column, Qt.AlignmentFlag.AlignTop)
        self.retranslate(self._language)

    def _made(self, field: str, language: str) -> FieldBox:
        pen = Pen()
        box = FieldBox(f"{field}.{language}", "", pen)
        pen.written.connect(lambda text: self.written.emit(field, language, text))
        pen.left.connect(self.left)
        self.boxes[box.path] = box
        return box

    def show_texts(self, one: Data, languages: tuple[str, ...], hints: Mapping[str, str] | None = None) -> None:
        """Show the texts of a table; `hints`: what stands in an empty field, by path."""
        if languages != self._languages:
            self._remake(languages)
        for field in self._fields:
            found = one.get(field)
            texts = found if isinstance(found, Mapping) else {}
            for language in languages:
                pen = self.boxes[f"{field}.{language}"].field
                if isinstance(pen, Pen):
                    pen.show_value(str(texts.get(language, "")))
                    pen.setPlaceholderText((hints or {}).get(f"{field}.{language}", ""))

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        for field, caption in self._captions.items():
            caption.setText(says(language, field))
            for spoken in self._languages:
                name = f"{says(language, field)}, {NAMES.get(spoken, spoken)}"
                self.boxes[f"{field}.{spoken}"].retranslate(language, name)

    def pens(self) -> Iterator[Pen]:
        """Every field."""
        for box in self.boxes.values():
            if isinstance(box.field, Pen):
                yield box.field
