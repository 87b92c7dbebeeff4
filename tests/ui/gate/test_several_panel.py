"""What is asked where a gate holds some of several leads: one decision, one signal."""

from __future__ import annotations

import pytest

from leaddesk.operations.moves import Readiness
from leaddesk.ui.gate.several_panel import SeveralPanel
from tests.drivers import WindowDriver


@pytest.fixture
def panel(empty_window: WindowDriver) -> SeveralPanel:
    """Two may enter, one may not."""
    found = Readiness(ready=("a", "b"), held=("c",), unmet={("mql", "score"): 1})
    stage = empty_window.desk.playbook.stage["mql"]
    panel = SeveralPanel(empty_window.desk, found, stage, empty_window.window)
    panel.open(panel)
    return panel


def test_enter_in_the_reason_moves_all_and_not_those_that_may_as_well(
    empty_window: WindowDriver, panel: SeveralPanel
) -> None:
    told: list[str] = []
    panel.ready_wanted.connect(lambda: told.append("ready"))
    panel.overridden.connect(told.append)
    empty_window.press("A")
    empty_window.type("a fair")
    empty_window.press("Return")
    empty_window.settle()
    assert told == ["a fair"]


def test_enter_moves_those_that_may(empty_window: WindowDriver, panel: SeveralPanel) -> None:
    told: list[str] = []
    panel.ready_wanted.connect(lambda: told.append("ready"))
    empty_window.press("Return")
    empty_window.settle()
    assert told == ["ready"]


def test_without_a_reason_nothing_moves(empty_window: WindowDriver, panel: SeveralPanel) -> None:
    told: list[str] = []
    panel.ready_wanted.connect(lambda: told.append("ready"))
    panel.overridden.connect(told.append)
    empty_window.press("A", "Return")
    empty_window.settle()
    assert told == []
    assert panel.isVisible()
