"""The row of filters above board and table: mine, source, stage, conditions as chips, views, finding by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Filters, Order
from leaddesk.db.reads.views import SavedView, problems_in, problems_in_each
from leaddesk.db.records import Changes
from leaddesk.errors import BadValue
from leaddesk.operations.views import change_view, save_view
from leaddesk.qualify.filtering.packed import FilterProblem
from leaddesk.qualify.filtering.tree import All, Is, Not, Where
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.filtering.chips import ChipRow, ChipWords
from leaddesk.ui.filtering.choosing import Choosing
from leaddesk.ui.filtering.kept import Kept, keep, kept_in
from leaddesk.ui.filtering.menu_chip import MenuChip
from leaddesk.ui.filtering.rules import Rules
from leaddesk.ui.filtering.views import ViewsChip, ask_name
from leaddesk.ui.filtering.wearing import LookPart, Wearing
from leaddesk.ui.filtering.wording import FilterWords
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look

#: Typing rests so long before it is searched, in milliseconds.
_REST = 120
_ORDERS = tuple(Order)
#: What `Filters` can say without a tree, which is quicker to answer.
_QUICK = ("source", "owner", "stage")
_TELLS_WHAT_IS_THERE = frozenset({"custom_field", "custom_value", "playbook_version"})


class FilterBar(QWidget):
    """Emits `changed()` when `filters` or `order` differ; Escape and Down in the search field emit `left()`.

    `room`: under which key what was put together is remembered; empty: it is not.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        with_order: bool = False,
        with_stage: bool = False,
        room: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._room = room
        self._with_stage = with_stage
        self._quick = Filters()
        self.rules = Rules()
        self._order = Order.URGENCY
        self.wearing = Wearing()  # what of the room is kept with a view
        if with_order:
            self.wearing.parts.append(LookPart("order", lambda: str(self._order), _known_order, self._put_order))
        self._checked: tuple[object, list[list[FilterProblem]]] | None = None
        self._choosing = Choosing(desk, room, self._filters_of, self)
        self.mine = QPushButton()
        self.mine.setCheckable(True)
        look(self.mine, "kind", "chip")
        self.source = MenuChip(self._sources)
        self.owner = MenuChip(self._owners)
        self.stage = MenuChip(self._stages)
        self.ordered = MenuChip(self._orders)
        self.ordered.value = self._order
        self.add = CommandButton(kind="chip", icon="filter")
        self.clear = QPushButton()
        look(self.clear, "kind", "link")
        self.views = ViewsChip(desk)
        self.views.troubled = lambda view: bool(view.problems or self._problems(view.where))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.installEventFilter(self)
        self.told = Text(kind="small")
        self.chips = ChipRow()
        self._lay_out()
        self.stage.setVisible(with_stage)
        self.ordered.setVisible(with_order)
        self._connect()
        if desk.is_open:
            self._restore()
        self.retranslate()

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.mine, self.source, self.owner, self.stage, self.ordered, self.add, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.told)
        row.addWidget(self.views)
        row.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.chips)

    def take_in(self, chip: QWidget) -> None:
        """Show a chip of the room's own beside the order."""
        self._row.insertWidget(self._row.indexOf(self.ordered) + 1, chip)

    def take_look(self, part: LookPart) -> None:
        """Let views keep a part of the room's look, too."""
        self.wearing.parts.append(part)
        if not self.views.current:
            self.wearing.show({})
        self.retranslate()

    def look_changed(self) -> None:
        """A person made the room look otherwise, or the room has read again how it looks."""
        self._keep()
        if self._desk.is_open:
            self._say_chips()

    def _connect(self) -> None:
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(lambda: self._look(search=self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.mine.clicked.connect(lambda on: self._look(owner=self._desk.person if on else None))
        self.source.chosen.connect(lambda value: self._look(source=value))
        self.owner.chosen.connect(lambda value: self._look(owner=value))
        self.stage.chosen.connect(lambda value: self._look(stage=value))
        self.ordered.chosen.connect(self._sort)
        self.clear.clicked.connect(self.show_all)
        self.add.clicked.connect(self.choose)
        self._choosing.taken.connect(self._take)
        self._choosing.known_changed.connect(self._say_quickly)
        self.chips.asked.connect(self._do)
        self.chips.left.connect(self.left)
        self.chips.turned.connect(lambda: self._take(self.rules.turn()))
        self.chips.pinned.connect(lambda view_id: self._show_view(self._view(view_id)))
        self.views.chosen.connect(self._show_view)
        self.views.save_wanted.connect(self.save_view)
        self.views.update_wanted.connect(self._update_view)
        self.views.changed.connect(self.retranslate)
        self._desk.opened.connect(self._restore)
        self._desk.changed.connect(self._follow)

    # ── what holds ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def filters(self) -> Filters:
        """What leads must meet. What can be said without a tree is, where that means the same."""
        return self._filters_of(self.rules)

    def _filters_of(self, rules: Rules) -> Filters:
        quick: dict[str, str | None] = {name: getattr(self._quick, name) for name in _QUICK}
        others = []
        for one in rules.of:
            name = self._quickly(one) if not rules.loose else ""
            if name and quick[name] is None and isinstance(one, Is):
                quick[name] = one.values[0]
            else:
                others.append(one)
        where = replace(rules, of=tuple(others)).where
        return replace(self._quick, source=quick["source"], owner=quick["owner"], stage=quick["stage"], where=where)

    def _say_quickly(self) -> None:
        """More values are known, so more may be said without a tree."""
        if any(isinstance(one, Is) and one.subject in _QUICK for one in self.rules.of):
            self.changed.emit()

    def _quickly(self, where: Where) -> str:
        """The filter that says the same as a condition; empty where none does."""
        if not isinstance(where, Is) or len(where.values) != 1:
            return ""
        name, value = where.subject, where.values[0]
        if name == "stage":
            return name if self._with_stage and value in self._desk.playbook.stage else ""
        there = name in ("owner", "source") and (not value or value in self._choosing.known.values.get(name, ()))
        return name if there else ""

    @property
    def where(self) -> Where | None:
        """Everything but what is typed to search by, as one tree."""
        quick = [(name, getattr(self._quick, name)) for name in _QUICK]
        chosen: tuple[Where, ...] = tuple(Is(name, (value,)) for name, value in quick if value is not None)
        if not chosen:
            return self.rules.where
        whole = self.rules.where
        others = () if whole is None else whole.of if isinstance(whole, All) else (whole,)
        return All((*chosen, *others))

    @property
    def order(self) -> Order:
        """The order of a column. What is found by typing comes with the best first, unless another order was chosen."""
        return Order.SCORE if self._quick.search and self._order is Order.URGENCY else self._order

    @property
    def narrowed(self) -> bool:
        """Whether some leads may be hidden by a filter."""
        return bool(self.rules.of) or self._quick != Filters()

    @property
    def trouble(self) -> str:
        """Why some conditions can never be met; empty where all can."""
        return " ".join(chip.said.trouble for chip in self.chips.chips if chip.said.trouble)

    def tell_count(self, number: int) -> None:
        """Say how many leads meet the filters; nothing where there are none."""
        many = words.say(self._desk.language, "leads", "count", n=number if number == 1 else figures.count(number))
        self.told.setText(many if self.narrowed else "")

    def show_all(self) -> None:
        """Take all filters away."""
        self._show_view(None)

    def show_where(self, where: Where | None) -> None:
        """Show what meets a tree."""
        self._clear_search()
        self._quick = Filters()
        self._take(Rules.read(where))

    def begin(self, typed: str = "") -> None:
        """Put the cursor into the search field, after what was typed already."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        if typed:
            self.search.insert(typed)

    def _clear_search(self) -> None:
        self._rest.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _take(self, rules: Rules) -> None:
        self.rules = rules
        self._tell()

    def _look(self, **wanted: str | None) -> None:
        quick = replace(self._quick, **wanted)  # type: ignore[arg-type]
        if quick != self._quick:
            self._quick = quick
            self._tell()

    def _sort(self, order: object) -> None:
        if isinstance(order, Order):
            self._put_order(order)
            self._tell()

    def _tell(self) -> None:
        self.retranslate()
        self._keep()
        self.changed.emit()

    # ── remembered ───────────────────────────────────────────────────────────────────────────────────────────────

    def _restore(self) -> None:
        """Take up what was put together here when this database was last open."""
        self._choosing.load()
        self.views.load()
        kept = kept_in(self._room, self._desk.path) if self._room else Kept()
        self._quick, self.rules = Filters(), Rules.read(kept.where)
        self._put_order(_known_order(kept.order) or Order.URGENCY)
        self.wearing.own = dict(kept.own)
        self.views.show_view(kept.view if any(view.id == kept.view for view in self.views.views) else "", altered=False)
        if not self.views.current:  # it was left in another database, or somebody deleted it
            self.wearing.show({})
        self.retranslate()

    def _keep(self) -> None:
        if self._room and self._desk.is_open:
            keep(self._room, self._desk.path, Kept(self.where, self._order.value, self.views.current, self.wearing.own))

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────

    def do(self, verb: str) -> None:
        """What a command of the program asks for: add, chips, views, save, clear."""
        verbs = {
            "add": self.choose,
            "chips": self.stand_on_chips,
            "views": self.views.open_menu,
            "save": self.save_view,
            "clear": self.show_all,
        }
        verbs[verb]()

    def choose(self) -> None:
        """One more condition, by typing."""
        self._choosing.open(self.add, self.rules.add)

    def stand_on_chips(self) -> None:
        """The keyboard on the last chip; without one, a condition is chosen."""
        if self.rules.of:
            self.chips.stand_on(len(self.rules.of) - 1)
        else:
            self.choose()

    def _do(self, verb: str, place: int) -> None:
        """What the keys of a chip ask for."""
        here, chip = self.rules.of[place], self.chips.chips[place]
        if verb == "drop":
            self._take(self.rules.drop(place))
        elif verb == "oppose":
            self._take(self.rules.oppose(place))
        elif verb == "beside":
            self._choosing.open(chip, lambda where: self.rules.add_beside(place, where))
        else:
            plain = here.of if isinstance(here, Not) else here
            subject = getattr(plain, "subject", "")
            self._choosing.open(chip, lambda where: self.rules.put(place, where), subject)

    # ── views ────────────────────────────────────────────────────────────────────────────────────────────────────

    def save_view(self) -> None:
        """Keep what holds under a name."""

        def named(name: str) -> None:
            self._desk.do(save_view, name, self.where, self.wearing.joined({}), True, then=self._saved)

        ask_name(self, self._desk, "name_title", "", named)

    def _saved(self, view_id: str) -> None:
        self.views.load()
        self.views.show_view(view_id, altered=False)
        self.wearing.saved()
        self.retranslate()
        self._keep()

    def _update_view(self) -> None:
        view = self.views.view
        if view is not None:
            look_now = self.wearing.joined(view.look)
            self._desk.do(change_view, view.id, self.where, look_now, then=lambda _done: self._saved(view.id))

    def _view(self, view_id: str) -> SavedView | None:
        """The view with this id, or none where it holds already."""
        view = next((view for view in self.views.views if view.id == view_id), None)
        return None if view is not None and view_id == self.views.current and not self._altered(view) else view

    def _show_view(self, view: SavedView | None) -> None:
        if view is not None and view.where is None:  # written by a program that knew more, or damaged
            here = FilterWords(self._desk.playbook, self._desk.language, self._desk.today())
            what = " ".join(here.problem(one) for one in view.problems)
            self._desk.failed.emit(BadValue("view_broken", name=view.name, what=what))
            self.retranslate()
            return
        self._clear_search()
        self._quick = Filters()
        self.views.current = view.id if view is not None else ""
        self.wearing.show(view.look if view is not None else {})
        self._take(Rules.read(view.where if view is not None else None))

    def _altered(self, view: SavedView) -> bool:
        return Rules.read(self.where) != Rules.read(view.where) or self.wearing.differs(view.look)

    def _put_order(self, order: object) -> None:
        self._order = Order(str(order))
        self.ordered.value = self._order

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        self.mine.setText(menu_words(self._say("mine")))
        self.mine.setVisible(bool(self._desk.person))
        self.mine.setChecked(bool(self._desk.person) and self._quick.owner == self._desk.person)
        source, owner, stage = self._quick.source, self._quick.owner, self._quick.stage
        self.source.value, self.owner.value, self.stage.value = source, owner, stage
        self.source.say(self._say("source"), self._named(source), on=source is not None)
        nobody = words.say(self._desk.language, "board", "no_owner")
        self.owner.say(self._say("owner"), nobody if owner == "" else self._named(owner), on=owner is not None)
        label = dict(self._stages()).get(stage, "") if self._desk.is_open else ""
        self.stage.say(self._say("stage"), label, on=stage is not None)
        self.ordered.say(self._say("order"), self._say(f"order_{self.order}"), on=False)
        self.add.say(self._say("add"))
        self.clear.setText(menu_words(self._say("clear")))
        self.clear.setVisible(self.narrowed)
        self.search.setPlaceholderText(self._say("find"))
        self.search.setAccessibleName(self._say("find"))
        if self._desk.is_open:
            self._say_chips()

    def _say_chips(self) -> None:
        view = self.views.view
        self.views.show_view(self.views.current, altered=view is not None and self._altered(view))
        here = FilterWords(self._desk.playbook, self._desk.language, self._desk.today())
        troubles = [" ".join(map(here.problem, found)) for found in self._troubles()]
        said = [ChipWords(here.where(one), trouble) for one, trouble in zip(self.rules.of, troubles, strict=True)]
        shown, altered = self.views.current, self.views.altered
        pinned = [
            (one.id, f"{one.name} •" if altered and one.id == shown else one.name, one.id == shown)
            for one in self.views.views
            if one.pinned
        ]
        self.chips.show_chips(said, self._say("met_any" if self.rules.loose else "met_all"), pinned)
        self.chips.tell(self.trouble)

    def _problems(self, where: Where | None) -> list[FilterProblem]:
        return self._desk.get(problems_in, where) if where is not None else []

    def _troubles(self) -> list[list[FilterProblem]]:
        """By condition, why it can never be met; asked again only where that may have changed."""
        key = (self.rules.of, self._desk.playbook)
        if self._checked is None or self._checked[0] != key:
            self._checked = (key, self._desk.get(problems_in_each, self.rules.of) if self.rules.of else [])
        return self._checked[1]

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.tables & _TELLS_WHAT_IS_THERE:
            self._checked = None
            if self.rules.of and self._desk.is_open:
                self._say_chips()

    def _say(self, key: str) -> str:
        return words.say(self._desk.language, "filters", key)

    def _named(self, value: str | None) -> str:
        return self._say("any") if value is None else value or self._say("none")

    def _sources(self) -> list[tuple[object, str]]:
        return self._with_any(self._desk.get(leads.sources))

    def _owners(self) -> list[tuple[object, str]]:
        return [
            *self._with_any(self._desk.get(leads.owners)),
            ("", words.say(self._desk.language, "board", "no_owner")),
        ]

    def _with_any(self, values: Sequence[str]) -> list[tuple[object, str]]:
        return [(None, self._say("any")), *((value, self._named(value)) for value in values)]

    def _stages(self) -> list[tuple[object, str]]:
        stages = self._desk.playbook.stages
        return [(None, self._say("any")), *((one.key, words.pick(one.label, self._desk.language)) for one in stages)]

    def _orders(self) -> list[tuple[object, str]]:
        return [(order, self._say(f"order_{order}")) for order in _ORDERS]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape clears, then leaves; Down and Enter go to what was found."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                else:
                    self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _known_order(kept: object) -> str | None:
    """An order as a view or a room kept it; a damaged one may hold anything there."""
    return kept if isinstance(kept, str) and kept in set(Order) else None
