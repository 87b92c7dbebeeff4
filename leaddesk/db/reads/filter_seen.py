"""Looks at single leads as filters see them, and finds those that meet one although time has moved their standings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, or_, select

from leaddesk.db.days import local_day
from leaddesk.db.engine import fetch
from leaddesk.db.judging import stale
from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.reads.filter_columns import Met, value_in
from leaddesk.db.reads.filter_sql import condition_of
from leaddesk.db.reads.question_sql import numbers_met
from leaddesk.db.schema import standing
from leaddesk.db.standings import assessed, last_touch, standing_row
from leaddesk.db.states import CHUNK, Known, ids_of, load
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.filtering.meeting import Seen, meets
from leaddesk.qualify.filtering.subjects import CRITERION, PART, QUESTION, moves
from leaddesk.qualify.filtering.tree import Where, leaves
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.rot import limit_of, rot_of
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.summary import summary_in
from leaddesk.qualify.terms import DAY, Instant, Money, Standing

_GIVEN = "(SELECT value FROM json_each(?))"
_CUSTOM = f"SELECT lead_id, name, value FROM custom_value WHERE lead_id IN {_GIVEN} ORDER BY +no"  # noqa: S608
_NOTES = f"SELECT lead_id, text FROM note WHERE lead_id IN {_GIVEN} ORDER BY +no"  # noqa: S608
_PER_POINT = 10


def met_by(reading: Reading, where: Where, as_of: Instant, *, as_kept: bool) -> Met:
    """What `standing` must meet for a filter to hold at an instant.

    `as_kept`: by standings as last written; else leads that time has moved since, or had not yet moved then, are looked
    at one by one.
    """
    kept = condition_of(reading, where, as_of)
    if as_kept or not any(moves(leaf.subject) for leaf in leaves(where)):
        return kept
    wrong = select(standing.c.lead_no).where(stale(reading.connection, as_of))
    moved = list(reading.connection.execute(wrong).scalars())
    if not moved:
        return kept
    meeting = [known.no for known, seen in seen_of(reading, moved, as_of) if meets(where, seen)]
    return or_(kept & ~numbers_met(moved), numbers_met(meeting))


def seen_of(reading: Reading, numbers: Sequence[int], as_of: Instant) -> Iterator[tuple[Known, Seen]]:
    """Leads as filters see them at an instant, each assessed anew."""
    kinds = {field.name: field.kind for field in custom_fields(reading)}
    for start in range(0, len(numbers), CHUNK):
        ids = list(ids_of(reading.connection, numbers[start : start + CHUNK]).values())
        custom, notes = _custom(reading.connection, ids), _notes(reading.connection, ids)
        for known in load(reading.connection, ids):
            yield known, _seen(reading.playbook, kinds, known, custom[known.id], notes[known.id], as_of)


def _custom(connection: Connection, ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lead_id, name, value in fetch(connection, _CUSTOM, json.dumps(ids)):
        found[lead_id].append((name, value))
    return found


def _notes(connection: Connection, ids: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for lead_id, text in fetch(connection, _NOTES, json.dumps(ids)):
        found[lead_id].append(text)
    return found


class _Values:
    """Values by subject, sorted by what they are."""

    def __init__(self, kinds: Mapping[str, FieldKind]) -> None:
        self._kinds = kinds
        self.texts: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[str, tuple[float, ...]] = {}
        self.sums: dict[str, tuple[Money, ...]] = {}
        self.days: dict[str, tuple[date, ...]] = {}

    def add(self, subject: str, value: FactValue | None) -> None:
        """One more value of a subject, unless it is none."""
        if isinstance(value, tuple):
            for one in value:
                self.add(subject, one)
        elif isinstance(value, bool):
            self.add(subject, "yes" if value else "no")
        elif isinstance(value, Money):
            self.sums[subject] = (*self.sums.get(subject, ()), value)
        elif isinstance(value, date):
            self.days[subject] = (*self.days.get(subject, ()), value)
        elif isinstance(value, str):
            if value:
                self.texts[subject] = (*self.texts.get(subject, ()), value)
        elif value is not None:
            self.numbers[subject] = (*self.numbers.get(subject, ()), float(value))

    def add_custom(self, name: str, text: str) -> None:
        """A value kept as text under a name of its own: also as what its field says it is."""
        subject = CUSTOM + name
        self.add(subject, text)
        kind = self._kinds.get(name, FieldKind.TEXT)
        if text and kind not in (FieldKind.TEXT, FieldKind.CHOICE):
            self.add(subject, value_in(kind, text))


def _seen(
    playbook: Playbook,
    kinds: Mapping[str, FieldKind],
    known: Known,
    custom: Sequence[tuple[str, str]],
    notes: Sequence[str],
    as_of: Instant,
) -> Seen:
    values = _Values(kinds)
    points = {point.kind for point in known.points}
    for key, value in known.state.facts.items():
        if key not in points:
            values.add(key, value)
    for point in known.points:
        values.add(point.kind, point.value)
    for name, text in custom:
        values.add_custom(name, text)
    values.add("note", tuple(notes))
    standings = _derived(playbook, known, as_of, values)
    return Seen(local_day(as_of), values.texts, values.numbers, values.sums, values.days, standings)


def _derived(playbook: Playbook, known: Known, as_of: Instant, values: _Values) -> dict[str, Standing]:
    """Adds what follows from a lead; returns how criteria and questions stand."""
    assessment = assessed(playbook, known.state, as_of)
    row = standing_row(playbook, known, summary_in(assessment))
    stage, planned = known.state.stage, known.state.next_step_on
    since: Instant = known.row["stage_since"]
    calls = [call.at for call in known.state.calls if call.at <= as_of]
    for subject, value in (
        ("stage", stage),
        ("lifecycle", known.state.lifecycle),
        ("band", assessment.band.value),
        ("temperature", assessment.temperature.value),
        ("fit_grade", assessment.fit_grade),
        ("engagement_grade", assessment.engagement_grade),
        ("waiting", not row["waiting"]),
        ("stuck", _rots(playbook, known, as_of)),
        ("score", assessment.score / _PER_POINT),
        ("up_to", assessment.up_to / _PER_POINT),
        *((PART + key, part.points / _PER_POINT) for key, part in assessment.parts.items()),
        ("days_in_stage", max(0, (as_of - since) // DAY)),
        ("next_step", planned),
        ("created", local_day(known.row["created_at"])),
        ("last_call", local_day(max(calls)) if calls else None),
    ):
        values.add(subject, value)
    return {
        **{CRITERION + key: one.standing for key, one in assessment.criteria.items()},
        **{QUESTION + key: one.standing for key, one in assessment.questions.items()},
    }


def _rots(playbook: Playbook, known: Known, as_of: Instant) -> bool:
    stage, touched = playbook.stage.get(known.state.stage), local_day(last_touch(known, as_of).at)
    limit = limit_of(stage) if stage is not None else None
    return rot_of(playbook.calendar, limit, touched, known.state.next_step_on, local_day(as_of)).rotting
