"""The question of the call as it is asked now, and what was heard to it, for every shape in which it is shown."""

from __future__ import annotations

from leaddesk import words
from leaddesk.ui import amounts
from leaddesk.ui.asking.asked import Asking, Heard
from leaddesk.ui.asking.options import names
from leaddesk.ui.call import telling
from leaddesk.ui.call.session import Session


def asked_now(session: Session, *, short: bool = False) -> Asking | None:
    """The question asked, with all it takes to ask it; None where nobody is shown."""
    lead, question = session.lead, session.question
    if lead is None or question is None:
        return None
    language, now, state = session.desk.language, session.desk.now(), session.talk.state
    return Asking(
        session.playbook,
        question,
        language,
        session.today(),
        now,
        asked_in=session.talk.asked_in,
        people=names(str(lead.facts.get("name") or ""), lead.stakeholders),
        currency=amounts.usual_currency(question, lead.facts.get("value"), language),
        earlier=telling.earlier(question, state, lead, now, language) if state is not None else "",
        short=short,
    )


def heard_now(session: Session) -> Heard:
    """What was said to the question asked, saved or on its way. An answer that has expired stands for no row."""
    key, state = session.question_key or "", session.talk.state
    pending, given, own = session.talk.saving(key), session.talk.standing_answer(key), session.talk.said_by_speaker(key)
    toggled = own.keys if own is not None else ()
    if pending is not None:
        mark = words.say(session.desk.language, "call", "not_saved" if session.talk.is_unsaved(key) else "saving")
        return Heard(pending, mark=mark, toggled=toggled, typed=session.talk.typed.text(key))
    said = given.said if given is not None and state is not None and not state.expired else None
    bands = state.keys if state is not None else ()
    return Heard(said, bands=bands, toggled=toggled, typed=session.talk.typed.text(key))
