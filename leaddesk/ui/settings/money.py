"""The usual currency and the rates of others, typed by a person with the day they are of; no network is asked."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from leaddesk import words
from leaddesk.qualify.rates import Rates, read_rate, written_rates
from leaddesk.qualify.terms import CURRENCIES
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import theme
from leaddesk.ui.currencies import home_currency, kept_rates
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.text import Text, set_tooltip
from leaddesk.ui.theme import look


class MoneyPanel(Panel):
    """Everything holds at once; a line that cannot be read is marked, and counts for nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=8)
        self._desk = desk
        self.currency = self._code_field()
        self.currency.editingFinished.connect(self._keep_currency)
        self._name, self._hint = Text(kind="mute"), Text(kind="small", wrap=True)
        self._of, self.day = Text(kind="mute"), DayField(desk.today())
        self.day.dateChanged.connect(lambda _day: self._keep())
        self.lines: list[tuple[QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(5, 1)
        first = QHBoxLayout()
        first.setSpacing(10)
        for widget in (self._name, self.currency, self._of, self.day):
            first.addWidget(widget)
        first.addStretch(1)
        self.inside.addLayout(first)
        self.inside.addWidget(self._hint)
        self.inside.addLayout(self._grid)
        self.retranslate()

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._desk.language, "rates", key, **details)

    def _code_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setFixedWidth(90)
        field.setMaxLength(3)
        completer = QCompleter(sorted(CURRENCIES), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        return field

    def retranslate(self) -> None:
        """Say it in the language of the desk, with what is kept."""
        self.set_title(self._say("title"))
        self._name.setText(self._say("usual"))
        self.currency.setAccessibleName(self._say("usual"))
        self.currency.setText(home_currency(self._desk.language))
        self._of.setText(self._say("of_day"))
        self.day.setAccessibleName(self._say("of_day"))
        self._hint.setText(self._say("hint"))
        rates = kept_rates()
        self.day.blockSignals(True)
        day = rates.day or self._desk.today()
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
        self._fill(rates)

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fill(self, rates: Rates) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines.clear()
        for currency, rate in sorted(rates.per.items()):
            self._add(currency, str(rate))
        self._add("", "")

    def _add(self, currency: str, rate: str) -> None:
        """A line `1 USD = 0.92 EUR`; the last one is empty, for one more."""
        place = len(self.lines)
        code, value = self._code_field(), QLineEdit(rate)
        code.setText(currency)
        value.setFixedWidth(110)
        code.setAccessibleName(f"{self._say('code')} {place + 1}")
        value.setAccessibleName(f"{self._say('rate')} {place + 1}")
        code.setPlaceholderText(self._say("code"))
        value.setPlaceholderText(self._say("rate"))
        for field in (code, value):
            field.editingFinished.connect(self._keep)
        self.lines.append((code, value))
        cells: tuple[QWidget, ...] = (Text("1"), code, Text("="), value, Text(home_currency(self._desk.language)))
        for column, widget in enumerate(cells):
            self._grid.addWidget(widget, place, column)
        if currency:
            gone = QToolButton()
            gone.setIcon(theme.icon("close", size=16))
            gone.setAccessibleName(self._say("remove", currency=currency))
            set_tooltip(gone, self._say("remove", currency=currency))
            gone.clicked.connect(partial(self._remove, place))
            self._grid.addWidget(gone, place, 5, Qt.AlignmentFlag.AlignLeft)

    def _remove(self, place: int, _on: bool = False) -> None:
        for field in self.lines[place]:
            field.clear()
        self._keep()
        self._fill(kept_rates())

    # ── kept ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _keep_currency(self) -> None:
        code = self.currency.text().strip().upper()
        look(self.currency, "wrong", code not in CURRENCIES)
        if code in CURRENCIES and code != read_settings().currency:
            # Rates are those of the usual currency: in another one they mean nothing.
            other = code != kept_rates().base
            change_settings(currency=code, rates="" if other else read_settings().rates)
            self.retranslate()

    def _keep(self) -> None:
        base = home_currency(self._desk.language)
        per: dict[str, Decimal] = {}
        for code_field, rate_field in self.lines:
            code, text = code_field.text().strip().upper(), rate_field.text().strip()
            known = code in CURRENCIES and code != base
            look(code_field, "wrong", bool(code) and not known)
            try:
                rate = read_rate(text) if text else None
            except ValueError:
                rate = None
            look(rate_field, "wrong", bool(text) and rate is None)
            if known and rate is not None:
                per[code] = rate
        change_settings(rates=written_rates(Rates(base, per, self.day.day)) if per else "")
        if all(code.text().strip() for code, _ in self.lines):
            self._add("", "")
