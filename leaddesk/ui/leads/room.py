"""The leads room: a table of any length, the sheet of the chosen lead, and the verbs of a lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.records import Changes
from leaddesk.operations.leads import delete_leads
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import figures, shield
from leaddesk.ui.commands import Commands, label
from leaddesk.ui.desk import Desk
from leaddesk.ui.filter_bar import FilterBar
from leaddesk.ui.filtering.wearing import LookPart
from leaddesk.ui.kit.panels import EmptyState, Panel
from leaddesk.ui.lead_menu import lead_menu
from leaddesk.ui.leads.cell_edit import CellEdit
from leaddesk.ui.leads.columns import NEXT_STEP, STAGE, Look, look_as_data, look_from, read_look, written
from leaddesk.ui.leads.columns_panel import ColumnsPanel
from leaddesk.ui.leads.event_panel import EventPanel
from leaddesk.ui.leads.fields_panel import FieldsPanel
from leaddesk.ui.leads.foot import TableFoot
from leaddesk.ui.leads.form import LeadForm
from leaddesk.ui.leads.head_menu import head_menu
from leaddesk.ui.leads.many import Many
from leaddesk.ui.leads.sheet import LeadSheet
from leaddesk.ui.leads.table import LeadTable
from leaddesk.ui.leads.table_model import LeadTableModel
from leaddesk.ui.room import Room
from leaddesk.ui.text import menu_words

#: The sheet follows the arrow keys after so long a rest, in milliseconds.
_REST = 60
_MINUTE = 60_000
#: How wide the sheet is, until somebody drags its edge.
_SHEET = 400
#: So long after the last drag its width is kept, in milliseconds.
_SETTLED = 250
_LETTERS = {
    "c": "call.start",
    "e": "lead.edit",
    "m": "lead.move_to",
    ".": "lead.move_forward",
    ",": "lead.move_back",
}


class LeadsRoom(Room):
    """All leads in a table, one of them whole."""

    key = "leads"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self.filters = FilterBar(desk, with_stage=True, room="leads")
        self.model = LeadTableModel(desk, self)
        self.table = LeadTable(self.model, read_look(read_settings().columns))
        self.foot = TableFoot(desk, commands, self.table)
        self.many = Many(desk, commands, self.table, self.foot, self)
        self.sheet = LeadSheet(desk)
        self.sheet.setMinimumWidth(340)
        self.form: LeadForm | None = None
        self.cell: CellEdit | None = None
        self._wanted: str | None = None
        self._all = 0
        self.empty = EmptyState("leads")
        self._new, self._import, self._show_all = (self.empty.offer(QPushButton()) for _ in range(3))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._keep_width)
        kept = read_settings().sheet
        self._sheet_width = int(kept) if kept.isascii() and kept.isdigit() else _SHEET
        self._lay_out()
        self._connect()
        self.retranslate()
        if desk.is_open:
            self._load()

    def _lay_out(self) -> None:
        frame = Panel(margin=1)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        frame.inside.addWidget(pages, 1)
        frame.inside.addWidget(self.many.progress)
        frame.inside.addWidget(self.foot)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(14)
        split.setChildrenCollapsible(False)
        split.addWidget(frame)
        split.addWidget(self.sheet)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.splitterMoved.connect(lambda *_: self._settle.start())
        self._split = split
        whole = QHBoxLayout()
        whole.setContentsMargins(16, 0, 16, 16)
        whole.addWidget(split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addLayout(whole, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet is as wide as somebody wants it, but leaves the table its larger part."""
        super().resizeEvent(event)
        room = self._split.width() - self._split.handleWidth()
        sheet = max(self.sheet.minimumWidth(), min(self._sheet_width, room * 2 // 5))
        self._split.setSizes([room - sheet, sheet])

    def _keep_width(self) -> None:
        self._sheet_width = self.sheet.width()
        change_settings(sheet=str(self._sheet_width))

    def _keep_look(self, look: Look) -> None:
        change_settings(columns=written(look))
        self.filters.look_changed()

    def _kept_look(self, kept: object) -> object | None:
        """What of a saved view the table can wear."""
        return look_as_data(self.model.possible(look_from(kept))) if isinstance(kept, dict) else None

    def _wear(self, kept: object) -> None:
        """Look as a saved view was kept."""
        if isinstance(kept, dict):
            self.table.wear(look_from(kept))
            change_settings(columns=written(self.table.worn))

    def choose_columns(self) -> None:
        """Choose the columns of the table and their order."""
        language, playbook = self.desk.language, self.desk.playbook
        panel = ColumnsPanel(self, self.model.known_columns(), self.table.shown_columns, playbook, language)
        panel.chosen.connect(self.table.show_columns)
        panel.begin()

    def edit_cell(self) -> None:
        """Change the current cell where it stands; a stage by its menu, a next step on the sheet."""
        card, column = self.table.current_card(), self.table.current_column()
        if card is None or column is None or self.cell is not None or shield.hides(card.id):
            return
        if column.key in (STAGE, NEXT_STEP):
            self.commands.trigger("lead.move_to" if column.key == STAGE else "lead.task", lead=card.id)
        elif column.field is not None:
            lead = self.desk.get(leads.lead, card.id, self.desk.now())
            self.cell = CellEdit(self.desk, self.table, lead, column.field)
            self.cell.closed.connect(self._cell_closed)
        else:
            self.filters.told.setText(words.say(self.desk.language, "leads", "not_typed"))

    def _cell_closed(self) -> None:
        self.cell = None

    def edit_fields(self) -> None:
        """Define the fields of one's own, over whatever room is in front."""
        FieldsPanel(self.desk, self).begin()

    def _show_head_menu(self, key: str, where: QPoint) -> None:
        head_menu(self.table, key, self.desk.language, self.choose_columns).popup(where)

    def _connect(self) -> None:
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._show_sheet)
        self.table.current_changed.connect(self._rest.start)
        self.table.opened.connect(self.sheet.setFocus)
        self.table.opened.connect(self._show_sheet)
        self.table.deleted.connect(lambda: self.many.delete(self.table.chosen_nos()))
        self.table.menu_wanted.connect(self._show_menu)
        self.table.lettered.connect(self._letter)
        self.table.look_changed.connect(self._keep_look)
        self.table.head_menu_wanted.connect(self._show_head_menu)
        self.table.edit_wanted.connect(self.edit_cell)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell_count())
        self.model.loaded.connect(self._loaded)
        self.filters.changed.connect(lambda: self.model.look(self.filters.filters))
        self.filters.left.connect(self._to_table)
        self.filters.take_look(LookPart("table", lambda: look_as_data(self.table.worn), self._kept_look, self._wear))
        self.sheet.wanted.connect(lambda command: self.commands.trigger(command, lead=self.selected_lead()))
        self.sheet.asked.connect(
            lambda question: self.commands.trigger("call.start", lead=self.selected_lead(), question=question)
        )
        self.sheet.moved.connect(
            lambda stage: self.commands.trigger("lead.move_to", lead=self.selected_lead(), stage=stage)
        )
        self.sheet.copied.connect(self._say_copied)
        self.sheet.facts.fields_wanted.connect(self.edit_fields)
        self.sheet.left.connect(self._to_table)
        self.desk.opened.connect(self._load)
        self._new.clicked.connect(lambda: self.commands.trigger("lead.new"))
        self._import.clicked.connect(lambda: self.commands.trigger("file.import"))
        self._show_all.clicked.connect(self.filters.show_all)
        for command, handler in (
            ("go.leads", self.activate),
            ("lead.new", self.new_lead),
            ("lead.find", self.find_lead),
            ("lead.open", self.open_lead),
            ("lead.edit", self.edit_lead),
            ("lead.note", self.note_lead),
            ("lead.task", self.plan_task),
            ("lead.delete", self.delete_lead),
            ("table.columns", self.choose_columns),
            ("fields.edit", self.edit_fields),
            ("lead.event", self.record_event),
            ("lead.person", self.add_person),
            ("lead.change_many", lambda: self.many.change(self.commands.chosen_leads())),
            ("leads.export", self.many.ask_export),
        ):
            self.commands.handle(command, handler)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    # ── the room ─────────────────────────────────────────────────────────────────────────────────────────────────

    def activate(self, **arguments: object) -> None:
        """Come to the front; with `lead=<id>` on that lead."""
        lead = arguments.get("lead")
        if isinstance(lead, str):
            self.open_lead(lead)
        else:
            self._to_table()

    def refresh(self, changes: Changes) -> None:
        """Re-read what changed."""
        if "custom_field" in changes.tables or changes.everything:
            self.table.wear(self.table.worn)
        self.model.take(changes)
        shown = self.sheet.lead
        if shown is not None and (changes.everything or shown.id in changes.leads or not changes.leads):
            self.sheet.show_lead(shown.id)

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        language = self.desk.language
        self.filters.retranslate()
        self.table.setAccessibleName(words.say(language, "leads", "table"))
        self.model.retranslate()
        self.table.measure()
        self.table.viewport().update()
        self.table.horizontalHeader().viewport().update()
        self.foot.retranslate()
        self.sheet.retranslate()
        self._new.setText(menu_words(label("lead.new", language)))
        self._import.setText(menu_words(label("file.import", language)))
        self._show_all.setText(menu_words(words.say(language, "filters", "clear")))
        self._show_page()
        self._tell_count()

    def may_close(self) -> bool:
        """A file being written goes."""
        self.many.leave()
        return True

    def filter_bar(self) -> FilterBar:
        """What narrows the table."""
        return self.filters

    def selected_lead(self) -> str | None:
        """The lead of the current row, or of the sheet."""
        card = self.table.current_card()
        if card is not None:
            return card.id
        return self.sheet.lead.id if self.sheet.lead is not None else None

    def chosen_leads(self) -> Sequence[int]:
        """The rows that are chosen."""
        return self.table.chosen_nos()

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons anew in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.sheet.lead is not None:
            self.sheet.show_lead(self.sheet.lead.id)

    def _load(self) -> None:
        self.filters.retranslate()
        self.model.look(self.filters.filters)

    def _tick(self) -> None:
        if self.isVisible() and self.desk.is_open:
            self.model.pass_time()

    def _loaded(self) -> None:
        """The order came: stand where it was wanted, else where it stood, else on the first."""
        if not self.filters.narrowed:
            self._all = len(self.model.nos)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._stand_on_lead(wanted)
        elif not self.table.currentIndex().isValid() and len(self.model.nos):
            self.table.stand_on(0)
        self._show_page()
        self._tell_count()
        self.foot.count()

    @property
    def _nobody(self) -> bool:
        """Whether it is known that there is no lead to show."""
        return self.model.known and not len(self.model.nos)

    def _show_page(self) -> None:
        language, narrowed = self.desk.language, self.filters.narrowed
        about = "none_found" if narrowed else "none"
        text = self.filters.trouble or words.say(language, "board", f"{about}_text")
        self.empty.say(words.say(language, "board", f"{about}_title"), text)
        self._new.setVisible(not narrowed)
        self._import.setVisible(not narrowed)
        self._show_all.setVisible(narrowed)
        before, page = self._pages.currentWidget(), self.empty if self._nobody else self.table
        held = before is not None and before is not page and before.isAncestorOf(self.focusWidget() or self)
        self._pages.setCurrentWidget(page)
        self.foot.setVisible(not self._nobody)
        if held and self.isVisible():
            self._to_table()

    def _tell_count(self) -> None:
        language, shown = self.desk.language, len(self.model.nos)
        key = "count_of" if self.filters.narrowed and self._all else "count"
        text = words.say(
            language, "leads", key, n=shown if shown == 1 else figures.count(shown), all=figures.count(self._all)
        )
        chosen = self.table.chosen_count()
        if chosen > 1:
            text = f"{text} · {words.say(language, 'leads', 'chosen', n=figures.count(chosen))}"
        self.filters.told.setText(text)

    def _to_table(self) -> None:
        offer = self._show_all if self.filters.narrowed else self._new
        (offer if self._nobody else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and len(self.model.nos):
            self.table.stand_on(0)

    def _show_sheet(self) -> None:
        self._rest.stop()
        card = self.table.current_card()
        shown = self.sheet.lead.id if self.sheet.lead is not None else None
        if (card.id if card is not None else None) != shown:
            self.sheet.show_lead(card.id if card is not None else None)

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_lead(self, lead: str) -> None:
        """Show a lead in table and sheet; filters that hide it go."""
        self.sheet.show_lead(lead)
        if not self._stand_on_lead(lead):
            self._wanted = lead
            if self.filters.narrowed:
                self.filters.show_all()
            else:
                self.model.load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_on_lead(self, lead: str) -> bool:
        row = self.model.row_of(lead)
        if row is None:
            row = self.model.row_of_no(self.desk.get(leads.number_of, lead))
        if row is not None:
            self.table.stand_on(row)
        return row is not None

    def find_lead(self) -> None:
        """Find by typing."""
        self.filters.begin()

    def new_lead(self, **facts: object) -> None:
        """The form of a new lead over whatever room is in front; `facts` fill it."""
        form = self._open_form(None)
        for key, value in facts.items():
            form.fill(key, str(value))
        form.begin()

    def edit_lead(self, lead: str, field: str = "name") -> None:
        """The form of a known lead."""
        self._open_form(lead).begin(field)

    def _open_form(self, lead: str | None) -> LeadForm:
        if self.form is not None:
            return self.form
        known = self.desk.get(leads.lead, lead, self.desk.now()) if lead is not None else None
        self.form = LeadForm(self.desk, self, known)
        self.form.kept.connect(self._kept)

        def closed(_accepted: bool) -> None:
            self.form = None

        self.form.closed.connect(closed)
        return self.form

    def _kept(self, lead: str) -> None:
        if self.isVisible():
            self.open_lead(lead)

    def note_lead(self, lead: str) -> None:
        """Write a note on a lead."""
        self.commands.trigger("lead.open", lead=lead)
        self.sheet.write_note()

    def plan_task(self, lead: str) -> None:
        """Plan a next step of a lead."""
        self.commands.trigger("lead.open", lead=lead)
        self.sheet.plan_task()

    def record_event(self, lead: str) -> None:
        """Record what a lead did, over whatever room is in front."""
        EventPanel(self.desk, self, self.desk.get(leads.lead, lead, self.desk.now())).begin()

    def add_person(self, lead: str) -> None:
        """Add somebody who takes part in the decision."""
        self.commands.trigger("lead.open", lead=lead)
        self.sheet.add_person()

    def delete_lead(self, lead: str) -> None:
        """Delete a lead, or all that are chosen when it is one of them; the toast offers to take it back."""
        chosen = self.commands.chosen_leads()
        if len(chosen) > 1 and self.desk.get(leads.number_of, lead) in chosen:
            self.many.delete(chosen)
        else:
            self.desk.do(delete_leads, [lead])

    def _letter(self, letter: str) -> None:
        if letter == "/":
            self.filters.begin()
        elif letter == "n":
            self.commands.trigger("call.next")
        elif self.selected_lead() is not None:
            self.commands.trigger(_LETTERS[letter], lead=self.selected_lead())

    def _say_copied(self, value: str) -> None:
        self.filters.told.setText(words.say(self.desk.language, "leads", "copied", what=value))

    def _show_menu(self, where: QPoint) -> None:
        lead = self.selected_lead()
        if lead is None:
            return
        menu = lead_menu(self.commands, self.desk.language, lead, self, without="lead.open")
        menu.popup(where)
