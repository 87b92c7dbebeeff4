"""The story itself, chapter by chapter: what the rep does in the window, and what she must see."""

from __future__ import annotations

from pathlib import Path

from leaddesk.db.reads.filters import Filters
from leaddesk.db.reads.leads import count, find_lead
from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.records import Lead
from leaddesk.ui.call.session import Phase
from tests.story.rep import Rep
from tests.story.tale import LEADS_IN_FILE, UNREADABLE, UNREADABLE_LINE, write_leads

#: The lead that is added by hand, changed, deleted and brought back.
ADDED = {"name": "Zoe Hart", "company": "Hart Mills", "phone": "+44 20 7946 0999", "value": "12k EUR"}
CHANGED = {"company": "Hart & Daughters"}
OUTCOME, NEXT_WEEK = "1", "3"


def live_through(rep: Rep, folder: Path) -> None:
    """The whole of it, from an empty database to a qualified lead."""
    is_welcomed(rep)
    brings_her_leads(rep, folder)
    sees_them_on_the_board(rep)
    adds_changes_and_deletes_one(rep)
    finds_one_by_typing(rep)
    calls_the_next_one(rep)
    hears_answers(rep)
    ends_the_call(rep)
    moves_the_card(rep)


def is_welcomed(rep: Rep) -> None:
    """Nothing is there yet; she picks her language and theme."""
    assert rep.driver.room == "welcome"
    rep.choose_looks()
    rep.remember()


def brings_her_leads(rep: Rep, folder: Path) -> None:
    """Her file of a dozen rows: columns are understood, one is nobody's, and one row nobody can read."""
    rep.choose_file(write_leads(folder, rep.tale))
    becomes = rep.importing.becomes
    for column, field in _COLUMNS[rep.tale.language].items():
        assert becomes[column] == field
    rep.bring_leads()
    assert [line for line, _ in rep.importing.unread] == [str(UNREADABLE_LINE)]
    rep.importing.save_unread(folder / "rejected.csv")
    assert UNREADABLE.removeprefix('"') in (folder / "rejected.csv").read_text(encoding="utf-8-sig")
    assert rep.driver.ask(count, Filters()) == LEADS_IN_FILE
    booths = {"en": "Booth", "zh_CN": "展位"}[rep.tale.language]
    assert the_lead(rep).custom[booths].startswith("H")


_COLUMNS = {
    "en": {"Full Name": "Name", "Deal Value": "Value", "Booth": "Custom field"},
    "zh_CN": {"姓名": "姓名", "金额": "预计金额", "展位": "自定义字段"},
}


def sees_them_on_the_board(rep: Rep) -> None:
    """Each card says score, up to, strip, value, next step and days."""
    rep.board.come()
    assert rep.board.heads[0].startswith({"en": "New: 11 leads", "zh_CN": "新线索：11 条线索"}[rep.tale.language])
    heard = rep.board.walk_to(rep.tale.lead)
    for part in _FIRST_HEARD[rep.tale.language]:
        assert part in heard
    assert rep.board.walk_to("Quiet Mills")


_FIRST_HEARD = {
    "en": ("Score 10, up to 85", "Budget not asked", "Fit partly", "Value €38k", "no next step", "In stage 0d"),
    "zh_CN": ("评分 10，最高可达 85", "预算 未问", "匹配度 部分", "金额 ¥21万", "无下一步", "在此阶段 0 天"),
}


def adds_changes_and_deletes_one(rep: Rep) -> None:
    """By hand, and Undo brings back what was deleted."""
    rep.add_lead(**ADDED)
    heard = rep.board.walk_to(ADDED["name"])
    assert ADDED["company"] in heard
    rep.change_lead(ADDED["name"], **CHANGED)
    assert CHANGED["company"] in rep.board.walk_to(ADDED["name"])
    rep.delete_lead(ADDED["name"])
    assert rep.driver.ask(count, Filters()) == LEADS_IN_FILE
    assert ADDED["name"] in rep.undo()
    assert CHANGED["company"] in rep.board.walk_to(ADDED["name"])
    assert rep.entered == rep.past[rep.last_step]


