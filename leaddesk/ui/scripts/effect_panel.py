"""What the draft would change on the leads in work, counted slice by slice while a person goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads.effects import Effect, EffectSlice, effect_slice, leads_in_work
from leaddesk.errors import LeadDeskError
from leaddesk.qualify.playbook import Playbook
from leaddesk.ui import theme
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.text import Text, give_way, menu_words

#: Milliseconds of rest after an edit before it is counted, and up to how many leads that is done unasked.
COUNT_AFTER = 700
UNASKED = 5_000


class EffectPanel(Panel):
    """Counts whenever the draft is sound and other than what is in force; a button stops it, or begins it."""

    def __init__(self, desk: Desk, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, margin=14)
        self._desk = desk
        self._sitting = sitting
        self._language = desk.language
        self._counted: Playbook | None = None
        self._counting: Playbook | None = None
        self._effect = Effect()
        self._total = 0
        self._as_of = 0
        self.header.setWordWrap(True)
        give_way(self.header)
        self.state = Text(kind="small", wrap=True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._cells: list[QWidget] = []
        self.rows: list[tuple[str, str]] = []
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = QPushButton()
        self.stop.clicked.connect(self.cancel)
        self.start = QPushButton()
        self.start.clicked.connect(self.count)
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        line.addWidget(self.start)
        self.inside.addWidget(self.state)
        self.inside.addLayout(self._grid)
        self.inside.addLayout(line)
        self.inside.addStretch(1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(COUNT_AFTER)
        self._soon.timeout.connect(self._begin)
        sitting.ready.connect(self._look)
        sitting.checked.connect(self.follow)
        sitting.edited.connect(self._drop)

    # ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def follow(self) -> None:
        """The draft was checked: count it soon, if there is anything to count."""
        playbook = self._sitting.playbook
        if playbook is not None and self._sitting.changed and playbook is not self._counted:
            self._soon.start()
        self._show()

    def _drop(self) -> None:
        """What is being counted is of an older draft."""
        self._soon.stop()
        self._counting = None
        self._show()

    def _look(self) -> None:
        """See how many leads there are."""
        self._desk.read(leads_in_work, then=self._sized, slot="scripts.leads")

    def _begin(self) -> None:
        self._desk.read(leads_in_work, then=self._sized_to_count, slot="scripts.effect")

    def _sized(self, total: int) -> None:
        self._total = total
        self._show()

    def _sized_to_count(self, total: int) -> None:
        self._sized(total)
        if total <= UNASKED:
            self.count()

    def count(self) -> None:
        """Count from the first lead on."""
        playbook = self._sitting.playbook
        if playbook is None:
            return
        held = self.start.hasFocus()
        self._counting, self._counted = playbook, None
        self._effect, self._as_of = Effect(), self._desk.now()
        self._next(-1)
        self._show()
        if held:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Stop; nothing is shown of what was counted."""
        self._counting = None
        self._show()

    def _next(self, after: int) -> None:
        self._desk.read(
            effect_slice,
            self._counting,
            after,
            self._as_of,
            then=self._arrived,
            failed=self._could_not,
            slot="scripts.effect",
        )

    def _arrived(self, part: EffectSlice) -> None:
        if self._counting is None:
            return
        self._effect += part.effect
        if part.last is not None:
            self._next(part.last)
        else:
            self._counted, self._counting = self._counting, None
        self._show()

    def _could_not(self, error: LeadDeskError) -> None:
        self.cancel()
        self._desk.failed.emit(error)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        sitting, language = self._sitting, self._language
        counting = self._counting is not None
        known = self._counted is not None and self._counted is sitting.playbook
        figure = f"{self._total:,}"
        self.set_title(says(language, "effect_title", number=sitting.number, leads=figure, n=self._total))
        self.bar.setVisible(counting)
        self.stop.setVisible(counting)
        self.bar.setRange(0, max(1, self._total))
        self.bar.setValue(min(self._effect.leads, self._total))
        waiting = sitting.playbook is not None and sitting.changed and not counting and not known
        self.start.setVisible(waiting and self._total > UNASKED)
        self.start.setText(menu_words(says(language, "count", leads=figure)))
        told = (self._state(counting=counting, known=known), *self._unknown())
        self.state.setText("\n".join(text for text in told if text))
        self.state.setVisible(bool(self.state.text()))
        self._fill([*(self._said() if known else []), *self._paths()])

    def _state(self, *, counting: bool, known: bool) -> str:
        sitting, language = self._sitting, self._language
        if counting:
            return says(language, "counting", done=f"{self._effect.leads:,}", total=f"{self._total:,}")
        if not sitting.changed:
            return says(language, "nothing_changed")
        if sitting.problems:
            return says(language, "effect_with_problems")
        if known and not self.rows and not self._said():
            return says(language, "no_effect")
        return ""

    def _unknown(self) -> list[str]:
        """Fields of the team's own that the draft asks for in vain."""
        outcome = self._sitting.outcome
        unknown = outcome.unknown if outcome is not None else ()
        return [says(self._language, "own_unknown", name=name) for name in unknown]

    def _said(self) -> list[tuple[str, str]]:
        language, effect = self._language, self._effect
        labels = {rule.key: words.pick(rule.label, language) for rule in self._desk.playbook.lifecycle}
        if self._counted is not None:
            labels |= {rule.key: words.pick(rule.label, language) for rule in self._counted.lifecycle}
        rows = []
        for key, label in labels.items():
            if n := effect.become.get(key):
                rows.append((says(language, "become", what=label), f"+{n:,}"))
            if n := effect.no_longer.get(key):
                rows.append((says(language, "no_longer", what=label), f"−{n:,}"))
        for word, number in (
            ("move_band", effect.band),
            ("score_rises", effect.higher),
            ("score_falls", effect.lower),
            ("homeless", effect.homeless),
        ):
            if number or word == "move_band":
                rows.append((says(language, word), f"{number:,}"))
        return rows

    def _paths(self) -> list[tuple[str, str]]:
        outcome = self._sitting.outcome
        if outcome is None or outcome.playbook is None:
            return []
        rows = []
        several = len(outcome.playbook.scripts) > 1
        for script in outcome.playbook.scripts:
            now, former = outcome.paths.get(script.key, 0), outcome.former_paths.get(script.key)
            what = says(self._language, "longest_path")
            if several:
                what = says(self._language, "longest_path_of", script=words.pick(script.name, self._language))
            said = says(self._language, "questions", n=now)
            if former is not None and former != now:
                said = says(self._language, "questions_was", n=now, former=former)
            rows.append((what, said))
        return rows

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        if rows == self.rows:
            return
        self.rows = rows
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for number, (label, value) in enumerate(rows):
            left, right = Text(label, wrap=True), Text(value, "name", wrap=False)
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(left, number, 0)
            self._grid.addWidget(right, number, 1)
            self._cells += [left, right]
        theme.look(self, "kind", "panel")

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self.stop.setText(menu_words(says(language, "stop")))
        self.bar.setAccessibleName(says(language, "counting_bar"))
        self.rows = [("", "")]
        self._show()
