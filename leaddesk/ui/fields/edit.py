"""The right editor for a field: a line, a choice, a sum or day in plain words, with what is wrong with it beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.errors import BadValue, LeadDeskError
from leaddesk.operations.leads import set_facts
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import Field, FieldKind
from leaddesk.qualify.state import FactValue
from leaddesk.ui import wording
from leaddesk.ui.currencies import home_currency, remember_currency
from leaddesk.ui.day_order import month_first
from leaddesk.ui.desk import Desk
from leaddesk.ui.field_words import field_name, language_names
from leaddesk.ui.fields.typed import Typing, read_field, shown_again, told_back
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_NOT_KNOWN = ""


class FieldEdit(QWidget):
    """One value being typed or chosen. `kept()` on Enter, `left()` on Escape, `grown()` when it needs another height.

    `done()` once `write` wrote it, or there was nothing to write.
    """

    kept = Signal()
    left = Signal()
    grown = Signal()
    done = Signal()

    def __init__(
        self, desk: Desk, field: Field | CustomField, value: FactValue | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field, self._desk, self._language = field, desk, desk.language
        self._before = shown_again(field, value, desk.language)
        self._takes_keys = True  # Enter and Escape are for it alone; in a form they are the form's
        self._writing = False
        self.edit: QLineEdit | QComboBox = self._make()
        self.edit.setAccessibleName(field_name(field, desk.language))
        self.edit.installEventFilter(self)
        self._told = Text(kind="small", wrap=True)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self._told)
        self.setFocusProxy(self.edit)

    # ── the editor ───────────────────────────────────────────────────────────────────────────────────────────────

    def _make(self) -> QLineEdit | QComboBox:
        choices = self._choices()
        if choices:
            box = QComboBox()
            box.addItem(words.say(self._language, "leads", "form_no_choice"), _NOT_KNOWN)
            for key, text in choices:
                box.addItem(text, key)
            if self._before and box.findData(self._before) < 0:
                box.addItem(self._before, self._before)  # what does not fit stays until something else is chosen
            box.setCurrentIndex(max(0, box.findData(self._before)))
            box.currentIndexChanged.connect(lambda _place: self.blame(""))
            return box
        line = QLineEdit(self._before)
        line.setPlaceholderText(self._example())
        line.textChanged.connect(self._typed)
        self._complete(line)
        return line

    def _choices(self) -> Sequence[tuple[str, str]]:
        field, language = self.field, self._language
        if field.kind is FieldKind.YES_NO:
            return [(key, words.say(language, "kinds", key)) for key in ("yes", "no")]
        if field.kind is not FieldKind.CHOICE:
            return ()
        if isinstance(field, CustomField):
            return [(choice, choice) for choice in field.choices]
        return [(choice, words.say(language, "kinds", f"{field.key}.{choice}")) for choice in field.choices]

    def _example(self) -> str:
        if self.field.kind is FieldKind.MONEY:
            return words.say(self._language, "leads", "type_money", currency=home_currency(self._language))
        return words.say(self._language, "leads", "type_day") if self.field.kind is FieldKind.DATE else ""

    def _complete(self, line: QLineEdit) -> None:
        key = self.field.key if isinstance(self.field, Field) else ""
        asked = {"source": leads.sources, "owner": leads.owners}.get(key)
        known = list(self._desk.get(asked)) if asked is not None else []
        if key == "language":
            known = language_names(self._language)
        if known:
            completer = QCompleter(known, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)

    # ── what is typed ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        """What is typed or chosen."""
        if isinstance(self.edit, QComboBox):
            return str(self.edit.currentData() or "")
        return self.edit.text().strip()

    @property
    def changed(self) -> bool:
        """Whether it differs from what is known."""
        return self.text != self._before

    def value(self) -> FactValue | None:
        """What is typed, read; None: empty. Raises BadValue."""
        return read_field(self.field, self.text, self._typing())

    def _typing(self) -> Typing:
        language = self._language
        return Typing(language, self._desk.today(), home_currency(language), month_first(language))

    def check(self) -> bool:
        """Say what is wrong with it; whether nothing is."""
        try:
            self.value()
        except BadValue as trouble:
            self.blame(wording.sentence(trouble, self._language))
            return False
        self.blame("")
        return True

    def write(self, lead_id: str) -> None:
        """Write what is typed as one step of a lead; what is refused is said, and stays typed."""
        if not self.changed:
            self.done.emit()
            return
        if self._writing or not self.check():
            return
        value = self.value()
        remember_currency(value)
        facts = {} if isinstance(self.field, CustomField) else {self.field.key: value}
        own = {self.field.name: str(value or "")} if isinstance(self.field, CustomField) else {}
        self._writing = True  # not disabled: the keyboard would go elsewhere
        self._desk.do(set_facts, lead_id, facts, own, then=self._written, refused=self._refused, failed=self._refused)

    def _written(self, _none: None) -> None:
        self.done.emit()

    def _refused(self, error: LeadDeskError) -> None:
        self._writing = False
        self.blame(wording.sentence(error, self._language, self._desk.playbook))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def blame(self, sentence: str) -> None:
        """Mark it as wrong, or as right again."""
        look(self.edit, "wrong", bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        self._tell(sentence, "late")

    def _typed(self) -> None:
        look(self.edit, "wrong", False)
        self.edit.setAccessibleDescription("")
        self._tell(told_back(self.field, self.text, self._typing()) if self.changed else "", "")

    def _tell(self, text: str, tone: str) -> None:
        other = self._told.isHidden() == bool(text)
        self._told.setText(text)
        self._told.set_tone(tone)
        self._told.setVisible(bool(text))
        if other:
            self.grown.emit()

    def select_all(self) -> None:
        """Mark all of it, so that typing replaces it."""
        if isinstance(self.edit, QLineEdit):
            self.edit.selectAll()

    def fill(self, text: str) -> None:
        """Type something into it."""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        else:
            self.edit.setCurrentIndex(max(0, self.edit.findData(text)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps, Escape leaves; a list that is open takes them first."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            key = event.key()
            ours = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if ours and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if ours and event.type() == QEvent.Type.KeyPress and self._takes_keys:
                (self.left if key == Qt.Key.Key_Escape else self.kept).emit()
                return True
        return super().eventFilter(watched, event)

    def leave_keys(self) -> None:
        """Let Enter and Escape go to the form it stands in."""
        self._takes_keys = False
