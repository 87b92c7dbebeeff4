"""Makes the derived row of a lead, and a card of it: what the board and lists sort, filter and show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from leaddesk.db.days import local_day
from leaddesk.db.reading import Columns
from leaddesk.db.records import Card, NextStep
from leaddesk.db.states import Known, Touch, title_of
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Assessment, LeadState
from leaddesk.qualify.summary import Summary, summary_of
from leaddesk.qualify.terms import Instant, Money, StageKind, Standing, Temperature

#: One letter a standing, as kept in `standing.strip`.
LETTERS: Mapping[Standing, str] = {
    Standing.YES: "y",
    Standing.PARTLY: "p",
    Standing.NO: "n",
    Standing.UNKNOWN: "u",
    Standing.EVADED: "e",
    Standing.NOT_ASKED: "-",
}


_PARTS = json.JSONEncoder(separators=(",", ":"))


def assessed(playbook: Playbook, state: LeadState, as_of: Instant) -> Assessment:
    """What follows from a lead's state at an instant, its day being that of this machine."""
    return assess(playbook, state, as_of, local_day(as_of))


def summed_up(playbook: Playbook, state: LeadState, as_of: Instant) -> Summary:
    """What of it lists sort by."""
    return summary_of(playbook, state, as_of, local_day(as_of))


def standing_row(playbook: Playbook, known: Known, summary: Summary) -> dict[str, object]:
    """The row of `standing` for a lead as summed up, in the order of its columns."""
    row, planned = known.row, known.task
    hot_since, waiting = _hot(playbook, known, summary)
    touched = last_touch(known, summary.as_of)
    return {
        "lead_no": known.no,
        "stage": row["stage"],
        "source": row["source"] or None,
        "owner": row["owner"] or None,
        "score": summary.score,
        "up_to": summary.up_to,
        "parts": _PARTS.encode({part: tenths for part, tenths in summary.parts.items() if tenths}),
        "strip": "".join([LETTERS[standing] for standing in summary.criteria.values()]),
        "lifecycle": row["lifecycle"],
        "temperature": summary.temperature.value,
        "band": summary.band.value,
        "waiting": 0 if waiting else 1,
        "hot_since": hot_since,
        "next_id": planned.id if planned is not None else None,
        "next_on": planned.due_on if planned is not None else None,
        "next_time": planned.due_time if planned is not None else None,
        "next_text": planned.text if planned is not None else None,
        "value": row["value"],
        "currency": row["value_currency"],
        "title": title_of(row, known.points),
        "company": row["firm_company"],
        "stage_since": row["stage_since"],
        "place": row["place"],
        "computed_at": summary.as_of,
        "changes_at": _earliest(summary.next_change_at, known, summary.as_of),
        "touched_at": touched.at,
        "touched": touched.what,
    }


#: What counts where several things happened at one instant: the larger act.
_ACTS = ("answer", "note", "task", "owner", "stage", "call")


def last_touch(known: Known, as_of: Instant) -> Touch:
    """When somebody last did something about a lead, and what; what comes later than `as_of` is not looked at."""
    state = known.state
    last = Touch(known.row["stage_since"], "stage")
    if not (state.calls or state.answers or known.touches):
        return last
    found = [last, *(touch for touch in known.touches if touch.at <= as_of)]
    # In order of time, so the last one that has happened is enough.
    found += [Touch(call.at, "call") for call in state.calls[::-1] if call.at <= as_of][:1]
    found += [Touch(given.at, "answer") for given in state.answers[::-1] if given.at <= as_of][:1]
    return max(found, key=lambda touch: (touch.at, _ACTS.index(touch.what)))


def _earliest(changes_at: Instant | None, known: Known, as_of: Instant) -> Instant | None:
    """The first instant at which a standing changes by itself, a touch that is yet to come among the reasons."""
    ahead = [touch.at for touch in known.touches if touch.at > as_of]
    if changes_at is not None:
        ahead.append(changes_at)
    return min(ahead, default=None)


def _hot(playbook: Playbook, known: Known, summary: Summary) -> tuple[Instant | None, bool]:
    """Since when a hot lead is hot, and whether it waits for a first call since.

    The clock starts with the first hot event nobody called after; without one, with the newest answer.
    """
    if summary.temperature is not Temperature.HOT:
        return None, False
    as_of, state = summary.as_of, known.state
    called = max((call.at for call in state.calls if call.at <= as_of), default=None)
    hot_kinds = {kind.key for kind in playbook.event_kinds if kind.hot}
    hot_events = [event.at for event in state.events if event.kind in hot_kinds and event.at <= as_of]
    unheard = [at for at in hot_events if called is None or at > called]
    if unheard:
        since = min(unheard)
    else:
        since = max((given.at for given in state.answers if given.at <= as_of), default=known.row["created_at"])
        since = min(hot_events, default=since)
    stage = playbook.stage.get(state.stage)
    closed = stage is not None and stage.kind in (StageKind.WON, StageKind.LOST)
    waits = (bool(unheard) or called is None) and not closed and not known.row["do_not_call"]
    return since, waits


def card_of(row: Columns) -> Card:
    """The card for columns of `standing` and, of `lead`: id, job, external_id, do_not_call, parked_until."""
    planned = None
    if row["next_on"] is not None:
        planned = NextStep(row["next_id"], row["next_text"], date.fromisoformat(row["next_on"]), row["next_time"])
    return Card(
        id=row["id"],
        no=row["lead_no"],
        title=row["title"],
        company=row["company"] or "",
        job=row["job"] or "",
        stage=row["stage"],
        stage_since=row["stage_since"],
        score=row["score"],
        up_to=row["up_to"],
        strip=row["strip"],
        value=Money(row["value"], row["currency"]) if row["value"] is not None else None,
        next_step=planned,
        temperature=Temperature(row["temperature"]),
        hot_since=row["hot_since"],
        waiting=not row["waiting"],
        source=row["source"] or "",
        owner=row["owner"] or "",
        lifecycle=row["lifecycle"] or "",
        external_id=row["external_id"] or "",
        do_not_call=bool(row["do_not_call"]),
        touched_at=row["touched_at"],
        touched=row["touched"],
        parked_until=date.fromisoformat(row["parked_until"]) if row["parked_until"] else None,
    )


def live_card(playbook: Playbook, known: Known, as_of: Instant) -> Card:
    """The card of a lead assessed anew as of an instant."""
    return card_of(live_row(playbook, known, as_of))


def live_row(playbook: Playbook, known: Known, as_of: Instant) -> dict[str, object]:
    """The columns `card_of` wants, assessed anew as of an instant."""
    row = standing_row(playbook, known, summed_up(playbook, known.state, as_of))
    lead = known.row
    return row | {
        "id": known.id,
        "job": lead["title"],
        "external_id": lead["external_id"],
        "do_not_call": lead["do_not_call"],
        "parked_until": lead["parked_until"],
    }
