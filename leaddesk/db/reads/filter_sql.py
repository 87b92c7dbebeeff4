"""Makes SQL of a filter: what `standing` must meet, so that the same leads do as in `qualify/filtering/meeting.py`."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Select, and_, case, false, func, not_, or_, select, true

from leaddesk.db.days import end_of_day, local_day
from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.reads.filter_columns import (
    Met,
    Value,
    chosen,
    custom_met,
    instant_met,
    iso_met,
    number_met,
    sum_met,
    teach,
    text_met,
    yes_no_met,
)
from leaddesk.db.reads.question_sql import question_met
from leaddesk.db.schema import account, call, contact_point, custom_value, lead, lead_tag, note, standing
from leaddesk.db.standings import LETTERS
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FIELD, FieldKind, Home
from leaddesk.qualify.filtering.subjects import (
    CRITERION,
    PART,
    QUESTION,
    Subject,
    subject_of,
    subjects,
)
from leaddesk.qualify.filtering.tree import All, AnyOf, Is, IsKnown, Leaf, Not, Stands, Where
from leaddesk.qualify.rot import rotten_since
from leaddesk.qualify.terms import DAY, Instant, Standing

_S = standing.c
_TENTHS = 10
_NEVER = -(2**62)
_GRADES = {"fit_grade": ("fit", "ABC"), "engagement_grade": ("engagement", "123")}
# What is derived and kept as text.
_TEXTS = frozenset({"stage", "owner", "source", "band", "temperature", "lifecycle"})


def subjects_of(reading: Reading) -> Mapping[str, Subject]:
    """Everything a filter can ask about in a database."""
    return subjects(reading.playbook, custom_fields(reading))


def condition_of(reading: Reading, where: Where, as_of: Instant) -> Met:
    """What `standing` must meet, by standings as kept, at an instant. What nobody knows is met by nothing."""
    teach(reading.connection)
    return _Maker(reading, as_of).met(where)


class _Maker:
    """Makes SQL for one database and one instant."""

    def __init__(self, reading: Reading, as_of: Instant) -> None:
        self._reading = reading
        self._playbook = reading.playbook
        self._as_of = as_of
        self._today = local_day(as_of)
        self._subjects = subjects_of(reading)

    def met(self, where: Where) -> Met:
        match where:
            case All():
                return and_(true(), *map(self.met, where.of))
            case AnyOf():
                return or_(false(), *map(self.met, where.of))
            case Not():
                return _never(self.met(where.of))
            case _:
                subject = subject_of(self._subjects, where.subject)
                return self._leaf(where, subject.key) if subject is not None else false()

    def _leaf(self, leaf: Leaf, key: str) -> Met:
        if isinstance(leaf, Is) and "" in leaf.values:
            others = tuple(value for value in leaf.values if value)
            blank = _never(self._leaf(IsKnown(key), key))
            return or_(blank, self._leaf(Is(key, others), key)) if others else blank
        if key.startswith(CRITERION):
            return self._criterion(leaf, key.removeprefix(CRITERION))
        if key.startswith(QUESTION):
            if not isinstance(leaf, Stands):
                return false()
            return question_met(self._reading, key.removeprefix(QUESTION), leaf.standings, self._as_of)
        derived = self._derived(leaf, key)
        return derived if derived is not None else self._entered(leaf, key)

    # ── what `standing` keeps ────────────────────────────────────────────────────────────────────────────────────

    def _criterion(self, leaf: Leaf, criterion: str) -> Met:
        if not isinstance(leaf, Stands):
            return false()
        place = [one.key for one in self._playbook.criteria].index(criterion) + 1
        letters = [LETTERS[standing] for standing in leaf.standings]
        if Standing.NOT_ASKED in leaf.standings:
            letters.append("")  # kept before the playbook had this criterion
        return func.substr(_S.strip, place, 1).in_(letters)

    def _derived(self, leaf: Leaf, key: str) -> Met | None:
        """A condition on what is derived; None where the subject is not."""
        if key in _TEXTS:
            return _known(_S[key]) if isinstance(leaf, IsKnown) else text_met(leaf, _S[key])
        if key in ("score", "up_to"):
            return self._number(leaf, _S[key], _TENTHS)
        if key.startswith(PART):
            return self._number(leaf, self._part(key.removeprefix(PART)), _TENTHS)
        if key == "days_in_stage":
            return self._number(leaf, self._days_in_stage())
        if key == "value":
            return _S.value.is_not(None) if isinstance(leaf, IsKnown) else sum_met(leaf, _S.value, _S.currency)
        if key == "next_step":
            return _known(_S.next_on) if isinstance(leaf, IsKnown) else iso_met(leaf, _S.next_on, self._today)
        if key in _GRADES:
            return self._grade(leaf, key)
        if key in ("waiting", "stuck"):
            holds = _S.waiting == 0 if key == "waiting" else self._stuck()
            return true() if isinstance(leaf, IsKnown) else yes_no_met(leaf, holds)
        return None

    def _number(self, leaf: Leaf, column: Value, scale: int = 1) -> Met:
        return column.is_not(None) if isinstance(leaf, IsKnown) else number_met(leaf, column, scale)

    def _part(self, part: str) -> Value:
        return func.coalesce(func.json_extract(_S.parts, f'$."{part}"'), 0)

    def _days_in_stage(self) -> Value:
        passed = self._as_of - _S.stage_since
        return func.max(0, (passed - passed % DAY) / DAY)

    def _grade(self, leaf: Leaf, key: str) -> Met:
        if isinstance(leaf, IsKnown):
            return true()
        kind, letters = _GRADES[key]
        grades = self._playbook.grades
        first, second = (grades.fit_a, grades.fit_b) if kind == "fit" else (grades.engagement_1, grades.engagement_2)
        parts = [self._part(part.key) for part in self._playbook.parts if part.kind == kind]
        tenths: Value = parts[0] if parts else func.abs(0)
        within = (tenths >= first, and_(tenths < first, tenths >= second), and_(tenths < first, tenths < second))
        wanted = chosen(leaf, letters)
        return or_(false(), *(met for letter, met in zip(letters, within, strict=True) if letter in wanted))

    def _stuck(self) -> Met:
        """Rotting: untouched since a day the stage allows no more, and nothing planned that is not overdue."""
        late = or_(_S.next_on.is_(None), _S.next_on < self._today.isoformat())
        days = {stage: end_of_day(day) for stage, day in rotten_since(self._playbook, self._today).items()}
        # Not stage by stage: an index for each would be read, and the rows all over the table with it.
        return and_(late, _S.touched_at <= case(days, value=_S.stage, else_=_NEVER)) if days else false()

    # ── what people entered ──────────────────────────────────────────────────────────────────────────────────────

    def _entered(self, leaf: Leaf, key: str) -> Met:
        if key.startswith(CUSTOM):
            value = custom_value.c.value
            met = _known(value) if isinstance(leaf, IsKnown) else custom_met(leaf, value, self._today)
            return _theirs(select(custom_value.c.lead_id).where(custom_value.c.name == key.removeprefix(CUSTOM), met))
        if key == "created":
            met = true() if isinstance(leaf, IsKnown) else instant_met(leaf, lead.c.created_at, self._today)
            return _numbers(met)
        if key == "last_call":
            last = func.max(call.c.ended_at)
            met = true() if isinstance(leaf, IsKnown) else instant_met(leaf, last, self._today)
            ended = select(call.c.lead_id).where(call.c.ended_at <= self._as_of)
            return _theirs(ended.group_by(call.c.lead_id).having(met))
        return self._field(leaf, key)

    def _field(self, leaf: Leaf, key: str) -> Met:
        field = FIELD[key]
        if field.home is Home.LEAD:
            return _numbers(self._column(leaf, lead.c[key], field.kind, lead.c.get(f"{key}_currency")))
        if field.home is Home.ACCOUNT:
            met = self._column(leaf, account.c[key], field.kind, account.c.get(f"{key}_currency"))
            return _numbers(lead.c.account_id.in_(select(account.c.id).where(met)))
        if field.home is Home.CONTACT_POINT:
            value = contact_point.c.value
            met = _known(value) if isinstance(leaf, IsKnown) else text_met(leaf, value)
            return _theirs(select(contact_point.c.lead_id).where(contact_point.c.kind == key, met))
        table, column = (lead_tag, lead_tag.c.tag) if field.home is Home.TAG else (note, note.c.text)
        met = _known(column) if isinstance(leaf, IsKnown) else text_met(leaf, column)
        return _theirs(select(table.c.lead_id).where(met))

    def _column(self, leaf: Leaf, column: Column[object], kind: FieldKind, currency: Column[object] | None) -> Met:
        if isinstance(leaf, IsKnown):
            return and_(column.is_not(None), column != "")
        if kind is FieldKind.NUMBER:
            return number_met(leaf, column)
        if kind is FieldKind.MONEY and currency is not None:
            return sum_met(leaf, column, currency)
        if kind is FieldKind.DATE:
            return iso_met(leaf, column, self._today)
        if kind is FieldKind.YES_NO:
            return yes_no_met(leaf, column == 1)
        return text_met(leaf, column)


def _never(met: Met) -> Met:
    """It does not hold: neither where it is false, nor where it is unknown."""
    return not_(func.coalesce(met, 0))


def _known(column: Value) -> Met:
    return and_(column.is_not(None), column != "")


def _numbers(met: Met) -> Met:
    """The leads whose own row meets this."""
    return _S.lead_no.in_(select(lead.c.no).where(met))


def _theirs(asked: Select[tuple[str]]) -> Met:
    """The leads with these ids."""
    return _S.lead_no.in_(select(lead.c.no).where(lead.c.id.in_(asked)))
