"""The desk: steps, refusals, jobs with cancel, stale answers, undo, save state; on real databases."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reading import Reading
from leaddesk.db.reads.overview import overview
from leaddesk.db.records import Changes, Progress
from leaddesk.db.store import Step
from leaddesk.errors import Cancelled, DatabaseTrouble, LeadDeskError, NotFound, Refused
from leaddesk.operations.leads import add_lead, delete_leads
from leaddesk.operations.samples import add_samples
from leaddesk.operations.verb import operation
from leaddesk.ui.desk import Desk, SaveState
from tests.drivers import PATIENCE


@operation
def refuse(step: Step) -> None:
    """Write, then say no."""
    add_lead(step, {"name": "Nobody"})
    raise Refused("gate")


@operation
def stumble(step: Step) -> None:
    """A mistake of ours."""
    raise ZeroDivisionError


@operation
def count_slowly(step: Step, go_on: threading.Event) -> Generator[Progress, None, int]:
    """Add leads until stopped."""
    for done in range(100_000):
        add_lead(step, {"name": f"Lead {done}"})
        yield Progress(done, 100_000)
        go_on.wait()
    return 1


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk()
    with qtbot.waitSignal(made.opened, timeout=PATIENCE):
        made.open(tmp_path / "leads.leaddesk")
    yield made
    made.close()


def test_a_step_changes_tells_and_answers(qtbot: QtBot, desk: Desk) -> None:
    seen: list[Changes] = []
    made: list[str] = []
    desk.changed.connect(seen.append)
    desk.do(add_lead, {"name": "Anna"}, then=made.append)
    states = [desk.save_state]
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    assert [*states, desk.save_state] == [SaveState.SAVING, SaveState.SAVED]
    assert seen[0].leads == frozenset(made)
    assert desk.undoable is not None
    assert desk.undoable.name == "add_lead"


def test_what_was_asked_of_a_database_that_is_left_is_done_in_silence(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    answers: list[object] = []
    desk.changed.connect(answers.append)
    refusals: list[Refused] = []
    desk.refused.connect(refusals.append)
    desk.do(add_lead, {"name": "Anna"}, then=answers.append)
    desk.do(refuse, refused=answers.append)
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "other.leaddesk")
    assert desk.undoable is None
    assert desk.save_state is SaveState.SAVED
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "leads.leaddesk")
    assert desk.get(overview).leads == 1
    assert answers == []
    assert [trouble.code for trouble in refusals] == ["gate"]


def test_a_refusal_changes_nothing_and_goes_where_it_was_asked_for(qtbot: QtBot, desk: Desk) -> None:
    answers: list[Refused] = []
    desk.do(refuse, refused=answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert answers[0].code == "gate"
    assert desk.get(overview).leads == 0
    assert desk.save_state is SaveState.SAVED


def test_a_refusal_nobody_asked_for_is_a_signal(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.refused, timeout=PATIENCE) as signal:
        desk.do(refuse)
    assert signal.args is not None
    assert signal.args[0].code == "gate"


def test_a_mistake_of_ours_is_told_as_unforeseen(qtbot: QtBot, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with qtbot.waitSignal(desk.failed, timeout=PATIENCE) as signal:
        desk.do(stumble)
    assert signal.args is not None
    assert signal.args[0].code == "unexpected"
    assert desk.save_state is SaveState.NOT_SAVED
    assert "ZeroDivisionError" in caplog.text


def test_undo_and_redo_name_each_other(qtbot: QtBot, desk: Desk) -> None:
    made: list[str] = []
    desk.do(add_lead, {"name": "Anna"}, then=made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    with qtbot.waitSignal(desk.undo_changed, timeout=PATIENCE):
        desk.undo()
    assert desk.undoable is None
    assert desk.redoable is not None
    with qtbot.waitSignal(desk.undo_changed, timeout=PATIENCE):
        desk.redo()
    assert desk.get(overview).leads == 1


def test_a_later_question_makes_an_earlier_answer_void(qtbot: QtBot, desk: Desk) -> None:
    answers: list[int] = []

    def number(reading: Reading, value: int) -> int:
        return value

    for value in range(20):
        desk.read(number, value, then=answers.append, slot="search")
    qtbot.waitUntil(lambda: 19 in answers, timeout=PATIENCE)
    assert answers[-1] == 19
    assert len(answers) < 20


def test_a_question_that_fails_is_told(qtbot: QtBot, desk: Desk) -> None:
    def lost(reading: Reading) -> None:
        raise NotFound("lead", name="nobody")

    troubles: list[LeadDeskError] = []
    desk.read(lost, then=lambda _: None, failed=troubles.append)
    qtbot.waitUntil(lambda: bool(troubles), timeout=PATIENCE)
    assert isinstance(troubles[0], NotFound)


def test_a_job_tells_how_far_it_is_and_is_one_step(qtbot: QtBot, desk: Desk) -> None:
    done: list[int] = []
    job = desk.start(add_samples, 50, 3, then=done.append)
    assert desk.busy
    with qtbot.waitSignal(job.ended, timeout=PATIENCE):
        pass
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    assert desk.get(overview).leads == 50
    with qtbot.waitSignal(desk.changed, timeout=PATIENCE):
        desk.undo()
    assert desk.get(overview).leads == 0
    assert not desk.busy


def test_a_job_that_is_stopped_leaves_nothing(qtbot: QtBot, desk: Desk) -> None:
    go_on = threading.Event()
    troubles: list[LeadDeskError] = []
    job = desk.start(count_slowly, go_on, failed=troubles.append)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(troubles), timeout=PATIENCE)
    assert isinstance(troubles[0], Cancelled)
    assert desk.get(overview).leads == 0
    assert desk.save_state is SaveState.SAVED


def test_closing_writes_what_is_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "kept.leaddesk"
    first = Desk()
    with qtbot.waitSignal(first.opened, timeout=PATIENCE):
        first.open(path)
    for place in range(20):
        first.do(add_lead, {"name": f"Lead {place}"})
    assert first.close()
    second = Desk()
    with qtbot.waitSignal(second.opened, timeout=PATIENCE):
        second.open(path)
    assert second.get(overview).leads == 20
    second.close()


def test_another_database_takes_the_place_of_the_first(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    made: list[str] = []
    desk.do(add_lead, {"name": "Anna"}, then=made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "other.leaddesk")
    assert desk.get(overview).leads == 0
    assert desk.undoable is None


def test_a_database_that_cannot_be_opened_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    made = Desk()
    with qtbot.waitSignal(made.open_failed, timeout=PATIENCE) as signal:
        made.open(tmp_path)
    assert signal.args is not None
    assert isinstance(signal.args[0], DatabaseTrouble)
    assert not made.is_open
    with pytest.raises(LeadDeskError):
        made.get(overview)
    made.close()


def test_deleting_nobody_is_told(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.failed, timeout=PATIENCE):
        desk.do(delete_leads, ["nobody"])
