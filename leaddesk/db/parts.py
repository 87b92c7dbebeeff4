"""Steps of several transactions: taken back, undone and done again one transaction at a time.

Others may write in between, and a program that dies in between leaves what the next one that opens the database ends.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from leaddesk.db import journal, refresh, replay
from leaddesk.db.claim import Claim, claim, sweep
from leaddesk.db.engine import begin, commit, fetch, roll_back
from leaddesk.db.records import Progress
from leaddesk.db.touched import Touched, touched_by
from leaddesk.errors import DatabaseTrouble
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant

# By direction, backwards or not: how a step stands while it is played, and after it.
_STATES = {True: (journal.UNDOING, journal.UNDONE), False: (journal.REDOING, journal.DONE)}


class Writing(Protocol):
    """A store: the connection that writes, and the playbook in force as of its last look."""

    path: Path
    connection: Connection
    playbook: Playbook

    def look(self) -> None:
        """See which playbook is in force."""


def claimed(store: Writing, number: int) -> Claim:
    """The sole right to go on with a step; DatabaseTrouble `locked` when another program is at it."""
    taken = claim(store.path, number)
    if taken is None:
        raise DatabaseTrouble("locked", path=str(store.path))
    return taken


def take_back(store: Writing, number: int, now: Instant) -> Generator[Progress, None, Touched]:
    """Takes back what a step did that will never end, and says what it touched; then the step never was.

    Outside of a transaction. DatabaseTrouble `half_done` where that cannot be done now: it may be gone on with.
    """
    try:
        touched = yield from _play(store, number, now, journal.UNFINISHED)
        begin(store.connection)
        journal.drop_step(store.connection, number)
        commit(store.connection)
    except Exception as error:
        roll_back(store.connection)
        raise DatabaseTrouble("half_done", path=str(store.path)) from error
    return touched


def replaying(store: Writing, number: int, now: Instant, *, backwards: bool) -> Generator[Progress, None, Touched]:
    """Undoes a step, or does it again, and says what it touched. Within a transaction, which it ends.

    Where that fails on the way, all is put back as it was; where that fails too (a full disk), DatabaseTrouble
    `half_done`: it may be gone on with, in either direction.
    """
    begun, ended = _STATES[backwards]
    journal.set_state(store.connection, number, begun)
    commit(store.connection)
    try:
        touched = yield from _play(store, number, now, begun)
        _end(store, number, ended)
    except GeneratorExit:
        raise
    except BaseException as error:
        put_back(store, number, now, backwards=not backwards, why=error)
        raise
    return touched


def put_back(store: Writing, number: int, now: Instant, *, backwards: bool, why: BaseException) -> None:
    """Plays what was played of a step the other way; DatabaseTrouble `half_done` where that cannot be done now."""
    roll_back(store.connection)
    begun, ended = _STATES[backwards]
    try:
        for _ in _play(store, number, now, begun):
            pass
        _end(store, number, ended)
    except Exception:  # noqa: BLE001 - whatever it is: what is told is why it went wrong at first
        roll_back(store.connection)
        raise DatabaseTrouble("half_done", path=str(store.path)) from why


def _end(store: Writing, number: int, state: int) -> None:
    begin(store.connection)
    journal.set_state(store.connection, number, state)
    commit(store.connection)


def recover(store: Writing, now: Instant) -> list[int]:
    """Ends what a program that died left between two transactions: an undo to its end, a step by taking it back.

    Returns the steps that cannot be ended now, as on a full disk: the database opens all the same.
    """
    left: list[int] = []
    underway = [number for number, _ in journal.underway(store.connection)]
    sweep(store.path, underway)
    for number in underway:
        taken = claim(store.path, number)
        if taken is None:
            continue  # the one who is at it lives
        try:
            finish(store, number, now)
        except DatabaseTrouble:
            if journal.state_underway(store.connection, number) is not None:
                left.append(number)
        finally:
            taken.let_go()
    return left


def finish(store: Writing, number: int, now: Instant) -> None:
    """Ends what is underway of a step, in one go; nothing where whoever was at it ended it before letting go."""
    state = journal.state_underway(store.connection, number)
    if state == journal.UNFINISHED:
        for _ in take_back(store, number, now):
            pass
    elif state is not None:
        begin(store.connection)
        for _ in replaying(store, number, now, backwards=state == journal.UNDOING):
            pass


def _play(store: Writing, number: int, now: Instant, state: int) -> Generator[Progress, None, Touched]:
    """Plays all transactions that are left, each in one of its own."""
    connection, backwards = store.connection, state != journal.REDOING
    total, whole = journal.parts_of(connection, number), Touched()
    newest = journal.last_change(connection)
    shared = total > 0 and journal.is_shared(connection, number, for_good=state == journal.UNFINISHED)
    done = 0
    while True:
        begin(connection)
        try:
            store.look()
            part = journal.part_to_play(connection, number, backwards=backwards)
            if part is not None:
                shared = shared or newest != journal.last_change(connection)  # somebody wrote since the last one
                whole.add(_play_one(store, number, part, now, state, gently=shared))
                newest = journal.last_change(connection)
            commit(connection)
        except BaseException:
            roll_back(connection)
            raise
        if part is None:
            break
        done += 1
        yield Progress(done, max(total, done), "undo", between=True)
    for _ in refresh.settling(connection, whole.count):
        yield Progress(done, max(total, done), "undo", between=True)
    return whole


def _play_one(store: Writing, number: int, part: journal.Part, now: Instant, state: int, *, gently: bool) -> Touched:
    connection, backwards = store.connection, state != journal.REDOING
    touched = touched_by(connection, number, *part) if backwards else Touched()
    replay.play(connection, number, backwards=backwards, part=part, gently=gently)
    if not backwards:
        touched = touched_by(connection, number, *part)
    store.look()
    refresh.refresh(connection, store.playbook, touched, now, None)
    if gently and backwards:
        there = fetch(connection, "SELECT id FROM lead WHERE id IN (SELECT value FROM json_each(?))", _ids(touched))
        gone = set(touched.leads) - {row[0] for row in there}
        journal.overtake(connection, number, gone, for_good=state == journal.UNFINISHED)
    if state == journal.UNFINISHED:
        journal.drop_part(connection, number, part)
    else:
        journal.hold_part(connection, part, held=not backwards)
    return touched


def _ids(touched: Touched) -> str:
    return json.dumps(list(touched.leads))
