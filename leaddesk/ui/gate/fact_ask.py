"""A fact that a requirement misses: its choices as chips on digits, or a field of the right kind to type it in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.qualify.conditions import FACT_ATOMS, atoms
from leaddesk.qualify.custom import CustomField, own_name
from leaddesk.qualify.fields import FIELD, Field, FieldKind
from leaddesk.qualify.playbook import Condition, FactBetween, MoneyAtLeast
from leaddesk.qualify.state import FactValue
from leaddesk.ui.currencies import remember_currency
from leaddesk.ui.desk import Desk
from leaddesk.ui.field_words import custom_words, field_name, value_words
from leaddesk.ui.fields.edit import FieldEdit
from leaddesk.ui.gate.chips import ChipFlow
from leaddesk.ui.text import Text

#: What is changed otherwise than by typing it here.
_ELSEWHERE = frozenset({"stage", "tags", "note", "external_id"})
#: So many choices stand on chips; more in a list.
_CHIPS = 6
_WIDE = 260


def field_of(reading: Reading, fact: str, condition: Condition) -> Field | CustomField | None:
    """The field a fact is typed in; None where it is changed otherwise.

    One of the team's own that nobody defined yet is of the kind the condition asks for.
    """
    name = own_name(fact)
    if not name:
        return FIELD.get(fact) if fact not in _ELSEWHERE else None
    defined = next((one for one in custom_fields(reading) if one.name.casefold() == name.casefold()), None)
    return defined if defined is not None else CustomField("", name, _kind(fact, condition))


def _kind(fact: str, condition: Condition) -> FieldKind:
    asked = [one for one in atoms(condition) if isinstance(one, FACT_ATOMS) and one.fact == fact]
    if any(isinstance(one, MoneyAtLeast) for one in asked):
        return FieldKind.MONEY
    return FieldKind.NUMBER if any(isinstance(one, FactBetween) for one in asked) else FieldKind.TEXT


class FactAsk(QWidget):
    """One fact. Emits `told(fact, value)` and `taken_back(fact)`; `entered()` after Enter kept it; `grown()`.

    `value`: what was told of it here.
    """

    told = Signal(str, object)
    taken_back = Signal(str)
    grown = Signal()
    entered = Signal()

    def __init__(
        self, desk: Desk, fact: str, field: Field | CustomField, value: FactValue | None, before: FactValue | None
    ) -> None:
        super().__init__()
        self.fact, self._desk, self._value = fact, desk, value
        self.edit = FieldEdit(desk, field, value if value is not None else before)
        self.edit.setFixedWidth(_WIDE)
        self._flow = ChipFlow(self)
        self.chips = self._flow.chips
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        name = field_name(field, desk.language)
        inside.addWidget(Text(name, "small", wrap=True))
        inside.addLayout(self._flow)
        self.setAccessibleName(name)
        self._offer(field)

    def _offer(self, field: Field | CustomField) -> None:
        box = self.edit.edit
        places = range(box.count()) if isinstance(box, QComboBox) else ()
        choices = [(box.itemText(at), str(box.itemData(at) or "")) for at in places if isinstance(box, QComboBox)]
        choices = [one for one in choices if one[1]]
        if choices and len(choices) <= _CHIPS:
            for text, key in choices:
                chip = self._flow.add_chip(text, partial(self._choose, key))
                chip.setChecked(self._value is not None and self.edit.text == key)
            self.edit.hide()
            return
        shown = self._shown(field)
        chip = self._flow.add_chip(shown or words.say(self._desk.language, "gate_panel", "type_fact"), self._open)
        chip.setChecked(bool(shown))
        self._flow.addWidget(self.edit)
        self.edit.hide()
        self.edit.kept.connect(self._enter)
        self.edit.left.connect(self._close)
        self.edit.grown.connect(self.grown)

    def _shown(self, field: Field | CustomField) -> str:
        if self._value is None:
            return ""
        if isinstance(field, CustomField):
            return custom_words(field, str(self._value), self._desk.language).text
        return value_words(field, self._value, self._desk.language)

    def _choose(self, key: str) -> None:
        if self._value is not None and self.edit.text == key:
            self.taken_back.emit(self.fact)
            return
        self.edit.fill(key)
        self.keep()

    def _open(self) -> None:
        self.chips[0].hide()
        self.edit.show()
        self.edit.select_all()
        self.edit.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.grown.emit()

    def _close(self) -> None:
        self.edit.hide()
        self.chips[0].show()
        self.chips[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def typed(self) -> FactValue | None:
        """What stands in an open field, where it is understood."""
        if self.edit.isHidden() or not self.edit.changed or not self.edit.check():
            return None
        return self.edit.value()

    def _enter(self) -> None:
        if self.keep():
            self.entered.emit()

    def keep(self) -> bool:
        """Take what is typed, whether it was understood; what makes no sense is said, and stays typed."""
        if not self.edit.check():
            return False
        value = self.edit.value()
        if value is None:
            self.taken_back.emit(self.fact)
            return True
        remember_currency(value)
        self.told.emit(self.fact, value)
        return True
