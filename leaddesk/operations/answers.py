"""What is said to the questions of the script: give, correct, withdraw, note; and the facts answers set on the lead."""

from __future__ import annotations

from collections.abc import Iterable

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reading import Reading
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.facts import write_facts
from leaddesk.operations.rows import Row, lead_row, name_after, row_of, rows_where
from leaddesk.operations.values import value_of
from leaddesk.operations.verb import operation
from leaddesk.qualify.answers import fact_of_said
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.gate import hidden_by
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import FactValue, Given, Said
from leaddesk.qualify.summary import is_asked
from leaddesk.qualify.terms import DAY, Instant, QuestionKind, Standing

# An answer that follows another one as closely as this corrects it; later ones are news.
_CORRECTS_WITHIN = DAY // 24


@operation
def give_answer(
    step: Step,
    lead_id: str,
    question: str,
    said: Said,
    by: str = "",
    note: str = "",
    call_id: str | None = None,
    answer_id: str | None = None,
    at: Instant | None = None,
) -> str:
    """Keeps what was said to a question and returns the answer's id; a fact the question sets is set with it.

    `by`: the person who said it, empty for the lead's own. `answer_id`: the id it gets. `at`: when it was said, where
    that was earlier than now. When the script does not ask it now, Refused `question_hidden` (hidden_by, hidden_by_key:
    the question that hides it) or `question_not_asked`; BadValue `bad_answer` when it is no answer to this question.
    """
    row = lead_row(step, lead_id)
    asked = asked_question(step, question)
    check_said(asked, said)
    name_after(step, row, question=dict(asked.title), key=question)
    _refuse_hidden(step, lead_id, asked)
    former = _newest(step, lead_id, question)
    by, note = by.strip(), note if note.strip() else ""  # a space after the last word is typed on, too
    if former is not None and _repeats(step, former, said, by, note, call_id):
        return former.id
    made = step.insert(
        schema.answer,
        # Answers of one instant stand in the order of their ids; given as of a day, many are.
        id=answer_id or (step.new_id() if former is None else step.new_id_after(former.id)),
        lead_id=lead_id,
        call_id=call_id,
        question=question,
        at=step.now if at is None else min(at, step.now),
        by=by,
        note=note,
        playbook_id=step.playbook_id,
        **_said_columns(said),
    )
    if said.heard is None:
        _set_fact(step, row, asked, said)
        if asked.kind is QuestionKind.PERSON and said.text:
            _name_person(step, row, asked, said.text, former)
    return made


@operation
def withdraw_answer(step: Step, lead_id: str, question: str) -> None:
    """Takes back the newest answer to a question; the one before it stands again, and so does the fact it had set."""
    row = lead_row(step, lead_id)
    asked = asked_question(step, question)
    name_after(step, row, question=dict(asked.title), key=question)
    newest = _newest(step, lead_id, question)
    if newest is None:
        raise Refused("nothing_to_withdraw", question=dict(asked.title), key=question)
    step.update(schema.answer, newest.id, withdrawn_at=step.now)
    said = newest.said
    if said.heard is not None:
        return
    value = fact_of(asked, said)
    if asked.sets is not None and value is not None and _present(step, row, asked.sets) == value:
        former = _newest(step, lead_id, question, knowledge=True)
        write_facts(step, row, {asked.sets: fact_of(asked, former.said) if former is not None else None})
    if asked.kind is QuestionKind.PERSON:
        _drop_person(step, row, asked, newest)


def withdraw_told(step: Step, lead_id: str, fields: Iterable[str]) -> None:
    """Takes back every answer that told one of these fields, which a person has emptied: it would tell it again."""
    emptied = set(fields)
    asked = {one.key for one in step.playbook.questions if one.sets in emptied}
    if not asked:
        return
    for told in rows_where(step, schema.answer, lead_id=lead_id, withdrawn_at=None, heard=None):
        if told["question"] in asked:
            step.update(schema.answer, told["id"], withdrawn_at=step.now)


@operation
def note_answer(step: Step, answer_id: str, note: str) -> None:
    """Writes the buyer's own words beside an answer; quick rewriting is one step to undo."""
    row = row_of(step, schema.answer, answer_id)
    name_after(step, lead_row(step, row["lead_id"]), question=row["question"])
    step.merge(f"note_answer {answer_id}")
    step.update(schema.answer, answer_id, note=note.replace("\0", ""))


def asked_question(reading: Reading, key: str) -> Question:
    """The question of the playbook in force; NotFound `question` else."""
    found = reading.playbook.question.get(key)
    if found is None:
        raise NotFound("question", name=key)
    return found


