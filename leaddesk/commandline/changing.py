"""The verbs that change something: each does one step and says what it did."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from leaddesk import words
from leaddesk.commandline.arguments import WrongUse
from leaddesk.commandline.output import Json, Report, shortened
from leaddesk.commandline.session import Session, opened
from leaddesk.commandline.typed import CUSTOM
from leaddesk.commandline.wording import requirement
from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.records import Changes, Lead
from leaddesk.errors import Refused
from leaddesk.qualify.state import GateCheck
from leaddesk.qualify.terms import points
from leaddesk.ui.wording import step_words


def add(arguments: Namespace) -> Report:
    """Adds a lead."""
    from leaddesk.operations.leads import add_lead

    facts, custom = _facts(arguments.facts)
    with opened(arguments, create=True) as session:
        return _or_unmet(session, lambda: done(session, session.do(add_lead, facts, custom), "done_add"))


def set_facts(arguments: Namespace) -> Report:
    """Sets facts of a lead."""
    from leaddesk.operations import leads

    facts, custom = _facts(arguments.facts)
    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)

        def change() -> Report:
            session.do(leads.set_facts, lead_id, facts, custom)
            return done(session, lead_id, "done_set")

        return _or_unmet(session, change)


def delete(arguments: Namespace) -> Report:
    """Deletes a lead."""
    from leaddesk.operations.leads import delete_leads

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        title = read_lead(session.reader, lead_id, session.now).title
        session.do(delete_leads, [lead_id])
        return Report({"id": lead_id, "deleted": True}, [session.say("done_delete", lead=shortened(title, 80))])


def note(arguments: Namespace) -> Report:
    """Writes a note on a lead."""
    from leaddesk.operations.leads import add_note

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        note_id = session.do(add_note, lead_id, arguments.text)
        return done(session, lead_id, "done_note", note=note_id)


def event(arguments: Namespace) -> Report:
    """Records something a lead did."""
    from leaddesk.operations.leads import add_event

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        event_id = session.do(add_event, lead_id, arguments.kind, arguments.at)
        return done(session, lead_id, "done_event", event=event_id)


def task(arguments: Namespace) -> Report:
    """Plans a next step."""
    from leaddesk.operations.tasks import add_task

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        task_id = session.do(add_task, lead_id, arguments.text, arguments.due)
        return done(session, lead_id, "done_task", task=task_id)


def answer(arguments: Namespace) -> Report:
    """Gives, corrects or withdraws an answer."""
    from leaddesk.operations.answers import asked_question, give_answer, withdraw_answer
    from leaddesk.qualify.answers import parse_said
    from leaddesk.qualify.state import Said
    from leaddesk.qualify.terms import Standing

    ways = [arguments.value is not None, arguments.evaded, arguments.unknown, arguments.withdraw]
    if sum(ways) != 1:
        raise WrongUse(words.say(_language(arguments), "cli", "answer_how"))
    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        question = asked_question(session.reader, arguments.question)
        if arguments.withdraw:
            session.do(withdraw_answer, lead_id, question.key)
            return done(session, lead_id, "done_withdraw")
        if arguments.value is not None:
            said = parse_said(question, arguments.value)
        else:
            said = Said(heard=Standing.EVADED if arguments.evaded else Standing.UNKNOWN)
        given = session.do(give_answer, lead_id, question.key, said, by=arguments.by, note=arguments.note)
        return done(session, lead_id, "done_answer", answer=given)


def call(arguments: Namespace) -> Report:
    """Logs a call."""
    from leaddesk.operations.calls import log_call

    if arguments.due is not None and arguments.next is None:
        raise WrongUse(words.say(_language(arguments), "cli", "due_without_next"))
    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        call_id = session.do(
            log_call,
            lead_id,
            arguments.outcome,
            arguments.minutes,
            next_text=arguments.next,
            next_on=arguments.due,
            script=arguments.script,
        )
        return done(session, lead_id, "done_call", call=call_id)


def move(arguments: Namespace) -> Report:
    """Moves a lead to a stage, or says what its gate still wants."""
    from leaddesk.operations.pipeline import move_lead, move_with_answers

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        passing = {"override": arguments.override, "reason": arguments.reason, "until": arguments.until}

        def change() -> Report:
            if arguments.sign_off:
                signoffs = dict(arguments.sign_off)
                session.do(move_with_answers, lead_id, arguments.stage, signoffs=signoffs, **passing)
            else:
                session.do(move_lead, lead_id, arguments.stage, **passing)
            return done(session, lead_id, "done_move")

        return _or_unmet(session, change)


def undo(arguments: Namespace) -> Report:
    """Takes the last step back."""
    with opened(arguments) as session:
        return _took(session, session.store.undo(now=session.now), "undone", "nothing_to_undo")


def redo(arguments: Namespace) -> Report:
    """Does the step last taken back again."""
    with opened(arguments) as session:
        return _took(session, session.store.redo(now=session.now), "redone", "nothing_to_redo")


def _facts(typed: Sequence[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    facts = {name: value for name, value in typed if not name.startswith(CUSTOM)}
    custom = {name.removeprefix(CUSTOM): value for name, value in typed if name.startswith(CUSTOM)}
    return facts, custom


def done(session: Session, lead_id: str, key: str, **made: str) -> Report:
    """Where the lead stands now, after something was done to it."""
    lead = read_lead(session.reader, lead_id, session.now)
    assessment = lead.assessment
    stage = session.playbook.stage.get(lead.stage)
    data: dict[str, Json] = {
        "id": lead.id,
        "name": lead.title,
        "stage": lead.stage,
        "lifecycle": lead.lifecycle,
        "score": points(assessment.score),
        "up_to": points(assessment.up_to),
        **made,
    }
    done = session.say(key, lead=shortened(lead.title, 80), stage=stage.label if stage else lead.stage)
    standing = session.say("score_now", score=points(assessment.score), up_to=points(assessment.up_to))
    return Report(data, [session.say("then", first=done, second=standing), *_id_line(lead, key)])


def _id_line(lead: Lead, key: str) -> list[str]:
    return [lead.id] if key == "done_add" else []


def _or_unmet(session: Session, change: Callable[[], Report]) -> Report:
    """The report of a change; or what a gate on its way still wants."""
    try:
        return change()
    except Refused as refusal:
        check = refusal.details.get("check")
        if not isinstance(check, GateCheck):
            raise
        return _unmet(session, refusal, check)


def _unmet(session: Session, refusal: Refused, check: GateCheck) -> Report:
    """What a gate still wants, requirement by requirement."""
    between = session.say("between_needs")
    wanted = between.join(requirement(session.playbook, need, session.language) for need in check.unmet)
    stands: list[dict[str, Json]] = [
        {"stage": need.stage, "code": need.code, "question": need.question, "hidden_by": need.hidden_by}
        for need in check.unmet
    ]
    data: dict[str, Json] = {
        "refused": refusal.code,
        "stage": check.target,
        "unmet": [need.code for need in check.unmet],
        "requirements": stands,
    }
    sentence = words.say(session.language, "refusals", "gate", **{**refusal.details, "unmet": wanted})
    return Report(data, code=1, error=sentence)


def _took(session: Session, changes: Changes | None, done: str, nothing: str) -> Report:
    if changes is None:
        raise Refused(nothing)
    text = step_words(changes.name, changes.details, session.language, session.playbook)
    return Report({done: {"name": changes.name, "text": text}}, [session.say(done, step=text)])


def _language(arguments: Namespace) -> str:
    from leaddesk.commandline.session import language_of

    return language_of(arguments.lang)
