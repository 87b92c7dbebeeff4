"""A script, or a group of it, as fields: its words, how long it takes, and for which leads it is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.exchange.playbook_questions import languages, tables
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.scripts.condition_words import condition_words, says
from leaddesk.ui.scripts.fields import FieldBox, Trouble
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.texts import Texts
from leaddesk.ui.scripts.typed import number_of, shown_number
from leaddesk.ui.text import Text, give_way, menu_words


class ScriptPage(QWidget):
    """`when_wanted()`: for which leads it is offered is to be changed."""

    when_wanted = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._language = "en"
        self.key = ""
        self.head = Text(kind="section", wrap=True)
        self.stray = Trouble()
        self.texts = Texts(("name", "about"))
        self.texts.written.connect(self._word)
        self.texts.left.connect(sitting.history.seal)
        minutes = Line()
        minutes.setFixedWidth(90)
        minutes.written.connect(lambda text: self._set("minutes", number_of(text)))
        self.minutes = FieldBox("minutes", "minutes", minutes)
        self._when_head = SectionHeader()
        self.when = Text(wrap=True)
        give_way(self.when)
        self.when_trouble = Trouble()
        self.change_when = QPushButton()
        self.change_when.clicked.connect(self.when_wanted)
        self.usual = QPushButton()
        self.usual.clicked.connect(self.make_usual)
        self.hint = Text(kind="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for widget in (self.head, self.stray, self.texts, self.minutes, self._when_head):
            column.addWidget(widget)
        line = QHBoxLayout()
        line.addWidget(self.when, 1)
        for button in (self.usual, self.change_when):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.when_trouble)
        column.addWidget(self.hint)
        column.addStretch(1)

    def show_script(self, key: str) -> None:
        """Show a script of the draft."""
        self.key = key
        draft, language = self._sitting.draft, self._language
        one = scripts.script(draft, key)
        self.texts.show_texts(one, languages(draft))
        field = self.minutes.field
        usual = draft.data.get("call_minutes", 20)
        if isinstance(field, Line):
            field.show_value(shown_number(one.get("minutes", usual if scripts.is_implicit(draft) else None)))
            field.setPlaceholderText(str(usual))
        when = one.get("when")
        self.when.setText(condition_words(draft, when, language) if when else says(language, "usual_script"))
        self.usual.setVisible(when is not None)
        self.change_when.setVisible(not scripts.is_implicit(draft))
        self.head.setText(says(language, "script_head", key=key))
        self.hint.setText(says(language, "implicit_hint" if scripts.is_implicit(draft) else "script_hint"))

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong, by path within the script."""
        boxes = {**self.texts.boxes, "minutes": self.minutes}
        rest: list[str] = []
        for path, sentences in problems.items():
            if path not in boxes and not path.startswith("when"):
                rest += sentences
        for path, box in boxes.items():
            box.mark(problems.get(path, ()))
        self.when_trouble.say([one for path, told in problems.items() if path.startswith("when") for one in told])
        self.stray.say(rest)

    def field_at(self, path: str) -> QWidget:
        """The widget to put the focus on for a problem."""
        if path.startswith("when"):
            return self.change_when
        if path == "minutes":
            return self.minutes.field
        box = self.texts.boxes.get(path) or next(iter(self.texts.boxes.values()), None)
        return box.field if box is not None else self

    def commit(self) -> None:
        """Take over what is typed and not told yet."""
        for box in (*self.texts.boxes.values(), self.minutes):
            if isinstance(box.field, Pen | Line):
                box.field.tell()

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self.texts.retranslate(language)
        self.minutes.retranslate(language)
        self._when_head.setText(says(language, "offered"))
        self.change_when.setText(menu_words(says(language, "change_when")))
        self.usual.setText(menu_words(says(language, "make_usual")))

    def _word(self, field: str, language: str, text: str) -> None:
        draft = scripts.set_script_text(self._sitting.draft, self.key, field, language, text)
        self._edit("change_script", draft, f"{field}.{language}")

    def _set(self, field: str, value: object) -> None:
        self._edit("change_script", scripts.set_script_field(self._sitting.draft, self.key, field, value), field)

    def set_when(self, condition: Data | None) -> None:
        """Offer it to leads that meet a condition; None: where no other is offered."""
        if condition is None:
            self.make_usual()
        else:
            self._set("when", condition)

    def make_usual(self) -> None:
        """Offer it where no other is."""
        self._edit("make_usual", scripts.make_usual(self._sitting.draft, self.key))

    def _edit(self, name: str, fresh: Draft, merge: str = "") -> None:
        merged = f"script {self.key} {merge}" if merge else ""
        self._sitting.edit(name, fresh, merged, script=script_name(fresh, self.key))


class GroupPage(QWidget):
    """The words of a group; where they are left out, those of the criterion of the same key stand."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.script = self.key = ""
        self._language = "en"
        self.head = Text(kind="section", wrap=True)
        self.stray = Trouble()
        self.texts = Texts(("label", "letter"))
        self.texts.written.connect(self._word)
        self.texts.left.connect(sitting.history.seal)
        self.hint = Text(kind="small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for widget in (self.head, self.stray, self.texts, self.hint):
            column.addWidget(widget)
        column.addStretch(1)

    def show_group(self, script: str, key: str) -> None:
        """Show a group of a script."""
        self.script, self.key = script, key
        draft = self._sitting.draft
        group = next((one for one in tables(scripts.script(draft, script), "groups") if one.get("key") == key), {})
        usual = next((one for one in draft.tables("criteria") if one.get("key") == key), {})
        hints = {
            f"{field}.{language}": str(texts.get(language, ""))
            for field in ("label", "letter")
            if isinstance(texts := usual.get(field), Mapping)
            for language in languages(draft)
        }
        self.texts.show_texts(group, languages(draft), hints)
        self.head.setText(says(self._language, "group_head", key=key))
        self.hint.setText(says(self._language, "group_hint"))

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong, by path within the group."""
        for path, box in self.texts.boxes.items():
            box.mark([*problems.get(path, ()), *problems.get(path.split(".")[0], ())])
        known = (*self.texts.boxes, "label", "letter")
        self.stray.say([one for path, told in problems.items() if path not in known for one in told])

    def field_at(self, path: str) -> QWidget:
        """The widget to put the focus on for a problem."""
        boxes = self.texts.boxes
        box = boxes.get(path) or next((box for own, box in boxes.items() if own.startswith(f"{path}.")), None)
        return (box or next(iter(boxes.values()))).field

    def commit(self) -> None:
        """Take over what is typed and not told yet."""
        for pen in self.texts.pens():
            pen.tell()

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self.texts.retranslate(language)

    def _word(self, field: str, language: str, text: str) -> None:
        fresh = scripts.set_group_text(self._sitting.draft, self.script, self.key, field, language, text)
        merge = f"group {self.script} {self.key} {field}.{language}"
        self._sitting.edit("change_script", fresh, merge, script=script_name(fresh, self.script))


def script_name(draft: Draft, key: str) -> dict[str, str]:
    """What a script is called, per language; its key where nobody named it."""
    name = scripts.script(draft, key).get("name")
    found = {str(k): str(v) for k, v in name.items() if str(v)} if isinstance(name, Mapping) else {}
    return found or dict.fromkeys(words.LANGUAGES, key)
