"""What happens within a call: answers with the words noted beside them, and its end as one step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from leaddesk import words
from leaddesk.db import schema
from leaddesk.db.reads.wordings import Wordings
from leaddesk.db.store import Step
from leaddesk.exchange.spool import Kept
from leaddesk.operations.answers import asked_question, give_answer, withdraw_answer
from leaddesk.operations.calls import end_call
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.rows import Row, lead_row, name_after, row_of, rows_where
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant, minor_digits


@operation
def answer_question(
    step: Step,
    call_id: str,
    question: str,
    said: Said,
    by: str = "",
    answer_id: str | None = None,
    at: Instant | None = None,
) -> str:
    """Gives an answer in a call and returns its id; what was noted at the question goes with it.

    `answer_id`, `at`: as for `give_answer`.
    """
    call = row_of(step, schema.call, call_id)
    if answer_id is not None and _is_given(step, answer_id):
        return answer_id
    note = _take_note(step, call, question)
    return give_answer(
        step, call["lead_id"], question, said, by=by, note=note, call_id=call_id, answer_id=answer_id, at=at
    )


@operation
def take_up(step: Step, kept: Kept) -> bool:
    """Enters what an earlier run could not save; False where its call is not of this database.

    What was said to a question that the playbook does not have any more is kept as a note of the call.
    """
    found = rows_where(step, schema.call, id=kept.call)
    if not found:
        return False
    (call,) = found
    if kept.question not in step.playbook.question:
        _keep_as_note(step, call, kept)
    elif kept.said is not None:
        answer_question(step, kept.call, kept.question, kept.said, kept.by, kept.id, kept.at)
    elif kept.note is not None:
        write_note(step, kept.call, kept.question, kept.note)
    return True


@operation
def take_back_answer(step: Step, call_id: str, question: str) -> None:
    """Withdraws the answer to a question; what was noted in this call stays as a note."""
    call = row_of(step, schema.call, call_id)
    note = _take_note(step, call, question)
    withdraw_answer(step, call["lead_id"], question)
    _put_note(step, call, question, note)


@operation
def write_note(step: Step, call_id: str, question: str, text: str) -> None:
    """Keeps what is noted at a question: beside its answer where this call has one, else until it is answered."""
    call = row_of(step, schema.call, call_id)
    title = dict(asked_question(step, question).title)
    name_after(step, lead_row(step, call["lead_id"]), question=question, title=title)
    step.merge(f"write_note {call_id} {question}")
    answer = _answer(step, call, question)
    if answer is not None:
        step.update(schema.answer, answer["id"], note=text.replace("\0", ""))
        return
    _put_note(step, call, question, text)


@operation
def finish_call(
    step: Step,
    call_id: str,
    outcome: str,
    next_text: str | None = None,
    next_on: date | None = None,
    next_time: str | None = None,
    to: str | None = None,
    reason: str | None = None,
    until: date | None = None,
    own_step: bool = True,
) -> None:
    """Ends a call with its outcome and next step, and moves the lead to the stage `to`, in one step.

    `own_step`: as for `end_call`.
    """
    call = row_of(step, schema.call, call_id)
    end_call(step, call_id, outcome, next_text, next_on, next_time, own_step=own_step)
    if to is not None:
        # The outcome counts for the gate, so the call has ended before the lead moves.
        move_lead(step, call["lead_id"], to, reason=reason, until=until)
        label = step.playbook.disposition[outcome].label
        name_after(step, lead_row(step, call["lead_id"]), outcome=outcome, label=dict(label), stage=to)


def _keep_as_note(step: Step, call: Row, kept: Kept) -> None:
    asked = Wordings(step).question(call["playbook_id"], kept.question)
    title = words.pick(asked.title, step.language) if asked is not None else kept.question
    text = kept.note if kept.said is None else _in_words(step, asked, kept.said)
    said = (text or "").replace("\0", "").strip()
    if said and not rows_where(step, schema.note, id=kept.id):
        name_after(step, lead_row(step, call["lead_id"]))
        about = {"lead_id": call["lead_id"], "call_id": call["id"], "at": min(kept.at, step.now)}
        step.insert(schema.note, id=kept.id, text=f"{title}: {said}", **about)


def _in_words(step: Step, asked: Question | None, said: Said) -> str:
    """What was said, as plainly as a note wants it."""
    if said.heard is not None:
        return words.say(step.language, "standings", said.heard)
    if said.money is not None:
        amount = Decimal(said.money.minor).scaleb(-minor_digits(said.money.currency))
        return f"{amount:,f} {said.money.currency}"
    if said.number is not None:
        return f"{said.number:,.10g}"
    if said.day is not None:
        return said.day.isoformat()
    labels = {one.key: words.pick(one.label, step.language) for one in asked.answers} if asked is not None else {}
    return said.text or ", ".join(labels.get(key, key) for key in said.keys)


def _is_given(step: Step, answer_id: str) -> bool:
    """Whether the database has this answer already, though nobody heard that it was saved."""
    return bool(rows_where(step, schema.answer, id=answer_id))


def _answer(step: Step, call: Row, question: str) -> Row | None:
    """The newest answer a question got in a call, unless it was taken back."""
    given = rows_where(step, schema.answer, question=question, withdrawn_at=None, **_of(call))
    return given[-1] if given else None


def _note(step: Step, call: Row, question: str) -> Row | None:
    return next(iter(rows_where(step, schema.note, question=question, **_of(call))), None)


def _of(call: Row) -> dict[str, str]:
    """What belongs to a call is found by its lead."""
    return {"lead_id": call["lead_id"], "call_id": call["id"]}


def _take_note(step: Step, call: Row, question: str) -> str:
    """What is noted at a question in this call; a note that waited for an answer is taken off."""
    note = _note(step, call, question)
    if note is not None:
        step.delete(schema.note, note["id"])
        return str(note["text"])
    answer = _answer(step, call, question)
    return str(answer["note"]) if answer is not None else ""


def _put_note(step: Step, call: Row, question: str, text: str) -> None:
    text = text.replace("\0", "")
    note = _note(step, call, question)
    if note is not None and text.strip():
        step.update(schema.note, note["id"], text=text)
    elif note is not None:
        step.delete(schema.note, note["id"])
    elif text.strip():
        step.insert(schema.note, lead_id=call["lead_id"], call_id=call["id"], question=question, at=step.now, text=text)
