"""Sentences of the call room: why a question is worth asking, what was said earlier, whether all is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook, Question, Script
from leaddesk.qualify.scripts import group_of
from leaddesk.qualify.state import Advice, GateCheck, Given, QuestionState
from leaddesk.qualify.terms import Instant
from leaddesk.ui import figures, shield
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.call import script
from leaddesk.ui.desk import Desk, SaveState

if TYPE_CHECKING:
    from leaddesk.ui.call.session import Session

#: With less time than this for each thing the gate still needs, the line stands out.
_MINUTES_EACH = 2


def why(playbook: Playbook, advice: Advice, language: str) -> str:
    """Why a question comes next: worth up to 8 points, opens SQL."""
    parts = []
    if advice.worth and not shield.is_up():
        parts.append(words.say(language, "advice", "worth", points=figures.exact_points(advice.worth)))
    if advice.reason == "opens" and advice.stage is not None:
        stage = words.pick(playbook.stage[advice.stage].label, language)
        parts.append(words.say(language, "advice", "opens", stage=stage))
    elif advice.reason == "expired":
        parts.insert(0, words.say(language, "advice", "expired"))
    return words.say(language, "call", "comma").join(parts)


def ask_next(why: str, language: str) -> str:
    """That a question comes next; why, where that may be seen."""
    return words.say(language, "advice", "ask_next", why=why) if why else words.say(language, "advice", "asked_next")


def place(playbook: Playbook, lead: Lead, asked_by: Script, question: Question, language: str) -> str:
    """Authority · question 2 of 3; Authority · not in this script."""
    at, group = script.place(playbook, lead.assessment, asked_by, question.key), group_of(asked_by, question.key)
    label = words.pick((group or playbook.criterion[question.criterion]).label, language)
    if at is None:
        return words.say(language, "call", "place_outside", criterion=label)
    return words.say(language, "call", "place", criterion=label, number=at.number, count=at.count)


def next_up(playbook: Playbook, lead: Lead, question: Question, language: str) -> str:
    """That this question comes next and why; else what is still at stake; else nothing."""
    advice = lead.assessment.advice
    if advice is not None and advice.question == question.key:
        return ask_next(why(playbook, advice, language), language)
    return ""


def earlier(question: Question, state: QuestionState, lead: Lead, now: Instant, language: str) -> str:
    """What is known from before this call: the answer, who gave it and when, whether it expired, what was heard."""
    lines = []
    call = lead.open_call
    if state.from_fact:
        lines.append(words.say(language, "standings", "from_fact"))
    given = state.given
    if given is not None and (call is None or given.at < call.started_at):
        # In the words it was asked with: since then the playbook may say something else.
        lines.append(_told(lead.asked.get(given.id, question), given, now, language, expired=state.expired))
    elif given is not None and given.by and not state.disagree:
        lines.append(words.say(language, "call", "said_by", who=given.by))
    beside = state.beside
    if beside is not None:
        heard = said_words(question, beside.said, language)
        when = figures.moment(beside.at, now, language)
        lines.append(words.say(language, "call", "beside", heard=heard, when=when))
    if state.disagree:
        lines.append(voices(question, lead, language))
    return " · ".join(lines)


def voices(question: Question, lead: Lead, language: str) -> str:
    """Who says what, where they disagree: Anna Kowalska: a committee; Marek: he approves it himself."""
    latest = {given.by: given for given in lead.answers if given.question == question.key and given.said.heard is None}
    told = [
        f"{by or lead.title}: {said_words(lead.asked.get(given.id, question), given.said, language)}"
        for by, given in latest.items()
    ]
    return words.say(language, "call", "they_disagree", told="; ".join(told))


def _told(question: Question, given: Given, now: Instant, language: str, *, expired: bool) -> str:
    when = figures.moment(given.at, now, language)
    who = words.say(language, "call", "by_person", who=given.by) if given.by else ""
    answer = said_words(question, given.said, language)
    told = words.say(language, "call", "earlier", when=when, answer=answer, who=who)
    if given.note.strip():
        told = words.say(language, "call", "with_note", told=told, note=" ".join(given.note.split()))
    if expired:
        told = words.say(language, "call", "has_expired", told=told)
    return told


def save_words(desk: Desk, language: str, *, busy: bool, unsaved: bool) -> tuple[str, str]:
    """Saving…, Saved 07:41 or Not saved, and the tone it is said in."""
    if unsaved or desk.save_state is SaveState.NOT_SAVED:
        return words.say(language, "call", "not_saved"), "late"
    if busy or desk.save_state is SaveState.SAVING:
        return words.say(language, "call", "saving"), ""
    if desk.saved_at is None:
        return "", ""
    clock = figures.local_moment(desk.saved_at).strftime("%H:%M")
    return words.say(language, "call", "saved", time=clock), ""


def saved_now(session: Session, *, toggling: bool = False) -> tuple[str, str]:
    """Whether all of the call is saved, and the tone; what is typed as an answer and not entered is none yet."""
    desk, talk = session.desk, session.talk
    said, tone = save_words(desk, desk.language, busy=session.busy or toggling, unsaved=session.unsaved)
    if not (session.busy or toggling or session.unsaved) and talk.typed.text(session.question_key or ""):
        return words.say(desk.language, "call", "only_typed"), "soon"
    return said, tone


def clock(seconds: int) -> str:
    """07:42, 1:07:42."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def pacing(
    playbook: Playbook, asked_by: Script, gate: GateCheck | None, seconds: int, language: str
) -> tuple[str, str]:
    """What is left of the planned length against what the gate still needs, and the tone: 12 min left · 2 for SQL."""
    left = pace(asked_by, seconds, language)
    if gate is None:
        return left, ""
    stage = words.pick(playbook.stage[gate.target].label, language)
    if gate.open:
        return words.say(language, "call", "pace_open", left=left, stage=stage), ""
    wanted = len(gate.unmet)
    minutes = asked_by.minutes - seconds // 60
    tone = "soon" if minutes < wanted * _MINUTES_EACH else ""
    return words.say(language, "call", "pace_left", left=left, n=wanted, stage=stage), tone


def pace(asked_by: Script, seconds: int, language: str) -> str:
    """What is left of the planned length: 18 min left, 3 min over."""
    left = asked_by.minutes - seconds // 60
    if left >= 0:
        return words.say(language, "call", "minutes_left", n=left)
    return words.say(language, "call", "minutes_over", n=-left)
