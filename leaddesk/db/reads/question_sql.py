"""The standing of single questions as a condition on `standing`: worked out from answers and facts, at any instant."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, Table, and_, column, func, not_, or_, select

from leaddesk.db.days import local_day
from leaddesk.db.engine import fetch, quoted
from leaddesk.db.reading import Reading
from leaddesk.db.reads.filter_columns import Met
from leaddesk.db.schema import account, answer, lead, standing
from leaddesk.db.states import SAID, ids_of, load, said_in
from leaddesk.qualify.fields import FIELD, FieldKind, Home
from leaddesk.qualify.fit import facts_worth
from leaddesk.qualify.plan import Asked, Plan, plan_of
from leaddesk.qualify.script import known_of, standing_heard, standing_in
from leaddesk.qualify.state import FactValue, Given
from leaddesk.qualify.terms import Instant, Money, Standing

_GIVEN = (
    f"SELECT l.no, a.id, a.at, a.by, {', '.join(f'a.{quoted(name)}' for name in SAID)}"  # noqa: S608
    " FROM answer a JOIN lead l ON l.id = a.lead_id"
    " WHERE a.question = ? AND a.withdrawn_at IS NULL AND a.at <= ?"
)


def question_met(reading: Reading, question: str, standings: Collection[Standing], as_of: Instant) -> Met:
    """The leads for which a question of the playbook has one of these standings at an instant."""
    asked = plan_of(reading.playbook).by_key[question]
    if asked.profile is not None:
        return _met_by_fact(reading, asked, asked.profile.fact, standings, as_of)
    return _met_by(_heard(reading, asked, as_of), standings)


def numbers_met(numbers: Iterable[int]) -> Met:
    """The leads with these numbers."""
    return standing.c.lead_no.in_(_listed(list(numbers)))


def _listed(values: Sequence[object]) -> Select[Any]:
    """Values as part of a statement, however many there are."""
    return select(func.json_each(json.dumps(values)).table_valued(column("value")).c.value)


def _met_by(found: Iterable[tuple[int, Standing]], standings: Collection[Standing]) -> Met:
    """Leads of which nothing was found were not asked."""
    if Standing.NOT_ASKED in standings:
        return not_(numbers_met(number for number, one in found if one not in standings))
    return numbers_met(number for number, one in found if one in standings)


def _heard(reading: Reading, asked: Asked, as_of: Instant) -> Iterator[tuple[int, Standing]]:
    """How the question stands with each lead that ever answered it."""
    key, today = asked.question.key, local_day(as_of)
    said: dict[int, list[Given]] = {}
    for number, answer_id, at, by, *columns in fetch(reading.connection, _GIVEN, key, as_of):
        said.setdefault(number, []).append(Given(answer_id, key, at, said_in(*columns), by))
    for number, theirs in said.items():
        yield number, standing_heard(asked, theirs, as_of, today)


# ── questions on a fact the profile knows: the fact itself answers them ──────────────────────────────────────────────


def _met_by_fact(reading: Reading, asked: Asked, fact: str, standings: Collection[Standing], as_of: Instant) -> Met:
    plan = plan_of(reading.playbook)
    field = FIELD.get(fact)
    table = {Home.LEAD: lead, Home.ACCOUNT: account}.get(field.home) if field is not None else None
    if field is None or table is None or field.kind in (FieldKind.DATE, FieldKind.YES_NO):
        everyone = reading.connection.execute(select(lead.c.no)).scalars().all()
        return _met_by(_assessed(reading, plan, asked, everyone, as_of), standings)
    key = table.c[fact]
    known = and_(key.is_not(None), key != "")
    values = list(_distinct(reading, table, fact, known, money=field.kind is FieldKind.MONEY))
    met = [text for text, value in values if _stands(plan, fact, value) in standings]
    told = key.concat(" ").concat(table.c[f"{fact}_currency"]) if field.kind is FieldKind.MONEY else key
    here = and_(known, told.in_(_listed(met)))
    if table is account:
        here, known = (lead.c.account_id.in_(select(account.c.id).where(one)) for one in (here, known))
    setters = [one.question.key for one in plan.setters if one.question.sets == fact]
    number = standing.c.lead_no
    # Only where nobody wrote the fact down can an answer alone tell it.
    told_of = select(lead.c.no).where(lead.c.id.in_(_answered(setters, as_of)), not_(func.coalesce(known, 0)))
    answered = reading.connection.execute(told_of).scalars().all()
    return or_(
        number.in_(select(lead.c.no).where(here)),
        and_(
            not_(number.in_(select(lead.c.no).where(known))),
            _met_by(_assessed(reading, plan, asked, answered, as_of), standings),
        ),
    )


def _answered(questions: Sequence[str], as_of: Instant) -> Select[Any]:
    """The ids of leads with answers to these questions that count."""
    asked = select(answer.c.lead_id).where(answer.c.withdrawn_at.is_(None), answer.c.at <= as_of)
    return asked.where(answer.c.question.in_(questions))


def _distinct(
    reading: Reading, table: Table, fact: str, known: Met, *, money: bool
) -> Iterator[tuple[str | int, FactValue]]:
    """Every value of a fact, with what SQL knows it by."""
    key = table.c[fact]
    if not money:
        for value in reading.connection.execute(select(key).where(known).distinct()).scalars():
            yield value, value
        return
    for minor, currency in reading.connection.execute(select(key, table.c[f"{fact}_currency"]).where(known).distinct()):
        yield f"{minor} {currency}", Money(minor, currency)


def _stands(plan: Plan, fact: str, value: FactValue) -> Standing:
    worth = facts_worth(plan.playbook, {fact: value}, plan.worths_found).get(fact)
    return worth.rule.standing if worth is not None else Standing.NOT_ASKED


def _assessed(
    reading: Reading, plan: Plan, asked: Asked, numbers: Collection[int], as_of: Instant
) -> Iterable[tuple[int, Standing]]:
    """How the question stands with these leads, each looked at whole."""
    today = local_day(as_of)
    for known in load(reading.connection, ids_of(reading.connection, numbers).values()):
        yield known.no, standing_in(asked, known_of(plan, known.state, as_of, today))
