"""The call in a small window that stays on top of the meeting: one question, its answers, the note; keys only."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.state import Said
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import theme
from leaddesk.ui.asking.asked import AskedQuestion
from leaddesk.ui.call import telling
from leaddesk.ui.call.asked_now import asked_now, heard_now
from leaddesk.ui.call.checklist import Checklist
from leaddesk.ui.call.compact_head import CompactHead
from leaddesk.ui.call.note_line import NoteLine
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import COMMAND, Commands
from leaddesk.ui.kit.panels import Panel, column, row
from leaddesk.ui.kit.toast import Toast
from leaddesk.ui.text import ElidedText, Text
from leaddesk.ui.wording import sentence

WIDTH, TALLEST = 400, 520
# Its width without margins and frame.
_INSIDE = WIDTH - 2 * 17
#: What can be asked for by key while the window is up; everything else is the big window's.
OFFERED = (
    "call.compact",
    "call.checklist",
    "call.language",
    "call.script",
    "call.jump",
    "call.objection",
    "call.person",
    "call.change_person",
    "call.speaker",
    "call.copy_number",
    "call.dial",
    "call.end",
    "view.shield",
    "view.theme",
    "view.language",
    "edit.undo",
    "edit.redo",
)
_FLAGS = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
_MARGIN = 24
# Keys that move the window to an edge of its screen.
_ASIDE = {"Alt+Left": (0, None), "Alt+Right": (1, None), "Alt+Up": (None, 0), "Alt+Down": (None, 1)}


class CompactWindow(QWidget):
    """The same session as the room, so nothing is lost on the way. `left()`: back to the big window.

    `platform`: the name Qt has for the windowing system; on wayland it decides itself what stays on top.
    """

    left = Signal()

    def __init__(self, session: Session, commands: Commands, platform: str = "") -> None:
        super().__init__(None, _FLAGS)
        self._session, self._commands = session, commands
        self._platform = platform or QGuiApplication.platformName()
        self._grip: QPoint | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.head = CompactHead(session, self)
        self.asked = AskedQuestion(self, compact=True)
        self.checklist = Checklist(session, self, compact=True)
        self.note_line = NoteLine(session, self, compact=True)
        self.pace = ElidedText(kind="small", parent=self)
        self.saved = Text(kind="small", parent=self)
        self.on_top = Text(kind="small", tone="soon", wrap=True, parent=self)
        self.toast = Toast(self)
        self._arrange()
        self._listen()
        self._offer_keys()

    def _arrange(self) -> None:
        self._page = _Tall(self.asked, self)
        theme.look(self.checklist, "kind", "")
        self.pages = _Pages(self)
        self.pages.addWidget(self._page)
        self.pages.addWidget(self.checklist)
        panel = self._panel = Panel(parent=self, spacing=0)
        panel.inside.addWidget(self.head)
        panel.inside.addSpacing(10)
        panel.inside.addWidget(self.pages, 1)
        panel.inside.addSpacing(6)
        panel.inside.addWidget(self.note_line)
        panel.inside.addSpacing(8)
        foot = row(self.pace, self.saved)
        foot.setStretch(0, 1)
        panel.inside.addLayout(foot)
        panel.inside.addWidget(self.on_top)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self.setFixedWidth(WIDTH)
        self.setMaximumHeight(TALLEST)

    def _listen(self) -> None:
        session = self._session
        self.asked.said.connect(self._said)
        self.asked.taken_back.connect(session.talk.withdraw)
        self.asked.typing.connect(session.talk.typed.typed)
        self.asked.entered.connect(self._go_on)
        self.asked.letter.connect(self._letter)
        self.note_line.entered.connect(self._go_on)
        self.note_line.escaped.connect(self.focus_question)
        self.note_line.answered.connect(self.asked.drop_toggled)
        self.checklist.opened.connect(self._open_question)
        for part in (self.asked, self.note_line):
            part.focused.connect(lambda _: self.show_foot())
        session.talk.leaving.connect(self.confirm)
        session.moved.connect(self._moved)
        session.updated.connect(self.show_all)
        session.saving_changed.connect(self.show_answer)
        session.desk.save_state_changed.connect(self.show_foot)
        session.desk.refused.connect(self._tell)
        session.desk.failed.connect(self._tell)

    def _offer_keys(self) -> None:
        for command in OFFERED:
            for keys in COMMAND[command].keys:
                self._shortcut(keys).activated.connect(partial(self._commands.trigger, command))
        # Shortcuts, since the fields and the page that scrolls would keep the keys.
        for keys, edge in _ASIDE.items():
            self._shortcut(keys).activated.connect(partial(self.move_aside, *edge))
        self._shortcut("Ctrl+Up").activated.connect(partial(self._session.talk.step, -1))
        self._shortcut("Ctrl+Down").activated.connect(partial(self._session.talk.step, 1))

    def _shortcut(self, keys: str) -> QShortcut:
        return QShortcut(QKeySequence(keys), self)

    # ── coming and going ─────────────────────────────────────────────────────────────────────────────────────────

    def appear(self) -> None:
        """Come up where it was left, with keys going to the question."""
        self.show_all()
        self.setFixedHeight(1)
        self._fit()
        self.move(self._place())
        self.on_top.setVisible(self._platform == "wayland" and not read_settings().on_top_told)
        self.show()
        self.raise_()
        self.activateWindow()
        self.focus_question()

    def disappear(self) -> None:
        """Go, remembering the place; what is toggled or typed is kept first."""
        if not self.isVisible():
            return
        self.asked.confirm()
        self._session.notes.flush()
        place = self.pos()
        change_settings(compact=f"{place.x()},{place.y()}")
        if self.on_top.isVisible():
            change_settings(on_top_told="yes")
        self.hide()

    def _place(self) -> QPoint:
        """Where it was left, else at the top right; always whole on a screen that is there."""
        try:
            across, down = (int(part) for part in read_settings().compact.split(","))
        except ValueError:
            screen = QGuiApplication.primaryScreen().availableGeometry()
            across, down = screen.right() - WIDTH - _MARGIN, screen.top() + _MARGIN
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        point = QPoint(across, down)
        ground = next((one for one in screens if one.contains(point)), screens[0])
        return _inside(ground, point, self.size())

    def move_aside(self, across: int | None, down: int | None) -> None:
        """To an edge of its screen: 0 left or top, 1 right or bottom, None as it is."""
        ground = self.screen().availableGeometry()
        spare = ground.size() - self.size()
        x = self.x() if across is None else ground.left() + across * spare.width()
        y = self.y() if down is None else ground.top() + down * spare.height()
        self.move(_inside(ground, QPoint(x, y), self.size()))

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_all(self) -> None:
        """Show the question asked and the lead as everything stands now."""
        session, asking = self._session, asked_now(self._session, short=True)
        lead = session.lead
        if lead is None or asking is None:
            return
        self.setWindowTitle(f"{lead.title} · LeadDesk")
        self.head.show_lead(lead)
        self.asked.ask(asking)
        self.note_line.show_note()
        self.on_top.setText(words.say(session.desk.language, "call", "on_top"))
        if self.in_checklist:
            self.checklist.show_all()
        self.show_answer()
        self.show_clock()

    def show_answer(self) -> None:
        """Show what was said to the question asked, saved or on its way."""
        if self._session.question is None:
            return
        self.asked.show_heard(heard_now(self._session))
        if self.in_checklist:
            self.checklist.show_answer()
        self.show_foot()
        self._fit()

    def show_foot(self) -> None:
        """Say whether everything is saved."""
        session = self._session
        said, tone = telling.saved_now(session, toggling=self.asked.toggling)
        self.saved.setText(said)
        self.saved.set_tone(tone)

    def show_clock(self) -> None:
        """How long the call has been going on, and what is left for what the gate needs."""
        session = self._session
        if session.lead is not None and session.on_call:
            gate, seconds = session.lead.assessment.gate, session.seconds()
            self.head.show_clock(telling.clock(seconds))
            said, tone = telling.pacing(session.playbook, session.talk.script, gate, seconds, session.desk.language)
            self.pace.setText(said)
            self.pace.set_tone(tone)

    def _fit(self) -> None:
        """As tall as what it shows, but never smaller than it was: it shall not jump about over the meeting."""
        self.pages.updateGeometry()
        self._panel.inside.activate()
        self.setFixedHeight(min(TALLEST, max(self.height(), self._panel.sizeHint().height())))

    def _tell(self, trouble: object) -> None:
        if self.isVisible():
            desk = self._session.desk
            self.toast.show_message(sentence(trouble, desk.language, desk.playbook))  # type: ignore[arg-type]

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def in_checklist(self) -> bool:
        """Whether all questions are shown."""
        return self.pages.currentWidget() is self.checklist

    def show_shape(self, *, checklist: bool) -> None:
        """One question, or all of them."""
        self.asked.confirm()
        self.pages.setCurrentWidget(self.checklist if checklist else self._page)
        self.show_all()
        self.focus_question()

    def _open_question(self, question: str) -> None:
        self._session.talk.go(question)
        self._commands.trigger("call.checklist")

    def confirm(self) -> bool:
        """Save what is toggled or typed; whether there was anything."""
        return self.asked.confirm()

    def _said(self, question: str, said: object) -> None:
        if isinstance(said, Said):
            self._session.talk.answer(said, question)

    def _go_on(self) -> None:
        self.confirm()
        self._session.talk.go_next()
        self.focus_question()

    def _letter(self, letter: str) -> None:
        self._session.talk.enter_letter(letter)
        self.focus_question()

    def _moved(self) -> None:
        self.show_all()
        self._page.ensureVisible(0, 0)

    def focus_question(self) -> None:
        """Let digits answer."""
        if self.in_checklist:
            self.checklist.focus_question()
        else:
            self.asked.focus_question()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round question, exact entry, note."""
        asked = (self.checklist.keys,) if self.in_checklist else self.asked.stops()
        stops: tuple[QWidget, ...] = (*asked, self.note_line.field)
        here = next((index for index, stop in enumerate(stops) if stop.hasFocus()), -1)
        stops[(here + (1 if following else -1)) % len(stops)].setFocus()
        return True

    # ── events ───────────────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The window can be dragged wherever nothing else takes the mouse."""
        window = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and (window is None or not window.startSystemMove()):
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it where the system does not."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grip = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it ends neither the call nor the program."""
        event.ignore()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.show_all()


class _Pages(QStackedWidget):
    """As tall as the page that is shown wants to be."""

    def sizeHint(self) -> QSize:
        """That of the page shown."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()


class _Tall(QScrollArea):
    """The question at the top of a page that wants to be as tall as that, and scrolls where it cannot be."""

    def __init__(self, asked: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._asked = asked
        page = QWidget(self)
        page.setLayout(column(asked, 1, spacing=0))
        self.setWidget(page)

    def sizeHint(self) -> QSize:
        """All of the page, at the width there is."""
        return QSize(_INSIDE, max(self._asked.heightForWidth(_INSIDE), self._asked.minimumSizeHint().height()))


def _inside(ground: QRect, place: QPoint, size: QSize) -> QPoint:
    """The place nearest to the one wanted where a window of that size is whole on the ground."""
    most = QPoint(ground.right() - size.width() + 1, ground.bottom() - size.height() + 1)
    return QPoint(
        max(ground.left(), min(place.x(), most.x())),
        max(ground.top(), min(place.y(), most.y())),
    )
