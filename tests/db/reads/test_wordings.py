"""What was asked keeps its words: a call that has ended is told as it was, whatever was adopted since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.reads.spoken import spoken_call, spoken_calls
from leaddesk.db.reads.wordings import Wordings
from leaddesk.db.records import Lead
from leaddesk.exchange.recap import recap_of
from leaddesk.operations import calls, talk
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Standing
from leaddesk.resources import text_of
from leaddesk.ui.reason_words import reason_lines, story_line
from tests.operations.trial import Trial

DEFAULT = text_of("playbooks", "default.toml")


def later() -> str:
    """A later version: who approves is asked in other words, one answer has another label, `hoped` is gone."""
    text = DEFAULT.replace('title = { en = "Who approves"', 'title = { en = "Who says yes"')
    text = text.replace('recap = { en = "Who approves"', 'recap = { en = "Who says yes"')
    text = text.replace('label = { en = "The person on the call approves it"', 'label = { en = "They say yes"')
    text = text.replace(
        'recap = { en = "You do", zh_CN = "由您本人批准" }', 'recap = { en = "You say yes", zh_CN = "您" }'
    )
    text = text.replace('label = { en = "Reached, call back"', 'label = { en = "Talked, again later"')
    text = re.sub(r'\[\[questions\]\]\nkey = "hoped".*?\n\]\n', "", text, flags=re.DOTALL)
    assert 'key = "hoped"' not in text
    return text.replace(', "hoped"', "")


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path)
    yield made
    made.store.close()


def called(trial: Trial) -> str:
    """A lead who was asked and answered by the first version."""
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.answer_question, call_id, "approver", Said(keys=("on_call",)))
    trial.do(talk.answer_question, call_id, "hoped", Said(text="no lost pallets"))
    trial.do(talk.answer_question, call_id, "how_soon", Said(heard=Standing.UNKNOWN))
    trial.do(talk.finish_call, call_id, "reached_callback")
    return lead_id


def story(trial: Trial, lead_id: str) -> list[str]:
    lead = trial.lead(lead_id)
    return [story_line(trial.store.playbook, one, "en") for one in lead.timeline if one.kind in {"call", "answer"}]


def letter(trial: Trial, lead_id: str) -> str:
    with trial.store.reader() as reader:
        return recap_of(spoken_call(reader, lead_id), "en").text


def test_a_finished_call_is_told_in_the_words_it_was_asked_with(trial: Trial) -> None:
    lead_id = called(trial)
    before, written = story(trial, lead_id), letter(trial, lead_id)
    assert "Who approves: You do" in written
    assert "What should be solved: no lost pallets" in written
    trial.do(adopt_playbook, later())
    assert story(trial, lead_id) == before
    assert letter(trial, lead_id) == written
    lead = trial.lead(lead_id)
    assert "hoped" not in lead.assessment.questions
    assert lead.assessment.questions["approver"].standing is Standing.YES
    (line,) = [one.text for one in reason_lines(trial.store.playbook, lead, "en") if "approves" in one.text]
    assert "The person on the call approves it" in line


def test_what_is_asked_afterwards_has_the_new_words(trial: Trial) -> None:
    lead_id = called(trial)
    trial.do(adopt_playbook, later())
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.answer_question, call_id, "approver", Said(keys=("on_call",)))
    trial.do(talk.finish_call, call_id, "reached_callback")
    told = "\n".join(story(trial, lead_id))
    assert told.count("Who says yes: They say yes") == 1
    assert told.count("Who approves: The person on the call approves it") == 1
    assert told.count("Talked, again later") == 1
    assert told.count("Reached, call back") == 1
    assert "Who says yes: You say yes" in letter(trial, lead_id)


def test_a_call_that_goes_on_meanwhile_asks_by_the_new_version(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.answer_question, call_id, "hoped", Said(text="no lost pallets"))
    trial.store.run(calls.place_call, call_id, "hoped", now=trial.now)
    trial.do(talk.write_note, call_id, "unsolved", "weekly")
    trial.do(adopt_playbook, later())
    going_on = trial.lead(lead_id)
    assert going_on.open_call is not None
    assert going_on.open_call.question == "hoped"
    assert going_on.assessment.advice is not None
    trial.do(talk.answer_question, call_id, "approver", Said(keys=("on_call",)))
    trial.do(talk.finish_call, call_id, "reached_callback")
    written = letter(trial, lead_id)
    assert "What should be solved: no lost pallets" in written
    assert "Who says yes: You say yes" in written
    assert "If nothing changes" in written
    assert any("Talked, again later" in line for line in story(trial, lead_id))


def test_a_note_at_a_question_that_is_gone_is_told_all_the_same(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.write_note, call_id, "hoped", "no lost pallets")
    trial.do(adopt_playbook, later())
    trial.do(talk.finish_call, call_id, "reached_callback")
    assert "What should be solved" in letter(trial, lead_id)
    assert "no lost pallets" in letter(trial, lead_id)


def test_calls_that_reached_somebody_stay_so(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(talk.finish_call, call_id, "reached_callback")
    gone = re.sub(r'\[\[dispositions\]\]\nkey = "reached_callback".*?\n\n', "", DEFAULT, flags=re.DOTALL)
    trial.do(adopt_playbook, gone)
    with trial.store.reader() as reader:
        assert spoken_calls(reader, lead_id) == (call_id,)


def test_what_the_version_in_force_asks_needs_no_other(trial: Trial) -> None:
    lead_id = called(trial)
    lead: Lead = trial.lead(lead_id)
    assert not lead.asked
    assert all(one.playbook is None for one in lead.timeline)
    with trial.store.reader() as reader:
        wordings = Wordings(reader)
        assert wordings.of(None) is None
        assert wordings.of("no such version") is None
        assert wordings.of(trial.store.playbook_id) is None
        assert read_lead(reader, lead_id, trial.now).asked == {}
    first = trial.store.playbook_id
    trial.do(adopt_playbook, later())
    with trial.store.reader() as reader:
        former = Wordings(reader).of(first)
        assert former is not None
        assert former is Wordings(reader).of(first)
        assert former.question["approver"].title["en"] == "Who approves"


def test_an_undone_adoption_leaves_no_trace(trial: Trial) -> None:
    lead_id = called(trial)
    before = story(trial, lead_id)
    trial.do(adopt_playbook, later())
    trial.store.undo(now=trial.now)
    assert story(trial, lead_id) == before
    assert all(one.playbook is None for one in trial.lead(lead_id).timeline)
