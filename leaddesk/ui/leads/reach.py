"""How to reach a lead: numbers to dial or copy, mails to write, handles, the website."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from leaddesk import words
from leaddesk.db.records import ContactPoint, Lead
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.section import Section, fixed, grow, link_button, small_button
from leaddesk.ui.text import ElidedText, Text, open_link

_PHONES = frozenset({"phone", "mobile", "other_phone"})
_MAILS = frozenset({"email", "other_email"})
_KIND = 92  # pixels of what a number or address is, as wide as the days of the story


class Reach(Section):
    """Numbers, mails, handles: copy, dial, write. Emits `copied(value)`."""

    copied = Signal(str)

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it."""
        self.clear()
        language = desk.language
        self.say(words.say(language, "leads", "contact"))
        self.setVisible(bool(lead.contact_points) or bool(lead.facts.get("website")))
        for point in lead.contact_points:
            self._add_point(point, lead, language)
        website = lead.facts.get("website")
        if isinstance(website, str) and website:
            link = website if "://" in website else f"https://{website}"
            open_it = link_button(words.say(language, "leads", "open_page"), lambda: open_link(link))
            text = ElidedText(website)
            grow(
                self.add(fixed(words.say(language, "fields", "website"), _KIND, "small"), text, open_it, level=True),
                text,
            )

    def _add_point(self, point: ContactPoint, lead: Lead, language: str) -> None:
        kind = fixed(words.say(language, "fields", point.kind), _KIND, "small")
        phone = point.kind in _PHONES
        value = Text(point.value, "phone", wrap=True, selectable=True) if phone else ElidedText(point.value)
        line = self.add(kind, value, level=True)
        grow(line, value)
        if point.kind in _PHONES and not lead.do_not_call:
            dial = f"tel:{''.join(letter for letter in point.value if letter.isdigit() or letter == '+')}"
            line.addWidget(link_button(words.say(language, "leads", "dial"), lambda: open_link(dial)))
        if point.kind in _MAILS and not lead.facts.get("do_not_email"):
            line.addWidget(
                link_button(words.say(language, "leads", "write"), lambda: open_link(f"mailto:{point.value}"))
            )
        copy = words.say(language, "leads", "copy")
        line.addWidget(small_button("copy", f"{copy}: {point.value}", lambda: self._copy(point.value)))

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)
        self.copied.emit(value)