def finds_one_by_typing(rep: Rep) -> None:
    """A few letters of a name open the lead."""
    assert rep.finder.find(rep.tale.typed_name) == rep.tale.lead
    assert rep.driver.room == "leads"
    rep.driver.wait_for(lambda: rep.driver.window.selected_lead() == the_lead(rep).id)


def calls_the_next_one(rep: Rep) -> None:
    """One key shows who is worth a call and the number; once more, and the call begins with what is worth most."""
    rep.take_next_lead()
    assert (rep.call.who, rep.call.number) == (rep.tale.lead, rep.tale.phone)
    rep.start_call()
    assert the_lead(rep).open_call is not None
    assert rep.call.score == 10
    assert rep.call.gate == ("score",)
    assert rep.call.question == "approver"
    assert rep.call.room.question.advice.text()


def hears_answers(rep: Rep) -> None:
    """Digits answer; score, gate and the next question change in front of her."""
    scores, advised, gates = [rep.call.score], set(), {rep.call.gate}
    for answer in rep.tale.call:
        rep.answer(answer.question, *answer.keys)
        shown, lead = rep.call.score, the_lead(rep)
        assert shown == lead.assessment.score / 10
        scores.append(shown)
        gates.add(rep.call.gate)
        assert lead.assessment.advice is not None
        advised.add(lead.assessment.advice.question)
        assert rep.has_the_keyboard()
        if answer.note:
            rep.write_note(answer.note)
    assert [int(score) for score in scores] == [10, 13, 15, 23, 28, 33, 35, 40, 45, 48, 52, 55, 55, 55]
    assert gates == {("score",), ()}
    assert {"difficulty", "budget_sum", "unsolved", "reserved"} <= advised
    lead = the_lead(rep)
    assert lead.assessment.questions["approver"].keys == ("on_call",)
    assert not lead.assessment.questions["preparer"].visible
    assert lead.assessment.questions["reserved"].standing == "evaded"
    assert lead.assessment.questions["used_today"].standing == "unknown"
    assert rep.call.question == "reserved"
    assert rep.call.chosen == {9}
    assert rep.call.note == rep.tale.note


def ends_the_call(rep: Rep) -> None:
    """With an outcome and a next step; the stage that is open now is taken along, and the next lead is offered."""
    rep.end_call(OUTCOME, NEXT_WEEK)
    rep.call.wait_for(Phase.BEFORE)
    assert rep.call.who != rep.tale.lead
    lead = the_lead(rep)
    assert lead.open_call is None
    assert lead.calls[0].outcome == "reached_qualified"
    assert [task.due_on.isoformat() for task in lead.tasks] == ["2026-03-09"]
    assert lead.stage == "discovery"


def moves_the_card(rep: Rep) -> None:
    """To SQL by a key; the gate asks for the money that was evaded, a digit answers, and it moves."""
    assert rep.tale.sum_shown in rep.board.walk_to(rep.tale.lead)
    rep.move_forward(rep.tale.lead)
    assert rep.gate.unmet == ("budget",)
    rep.meet_gate("2")
    lead = the_lead(rep)
    assert (lead.stage, lead.lifecycle) == ("sql", "sql")
    assert lead.assessment.questions["reserved"].keys == ("asked_for",)
    heard = rep.board.walk_to(rep.tale.lead)
    for part in _LAST_HEARD[rep.tale.language]:
        assert part in heard


_LAST_HEARD = {
    "en": ("Score 58.5, up to 82", "Budget partly", "Authority yes", "Need yes", "Follow up on the call 9 Mar"),
    "zh_CN": ("评分 58.5，最高可达 82", "预算 部分", "权力 是", "需求 是", "跟进上次通话"),
}


def the_lead(rep: Rep) -> Lead:
    """The lead the story is about, as the database has it."""
    return rep.driver.ask(read_lead, rep.driver.ask(find_lead, rep.tale.lead_id), rep.clock())
