"""The middle of the room during a call: criteria, one question large, its answers on digits, the note, the footer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.answers import standing_of_said
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.shorthand.offers import Offer
from leaddesk.qualify.state import Said
from leaddesk.ui import amounts
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.call import options, script, telling
from leaddesk.ui.call.choices import Choices, Row
from leaddesk.ui.call.entry import Entry
from leaddesk.ui.call.fields import NoteField
from leaddesk.ui.call.offers import Offers
from leaddesk.ui.call.options import Does, Option
from leaddesk.ui.call.said_by import SaidBy
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.call.tabs import CriterionTabs, Footer
from leaddesk.ui.kit.panels import Panel, row
from leaddesk.ui.text import Text

#: Several choices are saved by themselves so many milliseconds after the last digit; Enter is quicker.
CONFIRM_AFTER = 900


class QuestionPanel(Panel):
    """One question at a time. `focus_changed()` whenever keys go elsewhere than before."""

    focus_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, spacing=0)
        self.session = session
        self.tabs = CriterionTabs(self)
        self.place = Text(kind="small", parent=self)
        self.advice = Text(kind="small", tone="accent", wrap=True, parent=self)
        self.wording = Text(kind="question", wrap=True, selectable=False, parent=self)
        self.own_wording = Text(wrap=True, parent=self)
        self.hint = Text(kind="mute", wrap=True, parent=self)
        self.earlier = Text(kind="small", tone="soon", wrap=True, parent=self)
        self.choices = Choices(self)
        self.entry = Entry(self)
        self.said_by = SaidBy(session, self)
        self.note = NoteField(self)
        self.offers = Offers(session, self)
        self.footer = Footer(self)
        self._rows: tuple[Option, ...] = ()
        self._toggled: dict[str, tuple[str, ...]] = {}
        self._taken_from: str | None = None
        self._confirm = QTimer(self)
        self._confirm.setSingleShot(True)
        self._confirm.setInterval(CONFIRM_AFTER)
        self._confirm.timeout.connect(self.confirm)
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        self.note.setFixedHeight(66)
        self.place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        asked = QWidget(self)
        stack = QVBoxLayout(asked)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addLayout(row(self.place, self.advice, spacing=4))
        stack.addSpacing(6)
        stack.addWidget(self.wording)
        stack.addSpacing(6)
        self.own_wording.setContentsMargins(0, 0, 0, 4)
        self.earlier.setContentsMargins(0, 4, 0, 0)
        stack.addWidget(self.own_wording)
        stack.addWidget(self.hint)
        stack.addWidget(self.earlier)
        stack.addSpacing(12)
        stack.addWidget(self.choices)
        stack.addSpacing(8)
        stack.addWidget(self.entry)
        stack.addSpacing(8)
        stack.addWidget(self.said_by)
        stack.addWidget(self.note)
        stack.addWidget(self.offers)
        stack.addStretch(1)
        self._page = QScrollArea(self)
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setWidget(asked)
        self.inside.addWidget(self.tabs)
        self.inside.addSpacing(14)
        self.inside.addWidget(self._page, 1)
        self.inside.addSpacing(8)
        self.inside.addWidget(self.footer)

    def _listen(self) -> None:
        self.tabs.chosen.connect(self._enter_criterion)
        self.choices.picked.connect(self.pick)
        self.choices.confirmed.connect(self.go_on)
        self.choices.letter.connect(self._letter)
        self.choices.erased.connect(self._erase)
        self.entry.said.connect(self._typed_answer)
        self.entry.entered.connect(self.go_on)
        self.entry.escaped.connect(self.focus_question)
        self.note.typed.connect(self._note_typed)
        self.note.entered.connect(self.go_on)
        self.note.offered.connect(self.offers.take)
        self.offers.taken.connect(self._take_offer)
        self.note.escaped.connect(self.focus_question)
        for part in (self.choices, self.entry, self.note):
            part.focused.connect(self._focus_moved)
        self.session.moved.connect(self._moved)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        """The language on display."""
        return self.session.desk.language

    def show_all(self) -> None:
        """Show the question asked, as everything stands now."""
        session = self.session
        lead, question = session.lead, session.question
        if lead is None or question is None:
            return
        language, book = self.language, session.playbook
        self.tabs.show_criteria(book, lead.assessment, question.criterion, language)
        advice = telling.next_up(book, lead, question, language)
        self.place.setText(telling.place(book, lead, question, language) + (" ·" if advice else ""))
        self.advice.setText(advice)
        self.wording.setText(words.pick(question.wording, session.asked_in))
        self.own_wording.setText(words.pick(question.wording, language))
        self.own_wording.setVisible(session.asked_in != language)
        self.hint.setText(words.pick(question.hint, language))
        state = session.question_state
        told = telling.earlier(question, state, lead, session.desk.now(), language) if state else ""
        self.said_by.show_speaker()
        self.earlier.setText(told)
        self.earlier.setVisible(bool(told))
        self._rows = options.options(book, question, self._people(), language)
        self.choices.offer([Row(option.digit, option.label, self._tail(question, option)) for option in self._rows])
        self.choices.setAccessibleName(self.wording.text())
        self.note.setPlaceholderText(words.say(language, "call", "note_hint"))
        self.note.setAccessibleName(words.say(language, "call", "note"))
        self.note.show_text(session.notes.text(question.key))
        self._offer()
        self.entry.setVisible(question.kind in options.TYPED)
        self.show_answer()

    def _tail(self, question: Question, option: Option) -> str:
        """What stands at a row's end: its points, or the exact sum, day or name that was said."""
        given = self.session.standing_answer(question.key)
        said = self.session.saving(question.key) or (given.said if given is not None and not self._is_old() else None)
        if option.does is Does.TYPE and said is not None and said.heard is None and not said.keys:
            return said_words(question, said, self.language)
        return option.tail

    def show_answer(self) -> None:
        """Show what was said to the question asked, saved or on its way, and where keys go."""
        session, question = self.session, self.session.question
        if question is None:
            return
        pending = session.saving(question.key)
        given = session.standing_answer(question.key)
        said = pending or (given.said if given is not None and not self._is_old() else None)
        toggled = self._toggled.get(question.key)
        shown = Said(keys=toggled) if toggled is not None else said
        digits = options.chosen_digits(question, self._rows, shown)
        bands: tuple[str, ...] = ()
        if pending is not None:
            _, _, bands = standing_of_said(question, pending, session.desk.now())
        elif toggled is None and session.question_state is not None:
            # The answers that stand: of an exact sum or day its band, of a known fact the answer it amounts to.
            bands = session.question_state.keys
        digits |= frozenset(option.digit for option in self._rows if option.key and option.key in bands)
        mark = ""
        if pending is not None:
            mark = words.say(self.language, "call", "not_saved" if session.is_unsaved(question.key) else "saving")
        self.choices.choose(digits, mark)
        if question.kind in options.TYPED:
            today, now = session.today(), session.desk.now()
            self.entry.offer(question, said, self._currency(), today, now, self.language)
        self.show_footer()

    def _focus_moved(self, here: bool) -> None:
        self.show_footer()
        if here and self.note.hasFocus():
            self._page.ensureWidgetVisible(self.note, 0, 0)
        elif here and self.choices.hasFocus():
            self._page.ensureVisible(0, 0)

    def show_footer(self) -> None:
        """Say where keys go and whether everything is saved."""
        session, language = self.session, self.language
        question = session.question
        if question is None:
            return
        target = "elsewhere"
        hints: tuple[tuple[str, str], ...] = (("Tab", "to_question"),)
        if self.choices.hasFocus():
            enter = "confirm" if question.key in self._toggled else "next"
            typed = (("Tab", "exactly"),) if question.kind in options.TYPED else (("Tab", "note_short"),)
            target, hints = "question", (*typed, ("Enter", enter), ("Ctrl+↑↓", "move"), ("Ctrl+J", "any_question"))
        elif self.entry.line.hasFocus():
            target, hints = question.kind.value, (("Enter", "answer"), ("Tab", "note_short"), ("Esc", "answers"))
        elif self.note.hasFocus():
            taken = (("Ctrl+1…3", "take_offer"),) if self.offers.offers else ()
            hints = (*taken, ("Tab", "answers"), ("Enter", "next"), ("Ctrl+↑↓", "move"), ("Ctrl+J", "any_question"))
            target = "note"
        self.footer.target.setText(words.say(language, "call", f"keys_{target}"))
        self.footer.show_hints(tuple((keys, words.say(language, "call", f"does_{does}")) for keys, does in hints))
        self.footer.say_saved(*telling.save_words(session.desk, language, busy=session.busy, unsaved=session.unsaved))
        self.focus_changed.emit()

    def _people(self) -> tuple[str, ...]:
        lead = self.session.lead
        if lead is None:
            return ()
        return options.names(str(lead.facts.get("name") or ""), lead.stakeholders)

    def _currency(self) -> str:
        """The currency a sum is said in when none is named."""
        lead, question = self.session.lead, self.session.question
        value = lead.facts.get("value") if lead is not None else None
        return amounts.usual_currency(question, value, self.language) if question is not None else ""

    def _is_old(self) -> bool:
        """Whether the standing answer has expired: it is told above, but no row stands for it any more."""
        state = self.session.question_state
        return state is not None and state.expired

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def pick(self, digit: int) -> None:
        """Choose the row on a digit."""
        option = next((each for each in self._rows if each.digit == digit), None)
        question = self.session.question
        if option is None or question is None or self.session.phase is not Phase.ON_CALL:
            return
        if option.does is Does.TYPE:
            self.entry.line.setFocus()
            self.entry.line.selectAll()
        elif option.does is Does.TOGGLE:
            self._toggle(question, option.key)
        else:
            self._toggled.pop(question.key, None)
            self.session.answer(option.said)

    def _toggle(self, question: Question, key: str) -> None:
        present = self._toggled.get(question.key)
        if present is None:
            said = self.session.said_by_speaker(question.key)
            present = said.keys if said is not None else ()
        wanted = {*present} ^ {key}
        # In the order of the script, so that the same choices are the same answer.
        self._toggled[question.key] = tuple(answer.key for answer in question.answers if answer.key in wanted)
        self._confirm.start()
        self.show_answer()

    def confirm(self) -> bool:
        """Save several choices that were toggled; whether there were any."""
        self._confirm.stop()
        waiting, self._toggled = self._toggled, {}
        for key, keys in waiting.items():
            if keys:
                self.session.answer(Said(keys=keys), key)
            elif self.session.standing_answer(key) is not None:
                self.session.withdraw(key)
        self.show_answer()
        return bool(waiting)

    def go_on(self) -> None:
        """Enter: confirm what is toggled, else ask what is advised next."""
        if not self.confirm():
            self.session.go_next()
        self.focus_question()

    def _letter(self, letter: str) -> None:
        criterion = script.criterion_of_letter(self.session.playbook, letter)
        if criterion is not None:
            self._enter_criterion(criterion)

    def _enter_criterion(self, criterion: str) -> None:
        self.confirm()
        self.session.enter_criterion(criterion)
        self.focus_question()

    def _erase(self) -> None:
        question = self.session.question
        if question is not None:
            self._confirm.stop()
            self._toggled.pop(question.key, None)
            self.session.withdraw()

    def _typed_answer(self, said: object) -> None:
        if isinstance(said, Said):
            self.session.answer(said)
            self.focus_question()

    def _note_typed(self, text: str) -> None:
        if self.session.question_key is not None:
            self.session.notes.typed(self.session.question_key, text)
            self._offer()
            self.show_footer()

    def _offer(self) -> None:
        """Offer what the note may mean."""
        text = self.note.toPlainText()
        self.offers.show_for(text)
        # Pressed once too often after the last offer was taken, the key shall not lead away from the call.
        self.note.offers = len(self.offers.chips) if self.offers.offers or text == self._taken_from else 0

    def _take_offer(self, offer: object) -> None:
        if isinstance(offer, Offer):
            self._toggled.pop(offer.question, None)
            self._taken_from = self.note.toPlainText()
            self.session.answer(offer.said, offer.question)
            self._offer()
            self.show_footer()

    def _moved(self) -> None:
        self.confirm()
        self._page.ensureVisible(0, 0)

    def focus_question(self) -> None:
        """Let digits answer."""
        self.choices.setFocus()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round question, exact entry, note; Shift+Tab from the question leaves towards the other columns."""
        stops: list[QWidget] = [self.choices, self.note]
        if self.session.question is not None and self.session.question.kind in options.TYPED:
            stops.insert(1, self.entry.line)
        here = next((index for index, stop in enumerate(stops) if stop.hasFocus()), None)
        if here is None or (here == 0 and not following):
            return super().focusNextPrevChild(following)
        stops[(here + (1 if following else -1)) % len(stops)].setFocus()
        return True
