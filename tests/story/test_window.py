"""The whole story in the real window, by keyboard alone, in both languages, light and dark."""

from __future__ import annotations

from pathlib import Path

from leaddesk.db.check import check
from tests.story.rep import Rep
from tests.story.story import live_through, the_lead


def test_from_a_file_to_a_qualified_lead_back_and_forth_and_over_a_restart(rep: Rep, tmp_path: Path) -> None:
    live_through(rep, tmp_path)
    done, heard = rep.entered, rep.board.heard
    steps = [rep.last_step]
    while rep.last_step:
        assert rep.undo()
        assert rep.entered == rep.past[rep.last_step]
        assert rep.has_the_keyboard()
        steps.append(rep.last_step)
    assert len(steps) == 21
    for step in reversed(steps[:-1]):
        assert rep.redo()
        assert rep.last_step == step
        assert rep.has_the_keyboard()
    assert rep.entered == done
    assert rep.board.walk_to(rep.tale.lead) == heard
    assert rep.driver.ask(check) == []
    lead = the_lead(rep)

    rep.close_program()
    rep.driver.language = rep.driver.theme = ""  # as it was left
    rep.open_program()
    rep.choose_looks()
    assert rep.driver.room == "board"
    assert rep.entered == done
    assert rep.board.walk_to(rep.tale.lead) == heard
    assert the_lead(rep).assessment == lead.assessment
    assert rep.tale.lead in rep.undo()
    assert rep.entered == rep.past[rep.last_step]
    assert the_lead(rep).stage == "discovery"
