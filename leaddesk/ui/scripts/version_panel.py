"""The versions of the playbook so far: listed, readable, and any of them taken up again as a draft."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from leaddesk import words
from leaddesk.db.reads.playbooks import Version
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft, draft_of
from leaddesk.exchange.playbook_questions import question, tables
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.ui import figures
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.scripts.condition_words import condition_words, says
from leaddesk.ui.scripts.script_page import script_name
from leaddesk.ui.text import Text

_WIDE = 940
_TALL = 440


class VersionPanel(Overlay):
    """Arrows choose, Enter takes up, Escape leaves. `then(Version)` for the one taken up."""

    def __init__(
        self, over: QWidget, found: Sequence[Version], language: str, now: int, then: Callable[[Version], object]
    ) -> None:
        super().__init__(over, _WIDE)
        self._found, self._language, self._then = tuple(found), language, then
        self.setAccessibleName(says(language, "versions"))
        self.list = QListWidget()
        self.list.setFixedWidth(270)
        self.list.setMinimumHeight(_TALL)
        self.list.setAccessibleName(says(language, "versions"))
        self.list.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(says(language, "version_text"))
        for place, one in enumerate(self._found):
            day = figures.moment(one.adopted_at, now, language)
            said = says(language, "version_row", number=one.number, name=_name(one, language), day=day)
            self.list.addItem(QListWidgetItem(says(language, "version_now", version=said) if not place else said))
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(lambda _: self.take_up())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.inside.addWidget(Text(says(language, "versions"), "title"))
        self.inside.addWidget(Text(says(language, "versions_hint"), "small", wrap=True))
        self.inside.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.take = CommandButton(says(language, "take_up"), "Enter", "primary", parent=self)
        self.take.clicked.connect(self.take_up)
        leave = CommandButton(says(language, "close"), "Esc", "quiet", parent=self)
        leave.clicked.connect(self.reject)
        foot.addWidget(leave)
        foot.addWidget(self.take)
        self.inside.addLayout(foot)
        self.list.setCurrentRow(min(1, len(self._found) - 1))

    def begin(self) -> None:
        """Show it, with the focus on the list."""
        self.open(self.list)

    @property
    def chosen(self) -> Version | None:
        """The version that is read."""
        place = self.list.currentRow()
        return self._found[place] if 0 <= place < len(self._found) else None

    def _show(self) -> None:
        one = self.chosen
        if one is None:
            return
        try:
            self.text.setPlainText(readable(draft_of(one.toml), self._language))
        except BrokenPlaybook:
            self.text.setPlainText(one.toml)

    def take_up(self) -> None:
        """Make it the draft."""
        one = self.chosen
        if one is not None:
            self.leave(accepted=True)
            self._then(one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_up()
        else:
            super().keyPressEvent(event)


def _name(one: Version, language: str) -> str:
    """Its name as it is read here: the one it was recorded by is in the language of who adopted it."""
    try:
        return _text(tomllib.loads(one.toml).get("name"), language) or one.name
    except tomllib.TOMLDecodeError:
        return one.name


def readable(draft: Draft, language: str) -> str:
    """A playbook's scripts as plain lines: groups, questions as they are said, answers with their points."""
    lines: list[str] = []
    for key in scripts.script_keys(draft):
        lines.append(words.pick(script_name(draft, key), language).upper())
        when = scripts.script(draft, key).get("when")
        if when is not None:
            lines.append(f"  {says(language, 'offered')}: {condition_words(draft, when, language)}")
        for group in scripts.groups(draft, key):
            lines += ["", f"{_text(group.label, language) or group.key}"]
            for number, name in enumerate(group.questions, start=1):
                lines += _question(draft, name, number, language)
        lines.append("")
    return "\n".join(lines).strip()


def _question(draft: Draft, key: str, number: int, language: str) -> list[str]:
    one = question(draft, key)
    if one is None:
        return [f"  {number}. {key}"]
    lines = [f"  {number}. {_text(one.get('wording'), language)}"]
    when = one.get("when")
    if when is not None:
        lines.append(f"     {says(language, 'when')}: {condition_words(draft, when, language)}")
    for digit, answer in enumerate(tables(one), start=1):
        worth = answer.get("points")
        standing = words.say(language, "standings", str(answer.get("standing", "")))
        said = f"{standing}, {worth}" if worth is not None else standing
        lines.append(f"     [{digit}] {_text(answer.get('label'), language)} ({said})")
    return lines


def _text(found: object, language: str) -> str:
    return words.pick({str(k): str(v) for k, v in found.items()}, language) if isinstance(found, Mapping) else ""
