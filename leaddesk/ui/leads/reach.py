"""How to reach a lead: numbers to dial or copy, mails to write, handles, the website."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import ContactPoint, Lead
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.section import ASIDE, Section, fixed, grow, link_button, small_button
from leaddesk.ui.text import ElidedText, Text, menu_words, open_link, set_tooltip

_PHONES = frozenset({"phone", "mobile", "other_phone"})
_MAILS = frozenset({"email", "other_email"})
_KIND = 92  # pixels of what a number or address is, as wide as the days of the story


class _Line(QWidget):
    """One number, address or handle, used again for the next lead; numbers may wrap and be marked, others are cut."""

    def __init__(self, *, phone: bool, copy: Callable[[str], object]) -> None:
        super().__init__()
        self._link = self._said = ""
        self._kind = fixed("", _KIND, "small")
        self._value = Text(kind="phone", wrap=True, selectable=True) if phone else ElidedText()
        self._open = link_button("", lambda: open_link(self._link))
        self._copy = small_button("copy", "", lambda: copy(self._said))
        line = QHBoxLayout(self)
        line.setContentsMargins(ASIDE, 0, ASIDE, 0)
        line.setSpacing(8)
        for widget in (self._kind, self._value, self._open, self._copy):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        grow(line, self._value)

    def show_point(self, kind: str, value: str, opens: str, link: str, copies: str) -> None:
        """`opens`: the words of what opens `link`, `copies`: of what copies it; empty: it is not offered."""
        self._said, self._link = value, link
        self._kind.setText(kind)
        self._value.setText(value)
        self._open.setText(menu_words(opens))
        self._open.setVisible(bool(opens))
        self._copy.setAccessibleName(copies)
        set_tooltip(self._copy, copies)
        self._copy.setVisible(bool(copies))
        self.show()


class Reach(Section):
    """Numbers, mails, handles: copy, dial, write. Emits `copied(value)`."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[_Line] = []
        self._others: list[_Line] = []

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it."""
        language = desk.language
        self.say(words.say(language, "leads", "contact"))
        website = lead.facts.get("website")
        self.setVisible(bool(lead.contact_points) or bool(website))
        for line in (*self._numbers, *self._others):
            self.lines.removeWidget(line)
            line.hide()
        free = {True: iter(tuple(self._numbers)), False: iter(tuple(self._others))}
        for point in lead.contact_points:
            line = self._next(free, phone=point.kind in _PHONES)
            copies = f"{words.say(language, 'leads', 'copy')}: {point.value}"
            kind, (opens, link) = words.say(language, "fields", point.kind), _opened(point, lead, language)
            line.show_point(kind, point.value, opens, link, copies)
        if isinstance(website, str) and website:
            link = website if "://" in website else f"https://{website}"
            opens = words.say(language, "leads", "open_page")
            self._next(free, phone=False).show_point(words.say(language, "fields", "website"), website, opens, link, "")

    def _next(self, free: Mapping[bool, Iterator[_Line]], *, phone: bool) -> _Line:
        """The next line of its sort, made where there are not enough."""
        line = next(free[phone], None)
        if line is None:
            line = _Line(phone=phone, copy=self._copy)
            (self._numbers if phone else self._others).append(line)
        self.lines.addWidget(line)
        return line

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self.copied.emit(value)


def _opened(point: ContactPoint, lead: Lead, language: str) -> tuple[str, str]:
    """What opens a contact point, in words, and the link; nothing where a lead does not want to be reached so."""
    if point.kind in _PHONES and not lead.do_not_call:
        digits = "".join(letter for letter in point.value if letter.isdigit() or letter == "+")
        return words.say(language, "leads", "dial"), f"tel:{digits}"
    if point.kind in _MAILS and not lead.facts.get("do_not_email"):
        return words.say(language, "leads", "write"), f"mailto:{point.value}"
    return "", ""
