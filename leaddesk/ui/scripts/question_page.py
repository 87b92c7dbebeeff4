"""A question of the draft: everything the file says of it, field by field, with what is wrong beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange.playbook_branches import needed_for
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.scripts.answer_list import AnswerList
from leaddesk.ui.scripts.condition_words import condition_words, says, title_of
from leaddesk.ui.scripts.fields import FieldBox, Trouble
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.question_fields import QuestionFields, kind_words, label_of
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.texts import Texts
from leaddesk.ui.text import Text, give_way, menu_words


class QuestionPage(QWidget):
    """`when_wanted()`: the condition is to be changed; `renamed(str)`: it has another key now."""

    when_wanted = Signal()
    renamed = Signal(str)

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._language = "en"
        self.key = ""
        self.head = Text(kind="section", wrap=True)
        self.stray = Trouble()
        self.texts = Texts(("wording", "short", "title", "hint"))
        self.answers = AnswerList(sitting)
        self._when_head = SectionHeader()
        self.when = Text(wrap=True)
        give_way(self.when)
        self.when_trouble = Trouble()
        self.change_when = QPushButton()
        self.change_when.clicked.connect(self.when_wanted)
        self.fields = QuestionFields()
        self.more_texts = Texts(("recap",))
        for texts in (self.texts, self.more_texts):
            texts.written.connect(self._word)
            texts.left.connect(sitting.history.seal)
        self.fields.chosen.connect(self._set)
        self.fields.renamed.connect(self._rename)
        self.fields.heard.connect(self._hear)
        self.fields.left.connect(sitting.history.seal)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.when, 1)
        line.addWidget(self.change_when, 0, Qt.AlignmentFlag.AlignTop)
        for widget in (self.head, self.stray, self.texts, self.answers, self._when_head):
            column.addWidget(widget)
        column.addLayout(line)
        for part in (self.when_trouble, self.fields, self.more_texts):
            column.addWidget(part)
        column.addStretch(1)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def show_question(self, key: str) -> None:
        """Show a question of the draft."""
        draft, language = self._sitting.draft, self._language
        one = questions.question(draft, key)
        if one is None:
            return
        self.key = key
        spoken = questions.languages(draft)
        self.texts.show_texts(one, spoken, _fallbacks(one, spoken))
        self.more_texts.show_texts(one, spoken)
        self.answers.show_question(draft, key, one)
        # Answers are kept under its key: once it is in force it stays.
        self.fields.show_question(draft, one, renamable=questions.question(self._sitting.base_draft, key) is None)
        criteria = {str(each.get("key")): label_of(each, language) for each in draft.tables("criteria")}
        criterion, kind = str(one.get("criterion", "")), str(one.get("kind", ""))
        named = criteria.get(criterion, criterion)
        said = says(language, "question_head", criterion=named, key=key, kind=kind_words(kind, language))
        stages = says(language, "comma").join(label_of(stage, language) for stage in needed_for(draft, key))
        self.head.setText(said + (says(language, "needed_for", stages=stages) if stages else ""))
        when = one.get("when")
        self.when.setText(condition_words(draft, when, language) if when else says(language, "always"))

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong: sentences by path within the question."""
        by_box: dict[str, list[str]] = {}
        for path, sentences in problems.items():
            by_box.setdefault(self.place_of(path), []).extend(sentences)
        for path, box in {**self.texts.boxes, **self.more_texts.boxes, **self.fields.boxes}.items():
            box.mark(by_box.get(path, ()))
        self.answers.mark(by_box)
        self.when_trouble.say(by_box.get("when", ()))
        self.stray.say(by_box.get("", ()))

    def all_boxes(self) -> dict[str, FieldBox]:
        """Every field by its path."""
        return {**self.texts.boxes, **self.more_texts.boxes, **self.fields.boxes, **self.answers.boxes}

    def place_of(self, path: str) -> str:
        """The path of the field a problem belongs to; answers, when, or empty for the question as a whole."""
        boxes = self.all_boxes()
        if path in boxes:
            return path
        near = [
            one for one in boxes if one.startswith((f"{path}.", f"{path}[")) or path.startswith((f"{one}.", f"{one}["))
        ]
        if near and path != "answers":
            return near[0]
        if path.startswith("answers["):
            return path  # of an answer that is folded, or of one as a whole
        return next((name for name in ("answers", "when") if path.startswith(name)), "")

    def field_at(self, path: str) -> QWidget:
        """The widget to put the focus on for a problem."""
        place = self.place_of(path)
        if place.startswith("answers[") and place not in self.all_boxes():
            self.answers.unfold(place)
        boxes = self.all_boxes()
        if place in boxes:
            return boxes[place].field
        if place == "when":
            return self.change_when
        return self.answers.add if place.startswith("answers") else self.first_field

    @property
    def first_field(self) -> QWidget:
        """The wording."""
        return next(iter(self.texts.pens()), self.answers.add)

    def commit(self) -> None:
        """Take over what is typed and not told yet."""
        for box in self.all_boxes().values():
            if isinstance(box.field, Pen | Line):
                box.field.tell()

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        for part in (self.texts, self.more_texts, self.fields, self.answers):
            part.retranslate(language)
        self._when_head.setText(says(language, "when"))
        self.change_when.setText(menu_words(says(language, "change_when")))

    # ── edits ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _edit(self, name: str, fresh: Draft, merge: str = "") -> None:
        title = {spoken: title_of(fresh, self.key, spoken) for spoken in words.LANGUAGES}
        self._sitting.edit(name, fresh, f"{self.key} {merge}" if merge else "", title=title)

    def _word(self, field: str, language: str, text: str) -> None:
        draft = questions.set_text(self._sitting.draft, self.key, field, language, text)
        self._edit("reword", draft, f"{field}.{language}")

    def _set(self, field: str, value: object) -> None:
        draft = self._sitting.draft
        if field == "kind":
            self._edit("change_question", questions.set_kind(draft, self.key, str(value)))
        else:
            self._edit("change_question", questions.set_field(draft, self.key, field, value), field)

    def set_when(self, condition: Data | None) -> None:
        """Ask it only when a condition holds; None: always."""
        self._edit("change_when", questions.set_field(self._sitting.draft, self.key, "when", condition))

    def _hear(self, language: str, phrases: object) -> None:
        listed = [str(one) for one in phrases] if isinstance(phrases, list) else []
        draft = questions.set_phrases(self._sitting.draft, self.key, language, listed)
        self._edit("change_question", draft, f"hears.{language}")

    def _rename(self, text: str) -> None:
        others = [str(one.get("key")) for one in self._sitting.draft.tables("questions") if one.get("key") != self.key]
        code = questions.key_trouble(text, others)
        said = [words.say(self._language, "playbook_problems", code, value=text)] if code else []
        self.fields.boxes["key"].mark(said)
        if not code and text != self.key:
            former, self.key = self.key, text
            self._edit("rename_question", questions.rename_question(self._sitting.draft, former, text))
            self.renamed.emit(text)


def _fallbacks(one: Data, spoken: Sequence[str]) -> dict[str, str]:
    """What stands for a short form or a title that is not written: the wording, or the short form."""
    hints: dict[str, str] = {}
    wording = one.get("wording")
    short = one.get("short") or wording
    for language in spoken:
        hints[f"short.{language}"] = str(wording.get(language, "")) if isinstance(wording, Mapping) else ""
        hints[f"title.{language}"] = str(short.get(language, "")) if isinstance(short, Mapping) else ""
    return hints
