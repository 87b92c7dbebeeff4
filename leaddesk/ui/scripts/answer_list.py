"""The answers of a question, a row each, with what each opens; added, moved and taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.exchange import playbook_answers as answers
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange.playbook_branches import opened_by
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.bands import MOST_ANSWERS
from leaddesk.qualify.terms import QuestionKind
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.scripts.answer_row import AnswerRow
from leaddesk.ui.scripts.condition_words import says, title_of
from leaddesk.ui.scripts.fields import FieldBox, Trouble
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.typed import shown_number, shown_sums
from leaddesk.ui.text import menu_words


class AnswerList(QWidget):
    """Edits go straight to the sitting."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._language = "en"
        self.key = ""
        self.rows: list[AnswerRow] = []
        self._spoken: tuple[str, ...] = ()
        self._head = SectionHeader()
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.trouble = Trouble()
        self.add = QPushButton()
        self.add.clicked.connect(lambda _checked=False: self.add_answer())
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._head)
        whole.addLayout(self._column)
        whole.addWidget(self.trouble)
        whole.addLayout(foot)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def show_question(self, draft: Draft, key: str, one: Data) -> None:
        """Show the answers of a question."""
        another = key != self.key
        self.key = key
        found = questions.tables(one)
        kind = str(one.get("kind", ""))
        held = self._held()
        self._remake(questions.languages(draft), len(found))
        for row in self.rows:
            row.set_kind(kind, fold=another)
        opens = opened_by(draft, one)
        scored = one.get("sets") not in [profile.get("fact") for profile in draft.tables("profile")]
        for row, answer in zip(self.rows, found, strict=True):
            row.show_answer(answer, self._beneath(draft, answer, opens), scored=scored)
        most = 1 if kind in (QuestionKind.PERSON, QuestionKind.TEXT) else MOST_ANSWERS
        self.add.setEnabled(len(found) < most)
        self.add.setText(menu_words(says(self._language, "add_answer" if len(found) < most else "no_more_answers")))
        if held is not None and held >= len(self.rows):
            # The row that had the focus is gone; keys still go somewhere near.
            (self.rows[-1].more if self.rows else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> int | None:
        focused = QApplication.focusWidget()
        return next((row.place for row in self.rows if focused is not None and row.isAncestorOf(focused)), None)

    def _remake(self, spoken: tuple[str, ...], count: int) -> None:
        """So many rows; those that are there stay."""
        keep = count if spoken == self._spoken else 0
        self._spoken = spoken
        for row in self.rows[keep:]:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self.rows[keep:]
        while len(self.rows) < count:
            row = AnswerRow(len(self.rows), spoken)
            self._listen(row)
            row.retranslate(self._language)
            self._column.addWidget(row)
            self.rows.append(row)

    def _listen(self, row: AnswerRow) -> None:
        place = row.place
        row.texted.connect(lambda field, language, text: self._word(place, field, language, text))
        row.changed.connect(lambda field, value: self._set(place, field, value))
        row.heard.connect(lambda language, phrases: self._hear(place, language, phrases))
        row.moved.connect(lambda by: self.move_answer(place, by))
        row.removed.connect(lambda: self.remove_answer(place))
        row.left.connect(self._sitting.history.seal)

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

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """Every field by its path."""
        return {path: box for row in self.rows for path, box in row.boxes.items()}

    def mark(self, troubles: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong, by path; what is folded unfolds."""
        for row in self.rows:
            start = f"answers[{row.place}]."
            if any(path.startswith(start) and path not in row.boxes for path in troubles):
                row.more.setChecked(True)
            row.mark(troubles)
        self.trouble.say(troubles.get("answers", ()))

    def unfold(self, path: str) -> None:
        """Unfold the answer a path lies in."""
        number = int(path[len("answers[") : path.index("]")])
        if number < len(self.rows):
            self.rows[number].more.setChecked(True)

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self._head.setText(says(language, "answers"))
        for row in self.rows:
            row.retranslate(language)

    # ── edits ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _edit(self, name: str, fresh: Draft, merge: str = "") -> None:
        title = {spoken: title_of(fresh, self.key, spoken) for spoken in words.LANGUAGES}
        self._sitting.edit(name, fresh, f"{self.key} {merge}" if merge else "", title=title)

    def _word(self, place: int, field: str, language: str, text: str) -> None:
        draft = answers.set_answer_text(self._sitting.draft, self.key, place, field, language, text)
        self._edit("change_answer", draft, f"answers[{place}].{field}.{language}")

    def _set(self, place: int, field: str, value: object) -> None:
        draft = answers.set_answer_field(self._sitting.draft, self.key, place, field, value)
        self._edit("change_answer", draft, f"answers[{place}].{field}")

    def _hear(self, place: int, language: str, phrases: object) -> None:
        listed = [str(one) for one in phrases] if isinstance(phrases, list) else []
        draft = answers.set_answer_phrases(self._sitting.draft, self.key, place, language, listed)
        self._edit("change_answer", draft, f"answers[{place}].hears.{language}")

    def add_answer(self) -> None:
        """One more, with the focus on its label."""
        self._edit("add_answer", answers.add_answer(self._sitting.draft, self.key))
        if self.rows:
            next(iter(self.rows[-1].boxes.values())).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_answer(self, place: int, by: int) -> None:
        """Another digit for an answer; the focus goes along."""
        to = place + by
        self._edit("move_answer", answers.move_answer(self._sitting.draft, self.key, place, to))
        if 0 <= to < len(self.rows):
            self.rows[place].more.setChecked(False)
            self.rows[to].more.setChecked(True)
            (self.rows[to].up if by < 0 else self.rows[to].down).setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_answer(self, place: int) -> None:
        """One less."""
        self._edit("remove_answer", answers.remove_answer(self._sitting.draft, self.key, place))
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].more.setFocus(Qt.FocusReason.OtherFocusReason)
