"""Moving many leads at once: one step, one name, one undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reading import Reading
from leaddesk.db.records import Progress
from leaddesk.db.states import CHUNK, Known, load
from leaddesk.db.step import Step
from leaddesk.errors import NotFound, Refused
from leaddesk.operations.pipeline import check_day, check_reason, record_lifecycle, wanted_stage, write_move
from leaddesk.operations.places import Beside, keys_between
from leaddesk.operations.pool import hand_over
from leaddesk.operations.rows import shown_as
from leaddesk.operations.tasks import set_entry_tasks
from leaddesk.operations.verb import operation
from leaddesk.qualify.gate import stages_entered
from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.qualify.summary import Entry, entry_of
from leaddesk.qualify.terms import Instant


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which of several leads a stage lets in.

    `unmet`: how many of the others lack a requirement, by its stage and code, the most wanted first.
    """

    ready: tuple[str, ...]
    held: tuple[str, ...]
    unmet: Mapping[tuple[str, str], int]


def readiness(reading: Reading, lead_ids: Sequence[str], to: str, as_of: Instant) -> Readiness:
    """Asks the gates of a stage for many leads; those that stand there already are in neither list."""
    ready: list[str] = []
    held: list[str] = []
    unmet: Counter[tuple[str, str]] = Counter()
    for start in range(0, len(lead_ids), CHUNK):
        for known in load(reading.connection, lead_ids[start : start + CHUNK]):
            if known.state.stage == to:
                continue
            entry = _entry(reading.playbook, known, to, as_of)
            (ready if entry is None or entry.check.open else held).append(known.id)
            if entry is not None:
                unmet.update((need.stage, need.code) for need in entry.check.unmet)
    return Readiness(tuple(ready), tuple(held), dict(unmet.most_common()))


@operation
def move_leads(
    step: Step,
    lead_ids: Sequence[str],
    to: str,
    override: str | None = None,
    reason: str | None = None,
    until: date | None = None,
    beside: Beside | None = None,
    only_ready: bool = False,
    give_to: str | None = None,
) -> Generator[Progress, None, int]:
    """Moves leads to a stage, in the order given, and returns how many; those that stand there keep their time in it.

    Refused `gate_many` (n, all, stage) where a gate holds some of them, unless `override` says why they may pass all
    the same, or `only_ready` leaves them where they are. Reasons, days and `give_to` as for one lead.
    """
    stage = wanted_stage(step, to)
    check_reason(step, stage, reason)
    check_day(step, stage, until)
    wanted = list(dict.fromkeys(lead_ids))
    keys = keys_between(step, beside, len(wanted)) if beside is not None else []
    places = dict(zip(wanted, keys, strict=False))
    why = (override or "").strip() or None
    moved, held = 0, 0
    for start in range(0, len(wanted), CHUNK):
        for known in load(step.connection, wanted[start : start + CHUNK]):
            if known.state.stage == to:
                _stay(step, known, places.get(known.id), give_to)
                continue
            entry = _entry(step.playbook, known, to, step.now)
            if entry is not None and not entry.check.open and why is None:
                held += 1
                continue
            passed = None if entry is None or entry.check.open else why
            hand_over(step, known.row, give_to)
            write_move(step, known.row, stage, reason=reason, until=until, place=places.get(known.id), override=passed)
            if entry is not None:
                record_lifecycle(step, known.row, stage, entry.parts)
            if stage.tasks:
                set_entry_tasks(step, known.id, stage.tasks)
            if not moved:
                step.name_it(lead=shown_as(step, known.row))
            moved += 1
        yield Progress(min(start + CHUNK, len(wanted)), len(wanted), "leads")
    if held and not only_ready:
        raise Refused("gate_many", n=held, all=len(wanted), stage=dict(stage.label), to=to)
    if not wanted:
        raise NotFound("no_lead", id="")
    step.name_it(n=moved, stage=dict(stage.label), to=to)
    return moved


def _stay(step: Step, known: Known, place: str | None, give_to: str | None) -> None:
    """What a move changes of a lead that stands there already: its owner, and its place in own order."""
    hand_over(step, known.row, give_to)
    if place is not None:
        step.update(schema.lead, known.id, place=place)


def _entry(playbook: Playbook, known: Known, to: str, as_of: Instant) -> Entry | None:
    """What the gates on the way say; None where nothing is asked for, as of most moves."""
    if not _asks(playbook.stage[to], stages_entered(playbook, known.state, to)):
        return None
    return entry_of(playbook, known.state, as_of, local_day(as_of), to)


def _asks(target: Stage, entered: Sequence[Stage]) -> bool:
    return target.lifecycle is not None or any(stage.gate for stage in entered)
