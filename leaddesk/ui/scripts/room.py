"""The scripts room: read, copy and change what is asked on a call, try it, and adopt it as a new version."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_lines import line_of
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.room import Room
from leaddesk.ui.scripts.carrying import Carrying
from leaddesk.ui.scripts.columns import VERBS, Columns
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.conditions import Conditions
from leaddesk.ui.scripts.head import Head, trouble_words
from leaddesk.ui.scripts.history import Edit
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.outline_rows import first_spot, outline_rows, picked
from leaddesk.ui.scripts.problem_list import Placed, placed, problem_words, sentences
from leaddesk.ui.scripts.script_page import script_name
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.text_panel import TextPanel
from leaddesk.ui.scripts.trial import Trial
from leaddesk.ui.scripts.verbs import Verbs


class ScriptsRoom(Room):
    """One draft at a time; what is typed is in it at once, and kept."""

    key: ClassVar[str] = "scripts"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        self._made = False  # a change of theme may come while it is being made
        super().__init__(desk, commands, parent)
        self.sitting = Sitting(desk, self)
        self.verbs = Verbs(self.sitting)
        self.columns = Columns(desk, self.sitting)
        self.head = Head(self.sitting, self)
        self.carrying = Carrying(self, desk, self.sitting, self._tell, self._say)
        self.trial: Trial | None = None
        self.text: TextPanel | None = None
        self.conditions = Conditions(self, desk, self.sitting)
        self.script = ""
        self.spot = Spot("")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.columns)
        self._wire()
        self.retranslate()
        self._made = True

    def _wire(self) -> None:
        left, columns, sitting = self.columns.left, self.columns, self.sitting
        sitting.edited.connect(self._edited)
        sitting.checked.connect(self._checked)
        sitting.based.connect(self._based)
        sitting.ready.connect(self._begin)
        sitting.kept.connect(self._kept)
        sitting.told.connect(self._tell)
        left.outline.picked.connect(self._pick)
        left.outline.asked.connect(self.ask)
        left.outline.dropped.connect(self._drop)
        left.script.picked.connect(self.show_script)
        left.add.clicked.connect(lambda: self.ask("add_question"))
        left.menu.aboutToShow.connect(self._grey_out)
        for group in VERBS:
            for verb, _ in group:
                left.actions_[verb].triggered.connect(lambda _checked=False, name=verb: self.ask(name))
        columns.problems.list.chosen.connect(self.go_to)
        columns.question.renamed.connect(lambda key: self._go(self.script, Spot("question", key, self.spot.group)))
        columns.note.answered.connect(self._answer_note)
        self.head.adopt.clicked.connect(self.adopt)
        self.head.try_out.clicked.connect(self.try_out)
        columns.question.when_wanted.connect(self.ask_when)
        columns.script.when_wanted.connect(self.ask_offered)
        for key, act in (
            ("import", self.carrying.ask_import),
            ("export", self.ask_export),
            ("versions", self.carrying.ask_version),
            ("text", self.edit_text),
            ("discard", self.discard),
        ):
            self.head.actions[key].triggered.connect(lambda _checked=False, run=act: run())
        self.commands.handle("scripts.adopt", self.adopt, when=lambda: not self.head.why_not())
        self.commands.handle("scripts.try", self.try_out, when=lambda: self.sitting.playbook is not None)

    # ── what a room is ───────────────────────────────────────────────────────────────────────────────────────────

    def activate(self, **arguments: object) -> None:
        """The outline has the focus."""
        del arguments
        self.columns.left.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Another version may be in force."""
        if changes.everything or "playbook_version" in changes.tables:
            self.sitting.look()

    def top_widgets(self) -> list[QWidget]:
        """What can be done with the draft."""
        return self.head.widgets

    def may_close(self) -> bool:
        """What is typed is kept."""
        self.commit()
        self.sitting.keep()
        return True

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        self.columns.retranslate(self.desk.language)
        self._show_all()

    def commit(self) -> None:
        """Take over what is typed and not told yet."""
        for page in (self.columns.question, self.columns.script, self.columns.group):
            if self.columns.page is page:
                page.commit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._made:
            self._show_all()

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        self.script = scripts.script_keys(self.sitting.draft)[0]
        self.spot = first_spot(self.sitting.draft, self.script)
        if self.sitting.taken_up and self.sitting.newer is None:
            self.columns.note.say(says(self.desk.language, "taken_up"), self.desk.language, "close")

    def _edited(self) -> None:
        if self.script not in scripts.script_keys(self.sitting.draft):
            self.script = scripts.script_keys(self.sitting.draft)[0]
        self._show_all()
        self.undo_changed.emit()

    def _checked(self) -> None:
        self._show_outline()
        self._mark()
        self.head.show_state(self.desk.language)

    def _show_all(self) -> None:
        self.head.show_state(self.desk.language)
        if not self.sitting.is_ready:
            self.columns.show_page(self.columns.blank)
            return
        self._show_outline()
        self._show_page()
        self._mark()

    def _show_outline(self) -> None:
        draft, language, left = self.sitting.draft, self.desk.language, self.columns.left
        number = self.sitting.number
        name = picked(draft.data.get("name"), language)
        state = "draft_of" if self.sitting.changed else "in_force"
        left.title.setText(says(language, state, name=name, number=number if self.sitting.changed else number - 1))
        left.script.offer(
            [(key, words.pick(script_name(draft, key), language)) for key in scripts.script_keys(draft)], self.script
        )
        wrong = {(one.spot.kind, one.spot.key) for one in self._placed()}
        rows = outline_rows(draft, self.script, wrong, language)
        left.outline.show_rows(rows, self.spot)
        self.spot = left.outline.spot

    def _show_page(self) -> None:
        columns, spot = self.columns, self.spot
        if spot.kind in ("question", "spare"):
            columns.question.show_question(spot.key)
            columns.show_page(columns.question)
        elif spot.kind == "script":
            columns.script.show_script(self.script)
            columns.show_page(columns.script)
        elif spot.kind == "group":
            columns.group.show_group(self.script, spot.key)
            columns.show_page(columns.group)
        else:
            columns.show_page(columns.blank)

    def _placed(self) -> list[Placed]:
        return [placed(self.sitting.draft, problem) for problem in self.sitting.problems]

    def _mark(self) -> None:
        columns, language = self.columns, self.desk.language
        found = self._placed()
        here = self.spot
        kind = "question" if here.kind == "spare" else here.kind
        mine = [
            one
            for one in found
            if (one.spot.kind, one.spot.key) == (kind, here.key) and one.script in ("", self.script)
        ]
        page = columns.page
        if page is columns.question or page is columns.script or page is columns.group:
            page.mark(sentences(mine, language))
        sitting = self.sitting
        columns.problems.show_problems(
            sitting.draft, sitting.problems, language, checking=sitting.checking, changed=sitting.changed
        )

    # ── where one is ─────────────────────────────────────────────────────────────────────────────────────────────

    def _pick(self, spot: Spot) -> None:
        self.commit()
        self.sitting.history.seal()
        self.spot = spot
        self._show_page()
        self._mark()
        self.columns.area.verticalScrollBar().setValue(0)

    def show_script(self, key: str) -> None:
        """Show another script."""
        self.commit()
        self._go(key, self.spot if self.spot.kind in ("question", "spare") else Spot("script", key))

    def _go(self, script: str, spot: Spot) -> None:
        self.script = script
        if spot.kind:
            self.spot = spot
        self._show_all()

    def go_to(self, one: Placed) -> None:
        """To the field of a problem."""
        if not one.spot.kind:
            self.edit_text(
                line_of(self.sitting.draft, one.problem.path), problem_words(one.problem, self.desk.language)
            )
            return
        self._go(one.script or self.script, one.spot)
        page = self.columns.page
        columns = self.columns
        if page is columns.question or page is columns.script or page is columns.group:
            field = page.field_at(one.path)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.columns.area.ensureWidgetVisible(field, 20, 60)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the outline."""
        if event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.activate()
        else:
            super().keyPressEvent(event)

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, verb: str) -> None:
        """Carry out a verb at the row that is chosen."""
        if not self.sitting.is_ready:
            return
        if verb == "edit":
            self._edit_spot()
            return
        outline = self.columns.left.outline
        near = outline.neighbour(1) if outline.neighbour(1).kind in ("question", "spare") else outline.neighbour(-1)
        self.commit()
        script, spot = self.verbs.do(verb, self.script, self.spot)
        self._go(script, spot if spot.kind else near)
        if verb in ("add_question", "new_script", "add_group"):
            self._edit_spot()

    def _edit_spot(self) -> None:
        page, columns = self.columns.page, self.columns
        if page is columns.question:
            columns.question.first_field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is columns.script or page is columns.group:
            page.field_at("").setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, question: str, group: str, before: str) -> None:
        self.commit()
        self._go(*self.verbs.drop(self.script, question, group, before))

    def _grey_out(self) -> None:
        for verb, action in self.columns.left.actions_.items():
            action.setEnabled(self.verbs.possible(verb, self.script, self.spot))

    # ── undo ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def undo(self) -> bool:
        """Take back the last edit of the draft; an adoption where it is the last step of all."""
        self.commit()
        edit = self.sitting.undo()
        if edit is not None and edit.adopted:
            self._replay_adoption(getattr(self.desk.undoable, "name", "") == "adopt_playbook", self.desk.undo)
        elif edit is not None:
            self.sitting.edited.emit()
        self._tell_replay(edit, "undone")
        return True

    def redo(self) -> bool:
        """Do it again."""
        edit = self.sitting.redo()
        if edit is not None and edit.adopted:
            self._replay_adoption(getattr(self.desk.redoable, "name", "") == "adopt_playbook", self.desk.redo)
        self._tell_replay(edit, "redone")
        return True

    def _replay_adoption(self, possible: bool, replay: object) -> None:
        if possible and callable(replay):
            replay(then=lambda _: self.sitting.look())
        else:
            self.columns.note.say(says(self.desk.language, "adoption_stays"), self.desk.language, "close")

    def _tell_replay(self, edit: Edit | None, how: str) -> None:
        self.undo_changed.emit()
        if edit is None:
            self.head.trouble = ""
            self.head.state.setText(says(self.desk.language, "nothing_to_undo"))
        else:
            self.head.state.setText(says(self.desk.language, how, step=self.step_words(edit)))

    def step_words(self, edit: Edit) -> str:
        """An edit as a person names it."""
        return words.say(self.desk.language, "draft_steps", edit.name, **edit.details)

    def undo_words(self) -> tuple[str, str] | None:
        """What Undo and Redo would take back here."""
        undo, redo = self.sitting.history.undoable, self.sitting.history.redoable
        return (self.step_words(undo) if undo else "", self.step_words(redo) if redo else "")

    # ── the draft as a whole ─────────────────────────────────────────────────────────────────────────────────────

    def adopt(self) -> None:
        """Put the draft in force."""
        self.commit()
        self.sitting.adopt()

    def try_out(self) -> None:
        """Ask the draft's questions on an invented lead."""
        self.commit()
        playbook = self.sitting.playbook
        if playbook is None:
            self._say(self.head.why_not() or says(self.desk.language, "checking"))
            return
        start = self.spot.key if self.spot.kind == "question" else ""
        self.trial = Trial(self, self.desk, playbook, self.script, start)
        self.trial.begin()

    def edit_text(self, line: int = 0, hint: str = "") -> None:
        """Show the draft as its file, at a line."""
        self.commit()
        self.text = TextPanel(self, self.desk, self.sitting.draft, self._take_text, line, hint)
        self.text.begin()

    def _take_text(self, draft: Draft) -> None:
        self.sitting.history.seal()
        self.sitting.edit("text", draft)

    def ask_export(self) -> None:
        """Write the draft to a file."""
        self.commit()
        self.carrying.ask_export()

    def ask_when(self) -> None:
        """Put together when the question is asked."""
        self.commit()
        self.conditions.of_question(self.columns.question.key, self.columns.question.set_when)

    def ask_offered(self) -> None:
        """Put together for whom the script is offered."""
        self.commit()
        self.conditions.of_script(self.script, self.columns.script.set_when)

    def _say(self, text: str) -> None:
        self.head.state.setText(text)

    def discard(self) -> None:
        """Back to what is in force."""
        self.commit()
        self.sitting.discard()

    def _based(self) -> None:
        newer, base, language = self.sitting.newer, self.sitting.base, self.desk.language
        if newer is not None and base is not None:
            said = says(language, "newer_version", base=base.number, newer=newer.number)
            self.columns.note.say(said, language, "go_on", "start_anew")
        elif not self.sitting.taken_up:
            self.columns.note.say("", language)
        self._show_all()

    def _answer_note(self, answer: str) -> None:
        self.sitting.taken_up = False
        if answer == "go_on":
            self.sitting.go_on()
        elif answer == "start_anew":
            self.sitting.discard()
        self.columns.note.say("", self.desk.language)
        self.activate()

    def _kept(self, trouble: LeadDeskError | None) -> None:
        language = self.desk.language
        self.head.trouble = "" if trouble is None else says(language, "not_kept", why=trouble_words(trouble, language))
        self.head.show_state(language)

    def _tell(self, error: LeadDeskError) -> None:
        self.columns.note.say(trouble_words(error, self.desk.language), self.desk.language, "close")
