"""The pipeline board: filters, columns of cards, and everything that can be done with a card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Card, Changes
from leaddesk.errors import NotFound
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.columns import BoardModel
from leaddesk.ui.board.lanes import Lanes
from leaddesk.ui.commands import Commands, label
from leaddesk.ui.desk import Desk
from leaddesk.ui.filter_bar import FilterBar
from leaddesk.ui.gate.moving import Mover
from leaddesk.ui.kit.panels import EmptyState
from leaddesk.ui.lead_menu import lead_menu
from leaddesk.ui.room import Room
from leaddesk.ui.text import menu_words

_MINUTE = 60_000
#: What the board's keys ask for, as commands of the program.
_COMMAND_OF = {
    "open": "lead.open",
    "call": "call.start",
    "edit": "lead.edit",
    "delete": "lead.delete",
    "next_lead": "call.next",
    "move_forward": "lead.move_forward",
    "move_back": "lead.move_back",
}


class BoardRoom(Room):
    """Leads by stage."""

    key = "board"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self.model = BoardModel(desk, self)
        self.mover = Mover(desk, commands, self)
        self.filters = FilterBar(desk, with_order=True, room="board")
        self.lanes = Lanes(self.model, CardArt())
        self.lanes.chosen = _folds()
        self.empty = EmptyState("board")
        self._new, self._import = (self.empty.offer(QPushButton()) for _ in range(2))
        self._all = self.empty.offer(QPushButton())
        self._moved_to: tuple[str, str] | None = None
        self._added: int | None = None
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.lanes)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(pages, 1)
        self._connect()
        self.retranslate()
        if desk.is_open:
            self._load()

    def _connect(self) -> None:
        self.filters.changed.connect(lambda: self.model.look(self.filters.filters, self.filters.order))
        self.filters.left.connect(self.lanes.setFocus)
        self.lanes.wanted.connect(self._do)
        self.lanes.menu_wanted.connect(self._show_menu)
        self.lanes.dropped.connect(self._drop)
        self.lanes.folded.connect(lambda _stage, _narrow: change_settings(folds=_kept(self.lanes.chosen)))
        self.model.counted.connect(self._show_page)
        self.model.reordered.connect(self._meet)
        self.mover.began.connect(self._wait)
        self.mover.ended.connect(self._settle)
        self.desk.opened.connect(self._load)
        self._new.clicked.connect(lambda: self.commands.trigger("lead.new"))
        self._import.clicked.connect(lambda: self.commands.trigger("file.import"))
        self._all.clicked.connect(self.filters.show_all)
        for command, handler in (
            ("go.board", self.activate),
            ("lead.move_forward", lambda lead: self._step(lead, 1)),
            ("lead.move_back", lambda lead: self._step(lead, -1)),
            ("lead.move_to", self.move_to),
        ):
            self.commands.handle(command, handler)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    # ── the room ─────────────────────────────────────────────────────────────────────────────────────────────────

    def activate(self, **arguments: object) -> None:
        """Come to the front; with `lead=<id>` on that card."""
        lead = arguments.get("lead")
        card = self.model.find(lead) if isinstance(lead, str) else None
        if card is not None:
            self.lanes.stand_on(card.no, card.stage)
        here = self.lanes if self.lanes.isVisible() else self._all if self.filters.narrowed else self._new
        here.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Re-read what changed."""
        self.lanes.tell(self._moment())
        self.model.take(changes)
        self._follow()
        if changes.name == "add_lead" and len(changes.leads) == 1:
            self._expect(*changes.leads)

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        self.filters.retranslate()
        self.lanes.setAccessibleName(words.say(self.desk.language, "board", "board"))
        if self.desk.is_open:
            self.lanes.tell(self._moment())
            self._show_page()

    def filter_bar(self) -> FilterBar:
        """What narrows the board."""
        return self.filters

    def selected_lead(self) -> str | None:
        """The card the keyboard stands on."""
        card = self.lanes.current()
        return card.id if card is not None else None

    def changeEvent(self, event: QEvent) -> None:
        """Draw the cards anew in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.lanes.tell()

    def _load(self) -> None:
        self.lanes.tell(self._moment())
        self.filters.retranslate()
        self.model.filters, self.model.order = self.filters.filters, self.filters.order
        self.model.load()
        self.lanes.tell(self._moment())

    def _moment(self) -> Moment:
        return Moment(self.desk.playbook, self.desk.now(), self.desk.today(), self.desk.language)

    def _tick(self) -> None:
        if self.isVisible() and self.desk.is_open:
            self.lanes.tell(self._moment())
            self.model.pass_time()

    def _show_page(self) -> None:
        """The columns, or what to do where there is nothing to show."""
        leads = sum(column.leads for column in self.model.columns.values())
        narrowed = self.filters.narrowed
        language = self.desk.language
        about = "none_found" if narrowed else "none"
        text = self.filters.trouble or words.say(language, "board", f"{about}_text")
        self.empty.say(words.say(language, "board", f"{about}_title"), text)
        self.filters.tell_count(leads)
        self._new.setText(menu_words(label("lead.new", language)))
        self._import.setText(menu_words(label("file.import", language)))
        self._all.setText(menu_words(words.say(language, "filters", "clear")))
        self._new.setVisible(not narrowed)
        self._import.setVisible(not narrowed)
        self._all.setVisible(narrowed)
        self._pages.setCurrentWidget(self.lanes if leads else self.empty)

    # ── what keys, menus and drops ask for ───────────────────────────────────────────────────────────────────────

    def _do(self, verb: str) -> None:
        if verb == "search":
            self.filters.begin()
            return
        if verb == "next_lead":
            self.commands.trigger("call.next")
            return
        card = self.lanes.current()
        if card is None:
            return
        if verb == "move_to":
            self.move_to(lead=card.id)
        else:
            self.commands.trigger(_COMMAND_OF[verb], lead=card.id)

    def _show_menu(self, where: QPoint) -> None:
        card = self.lanes.current()
        if card is None:
            return
        menu = lead_menu(self.commands, self.desk.language, card.id, self)
        menu.popup(where)

    def move_to(self, lead: str, stage: str = "", to: str = "") -> None:
        """Move a lead to a stage; without one, show the stages, each on its digit."""
        if stage or to:
            self.mover.move(lead, stage or to)
            return
        menu = self.stage_menu(lead)
        card = self.lanes.current()
        where = self.lanes.place_of_current() if card is not None and card.id == lead and self.isVisible() else None
        menu.popup(where or QCursor.pos())

    def stage_menu(self, lead: str) -> QMenu:
        """The stages a lead may be moved to."""
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(words.say(self.desk.language, "commands", "lead.move_to"))
        here = self._stage_of(lead)
        for digit, stage in enumerate(self.desk.playbook.stages, 1):
            text = menu_words(words.pick(stage.label, self.desk.language))
            action = QAction(f"&{digit}  {text}" if digit <= 9 else text, menu)
            if stage.key == here:
                action.setCheckable(True)
                action.setChecked(True)
                action.setEnabled(False)
            action.triggered.connect(lambda _on, key=stage.key: self.mover.move(lead, key))
            menu.addAction(action)
        return menu

    def _step(self, lead: str, by: int) -> None:
        """To the next open stage, or the one before; won comes after the last."""
        card = self.model.find(lead)
        here = card.stage if card is not None else self._stage_of(lead)
        path = [stage.key for stage in self.desk.playbook.stages if _on_the_way(stage)]
        if here in path and 0 <= path.index(here) + by < len(path):
            self.mover.move(lead, path[path.index(here) + by])

    def _stage_of(self, lead: str) -> str:
        from leaddesk.db.reads import leads

        return self.desk.get(leads.lead, lead, self.desk.now()).stage

    def _drop(self, no: int, stage: str) -> None:
        card = self.model.card(no)
        if card is not None and card.stage != stage:
            self.mover.move(card.id, stage)

    # ── a move under way ─────────────────────────────────────────────────────────────────────────────────────────

    def _wait(self, lead: str, stage: str) -> None:
        card = self.model.find(lead)
        if card is not None:
            self.model.wait_for(card.no, stage)
        self._moved_to = (lead, stage)

    def _settle(self, lead: str, moved: bool) -> None:
        card: Card | None = self.model.find(lead)
        if card is not None:
            self.model.settle(card.no)
        if not moved:
            self._moved_to = None

    def _follow(self) -> None:
        """The keyboard goes along with a card that was moved from here."""
        if self._moved_to is None:
            return
        card = self.model.find(self._moved_to[0])
        if card is not None and card.stage == self._moved_to[1]:
            self._moved_to = None
            if self.lanes.hasFocus() or self.lanes.current() is None:
                self.lanes.stand_on(card.no, card.stage)

    def _expect(self, lead: str) -> None:
        """A lead was just added: its card comes with the order of its column."""
        from leaddesk.db.reads import leads

        try:
            self._added = self.desk.get(leads.number_of, lead)
        except NotFound:  # it was taken back
            self._added = None

    def _meet(self, stage: str) -> None:
        """The keyboard goes to the card of a lead just added."""
        no = self._added
        if no is not None and no in self.model.columns[stage].nos:
            self._added = None
            self.lanes.stand_on(no, stage)


def _on_the_way(stage: Stage) -> bool:
    return stage.kind in (StageKind.OPEN, StageKind.WON)


def _folds() -> dict[str, bool]:
    """Which columns the person wants wide, as kept: `new=0,lost=1`."""
    pairs = (part.partition("=") for part in read_settings().folds.split(",") if part)
    return {stage: wide == "1" for stage, _, wide in pairs}


def _kept(chosen: dict[str, bool]) -> str:
    return ",".join(f"{stage}={int(wide)}" for stage, wide in chosen.items())
