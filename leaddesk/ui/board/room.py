"""The pipeline board: filters, columns of cards, and everything that can be done with a card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.records import Card, Changes
from leaddesk.errors import NotFound
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import figures
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.columns import BoardModel
from leaddesk.ui.board.deeds import Deeds
from leaddesk.ui.board.lanes import Lanes
from leaddesk.ui.board.look_chip import LookChip
from leaddesk.ui.board.looks import BoardLook, look_as_data, look_from, read_folds, written_folds
from leaddesk.ui.board.peek import Peek
from leaddesk.ui.board.selection_bar import SelectionBar
from leaddesk.ui.commands import Commands, label
from leaddesk.ui.desk import Desk
from leaddesk.ui.filter_bar import FilterBar
from leaddesk.ui.filtering.wearing import LookPart
from leaddesk.ui.gate.moving import Mover
from leaddesk.ui.job import Job
from leaddesk.ui.kit.panels import EmptyState, ProgressPanel
from leaddesk.ui.lead_menu import lead_menu
from leaddesk.ui.room import Room
from leaddesk.ui.text import menu_words

_MINUTE = 60_000
_GLANCE = 60
#: A move or a deletion of more leads than this shows how far it is.
_MANY = 300
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
        self.look = LookChip()
        self.filters.take_in(self.look)
        self.lanes = Lanes(self.model, CardArt(self.look.density))
        self.lanes.chosen = read_folds(read_settings().folds)
        self.deeds = Deeds(desk, self.model, self.lanes, self.mover, self)
        self.chosen = SelectionBar()
        self.progress = ProgressPanel()
        self.progress.hide()
        self.empty = EmptyState("board")
        self._new, self._import = (self.empty.offer(QPushButton()) for _ in range(2))
        self._all = self.empty.offer(QPushButton())
        self._moved_to: tuple[str, str] | None = None
        self._waiting: dict[str, int] = {}  # lead numbers by id, while it is not decided whether they move
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
        column.addWidget(self.chosen)
        column.addWidget(self.progress)
        self.peek = Peek(self)
        self._connect()
        self.retranslate()
        if desk.is_open:
            self._load()

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.filters.left.connect(self.lanes.setFocus)
        self.lanes.wanted.connect(self._do)
        self.lanes.typed.connect(self.filters.begin)
        self.lanes.menu_wanted.connect(self._show_menu)
        self.lanes.dropped.connect(self.deeds.drop)
        self.lanes.selected.connect(lambda: self.chosen.say(len(self.lanes.selection), self.desk.language))
        self.lanes.current_changed.connect(self._follow_peek)
        self.look.changed.connect(self._look_anew)
        self.chosen.wanted.connect(self._do)
        self.lanes.folded.connect(lambda _stage, _narrow: self._keep_folds())
        self.filters.take_look(LookPart("board", self._worn, _kept_look, self._wear))
        self.model.counted.connect(self._show_page)
        self.model.reordered.connect(self._meet)
        self.mover.began.connect(self._wait)
        self.mover.ended.connect(self._settle)
        self.mover.started.connect(lambda job, leads: self._watch(job, leads, "moving_many"))
        self.deeds.deleting.connect(lambda job, leads: self._watch(job, leads, "deleting_many"))
        self.desk.opened.connect(self._load)
        self._new.clicked.connect(lambda: self.commands.trigger("lead.new"))
        self._import.clicked.connect(lambda: self.commands.trigger("file.import"))
        self._all.clicked.connect(self.filters.show_all)
        for command, handler in (
            ("go.board", self.activate),
            ("lead.move_forward", lambda lead: self.deeds.step(lead, 1)),
            ("lead.move_back", lambda lead: self.deeds.step(lead, -1)),
            ("lead.move_to", self.move_to),
            ("lead.claim", self.deeds.claim),
            ("lead.release", self.deeds.release),
        ):
            self.commands.handle(command, handler)
        self._glance = QTimer(self)  # walking on with a held key, only the card it ends on is read
        self._glance.setObjectName("glance")
        self._glance.setSingleShot(True)
        self._glance.setInterval(_GLANCE)
        self._glance.timeout.connect(self._peek_on)
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
        self._follow_peek()
        if changes.name == "add_lead" and len(changes.leads) == 1:
            self._expect(*changes.leads)

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        self.filters.retranslate()
        self.look.say(self.desk.language)
        self.chosen.say(len(self.lanes.selection), self.desk.language)
        self.lanes.setAccessibleName(words.say(self.desk.language, "board", "board"))
        if self.desk.is_open:
            self.lanes.tell(self._moment())
            self._show_page()

    def filter_bar(self) -> FilterBar:
        """What narrows the board."""
        return self.filters

    def _narrow(self) -> None:
        """Other leads, or another order: nothing stays selected that may not be seen any more."""
        self.lanes.select_none()
        self.model.look(self.filters.filters, self.filters.order, self.look.grouping)

    # ── how it looks ─────────────────────────────────────────────────────────────────────────────────────────────

    def _worn(self) -> dict[str, object]:
        """What a saved view keeps of the board."""
        return look_as_data(BoardLook(self.look.density, self.look.grouping, self.lanes.chosen))

    def _wear(self, kept: object) -> None:
        """Look as a saved view was kept; which leads are shown follows."""
        wanted = look_from(kept) or BoardLook()
        self.look.wear(wanted.density, wanted.grouping)
        self.lanes.set_density(wanted.density)
        self.lanes.wear(wanted.folds)
        change_settings(folds=written_folds(self.lanes.chosen))

    def _keep_folds(self) -> None:
        change_settings(folds=written_folds(self.lanes.chosen))
        self.filters.look_changed()

    def _look_anew(self) -> None:
        """Density or swimlanes were chosen."""
        self.lanes.set_density(self.look.density)
        self.model.look(by=self.look.grouping)
        self._follow_peek()
        self.filters.look_changed()

    def move_to(self, lead: str, stage: str = "", to: str = "") -> None:
        """Move a lead to a stage; without one, show the stages, each on its digit."""
        self.deeds.move_to(lead, stage, to)

    def stage_menu(self, lead: str) -> QMenu:
        """The stages a lead may be moved to."""
        return self.deeds.stage_menu(lead)

    def hideEvent(self, event: QHideEvent) -> None:
        """A look at a card ends when another room comes to the front."""
        super().hideEvent(event)
        self.peek.hide()

    def selected_lead(self) -> str | None:
        """The card the keyboard stands on."""
        card = self.lanes.current()
        return card.id if card is not None else None

    def chosen_leads(self) -> Sequence[int]:
        """The selected cards, else the current one."""
        return self.lanes.meant()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the cards anew in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.lanes.tell()

    def _load(self) -> None:
        self.lanes.tell(self._moment())
        self.filters.retranslate()
        self.model.filters, self.model.order, self.model.by = (
            self.filters.filters,
            self.filters.order,
            self.look.grouping,
        )
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
        general = {
            "search": self.filters.begin,
            "next_lead": lambda: self.commands.trigger("call.next"),
            "density": self.look.next_density,
            "group": self.look.next_grouping,
            "let_go": self._let_go,
            "place_up": lambda: self.deeds.place(-1),
            "place_down": lambda: self.deeds.place(1),
            "peek": self._peek_or_not,
        }
        if verb in general:
            general[verb]()
            return
        card = self._meant()
        if card is None:
            return
        if verb == "move_to":
            self.deeds.move_to(card.id)
        elif verb == "delete" and len(self.lanes.selection) > 1:
            self.deeds.delete()
        else:
            self.commands.trigger(_COMMAND_OF[verb], lead=card.id)

    def _meant(self) -> Card | None:
        """The card a verb is about; where several are selected and the keyboard is elsewhere, the first of them."""
        current, chosen = self.lanes.current(), self.lanes.selection
        if not chosen or (current is not None and current.no in chosen):
            return current
        self.model.fetch(chosen.nos[:1])
        return self.model.card(chosen.nos[0])

    def _let_go(self) -> None:
        self.peek.hide()
        self.lanes.select_none()

    def _show_menu(self, where: QPoint) -> None:
        card = self._meant()
        if card is None:
            return
        menu = lead_menu(self.commands, self.desk.language, card.id, self, delete=lambda: self._do("delete"))
        menu.popup(where)

    # ── a look at a card ─────────────────────────────────────────────────────────────────────────────────────────

    def _peek_or_not(self) -> None:
        if self.peek.isVisible():
            self.peek.hide()
        else:
            self._show_peek()

    def _show_peek(self) -> None:
        """Show the current card's, beside it; none where there is no card."""
        card, place = self.lanes.current(), self.lanes.rect_of_current(self)
        if card is None or place is None:
            self.peek.hide()
            return
        try:
            lead = self.desk.get(leads.lead, card.id, self.desk.now())
        except NotFound:  # another window deleted it
            self.peek.hide()
            return
        self.peek.show_lead(lead, card, self._moment())
        self.peek.stand_beside(place)

    def _peek_on(self) -> None:
        """Show the card come to, unless the look was ended meanwhile."""
        if self.peek.isVisible():
            self._show_peek()

    def _follow_peek(self) -> None:
        if self.peek.isVisible():
            self._glance.start()

    # ── a move under way ─────────────────────────────────────────────────────────────────────────────────────────

    def _wait(self, lead: str, stage: str) -> None:
        card = self.model.find(lead)
        if card is not None:
            self._waiting[lead] = card.no
            self.model.wait_for(card.no, stage)
        self._moved_to = (lead, stage)

    def _watch(self, job: Job, leads: int, what: str) -> None:
        """Show how far it is with many, with a way to stop it."""
        if leads < _MANY:
            return
        language = self.desk.language
        doing = words.say(language, "board", what, n=figures.count(leads))
        self.progress.say(doing, words.say(language, "board", "stop"))
        self.progress.show()
        job.progressed.connect(self.progress.show_progress)
        job.ended.connect(self.progress.hide)
        self.progress.stopped.connect(job.cancel)

    def _settle(self, lead: str, moved: bool) -> None:
        no = self._waiting.pop(lead, None)  # the card may not be in memory any more
        if no is not None:
            self.model.settle(no)
        if not moved:
            self._moved_to = None
        elif no is not None and no in self.lanes.selection:
            self.lanes.select_none()

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


def _kept_look(kept: object) -> object | None:
    look = look_from(kept)
    return look_as_data(look) if look is not None else None
