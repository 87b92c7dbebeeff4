"""A question of the draft: everything the file says of it, field by field, with what is wrong beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange import playbook_answers as answers
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange.playbook_branches import opened_by
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.bands import MOST_ANSWERS
from leaddesk.qualify.fields import FIELDS, FieldKind
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.scripts.answer_row import AnswerRow, phrases_of, shown_phrases, shown_sums
from leaddesk.ui.scripts.condition_words import condition_words, says, title_of
from leaddesk.ui.scripts.fields import FieldBox, Line, Pen, Tick, Trouble, narrow_choice, number_of, shown_number
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.texts import Texts
from leaddesk.ui.text import Text, give_way, menu_words

_TICKS = ("required", "knock_out", "internal")


class QuestionPage(QWidget):
    """`when_wanted()`: the condition is to be changed; edits go straight to the sitting."""

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
        self.texts.written.connect(self._word)
        self.texts.left.connect(sitting.history.seal)
        self.more_texts = Texts(("recap",))
        self.more_texts.written.connect(self._word)
        self.boxes: dict[str, FieldBox] = {}
        self.rows: list[AnswerRow] = []
        self._shape: tuple[object, ...] = ()
        self._answers_head = SectionHeader()
        self._answers = QVBoxLayout()
        self._answers.setSpacing(2)
        self.answers_trouble = Trouble()
        self.add = QPushButton()
        self.add.clicked.connect(self._add)
        self._when_head = SectionHeader()
        self.when = Text(wrap=True)
        give_way(self.when)
        self.when_trouble = Trouble()
        self.change_when = QPushButton()
        self.change_when.clicked.connect(self.when_wanted)
        self._make_fields()
        self._lay_out()

    # ── making ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _make_fields(self) -> None:
        for field in ("criterion", "kind", "sets", "asks"):
            choice = narrow_choice()
            choice.picked.connect(lambda key, name=field: self._choose(name, key))
            self._box(field, choice)
        for field in ("expires_days", "limit"):
            line = Line()
            line.written.connect(lambda text, name=field: self._set(name, number_of(text)))
            self._box(field, line)
        key = Line()
        key.written.connect(self._rename)
        self._box("key", key)
        for field in _TICKS:
            tick = Tick()
            tick.picked.connect(lambda on, name=field: self._set(name, on))
            self._box(field, tick)

    def _box(self, field: str, widget: QWidget) -> None:
        self.boxes[field] = FieldBox(field, field, widget)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for widget in (self.head, self.stray, self.texts, self._answers_head):
            column.addWidget(widget)
        column.addLayout(self._answers)
        column.addWidget(self.answers_trouble)
        line = QHBoxLayout()
        line.addWidget(self.add)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._when_head)
        line = QHBoxLayout()
        line.addWidget(self.when, 1)
        line.addWidget(self.change_when, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.when_trouble)
        ticks = QHBoxLayout()
        ticks.setSpacing(16)
        for field in _TICKS:
            ticks.addWidget(self.boxes[field])
        ticks.addStretch(1)
        column.addLayout(ticks)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for number, field in enumerate(("criterion", "kind", "expires_days", "sets", "asks", "limit", "key")):
            grid.addWidget(self.boxes[field], number // 3, number % 3, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number % 3, 1)
        column.addLayout(grid)
        self._hears = QHBoxLayout()
        self._hears.setSpacing(10)
        column.addLayout(self._hears)
        column.addWidget(self.more_texts)
        column.addStretch(1)

    def _remake(self, languages: tuple[str, ...], kind: str, count: int) -> None:
        """Rows for so many answers."""
        shape = (self.key, languages, kind, count)
        if shape == self._shape:
            return
        if not self._shape or languages != self._shape[1]:
            self._remake_hears(languages)
        self._shape = shape
        held = self._held()
        for row in self.rows:
            self._answers.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [AnswerRow(place, languages, kind) for place in range(count)]
        for row in self.rows:
            self._listen(row)
            row.retranslate(self._language)
            self._answers.addWidget(row)
        if held:
            boxes = self.all_boxes()
            (boxes[held].field if held in boxes else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> str:
        """The path of the field of an answer that has the focus; a row that goes must not take it along."""
        focused = QApplication.focusWidget()
        for row in self.rows:
            if focused is not None and row.isAncestorOf(focused):
                return next((path for path, box in row.boxes.items() if box.field is focused), "answers")
        return ""

    def _remake_hears(self, languages: tuple[str, ...]) -> None:
        for path in [path for path in self.boxes if path.startswith("hears.")]:
            box = self.boxes.pop(path)
            self._hears.removeWidget(box)
            box.hide()
            box.deleteLater()
        for language in languages:
            pen = Pen()
            pen.written.connect(lambda text, spoken=language: self._hear(spoken, text))
            self.boxes[f"hears.{language}"] = FieldBox(f"hears.{language}", "hears", pen)
            self._hears.addWidget(self.boxes[f"hears.{language}"], 1, Qt.AlignmentFlag.AlignTop)
        self.retranslate(self._language)

    def _listen(self, row: AnswerRow) -> None:
        place = row.place
        row.texted.connect(lambda field, language, text: self._word_answer(place, field, language, text))
        row.changed.connect(lambda field, value: self._set_answer(place, field, value))
        row.heard.connect(lambda language, phrases: self._hear_answer(place, language, phrases))
        row.moved.connect(lambda by: self.move_answer(place, by))
        row.removed.connect(lambda: self.remove_answer(place))
        row.left.connect(self._sitting.history.seal)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def show_question(self, key: str) -> None:
        """Show a question of the draft."""
        draft = self._sitting.draft
        one = questions.question(draft, key)
        if one is None:
            return
        self.key = key
        languages = questions.languages(draft)
        found = questions.tables(one)
        kind = str(one.get("kind", ""))
        self._remake(languages, kind, len(found))
        self.texts.show_texts(one, languages, _fallbacks(one, languages))
        self.more_texts.show_texts(one, languages)
        self._show_fields(draft, one)
        opens = opened_by(draft, one)
        scored = one.get("sets") not in {profile.get("fact") for profile in draft.tables("profile")}
        for row, answer in zip(self.rows, found, strict=True):
            row.show_answer(answer, self._beneath(draft, answer, opens), scored=scored)
        self.add.setEnabled(len(found) < self._most(kind))
        self.add.setText(menu_words(says(self._language, "add_answer" if self.add.isEnabled() else "no_more_answers")))
        when = one.get("when")
        self.when.setText(condition_words(draft, when, self._language) if when else says(self._language, "always"))

    @staticmethod
    def _most(kind: str) -> int:
        return 1 if kind in (QuestionKind.PERSON, QuestionKind.TEXT) else MOST_ANSWERS

    def _show_fields(self, draft: Draft, one: Data) -> None:
        language = self._language
        criterion, kind = str(one.get("criterion", "")), str(one.get("kind", ""))
        criteria = [(str(c.get("key")), _label(c, language)) for c in draft.tables("criteria")]
        kinds = [(each.value, words.say(language, "kinds", f"question.{each.value}")) for each in QuestionKind]
        self._offer("criterion", criteria, criterion)
        self._offer("kind", kinds, kind)
        none = ("", says(language, "nothing"))
        settable = [f for f in FIELDS if f.kind not in (FieldKind.STAGE, FieldKind.TAGS, FieldKind.LONG_TEXT)]
        self._offer("sets", [none, *((f.key, words.say(language, "fields", f.key)) for f in settable)], one.get("sets"))
        roles = [(str(role.get("key")), _label(role, language)) for role in draft.tables("roles")]
        self._offer("asks", [none, *roles], one.get("asks"))
        for field in ("expires_days", "limit", "key"):
            line = self.boxes[field].field
            if isinstance(line, Line):
                line.show_value(shown_number(one.get(field)))
        self.boxes["limit"].setVisible(kind == QuestionKind.SEVERAL)
        in_force = self._sitting.base is not None and f'key = "{self.key}"' in self._sitting.base.toml
        self.boxes["key"].field.setEnabled(not in_force)
        for field in _TICKS:
            tick = self.boxes[field].field
            if isinstance(tick, Tick):
                tick.show_value(one.get(field) is True)
        for spoken in questions.languages(draft):
            pen = self.boxes[f"hears.{spoken}"].field
            if isinstance(pen, Pen):
                pen.show_value(shown_phrases(one, spoken))
        name = dict(criteria).get(criterion, criterion)
        self.head.setText(
            says(language, "question_head", criterion=name, key=self.key, kind=dict(kinds).get(kind, kind))
        )

    def _offer(self, field: str, offered: Sequence[tuple[str, str]], chosen: object) -> None:
        choice = self.boxes[field].field
        if isinstance(choice, Choice):
            known = str(chosen or "")
            extra = [] if known in dict(offered) or not known else [(known, known)]
            choice.offer([*offered, *extra], known)

    def _beneath(self, draft: Draft, answer: Data, opens: Mapping[str, tuple[str, ...]]) -> str:
        language = self._language
        said = []
        if "sums" in answer:
            said.append(says(language, "band_sums", sums=shown_sums(answer["sums"])))
        if answer.get("unlisted") is True:
            said.append(says(language, "band_unlisted"))
        if "at_least" in answer:
            said.append(says(language, "band_at_least", value=shown_number(answer["at_least"])))
        if "within_days" in answer:
            said.append(says(language, "band_within", n=answer["within_days"]))
        asked = opens.get(str(answer.get("key")), ())
        if asked:
            titles = says(language, "comma").join(title_of(draft, one, language) for one in asked)
            said.append(says(language, "then_ask", questions=titles))
        return " · ".join(said)

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong: sentences by path within the question."""
        boxes = self.all_boxes()
        by_box: dict[str, list[str]] = {}
        for path, sentences in problems.items():
            by_box.setdefault(self.place_of(path), []).extend(sentences)
        for path, box in boxes.items():
            if not path.startswith("answers["):
                box.mark(by_box.get(path, ()))
        for row in self.rows:
            row.mark(by_box)
        self.answers_trouble.say(by_box.get("answers", ()))
        self.when_trouble.say(by_box.get("when", ()))
        self.stray.say(by_box.get("", ()))
        for row in self.rows:
            folded = [path for path in by_box if path.startswith(f"answers[{row.place}].") and path not in row.boxes]
            if folded and not row.more.isChecked():
                row.more.setChecked(True)
                self.mark(problems)
                return

    def all_boxes(self) -> dict[str, FieldBox]:
        """Every field by its path."""
        found = {**self.texts.boxes, **self.more_texts.boxes, **self.boxes}
        for row in self.rows:
            found.update(row.boxes)
        return found

    def place_of(self, path: str) -> str:
        """The path of the field a problem belongs to; answers, when, or empty for the question as a whole."""
        boxes = self.all_boxes()
        if path in boxes:
            return path
        fits = [
            own for own in boxes if own.startswith((f"{path}.", f"{path}[")) or path.startswith((f"{own}.", f"{own}["))
        ]
        if fits and (not path.startswith("answers") or "]" in path):
            return fits[0]
        if path.startswith("answers["):
            return path  # of an answer that is folded, or of one as a whole
        return next((name for name in ("answers", "when") if path.startswith(name)), "")

    def field_at(self, path: str) -> QWidget:
        """The widget to put the focus on for a problem."""
        place = self.place_of(path)
        if place.startswith("answers[") and place not in self.all_boxes():
            number = int(place[len("answers[") : place.index("]")])
            if number < len(self.rows):
                self.rows[number].more.setChecked(True)
        boxes = self.all_boxes()
        if place in boxes:
            return boxes[place].field
        if place == "when":
            return self.change_when
        return self.add if place == "answers" else self.first_field

    @property
    def first_field(self) -> QWidget:
        """The wording."""
        return next(iter(self.texts.pens()), self.add)

    def commit(self) -> None:
        """Take over what is typed and not told yet."""
        for box in self.all_boxes().values():
            if isinstance(box.field, Pen | Line):
                box.field.tell()

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self.texts.retranslate(language)
        self.more_texts.retranslate(language)
        for path, box in self.boxes.items():
            spoken = path.partition(".")[2]
            box.retranslate(language, "")
            if spoken:
                box.field.setAccessibleName(f"{says(language, 'hears')} {spoken}")
        for row in self.rows:
            row.retranslate(language)
        self._answers_head.setText(says(language, "answers"))
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
        self._edit("change_question", questions.set_field(self._sitting.draft, self.key, field, value), field)

    def _choose(self, field: str, key: str) -> None:
        draft = self._sitting.draft
        if field == "kind":
            self._edit("change_question", questions.set_kind(draft, self.key, key))
        else:
            self._edit("change_question", questions.set_field(draft, self.key, field, key or None))

    def set_when(self, condition: Data | None) -> None:
        """Ask it only when a condition holds; None: always."""
        self._edit("change_when", questions.set_field(self._sitting.draft, self.key, "when", condition))

    def _hear(self, language: str, text: str) -> None:
        draft = questions.set_phrases(self._sitting.draft, self.key, language, phrases_of(text))
        self._edit("change_question", draft, f"hears.{language}")

    def _rename(self, text: str) -> None:
        others = [str(one.get("key")) for one in self._sitting.draft.tables("questions") if one.get("key") != self.key]
        code = questions.key_trouble(text, others)
        said = [words.say(self._language, "playbook_problems", code, value=text)] if code else []
        self.boxes["key"].mark(said)
        if not code and text != self.key:
            former, self.key = self.key, text
            self._edit("rename_question", questions.rename_question(self._sitting.draft, former, text))
            self.renamed.emit(text)

    def _word_answer(self, place: int, field: str, language: str, text: str) -> None:
        draft = answers.set_answer_text(self._sitting.draft, self.key, place, field, language, text)
        self._edit("change_answer", draft, f"answers[{place}].{field}.{language}")

    def _set_answer(self, place: int, field: str, value: object) -> None:
        draft = answers.set_answer_field(self._sitting.draft, self.key, place, field, value)
        self._edit("change_answer", draft, f"answers[{place}].{field}")

    def _hear_answer(self, place: int, language: str, phrases: object) -> None:
        listed = [str(one) for one in phrases] if isinstance(phrases, list) else []
        draft = answers.set_answer_phrases(self._sitting.draft, self.key, place, language, listed)
        self._edit("change_answer", draft, f"answers[{place}].hears.{language}")

    def _add(self) -> None:
        self.add_answer()

    def add_answer(self) -> None:
        """One more, with the focus on its label."""
        self._edit("add_answer", answers.add_answer(self._sitting.draft, self.key))
        if self.rows:
            next(iter(self.rows[-1].boxes.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_answer(self, place: int, by: int) -> None:
        """Another digit for an answer."""
        to = place + by
        self._edit("move_answer", answers.move_answer(self._sitting.draft, self.key, place, to))
        if 0 <= to < len(self.rows):
            self.rows[to].more.setChecked(True)
            self.rows[place].more.setChecked(False)
            (self.rows[to].up if by < 0 else self.rows[to].down).setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_answer(self, place: int) -> None:
        """One less."""
        self._edit("remove_answer", answers.remove_answer(self._sitting.draft, self.key, place))
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].more.setFocus(Qt.FocusReason.OtherFocusReason)


def _label(one: Data, language: str) -> str:
    label = one.get("label")
    return (
        words.pick({k: str(v) for k, v in label.items()}, language)
        if isinstance(label, Mapping)
        else str(one.get("key"))
    )


def _fallbacks(one: Data, languages: Sequence[str]) -> dict[str, str]:
    """What stands for a short form or a title that is not written: the wording, or the short form."""
    hints: dict[str, str] = {}
    wording = one.get("wording")
    short = one.get("short") or wording
    for language in languages:
        hints[f"short.{language}"] = str(wording.get(language, "")) if isinstance(wording, Mapping) else ""
        hints[f"title.{language}"] = str(short.get(language, "")) if isinstance(short, Mapping) else ""
    return hints
