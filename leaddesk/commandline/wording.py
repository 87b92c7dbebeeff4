"""Sentences of the command line about scores, gates and leads, from the codes that come up from below."""

from __future__ import annotations

from leaddesk import words
from leaddesk.commandline.output import one_line
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Advice, Reason, RequirementState, Said
from leaddesk.qualify.terms import Money, minor_digits, points
from leaddesk.ui.reason_words import reason_line


def requirement(playbook: Playbook, need: RequirementState, language: str) -> str:
    """What a gate wants: its words, its code, and the question that would meet it."""
    label = next(words.pick(one.label, language) for one in playbook.stage[need.stage].gate if one.code == need.code)
    if need.hidden_by is not None:
        return words.say(language, "cli", "need_hidden", label=label, code=need.code, question=need.hidden_by)
    if need.question is not None:
        return words.say(language, "cli", "need_question", label=label, code=need.code, question=need.question)
    if need.signoff:
        return words.say(language, "cli", "need_sign_off", label=label, code=need.code)
    return words.say(language, "cli", "need", label=label, code=need.code)


_NAMING = ("question", "fact", "rule", "kind", "part", "group")


def reason_code(reason: Reason) -> str:
    """A reason's whole code: answer:approver:named, fact:industry:core, event:pricing_page, limit:fit, cap:read."""
    about = [str(reason.details[name]) for name in _NAMING if name in reason.details]
    keys = reason.details.get("answers")
    if isinstance(keys, tuple | list):
        about.append(",".join(str(key) for key in keys))
    return ":".join([reason.code, *about])


def evidence(playbook: Playbook, lead: Lead, reason: Reason, language: str) -> str:
    """What a reason rests on, in one line."""
    line = reason_line(playbook, lead, reason, language)
    return one_line(f"{line.text} · {line.source}" if line.source else line.text)


def advice(playbook: Playbook, next_question: Advice, language: str) -> str:
    """Why a question comes next."""
    stage = playbook.stage.get(next_question.stage or "")
    return words.say(
        language,
        "advice",
        next_question.reason,
        stage=stage.label if stage else "",
        points=points(next_question.worth),
    )


def said_typed(said: Said) -> str | None:
    """What was said, as it can be typed again: keys, a sum, a number, a day, a text; None for an evasion."""
    if said.keys:
        return ",".join(said.keys)
    if said.money is not None:
        return money_typed(said.money)
    if said.number is not None:
        return f"{said.number:.15g}"
    return said.day.isoformat() if said.day is not None else said.text


def money_typed(money: Money) -> str:
    """A sum as it can be typed again: 30000 CNY."""
    places = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    tail = f".{rest:0{places}d}" if rest else ""
    return f"{'-' if money.minor < 0 else ''}{whole}{tail} {money.currency}"
