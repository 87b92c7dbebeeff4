"""Over the room: an objection by a few letters, the answer to give, and what was noted when such leads were won."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.reads.objections import noted_when_won
from leaddesk.errors import LeadDeskError
from leaddesk.operations.objections import raise_objection
from leaddesk.qualify.playbook import Objection
from leaddesk.ui import figures, shield, wording
from leaddesk.ui.asking.fields import Line
from leaddesk.ui.call.jump import JumpLine
from leaddesk.ui.call.over import Over
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands, label
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import SectionHeader, column
from leaddesk.ui.text import Text

# So many are shown; in a window narrower than that many pixels fewer, and without what buyers say.
_SHOWN, _FEW, _ROOMY = 5, 3, 600
# How well characters match that are merely there in their order.
_SCATTERED = 4


def find(objections: Sequence[Objection], letters: str) -> tuple[Objection, ...]:
    """The objections a few letters mean in any language, best first: of the label, of a word said, anywhere in them."""
    sought = letters.casefold().split()
    if not sought:
        return tuple(objections)
    ranked = ((_rank(one, sought), place) for place, one in enumerate(objections))
    return tuple(objections[place] for rank, place in sorted(one for one in ranked if one[0] is not None))


def _rank(objection: Objection, sought: Sequence[str]) -> int | None:
    labels = [text.casefold() for text in objection.label.values()]
    phrases = labels + [text.casefold() for texts in objection.words.values() for text in texts]
    for rank, text in enumerate((" ".join(labels), " ".join(phrases))):
        if all(any(word.startswith(one) for word in text.split()) for one in sought):
            return 2 * rank
        if all(one in text for one in sought):
            return 2 * rank + 1
    characters = "".join(sought)
    if all(figures.is_square(one) for one in characters) and any(_follow(characters, one) for one in phrases):
        return _SCATTERED
    return None


def _follow(characters: str, text: str) -> bool:
    """Whether Chinese characters stand in a text in their order, as in 没预算 for 没有预算."""
    rest = iter(text)
    return all(one in rest for one in characters)


class ObjectionPanel(Overlay):
    """The line of letters, what was found, the answer, the past, a note. Enter keeps that it was raised.

    A note that was begun is kept for its lead until it is entered or the program ends.
    """

    _drafts: ClassVar[dict[str, str]] = {}

    def __init__(self, over: QWidget, desk: Desk, session: Session, lead: str, call: str | None) -> None:
        super().__init__(over, width=640)
        self._desk, self._lead, self._call = desk, lead, call
        self._asked_in = session.talk.asked_in
        self._roomy = over.window().width() >= _ROOMY
        self._found: tuple[Objection, ...] = ()
        self._at = 0
        self._going = False
        self.setAccessibleName(label("call.objection", desk.language))
        self.line = JumpLine(self)
        self.line.setPlaceholderText(self._say("hint"))
        self.line.setAccessibleName(self._say("hint"))
        self._list = column(spacing=2)
        self._rows: list[OptionRow] = []
        self.none = Text(self._say("none" if desk.playbook.objections else "empty"), "mute", wrap=True, parent=self)
        self._head, self._past = SectionHeader(self._say("say"), self), SectionHeader(self._say("won"), self)
        self.answer = Text(kind="name", wrap=True, selectable=True, parent=self)
        self.past = Text(kind="mute", wrap=True, parent=self)
        self.note = Line(self)
        self.note.setPlaceholderText(self._say("note"))
        self.note.setAccessibleName(self._say("note"))
        self.note.setText(self._drafts.get(lead, ""))
        self.told = Text(tone="late", wrap=True, parent=self)
        self.told.hide()
        self._arrange()
        self.line.textChanged.connect(self._find)
        self.line.pointed.connect(self._point)
        self.note.textChanged.connect(self._keep_draft)
        for field in (self.line, self.note):
            field.entered.connect(self._enter)
            field.escaped.connect(self.reject)
        self._find("")

    def _arrange(self) -> None:
        self.inside.addWidget(self.line)
        self.inside.addLayout(self._list)
        keys = Text(self._say("keys"), "small", wrap=True, parent=self)
        for widget in (self.none, self._head, self.answer, self._past, self.past, self.note, self.told, keys):
            self.inside.addWidget(widget)
        keys.setVisible(self._roomy)
        self.offer(words.say(self._desk.language, "gate_panel", "cancel"), self._say("keep"), self._enter)
        # Marked by mouse, not a stop of Tab: letters, note, letters.
        self.answer.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._desk.language, "objections", key, **details)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def found(self) -> tuple[str, ...]:
        """The keys of the objections on offer, best first."""
        return tuple(one.key for one in self._found)

    @property
    def pointed(self) -> Objection | None:
        """The objection that is meant."""
        return self._found[self._at] if self._found else None

    def _find(self, letters: str) -> None:
        self._found = find(self._desk.playbook.objections, letters)[: _SHOWN if self._roomy else _FEW]
        self._at = 0
        for old in self._rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._row(place, one) for place, one in enumerate(self._found)]
        self._show()

    def _row(self, place: int, objection: Objection) -> OptionRow:
        made = OptionRow("", "", self, compact=True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = objection.words.get(self._asked_in) or next(iter(objection.words.values()), ())
        made.say(words.pick(objection.label, self._desk.language), " / ".join(said[:2]) if self._roomy else "")
        made.chosen.connect(lambda _key: self._point_at(place))
        self._list.addWidget(made)
        return made

    def _point(self, by: int) -> None:
        if self._found:
            self._point_at((self._at + by) % len(self._found))

    def _point_at(self, place: int) -> None:
        self._at = place
        self._show()

    def _show(self) -> None:
        """Show the answer to the objection that is meant, and what was noted of it."""
        for number, made in enumerate(self._rows):
            made.set_on(number == self._at)
        meant = self.pointed
        self.none.setVisible(meant is None)
        for widget in (self._head, self.answer, self._past, self.past, self.note):
            widget.setVisible(meant is not None)
        if meant is not None:
            self.answer.setText(words.pick(meant.answer, self._asked_in))
            self.past.setText(self._past_of(meant.key))
        self.fit()

    def _past_of(self, key: str) -> str:
        now, language = self._desk.now(), self._desk.language
        lines = [
            self._say(
                "noted",
                when=figures.moment(one.at, now, language),
                lead=shield.name(one.lead),
                note=shield.figure(" ".join(one.note.split())),
            )
            for one in self._desk.get(noted_when_won, key)
        ]
        return "\n".join(lines) or self._say("won_none")

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _keep_draft(self, text: str) -> None:
        self._drafts[self._lead] = text

    def _enter(self) -> None:
        meant = self.pointed
        if meant is None or self._going:
            return
        self._going = True
        self._desk.do(
            raise_objection,
            self._lead,
            meant.key,
            self.note.text(),
            self._call,
            then=lambda _: self._kept(),
            refused=self._not_kept,
            failed=self._not_kept,
        )

    def _kept(self) -> None:
        self._drafts.pop(self._lead, None)
        self.leave(accepted=True)

    def _not_kept(self, trouble: LeadDeskError) -> None:
        self._going = False
        self.told.setText(wording.sentence(trouble, self._desk.language, self._desk.playbook))
        self.told.show()
        self.fit()


class Objections(QObject):
    """Carries out `call.objection` for the lead on screen."""

    def __init__(self, desk: Desk, commands: Commands, session: Session, over: Over) -> None:
        super().__init__(session)
        self._desk, self._session, self._over = desk, session, over
        commands.handle("call.objection", self.answer, when=lambda: session.lead is not None)

    def answer(self) -> None:
        """Find an objection and the answer to give."""
        lead, call = self._session.lead, self._session.call
        if lead is not None:
            ground = self._over.ground()
            panel = ObjectionPanel(ground, self._desk, self._session, lead.id, call.id if call else None)
            self._over.lay(panel, panel.line)
