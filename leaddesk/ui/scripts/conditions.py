"""Asks when a question is asked, and for whom a script is offered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_places import Data
from leaddesk.ui.desk import Desk
from leaddesk.ui.scripts.condition_panel import ConditionPanel
from leaddesk.ui.scripts.condition_words import says, title_of
from leaddesk.ui.scripts.script_page import script_name
from leaddesk.ui.scripts.sitting import Sitting


class Conditions:
    """Opens the panel on the draft at hand."""

    def __init__(self, over: QWidget, desk: Desk, sitting: Sitting) -> None:
        self._over, self._desk, self._sitting = over, desk, sitting
        self.panel: ConditionPanel | None = None

    def of_question(self, key: str, then: Callable[[Data | None], object]) -> None:
        """When a question is asked."""
        draft, language = self._sitting.draft, self._desk.language
        one = questions.question(draft, key) or {}
        title = says(language, "when_title", title=title_of(draft, key, language))
        self._open(one.get("when"), title, says(language, "always"), then, key)

    def of_script(self, key: str, then: Callable[[Data | None], object]) -> None:
        """For whom a script is offered."""
        draft, language = self._sitting.draft, self._desk.language
        when = scripts.script(draft, key).get("when")
        title = says(language, "offered_title", script=words.pick(script_name(draft, key), language))
        self._open(None if when == scripts.NOBODY else when, title, says(language, "usual_script"), then)

    def _open(
        self, condition: object, title: str, nothing: str, then: Callable[[Data | None], object], own: str = ""
    ) -> None:
        draft, language = self._sitting.draft, self._desk.language
        fields = self._desk.get(custom_fields)
        self.panel = ConditionPanel(self._over, draft, condition, language, title, nothing, then, own, fields)
        self.panel.begin()
