"""The public pool from the command line: who is in it, claiming, giving back, collecting what nobody touched."""

from __future__ import annotations

from argparse import Namespace

from leaddesk import words
from leaddesk.commandline.changing import done
from leaddesk.commandline.output import Json, Report, in_columns
from leaddesk.commandline.records import card_json, card_rows
from leaddesk.commandline.session import opened

_SCREENFUL = 50


def claim(arguments: Namespace) -> Report:
    """Makes the person who works here the owner of a lead from the pool."""
    from leaddesk.operations.pool import claim_leads

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        session.do(claim_leads, [lead_id])
        return done(session, lead_id, "done_claim")


def release(arguments: Namespace) -> Report:
    """Gives a lead back to the pool."""
    from leaddesk.operations.pool import release_leads

    with opened(arguments) as session:
        lead_id = session.find(arguments.lead)
        session.do(release_leads, [lead_id])
        return done(session, lead_id, "done_release")


def pool(arguments: Namespace) -> Report:
    """Lists leads of open stages that nobody owns; with `--collect`, first takes back what was untouched too long."""
    from leaddesk.db.reads.board import cards
    from leaddesk.db.reads.filters import Filters, Sort
    from leaddesk.db.reads.leads import list_order
    from leaddesk.operations.pool import due_for_pool, return_untouched

    with opened(arguments) as session:
        collected = 0
        while arguments.collect:
            due = due_for_pool(session.reader, session.today)
            if not due:
                break
            collected += session.do(return_untouched, due)
        found: list[int] = []
        for stage in session.playbook.open_stages:
            found += list_order(session.reader, Filters(owner="", stage=stage.key), Sort.URGENCY, session.now)
        limit = _SCREENFUL if arguments.limit is None and not arguments.json else arguments.limit
        shown = cards(session.reader, found[:limit], session.now)
        data: dict[str, Json] = {
            "collected": collected,
            "total": len(found),
            "leads": [card_json(card) for card in shown],
        }
        told = [words.say(session.language, "cli", "collected", n=collected)] if arguments.collect else []
        told.append(words.say(session.language, "cli", "in_pool", n=len(found)))
        return Report(data, [*told, *in_columns(card_rows(session, shown), right=(0, 1))])
