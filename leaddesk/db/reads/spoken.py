"""Calls as they were spoken, for what is sent to the buyer afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, and_, or_, select

from leaddesk.db import schema
from leaddesk.db.days import end_of_day, local_day
from leaddesk.db.reading import Columns, Reading
from leaddesk.db.reads.wordings import Wordings
from leaddesk.db.states import AnyRow, full_name, given, load
from leaddesk.errors import NotFound
from leaddesk.qualify.spoken import Agreed, Person, SpokenCall
from leaddesk.qualify.state import FactValue, Given
from leaddesk.qualify.terms import Instant


def spoken_calls(reading: Reading, lead_id: str) -> tuple[str, ...]:
    """The ids of the calls that reached the lead, or in which something was answered; the last one first."""
    call, wordings = schema.call, Wordings(reading)
    found = (
        select(call.c.id, call.c.outcome, call.c.playbook_id, call.c.id.in_(_answered(lead_id)).label("answered"))
        .where(call.c.lead_id == lead_id, call.c.ended_at.is_not(None))
        .order_by(call.c.ended_at.desc(), call.c.no.desc())
    )

    def reached(row: AnyRow) -> bool:
        ended = (wordings.of(row.playbook_id) or reading.playbook).disposition.get(row.outcome or "")
        return ended is not None and ended.reached

    return tuple(row.id for row in reading.connection.execute(found) if row.answered or reached(row))


def _answered(lead_id: str) -> Select[tuple[str]]:
    """The calls with a lead in which something was answered."""
    answer = schema.answer
    return select(answer.c.call_id).where(
        answer.c.lead_id == lead_id, answer.c.call_id.is_not(None), answer.c.withdrawn_at.is_(None)
    )


def spoken_call(reading: Reading, lead_id: str, number: int = 1) -> SpokenCall:
    """A call with a lead; 1 is the last, 2 the one before it. NotFound `no_spoken_call`, `spoken_call`."""
    calls = spoken_calls(reading, lead_id)
    known = load(reading.connection, [lead_id])
    if not calls:
        raise NotFound("no_spoken_call")
    if not known or not 0 < number <= len(calls):
        raise NotFound("spoken_call", n=len(calls))
    lead = known[0]
    row = reading.connection.execute(select(schema.call).where(schema.call.c.id == calls[number - 1])).mappings().one()
    facts = lead.state.facts

    def word(fact: str) -> str:
        value: FactValue = facts.get(fact, "")
        return value if isinstance(value, str) else ""

    wordings = Wordings(reading)
    rows = _answers(reading, row)
    answers = tuple(given(one) for one in rows)
    noted = _notes(reading, row, answers)
    asked: list[tuple[str, str | None]] = [(one.question, one.playbook_id) for one in rows]
    asked += [(one.question, wordings.in_force_at(one.at)) for one in noted]
    return SpokenCall(
        id=row["id"],
        lead_id=lead_id,
        lead=Person(word("name") or full_name(word("given_name"), word("family_name")), word("title")),
        company=word("company"),
        email=word("email") or word("other_email"),
        language=word("language"),
        do_not_email=bool(lead.row["do_not_email"]),
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        answers=answers,
        playbook=wordings.merged(row["playbook_id"], asked),
        notes={one.question: one.text for one in noted},
        people=_people(reading, lead_id),
        agreed=_agreed(reading, row),
    )


def _answers(reading: Reading, call: Columns) -> tuple[AnyRow, ...]:
    """What stands of what was answered: in the call, or beside it while it went on (a call that was logged)."""
    answer = schema.answer
    began = _began(call)
    beside = and_(answer.c.call_id.is_(None), answer.c.at >= began, answer.c.at <= call["ended_at"])
    found = (
        select(answer)
        .where(answer.c.lead_id == call["lead_id"], answer.c.withdrawn_at.is_(None))
        .where(or_(answer.c.call_id == call["id"], beside))
        .order_by(answer.c.at, answer.c.no)
    )
    newest: dict[tuple[str, str], AnyRow] = {}
    for row in reading.connection.execute(found):
        newest.pop((row.question, row.by), None)
        newest[row.question, row.by] = row
    return tuple(newest.values())


def _began(call: Columns) -> Instant:
    """From when on it counts; a call logged without its length takes in what was written that day."""
    if call["minutes"]:
        return int(call["started_at"])
    return end_of_day(local_day(call["started_at"]) - timedelta(days=1)) + 1


def _notes(reading: Reading, call: Columns, answers: tuple[Given, ...]) -> list[AnyRow]:
    """What was written at questions that were not answered."""
    note = schema.note
    answered = {one.question for one in answers}
    here = note.c.lead_id == call["lead_id"], note.c.call_id == call["id"], note.c.question.is_not(None)
    found = select(note).where(*here).order_by(note.c.at, note.c.no)
    return [row for row in reading.connection.execute(found) if row.question not in answered]


def _people(reading: Reading, lead_id: str) -> tuple[Person, ...]:
    person = schema.stakeholder
    found = select(person.c.name, person.c.title).where(person.c.lead_id == lead_id).order_by(person.c.no)
    return tuple(Person(name, title or "") for name, title in reading.connection.execute(found))


def _agreed(reading: Reading, call: Columns) -> Agreed | None:
    """The step planned when the call ended; else the next one that is open."""
    task = schema.task
    of_lead = select(task).where(task.c.lead_id == call["lead_id"])
    planned = of_lead.where(task.c.created_at.between(call["started_at"], call["ended_at"])).order_by(task.c.no.desc())
    open_yet = of_lead.where(task.c.done_at.is_(None), task.c.due_on >= local_day(call["ended_at"]).isoformat())
    for asked in (planned, open_yet.order_by(task.c.due_on, task.c.due_time, task.c.no)):
        row = reading.connection.execute(asked.limit(1)).mappings().first()
        if row is not None:
            return Agreed(row["text"], date.fromisoformat(row["due_on"]), row["due_time"])
    return None
