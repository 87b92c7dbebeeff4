"""The window: rail, top bar, one room in front, toasts, palette; and what every room shares of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.errors import LeadDeskError
from leaddesk.paths import log_folder
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import shield
from leaddesk.ui.actions import Actions
from leaddesk.ui.commands import Command, Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import EmptyState
from leaddesk.ui.kit.toast import Toast
from leaddesk.ui.rail import Rail
from leaddesk.ui.room import Room
from leaddesk.ui.rooms import ROOM
from leaddesk.ui.shielding import Shielding
from leaddesk.ui.topbar import TopBar
from leaddesk.ui.wording import done_words, sentence, step_words

if TYPE_CHECKING:
    from leaddesk.db.records import Changes, Progress
    from leaddesk.ui.palette import Palette

# About what a desktop draws around a window: it must fit on the screen, too.
_FRAME = QSize(16, 48)

# Steps done all the time while calling and typing: they are seen where they happen and need no toast.
QUIET = frozenset(
    {
        "start_call",
        "place_call",
        "give_answer",
        "note_answer",
        "note_call",
        "change_note",
        "withdraw_answer",
        "place_lead",
        "answer_question",
        "take_back_answer",
        "write_note",
        "take_up",
    }
)


class Window(QMainWindow):
    """Everything a person sees. `painted` once, when the first picture is on screen; `closing` before it goes."""

    painted = Signal()
    closing = Signal()
    room_changed = Signal(str)

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        shield.put(up=False)
        shield.speak_with("")
        self.desk = desk
        self.commands = commands
        self._rooms: dict[str, Room] = {}
        self._room = ""
        self._seen = False
        self.setWindowTitle("LeadDesk")
        self.setMinimumSize(960, 600)
        self.rail = Rail(desk, commands)
        self.bar = TopBar(desk, commands)
        self.stack = QStackedWidget()
        self._blank = EmptyState()
        self.stack.addWidget(self._blank)
        self._lay_out()
        self.actions_ = Actions(self, desk, commands, self._undo_words)
        self._palette: Palette | None = None
        self.toast = Toast(self)
        self.shielding = Shielding(self, commands)
        self._wire()
        self._restore_geometry()

    def _lay_out(self) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _wire(self) -> None:
        commands, desk = self.commands, self.desk
        commands.open_room = self.open_room
        commands.selected_lead = self.selected_lead
        commands.chosen_leads = self.chosen_leads
        commands.current_room = lambda: self._room
        commands.missing = self._ask_for_lead
        commands.handle("palette", self.open_finder)
        commands.handle("edit.undo", self.undo, when=lambda: bool(self._undo_words()[0]))
        commands.handle("edit.redo", self.redo, when=lambda: bool(self._undo_words()[1]))
        commands.handle("file.quit", self.close)
        commands.handle("view.full_screen", self._full_screen)
        for verb in ("add", "chips", "views", "save", "clear"):
            commands.handle(f"filter.{verb}", partial(self._filter, verb))
        desk.undo_changed.connect(self.actions_.name_undo)
        desk.step_done.connect(self._tell_step)
        desk.refused.connect(self.tell_trouble)
        desk.failed.connect(self.tell_trouble)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def say_waiting(self, title: str, text: str) -> None:
        """What a person waits for, where there is no room to be seen yet."""
        self._blank.say(title, text)
        self._blank.setAccessibleName(f"{title} {text}".strip())

    # ── rooms ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def room(self) -> str:
        """The key of the room in front; empty before the first."""
        return self._room

    def room_widget(self, key: str) -> Room | None:
        """A room that was made already."""
        return self._rooms.get(key)

    def open_room(self, key: str, show: bool = True, **arguments: object) -> bool:
        """Make a room if it is not there yet, and bring it to the front; False where there is none, or no database."""
        entry = ROOM.get(key)
        if entry is None or not self.desk.is_open:
            return False
        if key not in self._rooms:
            if not entry.exists:
                return False
            self._rooms[key] = entry.make(self.desk, self.commands)
            self._rooms[key].undo_changed.connect(self.actions_.name_undo)
            self.stack.addWidget(self._rooms[key])
            self.bar.keep(self._rooms[key].kept_widgets())
        if show:
            self._show_room(key, arguments)
        return True

    def _show_room(self, key: str, arguments: dict[str, object]) -> None:
        room = self._rooms[key]
        if self._room != key:
            self._room = key
            self.rail.show_room(key)
            self.bar.host(room.top_widgets())
            self.stack.setCurrentWidget(room)
            self.room_changed.emit(key)
            self.actions_.name_undo()
        room.activate(**arguments)

    def forget_rooms(self) -> None:
        """Let all rooms go: another database is coming."""
        self.put_aside()
        self.bar.forget()
        self._blank.say("")
        self.stack.setCurrentWidget(self._blank)
        for room in self._rooms.values():
            self.stack.removeWidget(room)
            room.setParent(None)
            room.deleteLater()
        self._rooms.clear()
        self._room = ""
        self.commands.forget_rooms()

    def put_aside(self) -> None:
        """Let go what lies over the rooms and does not follow them: palette and toast."""
        if self._palette is not None:
            self._palette.hide()
        self.toast.hide()

    def open_finder(self) -> None:
        """Open the palette."""
        self.finder.open()

    @property
    def finder(self) -> Palette:
        """The palette, made when it is first wanted."""
        if self._palette is None:
            from leaddesk.ui.palette import Palette

            self._palette = Palette(self, self.bar.search, self.desk, self.commands)
        return self._palette

    def selected_lead(self) -> str | None:
        """The lead selected in the room in front."""
        room = self._rooms.get(self._room)
        return room.selected_lead() if room is not None else None

    def chosen_leads(self) -> Sequence[int]:
        """The numbers of the leads chosen in the room in front."""
        room = self._rooms.get(self._room)
        return room.chosen_leads() if room is not None else ()

    def _filter(self, verb: str) -> None:
        """Narrow what the room in front shows, where it can be narrowed."""
        room = self._rooms.get(self._room)
        bar = room.filter_bar() if room is not None else None
        if bar is not None:
            bar.do(verb)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            QTimer.singleShot(0, self, self._find_focus)

    def _find_focus(self) -> None:
        """Keys always go somewhere: what had the focus may be gone, as a button of a page that is no longer empty."""
        room = self._rooms.get(self._room)
        if room is None or not self.isActiveWindow() or QApplication.focusWidget() is not None:
            return
        panel = next((panel for panel in self.findChildren(Overlay) if panel.isVisible()), None)
        if panel is not None:
            panel.setFocus()
        else:
            room.activate()

    # ── undo ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def undo(self) -> None:
        """Take back the last step, and say which; a room with edits of its own takes back those."""
        room = self._rooms.get(self._room)
        if room is not None and room.undo():
            return
        job = self.desk.undo(then=lambda changes: self._tell_replay(changes, self.tr("Undone: {step}"), "edit.redo"))
        job.progressed.connect(lambda progress: self._tell_progress(self.tr("Undoing … {percent} %"), progress))

    def redo(self) -> None:
        """Do it again, and say what."""
        room = self._rooms.get(self._room)
        if room is not None and room.redo():
            return
        job = self.desk.redo(
            then=lambda changes: self._tell_replay(changes, self.tr("Done again: {step}"), "edit.undo")
        )
        job.progressed.connect(lambda progress: self._tell_progress(self.tr("Doing it again … {percent} %"), progress))

    def _tell_progress(self, pattern: str, progress: Progress) -> None:
        """Of steps so large that it takes a while."""
        if progress.total:
            self.toast.show_message(pattern.format(percent=100 * progress.done // progress.total))

    def _tell_replay(self, changes: Changes | None, pattern: str, back: str) -> None:
        # Two quick keys take back two steps: each names its own, not what could be undone when it was pressed.
        if changes is not None:
            self._say(pattern.format(step=self._step_words(changes.name, changes.details)), back)

    def _undo_words(self) -> tuple[str, str]:
        room = self._rooms.get(self._room)
        if room is not None and (own := room.undo_words()) is not None:
            return own
        undo, redo = self.desk.undoable, self.desk.redoable
        return (
            self._step_words(undo.name, undo.details) if undo else "",
            self._step_words(redo.name, redo.details) if redo else "",
        )

    def _step_words(self, name: str, details: Mapping[str, object]) -> str:
        playbook = self.desk.playbook if self.desk.is_open else None
        return step_words(name, details, self.desk.language, playbook)

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell_step(self, changes: Changes) -> None:
        if changes.name not in QUIET and (changes.tables or changes.everything):
            said = done_words(changes.name, changes.details, self.desk.language, self.desk.playbook)
            self._say(said, "edit.undo")

    def _say(self, text: str, command: str) -> None:
        word = self.tr("Undo") if command == "edit.undo" else self.tr("Redo")
        keys = "Ctrl+Z" if command == "edit.undo" else "Ctrl+Shift+Z"
        self.toast.show_message(text, word, lambda: self.commands.trigger(command), keys)

    def tell_trouble(self, error: LeadDeskError) -> None:
        """Say what went wrong."""
        playbook = self.desk.playbook if self.desk.is_open else None
        self.toast.show_message(sentence(error, self.desk.language, playbook))

    def tell_crash(self) -> QWidget:
        """Something unforeseen happened; it is in the log. Returns the message."""
        from leaddesk.ui.kit.dialog import Answer, ask

        text = self.tr("LeadDesk met something it did not foresee. What you entered is saved. The log is in {folder}")
        return ask(
            self,
            self.tr("Something went wrong"),
            text.format(folder=log_folder()),
            Answer("close", self.tr("Go on"), "primary"),
        )

    def _ask_for_lead(self, command: Command) -> None:
        del command
        self.toast.show_message(self.tr("Select a lead first."))

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _restore_geometry(self) -> None:
        wanted, free = QSize(1440, 900), self.screen().availableSize() - _FRAME
        fits = free.width() >= self.minimumWidth() and free.height() >= self.minimumHeight()
        self.resize(wanted.boundedTo(free) if fits else wanted)
        kept = read_settings().geometry
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode())))

    def raise_up(self) -> None:
        """Come to the front of all windows."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first picture lets the rest of the program begin."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "actions_"):
            self.actions_.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.tint()

    def rooms(self) -> Iterable[Room]:
        """The rooms made so far."""
        return tuple(self._rooms.values())

    def may_leave(self) -> bool:
        """Whether every room lets its database go; each writes first what is only typed."""
        asked = [room.may_close() for room in self._rooms.values()]
        return all(asked)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the rooms, keep the window's place, and let the program end."""
        if not self.may_leave():
            event.ignore()
            self.raise_up()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        change_settings(geometry=geometry, room=self._room if self._room in ("board", "leads") else "")
        self.closing.emit()
        super().closeEvent(event)
