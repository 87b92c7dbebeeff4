"""The verb that comes after a call: what we heard, for the buyer."""

from __future__ import annotations

from argparse import Namespace

from leaddesk import words
from leaddesk.commandline.output import Json, Report, day_json
from leaddesk.commandline.session import opened
from leaddesk.settings import read_settings


def recap(arguments: Namespace) -> Report:
    """What we heard on a call, as text or as a mail draft."""
    from leaddesk.db.reads.spoken import spoken_call
    from leaddesk.exchange.recap import mail_draft, recap_language, recap_of
    from leaddesk.exchange.targets import check_target, write_whole

    with opened(arguments) as session:
        path = session.store.path
        call = spoken_call(session.reader, session.find(arguments.lead), arguments.call)
        # A language that is typed is meant; else the buyer's own comes before ours.
        language: str = arguments.lang or recap_language(call, session.language)
        letter = recap_of(call, language, read_settings().person)
        to = "" if call.do_not_email else call.email
        data: dict[str, Json] = {
            "id": call.lead_id,
            "call": call.id,
            "date": day_json(call.started_at),
            "language": language,
            "to": to,
            "subject": letter.subject,
            "text": letter.text,
        }
        if arguments.eml is None:
            return Report(data, [letter.subject, "", *letter.text.splitlines()])
        check_target(arguments.eml, *(path.with_name(path.name + tail) for tail in ("", "-wal", "-shm", "-journal")))
        write_whole(arguments.eml, mail_draft(letter.subject, letter.text, call.lead.name, to))
        told = words.say(session.language, "recap", "saved", file=arguments.eml)
        return Report({**data, "file": str(arguments.eml)}, [told])
