"""What a stage still wants of a lead: met and unmet requirements, answers on digits, and one step that saves all."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import FactValue, RequirementState, Said
from leaddesk.ui import amounts, answer_words
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.anyway import WhyAnyway
from leaddesk.ui.gate.ask import Ask
from leaddesk.ui.gate.chips import Chip
from leaddesk.ui.gate.draft import Draft
from leaddesk.ui.gate.fact_ask import FactAsk, field_of
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.kit.marks import Icon, KeyCap
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, Line, row
from leaddesk.ui.text import ElidedText, Text
from leaddesk.ui.theme import look

_DIGITS = 9


class GatePanel(Overlay):
    """Asked on the drop; Escape changes nothing.

    Emits `saved(Draft)`, `overridden(Draft, reason)`, `call_wanted(question)`, where the question may be empty.
    """

    saved = Signal(object)
    overridden = Signal(object, str)
    call_wanted = Signal(str)

    def __init__(self, desk: Desk, lead: Lead, target: str, over: QWidget) -> None:
        super().__init__(over, 600)
        self._desk, self._lead = desk, lead
        self.about = lead.id
        self._language = desk.language
        self.draft = Draft(desk.playbook, lead.state, target, desk.now(), desk.today())
        self._active = 0
        self._facts: list[FactAsk] = []
        self._groups: list[tuple[bool, list[Chip]]] = []  # whether answered here already, and its chips
        stage = words.pick(desk.playbook.stage[target].label, self._language)
        self._title = Text(self._say("title", lead=lead.title, stage=stage), "title", wrap=True)
        self.setAccessibleName(self._title.text())
        self._summary = Text(kind="mute", wrap=True)
        self._list = QWidget()
        self._needs = QVBoxLayout(self._list)
        self._needs.setContentsMargins(0, 6, 0, 0)
        self._needs.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        for widget in (self._title, self._summary):
            self.inside.addWidget(widget)
        self.inside.addWidget(self._scroll, 1)
        self._walk = QWidget()
        hint = row(KeyCap("↑↓"), Text(self._say("walk"), "small"), 1, spacing=6)
        self._walk.setLayout(hint)
        self.inside.addWidget(self._walk)
        self._make_buttons()
        self._show()

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "gate_panel", key, **details)

    def _make_buttons(self) -> None:
        self._call = CommandButton(self._say("call_now"), "C")
        self._anyway = CommandButton(self._say("anyway"), "A")
        self._cancel = CommandButton(self._say("cancel"), "Esc", "quiet")
        self._save = CommandButton(self._say("save"), "", "primary")
        self._why = WhyAnyway(self._language)
        self._why.given.connect(self._override)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 10, 0, 0)
        buttons.setSpacing(8)
        for button in (self._call, self._anyway):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self._cancel, self._save):
            buttons.addWidget(button)
        self._call.clicked.connect(self._ask_call)
        self._anyway.clicked.connect(self._ask_reason)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self.save)
        self._call.setEnabled(not self._lead.do_not_call)
        self.inside.addWidget(self._why)
        self.inside.addLayout(buttons)

    def _show(self) -> None:
        """Build the rows anew from what the gate says now."""
        typed_in = self.focusWidget()
        self._take_typed()
        while self._needs.count():
            item = self._needs.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._groups = []
        for need in self.draft.wanted:
            for part in (self._row(need), Line()):
                self._needs.addWidget(part)
                part.show()  # at once: what is hidden yet has no height, and the panel is fitted to these
        self._needs.addStretch(1)
        still, every = len(self.draft.check.unmet), len(self.draft.wanted)
        open_words = self._say("open_only") if every == 1 else self._say("open", n=still, all=every)
        self._summary.setText(open_words if still else self._say("all_met"))
        self._save.setEnabled(not still)
        self._anyway.setVisible(bool(still))
        self._save.say(self._say("save"), "Enter" if not still else "")
        self._number()
        if typed_in is not None and not typed_in.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_needs()

    def _fit_needs(self) -> None:
        """As high as what is asked needs, as far as the window has room."""
        needs = self._needs
        needs.activate()
        wraps = needs.hasHeightForWidth()
        tall = needs.totalHeightForWidth(self.panel_width) if wraps else needs.totalSizeHint().height()
        self._scroll.setFixedHeight(min(tall, max(200, self.window().height() - 300)))
        self.fit()

    def _row(self, need: RequirementState) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 7, 0, 7)
        column.setSpacing(6)
        requirement = self.draft.requirement(need)
        label = words.pick(requirement.label, self._language) if requirement is not None else need.code
        if need.stage != self.draft.target:
            label = f"{words.pick(self._desk.playbook.stage[need.stage].label, self._language)}: {label}"
        icon = Icon(size=16)
        icon.show_standing(need.standing)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        name = Text(label, "" if need.met else "name", wrap=True)
        head.addWidget(name, len(label))
        evidence = self._evidence(need)
        if evidence:
            told = ElidedText(evidence, "small")
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            head.addWidget(told, len(evidence))  # each has room by how much it says
        column.addLayout(head)
        standing = words.say(self._language, "standings", need.standing)
        row.setAccessibleName(f"{label}: {self._say('met') if need.met else standing}")
        self._ask(need, column)
        return row

    def _evidence(self, need: RequirementState) -> str:
        requirement = self.draft.requirement(need)
        if requirement is None:
            return ""
        if not need.met and need.missing_points:
            return self._say("missing_points", n=f"{need.missing_points / 10:g}")
        if not need.met and need.standing.value == "not_asked":
            return ""
        return answer_words.requirement_evidence(
            self._desk.playbook, requirement, self.draft.state, self.draft.assessment, self._language
        )

    def _ask(self, need: RequirementState, column: QVBoxLayout) -> None:
        """The questions and the sign-off under a requirement, also of one that was met here."""
        questions = self.draft.questions_for(need)
        if need.met:
            questions = tuple(question for question in questions if question.key in self.draft.answers)
        for question in questions:
            ask = Ask(
                question,
                self.draft.answers.get(question.key),
                self._language,
                self._desk.today(),
                amounts.usual_currency(question, self._lead.facts.get("value"), self._language),
                self._heading(need, question, len(questions)),
            )
            ask.setContentsMargins(24, 0, 0, 0)
            ask.answered.connect(self._answer)
            ask.taken_back.connect(self._take_back)
            column.addWidget(ask)
            self._groups.append((question.key in self.draft.answers, ask.chips))
        self._ask_facts(need, column)
        if need.signoff and (not need.met or need.code in self.draft.signoffs):
            self._groups.append((need.code in self.draft.signoffs, self._offer_signoff(need, column)))

    def _ask_facts(self, need: RequirementState, column: QVBoxLayout) -> None:
        """What a requirement misses among the facts, to be typed here."""
        requirement = self.draft.requirement(need)
        if requirement is None:
            return
        for fact in self.draft.facts_for(need):
            field = self._desk.get(field_of, fact, requirement.when)
            if field is None:
                continue
            ask = FactAsk(self._desk, fact, field, self.draft.facts.get(fact), self.draft.known(fact))
            ask.setContentsMargins(24, 0, 0, 0)
            ask.told.connect(self._tell)
            ask.taken_back.connect(lambda one: self._tell(one, None))
            ask.entered.connect(self.save)
            ask.grown.connect(lambda: QTimer.singleShot(0, self, self._fit_needs))
            column.addWidget(ask)
            self._facts.append(ask)
            self._groups.append((fact in self.draft.facts, ask.chips))

    def _take_typed(self) -> None:
        """What stands in a field of a fact without having been entered is not lost with its row."""
        asks, self._facts = self._facts, []
        for ask in asks:
            value = ask.typed()
            if value is not None and ask.fact not in self.draft.facts:
                self.draft.tell(ask.fact, value)

    def _tell(self, fact: str, value: FactValue | None) -> None:
        self.draft.tell(fact, value)
        self._active = 0
        self._show()

    def _heading(self, need: RequirementState, question: Question, asked: int) -> str:
        """Which question it is, where the requirement's name does not say so."""
        if need.hidden_by == question.key:
            return self._say("first_ask", question=words.pick(question.wording, self._language))
        if asked > 1 or need.question != question.key or need.missing_points:
            return words.pick(question.wording, self._language)
        return ""

    def _offer_signoff(self, need: RequirementState, column: QVBoxLayout) -> list[Chip]:
        signed = self.draft.signoffs.get(need.code, "")
        name = signed or self._desk.person
        place = QWidget()
        flow = Flow()
        place.setLayout(flow)
        place.setContentsMargins(24, 0, 0, 0)
        field = QLineEdit(name)
        field.setPlaceholderText(self._say("signer"))
        field.setAccessibleName(self._say("signer"))
        field.setFixedWidth(200)
        field.returnPressed.connect(lambda: self._sign(need.code, field.text()))

        def sign() -> None:
            if signed:
                self._sign(need.code, "")
            elif field.text().strip():
                self._sign(need.code, field.text())
            else:
                field.show()
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)

        chip = Chip(self._say("sign_as", name=name) if name else self._say("sign"), sign)
        chip.setChecked(bool(signed))

        def name_another() -> None:
            field.show()
            field.selectAll()
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

        other = Chip(self._say("other_signer"), name_another)
        chips = [chip] if signed or not name else [chip, other]
        for widget in (*chips, field):
            flow.addWidget(widget)
        field.hide()
        column.addWidget(place)
        return chips

    # ── digits ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _number(self) -> None:
        """Digits for all chips where nine are enough, else for those of the active question; open ones come first."""
        ordered = [chips for _, chips in sorted(self._groups, key=lambda group: group[0])]
        every = [chip for chips in ordered for chip in chips]
        for chip in every:
            chip.number(0)
        self._walk.setVisible(len(every) > _DIGITS)
        if len(every) > _DIGITS:
            self._active = max(0, min(self._active, len(ordered) - 1))
            every = ordered[self._active][:_DIGITS]
            self._scroll.ensureWidgetVisible(every[0], 0, 40)
        for digit, chip in enumerate(every, 1):
            chip.number(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer, arrows change the question, Enter saves once all is met, A moves anyway, C calls."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._press(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._save.isEnabled():
            self.save()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._active += 1 if key == Qt.Key.Key_Down else -1
            self._number()
        elif key == Qt.Key.Key_A and self._anyway.isVisible():
            self._ask_reason()
        elif key == Qt.Key.Key_C and self._call.isEnabled():
            self._ask_call()
        else:
            super().keyPressEvent(event)

    def _press(self, digit: int) -> None:
        for _, chips in self._groups:
            for chip in chips:
                if chip.digit == digit:
                    chip.choose()
                    return

    # ── what a person does ───────────────────────────────────────────────────────────────────────────────────────

    def _answer(self, question: str, said: Said) -> None:
        self.draft.answer(question, said)
        self._active = 0
        self._show()

    def _take_back(self, question: str) -> None:
        self.draft.take_back(question)
        self._show()

    def _sign(self, code: str, by: str) -> None:
        self.draft.sign(code, by)
        self._show()

    def _ask_call(self) -> None:
        """Ask on a call, beginning with the first question that is still open here."""
        still = (question.key for need in self.draft.check.unmet for question in self.draft.questions_for(need))
        first = next((key for key in still if key not in self.draft.answers), "")
        self.leave()
        self.call_wanted.emit(first)

    def _ask_reason(self) -> None:
        look(self._anyway, "on", True)
        self._why.ask()
        self.fit()

    def _override(self, reason: str) -> None:
        self.overridden.emit(self.draft, reason)
        self.leave(accepted=True)

    def save(self) -> None:
        """Save the answers and move, if the gate is open now."""
        if self.draft.check.open:
            self.saved.emit(self.draft)
            self.leave(accepted=True)
