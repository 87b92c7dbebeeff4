"""The verbs about the database as a whole: demo, import, check, backup, restore."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.commandline.arguments import WrongUse
from leaddesk.commandline.output import Json, Report, in_columns, one_line
from leaddesk.commandline.session import Session, database_of, follow, language_of, now_of, opened
from leaddesk.errors import DatabaseTrouble

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from leaddesk.db.check import CheckFinding
    from leaddesk.db.reading import Reading
    from leaddesk.operations.importing import ImportPlan, ImportReport
    from leaddesk.qualify.playbook import Playbook

# Reasons for rejected rows that are told on a terminal; the file of `--rejected` has them all.
_TOLD = 10


def demo(arguments: Namespace) -> Report:
    """Adds sample leads: the same seed gives the same leads."""
    from leaddesk.operations.samples import add_samples

    with opened(arguments, create=True) as session:
        follow(session.store.job(add_samples, arguments.leads, arguments.seed, now=session.now))
        data: dict[str, Json] = {"leads": arguments.leads, "seed": arguments.seed}
        return Report(data, [session.say("done_demo", n=arguments.leads)])


def import_file(arguments: Namespace) -> Report:
    """Imports leads from a CSV file; rows that could not be read are reported, and are no error."""
    from leaddesk.exchange.rejects import Rejects
    from leaddesk.operations.importing import import_leads

    if not os.path.exists(database_of(arguments)):  # noqa: PTH110 -- which never raises, however odd the name
        # What cannot be is refused before a database is made for it.
        Rejects(arguments.rejected, _plan(arguments, _Unmade()).layout.columns, arguments.file).close()
    with opened(arguments, create=True) as session:
        plan = _plan(arguments, session.reader)
        with Rejects(arguments.rejected, plan.layout.columns, arguments.file, session.store.path) as rejects:
            done = follow(session.store.job(import_leads, plan, rejects, now=session.now))
            kept = rejects.keep()
        return Report(_import_json(done), list(_import_lines(session, done, kept)))


def check(arguments: Namespace) -> Report:
    """Whether the database is sound: the file, references, and derived data against what they derive from."""
    from leaddesk.db.check import DERIVED
    from leaddesk.db.check import check as look

    with opened(arguments) as session:
        findings = look(session.reader)
        told: list[dict[str, Json]] = [{"code": one.code, "text": _finding(session, one)} for one in findings]
        data: dict[str, Json] = {"sound": not findings, "findings": told}
        if not findings:
            return Report(data, [session.say("sound")])
        lines = [_finding(session, one) for one in findings]
        if DERIVED.issuperset(one.code for one in findings):
            lines.append(session.say("rebuild_mends"))
        return Report(data, lines, code=1, error=session.say("unsound", n=len(findings)))


def rebuild(arguments: Namespace) -> Report:
    """Makes scores, totals and the search anew from what was entered."""
    with opened(arguments) as session:
        leads = follow(session.store.rebuild(now=session.now))
        return Report({"leads": leads}, [session.say("done_rebuild", n=leads)])


def backup(arguments: Namespace) -> Report:
    """Writes a verified copy."""
    with opened(arguments) as session:
        session.store.backup(arguments.file)
        return Report({"file": str(arguments.file)}, [session.say("done_backup", path=arguments.file)])


def restore(arguments: Namespace) -> Report:
    """Puts a backup in the place of the database; the present one is kept beside it."""
    from leaddesk.db.backup import restore as put_back

    database, language = database_of(arguments), language_of(arguments.lang)
    kept = put_back(database, arguments.file, now=now_of(arguments))
    lines = [words.say(language, "cli", "done_restore", path=arguments.file)]
    if kept is not None:
        lines.append(words.say(language, "cli", "kept_beside", path=kept))
    data = {"file": str(arguments.file), "database": str(database), "kept": str(kept) if kept else None}
    return Report(data, lines)


class _Unmade:
    """What can be read before there is a database: the playbook it will begin with."""

    @property
    def connection(self) -> Connection:
        """There is none."""
        raise DatabaseTrouble("not_found")

    @property
    def playbook(self) -> Playbook:
        """The shipped one."""
        from leaddesk.operations.playbooks import parse_playbook
        from leaddesk.resources import text_of

        return parse_playbook(text_of("playbooks", "default.toml"))

    @property
    def orders(self) -> None:
        """Nothing is held in memory."""


def _plan(arguments: Namespace, reading: Reading) -> ImportPlan:
    from leaddesk.operations.importing import plan_import

    _check_map(arguments)
    return plan_import(
        reading,
        arguments.file,
        encoding=arguments.encoding,
        fields=dict(arguments.map),
        date_order=arguments.date_order,
    )


def _check_map(arguments: Namespace) -> None:
    """A column cannot be two fields, and of two columns for a field that holds one value the second would be lost."""
    from leaddesk.exchange.mapping import holds_several

    columns, fields = set(), set()
    for column, field in arguments.map:
        folded = column.strip().casefold()
        if folded in columns or (field in fields and not holds_several(field)):
            name = column if folded in columns else field
            raise WrongUse(words.say(language_of(arguments.lang), "cli", "mapped_twice", name=name))
        columns.add(folded)
        fields.add(field)


def _finding(session: Session, one: CheckFinding) -> str:
    return session.say(f"finding_{one.code}", **one.details)


def _import_json(done: ImportReport) -> dict[str, Json]:
    return {
        "read": done.read,
        "added": done.added,
        "updated": done.updated,
        "skipped": done.skipped,
        "rejected": done.rejected,
        "columns": dict(done.columns),
        "rejections": [{"line": line, "reason": reason} for line, reason in done.rejections],
        "unread": dict(done.unread),
    }


def _import_lines(session: Session, done: ImportReport, kept: Path | None) -> Iterator[str]:
    counts = {name: f"{getattr(done, name):,}" for name in ("read", "added", "updated", "skipped", "rejected")}
    yield session.say("done_import", **counts)
    yield from in_columns([[one_line(column), key] for column, key in done.columns.items()])
    for line, reason in done.rejections[:_TOLD]:
        yield session.say("rejected_line", line=line, reason=words.say(session.language, "imports", reason))
    if done.rejected > _TOLD:
        yield session.say("rejected_more", n=done.rejected - _TOLD)
    if kept is not None:
        yield session.say("rejected_file", path=kept)
