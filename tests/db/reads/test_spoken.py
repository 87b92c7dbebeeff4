"""A call is read as it was spoken: its answers, its notes, who takes part, what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from leaddesk.db.reads.spoken import spoken_call, spoken_calls
from leaddesk.errors import NotFound
from leaddesk.operations import calls, leads, talk
from leaddesk.operations.answers import give_answer
from leaddesk.operations.tasks import add_task
from leaddesk.qualify.spoken import Agreed, Person, SpokenCall
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Standing
from tests.operations.trial import Trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path)
    yield made
    made.store.close()


def spoken(trial: Trial, lead_id: str, number: int = 1) -> SpokenCall:
    with trial.store.reader() as reader:
        return spoken_call(reader, lead_id, number)


def test_what_was_said_on_the_call_and_nothing_else(trial: Trial) -> None:
    lead_id = trial.add(name="Anna Kowalska", language="Polish", email="anna@example.com")
    trial.do(give_answer, lead_id, "hoped", Said(text="long ago"))
    trial.do(leads.add_stakeholder, lead_id, "Jan Nowak", "CFO", "", "against")
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.answer_question, call_id, "approver", Said(keys=("committee",)))
    trial.do(talk.answer_question, call_id, "approver", Said(keys=("on_call",)))
    trial.do(talk.answer_question, call_id, "reserved", Said(keys=("none",)))
    trial.do(talk.take_back_answer, call_id, "reserved")
    trial.do(talk.answer_question, call_id, "how_soon", Said(heard=Standing.UNKNOWN))
    trial.do(talk.write_note, call_id, "difficulty", "pallets get lost")
    trial.do(calls.note_call, call_id, "sounded tired")
    trial.do(talk.finish_call, call_id, "reached_qualified", "Send the offer", date(2031, 3, 4), "09:00")
    trial.do(add_task, lead_id, "Ask the boss for a rebate", date(2031, 3, 1))
    heard = spoken(trial, lead_id)
    assert [(one.question, one.said) for one in heard.answers] == [
        ("approver", Said(keys=("on_call",))),
        ("how_soon", Said(heard=Standing.UNKNOWN)),
    ]
    assert heard.notes == {"difficulty": "pallets get lost"}
    assert heard.people == (Person("Jan Nowak", "CFO"),)
    assert heard.agreed == Agreed("Send the offer", date(2031, 3, 4), "09:00")
    assert (heard.lead.name, heard.language, heard.email) == ("Anna Kowalska", "Polish", "anna@example.com")
    assert heard.ended_at > heard.started_at


def test_only_calls_that_reached_somebody_count(trial: Trial) -> None:
    lead_id = trial.add()
    with pytest.raises(NotFound):
        spoken(trial, lead_id)
    first = trial.do(calls.log_call, lead_id, "reached_callback", 5)
    trial.do(calls.log_call, lead_id, "no_answer")
    second = trial.do(calls.log_call, lead_id, "reached_qualified", 5)
    trial.do(calls.log_call, lead_id, "voicemail")
    trial.do(calls.start_call, lead_id)
    with trial.store.reader() as reader:
        assert spoken_calls(reader, lead_id) == (second, first)
    assert spoken(trial, lead_id, 2).id == first
    for number in (0, 3):
        with pytest.raises(NotFound) as caught:
            spoken(trial, lead_id, number)
        assert caught.value.details == {"n": 2}


def test_a_call_logged_later_takes_in_what_was_written_beside_it(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(give_answer, lead_id, "approver", Said(keys=("on_call",)))
    trial.do(calls.log_call, lead_id, "reached_qualified")
    assert [one.question for one in spoken(trial, lead_id).answers] == ["approver"]
