"""One lead on the command line: what is known of it, and what follows from that."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from leaddesk import words
from leaddesk.commandline import wording
from leaddesk.commandline.output import Json, Report, day_json, fact_json, in_columns, one_line, shortened
from leaddesk.commandline.scripts import script_json, script_line
from leaddesk.commandline.session import Session, opened
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.records import Card, Lead
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import FactValue, QuestionState
from leaddesk.qualify.terms import StageKind, points
from leaddesk.ui import card_words
from leaddesk.ui.field_words import custom_words, value_words
from leaddesk.ui.reason_words import story_line

# Entries of the story told on a terminal; JSON has them all.
_TOLD = 8


def show(arguments: Namespace) -> Report:
    """Everything about one lead, and what follows from it."""
    from leaddesk.db.reads.leads import lead as read_lead

    with opened(arguments) as session:
        lead = read_lead(session.reader, session.find(arguments.lead), session.now)
        return Report({**_lead_json(session, lead), "rot": _rot_json(session, lead)}, list(_lead_lines(session, lead)))


def _rot_json(session: Session, lead: Lead) -> dict[str, Json]:
    """How long nobody touched it, of how many worked days, and what set that clock back last."""
    card, stage = _card(session, lead), session.playbook.stage.get(lead.stage)
    rot = card_words.rot_of_card(card, stage, session.today, session.playbook.calendar)
    return {
        "idle": rot.idle,
        "limit": rot.limit,
        "rotting": rot.rotting,
        "touched": card.touched,
        "touched_on": day_json(card.touched_at),
    }


def _card(session: Session, lead: Lead) -> Card:
    return cards(session.reader, [lead.no], session.now)[0]


def _lead_json(session: Session, lead: Lead) -> dict[str, Json]:
    assessment, playbook = lead.assessment, session.playbook
    gate, advice = assessment.gate, assessment.advice
    return {
        "id": lead.id,
        "name": lead.title,
        "facts": {key: fact_json(value) for key, value in lead.facts.items()},
        "custom": dict(lead.custom),
        **_place_json(lead),
        **_verdict_json(session, lead),
        "gate": {"stage": gate.target, "unmet": [need.code for need in gate.unmet]} if gate else None,
        "questions": [
            _question_json(question, assessment.questions[question.key], lead) for question in playbook.questions
        ],
        **script_json(session, lead),
        "next_question": (
            {"key": advice.question, "reason": wording.advice(playbook, advice, session.language)} if advice else None
        ),
        **_dealings_json(session, lead),
        "next_change": day_json(assessment.next_change_at),
    }


def _place_json(lead: Lead) -> dict[str, Json]:
    """Where it stands on the board and in its lifecycle, and since when."""
    return {
        "stage": lead.stage,
        "stage_since": day_json(lead.stage_since),
        "parked_until": lead.parked_until.isoformat() if lead.parked_until else None,
        "reason": lead.reason or None,
        "lifecycle": lead.lifecycle,
        "lifecycle_since": day_json(lead.lifecycle_at),
        "lifecycle_suggested": lead.assessment.lifecycle_suggested,
    }


def _verdict_json(session: Session, lead: Lead) -> dict[str, Json]:
    """What it is judged to be worth, and why."""
    assessment = lead.assessment
    return {
        "temperature": str(assessment.temperature),
        "band": str(assessment.band),
        "grade": f"{assessment.fit_grade}{assessment.engagement_grade}",
        "disagree": [key for key, criterion in assessment.criteria.items() if criterion.disagree],
        "standings": {key: str(criterion.standing) for key, criterion in assessment.criteria.items()},
        "score": points(assessment.score),
        "up_to": points(assessment.up_to),
        "parts": {
            key: {"points": points(part.points), "limit": points(part.limit)} for key, part in assessment.parts.items()
        },
        "reasons": [
            {
                "points": points(reason.points),
                "code": wording.reason_code(reason),
                "evidence": wording.evidence(session.playbook, lead, reason, session.language),
            }
            for reason in assessment.reasons
        ],
    }


def _dealings_json(session: Session, lead: Lead) -> dict[str, Json]:
    """Who takes part, what is planned, and what happened."""
    return {
        "stakeholders": [
            {"id": one.id, "name": one.name, "title": one.title, "role": one.role, "attitude": one.attitude}
            for one in lead.stakeholders
        ],
        "tasks": [
            {"id": one.id, "text": one.text, "due": one.due_on.isoformat(), "time": one.due_time} for one in lead.tasks
        ],
        "calls": [
            {
                "id": one.id,
                "day": day_json(one.started_at),
                "minutes": one.minutes,
                "outcome": one.outcome,
                "script": one.script or None,
            }
            for one in lead.calls
        ],
        "timeline": [
            {
                "day": day_json(entry.at),
                "kind": entry.kind,
                "text": one_line(story_line(session.playbook, entry, session.language)),
            }
            for entry in lead.timeline
        ],
    }


def _question_json(question: Question, state: QuestionState, lead: Lead) -> dict[str, Json]:
    given = state.given
    # What each person said last, where they do not say the same.
    voices = {one.by: one for one in lead.answers if one.question == question.key and one.said.heard is None}
    return {
        "key": question.key,
        "criterion": question.criterion,
        "kind": str(question.kind),
        "visible": state.visible,
        "standing": str(state.standing),
        "answer": wording.said_typed(given.said) if given else None,
        "by": given.by if given else None,
        "note": given.note if given else None,
        "points": points(state.points),
        "expires": day_json(state.expires_at),
        "expired": state.expired,
        "from_fact": state.from_fact,
        "beside": str(state.beside.said.heard) if state.beside and state.beside.said.heard else None,
        "disagree": [
            {"by": by, "answer": wording.said_typed(one.said), "day": day_json(one.at)} for by, one in voices.items()
        ]
        if state.disagree
        else [],
        "answers": [{"key": answer.key, "points": points(answer.points)} for answer in question.answers],
    }


def _lead_lines(session: Session, lead: Lead) -> Iterator[str]:
    say, playbook, assessment = session.say, session.playbook, lead.assessment
    stage = playbook.stage.get(lead.stage)
    company = lead.facts.get("company")
    yield shortened(f"{lead.title}, {company}" if company and company != lead.title else lead.title, 200)
    yield say(
        "standing_line",
        stage=stage.label if stage else lead.stage,
        temperature=words.say(session.language, "temperatures", assessment.temperature),
        grade=f"{assessment.fit_grade}{assessment.engagement_grade}",
        score=points(assessment.score),
        up_to=points(assessment.up_to),
    )
    if stage is not None and stage.kind in (StageKind.OPEN, StageKind.NURTURE):
        yield card_words.rot_words(_card(session, lead), playbook, session.today, session.language)
    yield lead.id
    yield ""
    yield from in_columns(_part_rows(session, lead), right=(1,))
    yield ""
    yield from in_columns(
        [
            [f"{points(reason.points):+}", wording.evidence(playbook, lead, reason, session.language)]
            for reason in assessment.reasons
        ],
        right=(0,),
    )
    yield ""
    yield from _facts_and_tasks(session, lead)
    yield from in_columns(
        [
            [day_json(entry.at) or "", shortened(story_line(playbook, entry, session.language), 100)]
            for entry in lead.timeline[:_TOLD]
        ]
    )
    yield ""
    if assessment.gate is not None:
        target = playbook.stage[assessment.gate.target]
        needs = (wording.requirement(playbook, need, session.language) for need in assessment.gate.unmet)
        unmet = say("between_needs").join(needs)
        yield say("gate_open" if not unmet else "gate_unmet", stage=target.label, unmet=unmet)
    if len(playbook.scripts) > 1:
        yield script_line(session, lead)
    if assessment.advice is not None:
        question = playbook.question[assessment.advice.question]
        why = wording.advice(playbook, assessment.advice, session.language)
        yield say("ask_next", question=question.wording, key=question.key, why=why)


def _part_rows(session: Session, lead: Lead) -> list[list[str]]:
    playbook, assessment = session.playbook, lead.assessment
    standing_of = {playbook.criterion[key].part: one.standing for key, one in assessment.criteria.items()}
    rows = []
    for key, part in assessment.parts.items():
        standing = standing_of.get(key)
        rows.append(
            [
                session.pick(playbook.part[key].label),
                f"{points(part.points)} / {points(part.limit)}",
                words.say(session.language, "standings", standing) if standing else "",
            ]
        )
    return rows


def _facts_and_tasks(session: Session, lead: Lead) -> Iterator[str]:
    rows = [
        [words.say(session.language, "fields", key), shortened(_told(session, key, value), 80)]
        for key, value in lead.facts.items()
    ]
    own = {field.name: field for field in custom_fields(session.reader)}
    rows += [
        [shortened(name, 30), shortened(_told_own(session, own.get(name), value), 80)]
        for name, value in lead.custom.items()
    ]
    rows += [[task.due_on.isoformat(), shortened(task.text, 80)] for task in lead.tasks]
    yield from in_columns(rows)
    yield ""


def _told_own(session: Session, field: CustomField | None, text: str) -> str:
    """A value of the team's own in the person's language; one that does not fit its kind says so."""
    if field is None:
        return text
    told = custom_words(field, text, session.language)
    if told.fits:
        return told.text
    kind = words.say(session.language, "field_kinds", field.kind)
    return f"{told.text} ({words.say(session.language, 'leads', 'unfit', kind=kind)})"


def _told(session: Session, key: str, value: FactValue) -> str:
    """A fact in the person's language; what was chosen from a list too."""
    return value_words(FIELD[key], value, session.language)
