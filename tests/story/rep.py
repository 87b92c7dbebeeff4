"""The rep of the story: what she does, by keyboard alone, and what she sees of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from leaddesk.db.check import dump
from leaddesk.ui import theme
from leaddesk.ui.call.session import Phase
from tests.drivers import WindowDriver
from tests.story.pages import BoardPage, CallPage, FinderPage, FormPage, GatePage, ImportPage
from tests.story.tale import Clock, Tale

#: Everything entered, table by table.
Entered = dict[str, list[tuple[object, ...]]]


class Rep:
    """One person at one window. `past`: everything entered, by the number of the step that could be undone then."""

    def __init__(self, driver: WindowDriver, tale: Tale, clock: Clock) -> None:
        self.driver = driver
        self.tale = tale
        self.clock = clock
        self.board = BoardPage(driver)
        self.form = FormPage(driver)
        self.finder = FinderPage(driver)
        self.call = CallPage(driver)
        self.gate = GatePage(driver)
        self.importing = ImportPage(driver)
        self.past: dict[int, Entered] = {}

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def entered(self) -> Entered:
        """Everything that is in the database."""
        return self.driver.ask(dump)

    @property
    def last_step(self) -> int:
        """The number of the step that Undo would take back, 0 for none."""
        step = self.driver.desk.undoable
        return step.no if step is not None else 0

    def remember(self) -> None:
        """Keep what is entered, to compare when this is undone; time goes on."""
        self.driver.wait_saved()
        self.past[self.last_step] = self.entered
        self.clock.pass_minutes()

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_program(self) -> None:
        """Start LeadDesk."""
        self.driver.open()

    def close_program(self) -> None:
        """Close it by its key."""
        self.driver.press("Ctrl+Q")
        assert not self.driver.window.isVisible()
        self.driver.close()

    def choose_looks(self) -> None:
        """Switch to the language and theme she likes, while the program runs."""
        if self.driver.desk.language != self.tale.language:
            self.driver.press("Ctrl+Shift+G")
        if theme.current().dark is not (self.tale.theme == "dark"):
            self.driver.press("Ctrl+Shift+L")
        assert self.driver.desk.language == self.tale.language
        assert theme.current().dark is (self.tale.theme == "dark")

    def choose_file(self, table: Path) -> None:
        """Ask to import a file, from the welcome on."""
        self.driver.press("2")
        self.importing.choose(table)

    def bring_leads(self) -> None:
        """Import what is on display."""
        self.importing.bring()
        self.remember()

    def add_lead(self, **facts: str) -> None:
        """Add a lead by hand."""
        self.driver.press("Ctrl+N")
        self.form.fill(**facts)
        self.remember()

    def change_lead(self, title: str, **facts: str) -> None:
        """Change a lead from its card."""
        self.board.walk_to(title)
        self.driver.press("E")
        self.form.fill(**facts)
        self.remember()

    def delete_lead(self, title: str) -> None:
        """Delete a lead from its card."""
        self.board.walk_to(title)
        self.driver.press("Delete")
        self.remember()

    def undo(self) -> str:
        """Take the last step back; what the window says of it."""
        return self._back_or_forth("Ctrl+Z")

    def redo(self) -> str:
        """Do it again; what the window says of it."""
        return self._back_or_forth("Ctrl+Shift+Z")

    def _back_or_forth(self, keys: str) -> str:
        before = self.last_step
        self.driver.press(keys)
        self.driver.wait_for(lambda: self.last_step != before)
        self.driver.wait_saved()
        return self.driver.toast

    def take_next_lead(self) -> None:
        """See who is worth a call now; pass on as often as the story wants it."""
        self.driver.press("F9")
        self.call.wait_for(Phase.BEFORE)
        for _ in range(self.tale.passed_over):
            before = self.call.who
            self.driver.press("S")
            self._wait_for_another(before)

    def _wait_for_another(self, title: str) -> None:
        self.driver.wait_for(lambda: self.call.who != title)

    def start_call(self) -> None:
        """Start the call with the same key."""
        self.driver.press("F9")
        self.call.wait_for(Phase.ON_CALL)
        self.remember()

    def answer(self, question: str, *keys: str) -> None:
        """Go to a question and answer it."""
        self.call.ask(question)
        self.remember()  # where the call stands is kept without a step of its own
        self.call.say(*keys)
        self.remember()

    def write_note(self, text: str) -> None:
        """Write a note beside the question."""
        self.call.write(text)
        self.remember()

    def end_call(self, outcome: str, day: str) -> None:
        """End the call: the digit of its outcome, the digit of the next step's day."""
        self.driver.press("F10")
        self.call.wait_for(Phase.ENDING)
        self.driver.press(outcome, day, "Return")
        self.driver.wait_for(lambda: self.call.phase is not Phase.ENDING)
        self.remember()

    def move_forward(self, title: str) -> None:
        """Move a card to the next stage; its gate asks."""
        self.board.walk_to(title)
        self.driver.press("Ctrl+Right")
        self.driver.wait_for(lambda: self.gate.is_asked)

    def meet_gate(self, *digits: str) -> None:
        """Answer what the gate asks, and save."""
        self.driver.press(*digits, "Return")
        self.driver.wait_for(lambda: not self.gate.is_asked)
        self.remember()

    def has_the_keyboard(self) -> bool:
        """Whether keys go somewhere: the focus is never lost."""
        return QApplication.focusWidget() is not None
