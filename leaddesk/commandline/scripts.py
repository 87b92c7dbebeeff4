"""The verbs about what is asked on calls: the scripts there are, and the playbook as a file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from leaddesk import words
from leaddesk.commandline.output import Json, Report, in_columns, shortened
from leaddesk.commandline.session import Session, language_of, opened
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook, Script
from leaddesk.qualify.problems import BrokenPlaybook, Problem
from leaddesk.qualify.scripts import open_questions
from leaddesk.ui.offer_words import offer_words
from leaddesk.ui.wording import sentence


def scripts(arguments: Namespace) -> Report:
    """The scripts of the playbook; with a lead, which is offered for it and what each would still ask."""
    from leaddesk.db.reads.leads import lead as read_lead

    with opened(arguments) as session:
        lead = None
        if arguments.lead is not None:
            lead = read_lead(session.reader, session.find(arguments.lead), session.now)
        data: dict[str, Json] = {"scripts": [_script_json(session, one, lead) for one in session.playbook.scripts]}
        rows = [_script_row(session, one, lead) for one in session.playbook.scripts]
        lines = in_columns(rows, right=(2,))
        if lead is not None:
            data |= script_json(session, lead)
            lines += ["", script_line(session, lead)]
        return Report(data, lines)


def script_json(session: Session, lead: Lead) -> dict[str, Json]:
    """The script a lead is asked by, the one offered, and why."""
    offered = lead.assessment.offered
    return {
        "script": lead.assessment.script,
        "offered": {"key": offered.script, "reason": offer_words(session.playbook, offered, session.language)},
    }


def script_line(session: Session, lead: Lead) -> str:
    """The same in a sentence."""
    playbook, assessment = session.playbook, lead.assessment
    offered = playbook.script[assessment.offered.script]
    why = offer_words(playbook, assessment.offered, session.language)
    if assessment.script == offered.key:
        return session.say("asked_by", script=offered.name, key=offered.key, why=why)
    asked = playbook.script[assessment.script]
    return session.say("asked_by_other", script=asked.name, key=asked.key, offered=offered.name, why=why)


def playbook(arguments: Namespace) -> Report:
    """The playbook in force into a file, or one from a file in its place, or what is wrong with one."""
    from leaddesk.exchange.playbook_files import read_file

    if arguments.action == "export":
        return _export(arguments)
    toml = read_file(arguments.file)
    try:
        return _adopt(arguments, toml) if arguments.action == "import" else _check(arguments, toml)
    except BrokenPlaybook as broken:
        return _broken(arguments, broken)


def _export(arguments: Namespace) -> Report:
    from leaddesk.db.reads.playbooks import in_force
    from leaddesk.exchange.playbook_files import write_file

    with opened(arguments) as session:
        path = session.store.path
        version = in_force(session.reader)
        staying = (path.with_name(path.name + tail) for tail in _DATABASE)
        write_file(arguments.file, version.toml, *staying, over_any=arguments.force)
        return Report(_version_json(session, arguments.file), [session.say("done_export", path=arguments.file)])


def _adopt(arguments: Namespace, toml: str) -> Report:
    from leaddesk.operations.playbooks import adopt_playbook

    with opened(arguments, create=True) as session:
        session.do(adopt_playbook, toml)
        name = session.pick(session.playbook.name)
        data = _version_json(session, arguments.file)
        unknown, lines = _unknown_fields(session, session.playbook)
        return Report({**data, **unknown}, [session.say("done_adopt", name=name), *lines])


def _unknown_fields(session: Session, playbook: Playbook) -> tuple[dict[str, Json], list[str]]:
    """The own fields a playbook asks for that this database knows nothing of, as data and as lines."""
    from leaddesk.db.reads.custom_fields import unknown_in

    names: list[Json] = [*unknown_in(session.reader, playbook)]
    return {"unknown_fields": names}, [session.say("own_unknown", name=name) for name in names]


def _check(arguments: Namespace, toml: str) -> Report:
    from leaddesk.operations.playbooks import parse_playbook

    read = parse_playbook(toml)
    language = language_of(arguments.lang)
    name = words.pick(read.name, language)
    told = [words.say(language, "cli", "playbook_sound", name=shortened(name, 80))]
    data: dict[str, Json] = {"file": str(arguments.file), "key": read.key, "name": name, "problems": []}
    if (
        arguments.db is not None and arguments.db.exists()
    ):  # a file is sound by itself; only a database knows fields of a team's own
        with opened(arguments) as session:
            unknown, lines = _unknown_fields(session, read)
        data, told = {**data, **unknown}, told + lines
    return Report(data, told)


def _broken(arguments: Namespace, broken: BrokenPlaybook) -> Report:
    language = language_of(arguments.lang)
    problems: list[dict[str, Json]] = [
        {"path": one.path, "code": one.code, "text": _told(one, language)} for one in broken.problems
    ]
    lines = [shortened(f"{one['path']}: {one['text']}" if one["path"] else str(one["text"]), 500) for one in problems]
    data: dict[str, Json] = {"file": str(arguments.file), "problems": problems}
    return Report(data, lines, code=1, error=sentence(broken, language))


def _told(problem: Problem, language: str) -> str:
    return words.say(language, "playbook_problems", problem.code, **problem.details)


def _version_json(session: Session, file: Path) -> dict[str, Json]:
    from leaddesk.db.reads.playbooks import in_force

    version = in_force(session.store)
    name = session.pick(session.playbook.name)
    return {"file": str(file), "key": session.playbook.key, "name": name, "version": version.number}


# The files of a database, which nothing is written over.
_DATABASE = ("", "-wal", "-shm", "-journal")


def _script_json(session: Session, script: Script, lead: Lead | None) -> dict[str, Json]:
    told: dict[str, Json] = {
        "key": script.key,
        "name": session.pick(script.name),
        "about": session.pick(script.about) or None,
        "minutes": script.minutes,
        "usual": script.when is None,
        "groups": [
            {
                "key": group.key,
                "letter": session.pick(group.letter),
                "label": session.pick(group.label),
                "questions": list(group.questions),
            }
            for group in script.groups
        ],
    }
    if lead is not None:
        told["open"] = [one.key for one in open_questions(session.playbook, lead.assessment, script)]
    return told


def _script_row(session: Session, script: Script, lead: Lead | None) -> list[str]:
    asked = len(script.questions)
    if lead is not None:
        count = session.say("open_of", open=len(open_questions(session.playbook, lead.assessment, script)), all=asked)
    else:
        count = session.say("asks", n=asked)
    letters = _listed(session.pick(group.letter) for group in script.groups)
    minutes = session.say("takes", n=script.minutes)
    about = shortened(session.pick(script.about), 100)
    return [script.key, shortened(session.pick(script.name), 30), minutes, letters, count, about]


def _listed(letters: Iterable[str]) -> str:
    return " ".join(letters)
