"""The draft at hand: edits with names, kept within a second, checked behind the window, adopted as a new version."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.db.reads.playbooks import Version
from leaddesk.errors import FileTrouble, LeadDeskError
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_kept import DraftKeeper
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.paths import spool_folder
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.problems import Problem
from leaddesk.ui.desk import Desk
from leaddesk.ui.scripts.checking import Checked, Found, check, find, newest
from leaddesk.ui.scripts.history import Edit, History

LOG = logging.getLogger(__name__)

#: Milliseconds after the last edit until the draft is in its file, and until it is checked.
KEEP_AFTER = 400
CHECK_AFTER = 120


class Sitting(QObject):
    """`ready()` once there is a draft; `edited()`: it is another now; `checked()`: its problems are known.

    `based()`: another version is in force than the one the draft was made from, or no longer; `kept(trouble)`: the
    draft is in its file, or why not (FileTrouble); `told(error)`: adopting failed.
    """

    ready = Signal()
    edited = Signal()
    checked = Signal()
    based = Signal()
    kept = Signal(object)
    told = Signal(object)
    adopted = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.draft = Draft(())
        self.base: Version | None = None
        self.base_draft = Draft(())
        #: What is in force, where it is another than the draft was made from.
        self.newer: Version | None = None
        self.outcome: Checked | None = None
        self.history = History()
        self.adopting = False
        self.taken_up = False
        self._keeper: DraftKeeper | None = None
        self._unkept = False
        self._keep = self._timer(KEEP_AFTER, self.keep)
        self._check = self._timer(CHECK_AFTER, self._ask_check)
        self.open()

    def _timer(self, milliseconds: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    # ── beginning ────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        """Look up what is in force and what was kept; `ready` follows."""
        if self._desk.path is not None:
            self._desk.read(find, spool_folder(), self._desk.path, then=self._found, slot="scripts.find")

    def _found(self, found: Found) -> None:
        self._keeper = found.keeper
        self.base, self.draft = found.version, found.base
        self.base_draft = found.base
        if found.kept is not None and found.kept_draft is not None and found.kept.text != found.version.toml:
            self.draft, self.taken_up = found.kept_draft, True
            if found.kept.base != found.version.id and found.kept.base_text != found.version.toml:
                kept = found.kept
                self.base = Version(kept.base, kept.number, "", 0, kept.base_text)
                self.newer = found.version
        self.ready.emit()
        self.based.emit()
        self.edited.emit()
        self._ask_check()

    @property
    def is_ready(self) -> bool:
        """Whether there is a draft to show."""
        return self.base is not None

    @property
    def changed(self) -> bool:
        """Whether the draft says anything else than the version it was made from."""
        return self.base is not None and self.draft.text != self.base.toml

    @property
    def unkept(self) -> bool:
        """Whether the newest edit is not in its file yet."""
        return self._unkept

    @property
    def number(self) -> int:
        """The number that the draft would have as a version."""
        last = self.newer or self.base
        return last.number + 1 if last is not None else 1

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the draft, as far as is known."""
        return self.outcome.problems if self.outcome is not None else ()

    @property
    def playbook(self) -> Playbook | None:
        """The draft as a playbook; None while it is being checked, or has problems."""
        if self.outcome is None or self.outcome.draft is not self.draft:
            return None
        return self.outcome.playbook

    @property
    def checking(self) -> bool:
        """Whether the newest edit is not checked yet."""
        return self.outcome is None or self.outcome.draft is not self.draft

    # ── edits ────────────────────────────────────────────────────────────────────────────────────────────────────

    def edit(self, name: str, fresh: Draft, merge: str = "", **details: object) -> None:
        """The draft is another now. Nothing happens where it says the same."""
        if fresh is self.draft or fresh.text == self.draft.text:
            return
        self.history.add(Edit(name, self.draft, fresh, details, merge))
        self._show(fresh)

    def undo(self) -> Edit | None:
        """Take the last edit back; adoptions are taken back by who shows this."""
        edit = self.history.undo()
        if edit is not None and not edit.adopted:
            self._show(edit.before)
        return edit

    def redo(self) -> Edit | None:
        """Do it again."""
        edit = self.history.redo()
        if edit is not None and not edit.adopted:
            self._show(edit.after)
        return edit

    def discard(self) -> None:
        """Back to what is in force; an edit like any other."""
        last = self.newer or self.base
        if last is not None:
            self.edit("discard", self.base_draft, number=last.number)
            self.base, self.newer = last, None
            self.based.emit()

    def go_on(self) -> None:
        """Keep to the draft although another version was adopted meanwhile."""
        if self.newer is not None:
            self.base, self.newer = self.newer, None
            self._unkept = True
            self.keep()
            self.based.emit()

    def _show(self, fresh: Draft) -> None:
        self.draft = fresh
        self._unkept = True
        if not self._keep.isActive():  # somebody who types without a pause is not waited for
            self._keep.start(KEEP_AFTER)
        self._check.start(CHECK_AFTER)
        self.edited.emit()

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────

    def keep(self) -> None:
        """Write the draft to its file now; one that says what is in force needs none."""
        self._keep.stop()
        if not self._unkept or self._keeper is None or self.base is None:
            return
        try:
            if self.changed or self.newer is not None:
                self._keeper.keep(self.base.id, self.base.number, self.base.toml, self.draft.text)
            else:
                self._keeper.drop()
            self._unkept = False
        except FileTrouble as trouble:
            self._keep.start(KEEP_AFTER * 5)
            self.kept.emit(trouble)
        else:
            self.kept.emit(None)

    # ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_check(self) -> None:
        self._desk.read(check, self.draft, then=self._checked, failed=self._check_later, slot="scripts.check")

    def _check_later(self, error: LeadDeskError) -> None:
        """The database was busy: it is asked again."""
        LOG.warning("could not check the draft: %s", error)
        self._check.start(CHECK_AFTER * 20)

    def _checked(self, outcome: Checked) -> None:
        if outcome.draft is self.draft:
            self.outcome = outcome
            self.checked.emit()

    # ── adopting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def adopt(self) -> None:
        """Put the draft in force as a new version."""
        if self.adopting or self.playbook is None:
            return
        self.adopting = True
        # Not over what somebody adopted in the last moment, unasked.
        self._desk.read(newest, then=self._adopt_on, failed=self._not_adopted, slot="scripts.adopt")
        self.checked.emit()

    def _adopt_on(self, found: tuple[Version, Draft]) -> None:
        base = self.newer or self.base
        if self.playbook is None or base is None or found[0].id != base.id:
            self.adopting = False
            self._seen(found)
            self.checked.emit()
            return
        draft = self.draft
        self._desk.do(
            adopt_playbook,
            draft.text,
            then=lambda _: self._was_adopted(draft),
            refused=self._not_adopted,
            failed=self._not_adopted,
        )

    def _was_adopted(self, draft: Draft) -> None:
        self.adopting = False
        self.history.add(Edit("adopt", draft, draft, adopted=True))
        self.history.seal()
        self.look()

    def _not_adopted(self, error: LeadDeskError) -> None:
        self.adopting = False
        self.told.emit(error)
        self.checked.emit()

    def look(self) -> None:
        """See which version is in force now: adopted here, taken back, or adopted elsewhere."""
        if self.is_ready:
            self._desk.read(newest, then=self._seen, slot="scripts.newest")

    def _seen(self, found: tuple[Version, Draft]) -> None:
        version, fresh = found
        base = self.base
        if base is None or self.adopting or version.id == (self.newer or base).id:
            return
        was_changed = self.changed
        self.base_draft = fresh
        ours = any(edit is not None and edit.adopted for edit in (self.history.undoable, self.history.redoable))
        if self.draft.text == version.toml:
            self.base, self.newer = version, None
        elif not was_changed and not ours and self.newer is None:
            self.base = version
            self.history.clear()
            self._show(fresh)
        elif base.toml == version.toml or version.number <= base.number:
            # An adoption was taken back: what was adopted is a draft again.
            self.base, self.newer = version, None
        else:
            self.newer = version
        self._unkept = True
        self.keep()
        self.based.emit()
        self._ask_check()