def check_said(question: Question, said: Said) -> None:
    """BadValue `bad_answer` where what was said is no answer to the question."""
    if said.heard is not None:
        good = said.heard in (Standing.EVADED, Standing.UNKNOWN)
    elif said.keys:
        several = question.kind is QuestionKind.SEVERAL
        good = (several or len(said.keys) == 1) and all(question.answer(key) is not None for key in said.keys)
        good = good and question.kind not in (QuestionKind.PERSON, QuestionKind.TEXT)
    else:
        good = {
            QuestionKind.MONEY: said.money is not None and said.money.minor >= 0,
            QuestionKind.NUMBER: said.number is not None and said.number >= 0,
            QuestionKind.DATE: said.day is not None,
            QuestionKind.PERSON: bool((said.text or "").strip()),
            QuestionKind.TEXT: bool((said.text or "").strip()),
        }.get(question.kind, False)
    if not good:
        offered = ", ".join(answer.key for answer in question.answers)
        raise BadValue("bad_answer", question=question.key, kind=str(question.kind), offered=offered)


def fact_of(question: Question, said: Said) -> FactValue | None:
    """The value an answer gives the fact its question sets, as its field keeps it; None where it gives none."""
    value = fact_of_said(question, said)
    return None if question.sets is None or value is None else value_of(question.sets, value)


def _said_columns(said: Said) -> dict[str, object]:
    number = None if said.number is None else f"{said.number:.15g}"
    return {
        "keys": ",".join(said.keys) or None,
        "money": said.money.minor if said.money else None,
        "currency": said.money.currency if said.money else None,
        "number": number,
        "day": said.day.isoformat() if said.day else None,
        "text": said.text.replace("\0", "").strip() if said.text else None,
        "heard": str(said.heard) if said.heard else None,
    }


def _newest(step: Step, lead_id: str, question: str, *, knowledge: bool = False) -> Given | None:
    """The newest answer not withdrawn; with `knowledge`, the newest that told something."""
    for given in reversed(step.known(lead_id).state.answers):
        if given.question == question and not (knowledge and given.said.heard is not None):
            return given
    return None


def _repeats(step: Step, former: Given, said: Said, by: str, note: str, call_id: str | None) -> bool:
    """Whether the same was said a moment ago: a key pressed twice is not a second answer."""
    return (
        step.now - former.at <= _CORRECTS_WITHIN
        and (former.by, former.said) == (by, said)
        and note in ("", former.note)
        and row_of(step, schema.answer, former.id)["call_id"] == call_id
    )


def _refuse_hidden(step: Step, lead_id: str, asked: Question) -> None:
    if asked.when is None:
        return
    state, today, key = step.known(lead_id).state, local_day(step.now), asked.key
    if is_asked(step.playbook, state, step.now, today, key):
        return
    assessment = assess(step.playbook, state, step.now, today)
    hiding = step.playbook.question.get(hidden_by(step.playbook, state, assessment, key) or "")
    title = dict(asked.title)
    if hiding is None:
        raise Refused("question_not_asked", question=title, key=key)
    raise Refused("question_hidden", question=title, key=key, hidden_by=dict(hiding.title), hidden_by_key=hiding.key)


def _set_fact(step: Step, row: Row, question: Question, said: Said) -> None:
    value = fact_of(question, said)
    if question.sets is not None and value is not None:
        write_facts(step, row, {question.sets: value})


def _present(step: Step, row: Row, field: str) -> FactValue | None:
    return step.known(row["id"]).state.facts.get(field)


def _name_person(step: Step, row: Row, question: Question, name: str, former: Given | None) -> None:
    """Adds the named person with the role asked for, in place of one that a moment ago was named wrongly."""
    name = " ".join(name.split())
    person = schema.stakeholder
    there = rows_where(step, person, lead_id=row["id"])
    known = next((other for other in there if other["name"].casefold() == name.casefold()), None)
    if former is not None and step.now - former.at <= _CORRECTS_WITHIN:
        _drop_person(step, row, question, former, spared=known["id"] if known else None)
    if known is None:
        step.insert(person, lead_id=row["id"], name=name, role=question.asks, created_at=step.now)
    elif known["role"] is None and question.asks is not None:
        step.update(person, known["id"], role=question.asks)


def _drop_person(step: Step, row: Row, question: Question, answer: Given, spared: str | None = None) -> None:
    """Removes the stakeholder an answer added, if nobody wrote anything about that person since."""
    untouched = {
        "lead_id": row["id"],
        "name": " ".join((answer.said.text or "").split()),
        "created_at": answer.at,
        "role": question.asks,
        "title": None,
        "attitude": None,
        "note": None,
    }
    for person in rows_where(step, schema.stakeholder, **untouched):
        if person["id"] != spared:
            step.delete(schema.stakeholder, person["id"])
