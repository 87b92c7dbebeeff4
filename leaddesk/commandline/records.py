"""The verbs that tell: fields, list, show."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from leaddesk import words
from leaddesk.commandline import wording
from leaddesk.commandline.output import (
    Json,
    Report,
    day_json,
    fact_json,
    in_columns,
    money_json,
    one_line,
    shortened,
)
from leaddesk.commandline.session import Session, language_of, opened
from leaddesk.db.records import Card, Lead
from leaddesk.errors import NotFound
from leaddesk.qualify.fields import FIELDS
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import QuestionState
from leaddesk.qualify.terms import points


def fields(arguments: Namespace) -> Report:
    """Every field a lead has, its kind, and its words in both languages."""
    language = language_of(arguments.lang)
    told: list[dict[str, Json]] = [
        {
            "key": field.key,
            "kind": str(field.kind),
            "en": words.say("en", "fields", field.key),
            "zh_CN": words.say("zh_CN", "fields", field.key),
            "choices": list(field.choices),
        }
        for field in FIELDS
    ]
    rows = [
        [
            field.key,
            words.say(language, "field_kinds", field.kind),
            words.say("en", "fields", field.key),
            words.say("zh_CN", "fields", field.key),
        ]
        for field in FIELDS
    ]
    return Report({"fields": told}, in_columns(rows))


def list_leads(arguments: Namespace) -> Report:
    """Leads that meet the filters, in the order asked for."""
    from leaddesk.db.reads.board import cards
    from leaddesk.db.reads.filters import Filters, Sort
    from leaddesk.db.reads.leads import list_order

    with opened(arguments) as session:
        if arguments.stage is not None and arguments.stage not in session.playbook.stage:
            raise NotFound("stage", name=arguments.stage, choices=", ".join(session.playbook.stage))
        filters = Filters(search=arguments.search, source=arguments.source, stage=arguments.stage)
        order = list_order(session.reader, filters, Sort(arguments.sort), session.now)
        found = cards(session.reader, order[: arguments.limit], session.now)
        data: dict[str, Json] = {"total": len(order), "leads": [card_json(card) for card in found]}
        return Report(data, list(_list_lines(session, found, len(order))))


def show(arguments: Namespace) -> Report:
    """Everything about one lead, and what follows from it."""
    from leaddesk.db.reads.leads import lead as read_lead

    with opened(arguments) as session:
        lead = read_lead(session.reader, session.find(arguments.lead), session.now)
        return Report(_lead_json(session, lead), list(_lead_lines(session, lead)))


def card_json(card: Card) -> dict[str, Json]:
    """A lead as lists show it."""
    step = card.next_step
    return {
        "id": card.id,
        "external_id": card.external_id,
        "name": card.title,
        "company": card.company,
        "job": card.job,
        "source": card.source,
        "owner": card.owner,
        "stage": card.stage,
        "stage_since": day_json(card.stage_since),
        "lifecycle": card.lifecycle,
        "temperature": str(card.temperature),
        "waiting": card.waiting,
        "score": points(card.score),
        "up_to": points(card.up_to),
        "strip": card.strip,
        "value": money_json(card.value),
        "next_step": {"text": step.text, "due": step.due_on.isoformat(), "time": step.due_time} if step else None,
        "do_not_call": card.do_not_call,
    }


def card_rows(session: Session, found: list[Card]) -> list[list[str]]:
    """Cards as rows of a table: score, up to, strip, name, company, stage, value, next step, id."""
    from leaddesk.ui import figures

    rows = []
    for card in found:
        step = card.next_step
        stage = session.playbook.stage.get(card.stage)
        rows.append(
            [
                str(points(card.score)),
                str(points(card.up_to)),
                card.strip,
                shortened(card.title, 28),
                shortened(card.company, 24),
                session.pick(stage.label) if stage else card.stage,
                figures.short_money(card.value, session.language) if card.value else "",
                shortened(f"{figures.near_day(step.due_on, session.today, session.language)} {step.text}", 32)
                if step
                else "",
                card.id,
            ]
        )
    return rows


def card_heads(session: Session) -> list[str]:
    """The heads of those columns."""
    named = ("score", "up_to", "strip", "name", "company", "stage", "value", "next_step", "id")
    return [session.say(f"head_{name}") for name in named]


def _list_lines(session: Session, found: list[Card], total: int) -> Iterator[str]:
    if found:
        yield from in_columns([card_heads(session), *card_rows(session, found)], right=(0, 1, 6))
    yield session.say("listed", shown=len(found), total=total)


# ── one lead ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lead_json(session: Session, lead: Lead) -> dict[str, Json]:
    assessment, playbook = lead.assessment, session.playbook
    evidence = _evidence(session, lead)
    gate, advice = assessment.gate, assessment.advice
    return {
        "id": lead.id,
        "name": lead.title,
        "facts": {key: fact_json(value) for key, value in lead.facts.items()} | _also(lead),
        "custom": dict(lead.custom),
        "stage": lead.stage,
        "stage_since": day_json(lead.stage_since),
        "parked_until": lead.parked_until.isoformat() if lead.parked_until else None,
        "reason": lead.reason or None,
        "lifecycle": lead.lifecycle,
        "lifecycle_since": day_json(lead.lifecycle_at),
        "lifecycle_suggested": assessment.lifecycle_suggested,
        "temperature": str(assessment.temperature),
        "band": str(assessment.band),
        "grade": f"{assessment.fit_grade}{assessment.engagement_grade}",
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
                "evidence": evidence.of(reason),
            }
            for reason in assessment.reasons
        ],
        "gate": {"stage": gate.target, "unmet": [need.code for need in gate.unmet]} if gate else None,
        "questions": [_question_json(question, assessment.questions[question.key]) for question in playbook.questions],
        "next_question": (
            {"key": advice.question, "reason": wording.advice(playbook, advice, session.language)} if advice else None
        ),
        "stakeholders": [
            {"id": one.id, "name": one.name, "title": one.title, "role": one.role, "attitude": one.attitude}
            for one in lead.stakeholders
        ],
        "tasks": [
            {"id": one.id, "text": one.text, "due": one.due_on.isoformat(), "time": one.due_time} for one in lead.tasks
        ],
        "calls": [
            {"id": one.id, "day": day_json(one.started_at), "minutes": one.minutes, "outcome": one.outcome}
            for one in lead.calls
        ],
        "next_change": day_json(assessment.next_change_at),
    }


def _also(lead: Lead) -> dict[str, Json]:
    """Facts that are no column of their own, where the reading does not list them."""
    also: dict[str, Json] = {}
    if lead.do_not_call:
        also["do_not_call"] = True
    if lead.tags:
        also["tags"] = list(lead.tags)
    return also


def _question_json(question: Question, state: QuestionState) -> dict[str, Json]:
    given = state.given
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
        "answers": [{"key": answer.key, "points": points(answer.points)} for answer in question.answers],
    }


def _lead_lines(session: Session, lead: Lead) -> Iterator[str]:
    say, playbook, assessment = session.say, session.playbook, lead.assessment
    stage = playbook.stage.get(lead.stage)
    company = lead.facts.get("company")
    yield one_line(f"{lead.title}, {company}" if company and company != lead.title else lead.title)
    yield say(
        "standing_line",
        stage=stage.label if stage else lead.stage,
        temperature=words.say(session.language, "temperatures", assessment.temperature),
        grade=f"{assessment.fit_grade}{assessment.engagement_grade}",
        score=points(assessment.score),
        up_to=points(assessment.up_to),
    )
    yield lead.id
    yield ""
    yield from in_columns(_part_rows(session, lead), right=(1,))
    yield ""
    evidence = _evidence(session, lead)
    yield from in_columns(
        [[f"{points(reason.points):+}", evidence.of(reason)] for reason in assessment.reasons],
        right=(0,),
    )
    yield ""
    yield from _facts_and_tasks(session, lead)
    if assessment.gate is not None:
        target = playbook.stage[assessment.gate.target]
        unmet = "; ".join(wording.requirement(playbook, need, session.language) for need in assessment.gate.unmet)
        yield say("gate_open" if not unmet else "gate_unmet", stage=target.label, unmet=unmet)
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
        [wording.field_name(key, session.language), shortened(wording.fact_shown(value, session.language), 80)]
        for key, value in lead.facts.items()
    ]
    rows += [[shortened(name, 30), shortened(value, 80)] for name, value in lead.custom.items()]
    rows += [[task.due_on.isoformat(), shortened(task.text, 80)] for task in lead.tasks]
    yield from in_columns(rows)
    yield ""


def _evidence(session: Session, lead: Lead) -> wording.Evidence:
    return wording.Evidence(session.playbook, {one.id: one for one in lead.answers}, session.language)
