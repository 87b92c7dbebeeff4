"""The views of the row above board and table: a menu of all of them and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads.views import SavedView, saved_views
from leaddesk.db.records import Changes
from leaddesk.operations.views import LONGEST_NAME, delete_view, pin_view, place_view, rename_view
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look


class ViewsChip(QPushButton):
    """A chip with the view that holds. `chosen(view | None)`, `save_wanted()`, `update_wanted()`, `changed()`.

    `changed`: views were saved, renamed, pinned or deleted, here or by somebody else.
    """

    chosen = Signal(object)
    save_wanted = Signal()
    update_wanted = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.views: list[SavedView] = []
        self.current = ""
        self.altered = False
        self.troubled: Callable[[SavedView], bool] = lambda view: bool(view.problems)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        look(self, "kind", "chip")
        desk.changed.connect(self._follow)

    def load(self) -> None:
        """Read the views."""
        self.views = self._desk.get(saved_views) if self._desk.is_open else []
        if self.current and self.view is None:
            self.current = ""

    @property
    def view(self) -> SavedView | None:
        """The view that holds."""
        return next((view for view in self.views if view.id == self.current), None)

    def show_view(self, view_id: str, *, altered: bool) -> None:
        """Which view holds, and whether it was changed since it was chosen."""
        self.current, self.altered = view_id, altered
        view = self.view
        name = self._say("views") if view is None else view.name
        text = self._say("view_changed", view=name) if view is not None and altered else name
        self.setText(menu_words(f"{text} ▾"))
        self.setAccessibleName(text)
        look(self, "on", view is not None)

    def open_menu(self) -> None:
        """By key."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._desk.language, "filters", key, **details)

    def _follow(self, changes: Changes) -> None:
        if self._desk.is_open and (changes.everything or "saved_view" in changes.tables):
            self.load()
            self.changed.emit()

    def _fill(self) -> None:
        self._menu.clear()
        for digit, view in enumerate(self.views, 1):
            name = menu_words(self._say("view_broken", view=view.name) if self.troubled(view) else view.name)
            action = self._offer(f"&{digit}  {name}" if digit < 10 else name, partial(self.chosen.emit, view))
            action.setCheckable(True)
            action.setChecked(view.id == self.current)
        if not self.views:
            self._offer(menu_words(self._say("views_none")), lambda: None).setEnabled(False)
        self._offer(f"&0  {menu_words(self._say('view_all'))}", lambda: self.chosen.emit(None))
        self._menu.addSeparator()
        self._offer(menu_words(self._say("view_save")), self.save_wanted.emit)
        if self.view is not None:
            self._about(self.view)

    def _about(self, view: SavedView) -> None:
        """What can be done with the view that holds."""
        place = self.views.index(view)
        if self.altered:
            self._offer(menu_words(self._say("view_update", view=view.name)), self.update_wanted.emit)
            self._offer(menu_words(self._say("view_put_back", view=view.name)), lambda: self.chosen.emit(view))
        self._menu.addSeparator()
        do = self._desk.do
        self._offer(self._say("view_rename"), lambda: self._rename(view))
        pin = "view_unpin" if view.pinned else "view_pin"
        self._offer(self._say(pin), lambda: do(pin_view, view.id, not view.pinned))
        if place > 0:
            self._offer(self._say("view_left"), lambda: do(place_view, view.id, place - 1))
        if place < len(self.views) - 1:
            self._offer(self._say("view_right"), lambda: do(place_view, view.id, place + 1))
        self._offer(self._say("view_delete"), lambda: do(delete_view, view.id))

    def _offer(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self._menu)
        action.triggered.connect(lambda _on=False: act())
        self._menu.addAction(action)
        return action

    def _rename(self, view: SavedView) -> None:
        ask_name(self, self._desk, "name_rename", view.name, lambda name: self._desk.do(rename_view, view.id, name))


class NamePanel(Overlay):
    """Asks for the name of a view; `named(name)` when Enter was pressed."""

    named = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, title: str, name: str) -> None:
        super().__init__(over, 480)

        def say(key: str) -> str:
            return words.say(desk.language, "filters", key)

        self.setAccessibleName(say(title))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(say("name_field"))
        self.field.setPlaceholderText(say("name_field"))
        self.field.setMaxLength(LONGEST_NAME)
        self.field.selectAll()
        self.field.returnPressed.connect(self._keep)
        self.inside.addWidget(Text(say(title), "title"))
        self.inside.addWidget(Text(say("name_text"), "mute", wrap=True))
        self.inside.addWidget(self.field)
        self.offer(say("name_cancel"), say("name_keep"), self._keep)

    def _keep(self) -> None:
        name = self.field.text().strip()
        if name:
            self.leave(accepted=True)
            self.named.emit(name)


def ask_name(over: QWidget, desk: Desk, title: str, name: str, then: Callable[[str], object]) -> NamePanel:
    """Ask for the name of a view; `then` gets it, unless the panel was left."""
    panel = NamePanel(over, desk, title, name)
    panel.named.connect(then)
    panel.open(panel.field)
    return panel
