"""Sentences of the command line about scores, gates and leads, from the codes that come up from below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaddesk import words
from leaddesk.commandline.output import one_line
from leaddesk.db.days import local_day
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Advice, FactValue, Given, Reason, RequirementState, Said
from leaddesk.qualify.terms import Money, minor_digits, points
from leaddesk.ui import figures
from leaddesk.ui.answer_words import fact_words, said_words


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
    about = [
        str(reason.details[name])
        for name in ("question", "fact", "rule", "kind", "part", "group")
        if name in reason.details
    ]
    keys = reason.details.get("answers")
    if isinstance(keys, tuple | list):
        about.append(",".join(str(key) for key in keys))
    return ":".join([reason.code, *about])


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


def fact_shown(value: FactValue, language: str) -> str:
    """The value of a fact for people."""
    return fact_words(value, language)


def field_name(key: str, language: str) -> str:
    """A field in words."""
    return words.say(language, "fields", key)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tells what reasons of a lead's score rest on. `given`: its answers by id."""

    playbook: Playbook
    given: Mapping[str, Given]
    language: str

    def of(self, reason: Reason) -> str:
        """One line for a reason."""
        told = {"answer": self._answer, "question_limit": self._question_limit, "fact": self._fact}
        told |= {"event": self._event, "cap": self._cap, "limit": self._part, "floor": self._part}
        return one_line(told[reason.code](reason))

    def _say(self, key: str, **details: object) -> str:
        return words.say(self.language, "reasons", key, **details)

    def _answer(self, reason: Reason) -> str:
        question = self.playbook.question[str(reason.details["question"])]
        given = self.given.get(str(reason.details.get("given")))
        said = said_words(question, given.said, self.language) if given is not None else ""
        return self._say("answer", question=question.title, answer=said)

    def _question_limit(self, reason: Reason) -> str:
        question = self.playbook.question[str(reason.details["question"])]
        return self._say("limit", part=question.title, limit=points(question.limit or 0))

    def _fact(self, reason: Reason) -> str:
        profile = self.playbook.profile[str(reason.details["fact"])]
        label = next(one.label for one in (*profile.rules, profile.otherwise) if one.key == reason.details["rule"])
        value = reason.details.get("value")
        shown = words.pick(label, self.language)
        if isinstance(value, FactValue):
            shown = f"{fact_words(value, self.language)} ({shown})"
        return self._say("fact", fact=field_name(profile.fact, self.language), rule=shown)

    def _event(self, reason: Reason) -> str:
        kind = self.playbook.event_kind[str(reason.details["kind"])]
        at = reason.details["at"]
        day = figures.calendar_day(local_day(at), self.language) if isinstance(at, int) else ""
        key = "event_new" if reason.points == kind.points else "event"
        worth = {"points": points(reason.points), "when_new": points(kind.points)}
        return self._say(key, kind=kind.label, date=day, **worth)

    def _cap(self, reason: Reason) -> str:
        group = next(one for one in self.playbook.event_groups if one.key == reason.details["group"])
        return self._say("cap", group=group.label, limit=points(group.cap))

    def _part(self, reason: Reason) -> str:
        part = self.playbook.part[str(reason.details["part"])]
        return self._say(reason.code, part=part.label, limit=points(part.limit))
