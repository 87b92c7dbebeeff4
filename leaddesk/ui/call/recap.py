"""Over the room: what we heard on a call, to be read over, changed and sent to the buyer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from leaddesk import words
from leaddesk.errors import LeadDeskError
from leaddesk.exchange.recap import Recap, mail_draft, recap_language, recap_of
from leaddesk.exchange.targets import check_target, write_whole
from leaddesk.qualify.spoken import SpokenCall
from leaddesk.ui import wording
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.call.recap_pdf import recap_pdf
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, row
from leaddesk.ui.text import Text

_CONTROL = Qt.KeyboardModifier.ControlModifier
# Pixels: of the panel, of its text at most and at least, of what stands around the text.
_WIDE, _TALL, _LOW, _AROUND = 720, 460, 120, 320


class _Letter(QPlainTextEdit):
    """The text, as tall as the window lets it be."""

    def sizeHint(self) -> QSize:
        """Room for most letters."""
        return QSize(_WIDE, max(_LOW, min(_TALL, self.window().height() - _AROUND)))


class RecapPanel(Overlay):
    """Subject and text, editable; Ctrl+Enter copies, Ctrl+S saves a mail draft, Ctrl+P a PDF, Ctrl+G the language.

    What was changed is kept a call and language until the program ends.
    """

    _drafts: ClassVar[dict[tuple[str, str], Recap]] = {}

    def __init__(self, over: QWidget, desk: Desk, call: SpokenCall) -> None:
        super().__init__(over, width=_WIDE)
        self._desk, self._call = desk, call
        self.about = call.lead_id
        self.letter = recap_language(call, desk.language)
        title = self._say("title", lead=call.lead.name or call.company)
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", wrap=True, parent=self))
        self.inside.addWidget(Text(self._say("hint"), "mute", wrap=True, parent=self))
        if not self.receiver:
            key = "no_mail_wanted" if call.do_not_email else "no_mail"
            told = self._say(key, lead=call.lead.name or call.company)
            self.inside.addWidget(Text(told, tone="late", wrap=True, parent=self))
        self.subject = Line(self)
        self.subject.setAccessibleName(self._say("subject_field"))
        self.text = _Letter(self)
        self.text.setAccessibleName(title)
        self.text.setTabChangesFocus(True)
        self.subject.entered.connect(self.text.setFocus)
        self.subject.escaped.connect(self.reject)
        self.told = Text(kind="small", wrap=True, parent=self)
        self.inside.addWidget(self.subject)
        self.inside.addWidget(self.text)
        self.inside.addWidget(self.told)
        self.copy_button = self._button("copy", "Ctrl+Return", self.copy, "primary")
        self.mail_button = self._button("save_mail", "Ctrl+S", self.ask_mail)
        self.pdf_button = self._button("save_pdf", "Ctrl+P", self.ask_pdf)
        self.language_button = self._button("language", "Ctrl+G", self.change_language)
        self.anew_button = self._button("anew", "", self.write_anew, "link")
        buttons = (self.copy_button, self.mail_button, self.pdf_button, self.language_button)
        self.inside.addLayout(row(*buttons, 1, self.anew_button))
        self.offer(self._say("close"))
        self.subject.textChanged.connect(self._keep)
        self.text.textChanged.connect(self._keep)
        self._show()

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._desk.language, "recap", key, **details)

    def _button(self, key: str, keys: str, act: Callable[[], None], kind: str = "") -> CommandButton:
        made = CommandButton(self._say(key), keys=keys, kind=kind, parent=self)
        made.clicked.connect(lambda _on: act())
        return made

    # ── the letter ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def receiver(self) -> str:
        """The mail address it may go to; empty where there is none, or mail is not wanted."""
        return "" if self._call.do_not_email else self._call.email

    def _show(self) -> None:
        """Show the letter in its language, as it was left."""
        self._written = recap_of(self._call, self.letter, self._desk.person)
        draft = self._drafts.get((self._call.id, self.letter)) or self._written
        for field in (self.subject, self.text):
            field.blockSignals(True)
        self.subject.setText(draft.subject)
        self.subject.setCursorPosition(0)
        self.text.setPlainText(draft.text)
        for field in (self.subject, self.text):
            field.blockSignals(False)
        self._keep()

    def _keep(self) -> None:
        draft = Recap(self.subject.text(), self.text.toPlainText())
        changed = draft != self._written
        self.anew_button.setVisible(changed)
        if changed:
            self._drafts[self._call.id, self.letter] = draft
        else:
            self._drafts.pop((self._call.id, self.letter), None)

    # ── what a person does with it ───────────────────────────────────────────────────────────────────────────────

    def change_language(self) -> None:
        """The letter in the other language; what was changed in this one stays."""
        order = words.LANGUAGES
        self.letter = order[(order.index(self.letter) + 1) % len(order)]
        self._show()
        self._tell("")

    def write_anew(self) -> None:
        """The letter as it was first."""
        self._drafts.pop((self._call.id, self.letter), None)
        self._show()
        self.text.setFocus()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QApplication.clipboard().setText(self.text.toPlainText())
        self._tell(self._say("copied"))

    def ask_mail(self) -> None:
        """Ask where to, and save a mail draft."""
        self._ask(".eml", "mail_files", self.save_mail)

    def ask_pdf(self) -> None:
        """Ask where to, and save a PDF."""
        self._ask(".pdf", "pdf_files", self.save_pdf)

    def _ask(self, suffix: str, kind: str, save: Callable[[Path], None]) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        allowed = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in self.subject.text())
        suggested = Path(folder) / f"{allowed.strip()[:80] or 'recap'}{suffix}"
        title = self._say("save_mail" if suffix == ".eml" else "save_pdf")
        name, _ = QFileDialog.getSaveFileName(self, title, str(suggested), f"{self._say(kind)} (*{suffix})")
        if name:
            save(Path(name) if Path(name).suffix else Path(name + suffix))

    def save_mail(self, target: Path) -> None:
        """Save it as an unsent mail."""
        draft = mail_draft(self.subject.text(), self.text.toPlainText(), self._call.lead.name, self.receiver)
        self._write(target, draft)

    def save_pdf(self, target: Path) -> None:
        """Save it as a PDF."""
        self._write(target, recap_pdf(self.subject.text(), self.text.toPlainText()))

    def _write(self, target: Path, content: bytes) -> None:
        path = self._desk.path
        tails = ("", "-wal", "-shm", "-journal") if path is not None else ()
        try:
            check_target(target, *(path.with_name(path.name + tail) for tail in tails if path is not None))
            write_whole(target, content)
        except LeadDeskError as trouble:
            self._tell(wording.sentence(trouble, self._desk.language), late=True)
            return
        self._tell(self._say("saved", file=target))

    def _tell(self, text: str, *, late: bool = False) -> None:
        self.told.set_tone("late" if late else "")
        self.told.setText(text)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the buttons; Escape leaves."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = _KEYS.get(Qt.Key(event.key())) if modifiers == _CONTROL else None
        if act is None:
            super().keyPressEvent(event)
            return
        event.accept()
        act(self)


_KEYS = {
    Qt.Key.Key_Return: RecapPanel.copy,
    Qt.Key.Key_Enter: RecapPanel.copy,
    Qt.Key.Key_S: RecapPanel.ask_mail,
    Qt.Key.Key_P: RecapPanel.ask_pdf,
    Qt.Key.Key_G: RecapPanel.change_language,
}
