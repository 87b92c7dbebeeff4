"""The verbs that tell of many: fields, list."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from leaddesk import words
from leaddesk.commandline.output import (
    Json,
    Report,
    day_json,
    in_columns,
    money_json,
    shortened,
)
from leaddesk.commandline.session import Session, database_of, language_of, opened
from leaddesk.commandline.typed import CUSTOM
from leaddesk.db.records import Card
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELDS
from leaddesk.qualify.terms import points

# Leads told on a terminal where no limit is typed.
_SCREENFUL = 50


def fields(arguments: Namespace) -> Report:
    """Every field a lead has, its kind, and its words in both languages; with a database, fields of its team's own."""
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
    own = _own_fields(arguments)
    told_own: list[Json] = [
        {"name": field.name, "kind": str(field.kind), "choices": list(field.choices)} for field in own
    ]
    rows += [
        [f"{CUSTOM}{field.name}", words.say(language, "field_kinds", field.kind), ", ".join(field.choices), ""]
        for field in own
    ]
    return Report({"fields": told, "custom_fields": told_own}, in_columns(rows))


def _own_fields(arguments: Namespace) -> Sequence[CustomField]:
    """The fields defined in the database that is meant; none where there is no database yet."""
    from leaddesk.db.reads.custom_fields import custom_fields

    if not database_of(arguments).exists():
        return ()
    with opened(arguments) as session:
        return custom_fields(session.reader)


def list_leads(arguments: Namespace) -> Report:
    """Leads that meet the filters, in the order asked for."""
    from leaddesk.commandline.views import filters_of
    from leaddesk.db.reads.board import cards
    from leaddesk.db.reads.filters import Sort
    from leaddesk.db.reads.leads import list_order

    with opened(arguments) as session:
        filters = filters_of(session, arguments)
        order = list_order(session.reader, filters, Sort(arguments.sort), session.now)
        limit = _SCREENFUL if arguments.limit is None and not arguments.json else arguments.limit
        found = cards(session.reader, order[:limit], session.now)
        data: dict[str, Json] = {"total": len(order), "leads": [card_json(card) for card in found]}
        return Report(data, list(_list_lines(session, found, len(order))))


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
