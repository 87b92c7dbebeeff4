"""Why a score is what it is, and what a lead's story tells, line by line, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from leaddesk import words
from leaddesk.db.records import Lead, TimelineEntry
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue, Given, Reason, Said
from leaddesk.qualify.terms import Money
from leaddesk.ui import figures
from leaddesk.ui.answer_words import fact_words, said_words
from leaddesk.ui.change_words import change_words
from leaddesk.ui.field_words import fact_name


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One leaf of the score: `+8`, what it is, and where it comes from."""

    points: str
    text: str
    source: str


def reason_lines(playbook: Playbook, lead: Lead, language: str) -> list[ReasonLine]:
    """The leaves that count, the weightiest first; they add up to the score."""
    given = {one.id: one for one in lead.answers}
    told = sorted((reason for reason in lead.assessment.reasons if reason.points), key=lambda one: -one.points)
    teller = _Teller(playbook, lead, given, language)
    return [teller.line(reason) for reason in told]


def reason_line(playbook: Playbook, lead: Lead, reason: Reason, language: str) -> ReasonLine:
    """One leaf of the score."""
    return _Teller(playbook, lead, {one.id: one for one in lead.answers}, language).line(reason)


@dataclass(frozen=True, slots=True)
class _Teller:
    playbook: Playbook
    lead: Lead
    given: Mapping[str, Given]
    language: str

    def line(self, reason: Reason) -> ReasonLine:
        text, source = getattr(self, f"_{reason.code}", self._other)(reason)
        return ReasonLine(figures.signed_points(reason.points), text, source)

    def _answer(self, reason: Reason) -> tuple[str, str]:
        given = self.given.get(str(reason.details.get("given", "")))
        question = self.playbook.question.get(str(reason.details["question"]))
        title = words.pick(question.title, self.language) if question is not None else ""
        asked = self.lead.asked.get(given.id, question) if given is not None else None
        said = said_words(asked, given.said, self.language) if given is not None else ""
        if given is not None and given.note:
            said = f"{said} “{' '.join(given.note.split())}”"
        text = words.say(self.language, "reasons", "answer", question=title, answer=said)
        when = figures.moment(given.at, self.lead.assessment.as_of, self.language) if given is not None else ""
        return text, words.say(self.language, "leads", "told", when=when) if when else ""

    def _fact(self, reason: Reason) -> tuple[str, str]:
        fact = str(reason.details["fact"])
        profile = self.playbook.profile.get(fact)
        rules = (*profile.rules, profile.otherwise) if profile is not None else ()
        rule = next((words.pick(one.label, self.language) for one in rules if one.key == reason.details["rule"]), "")
        value = self.lead.state.facts.get(fact)
        name = fact_name(fact, self.language)
        shown = fact_words(value, self.language) if value is not None else rule
        part = self.playbook.part.get(profile.part) if profile is not None else None
        text = words.say(self.language, "leads", "fact", fact=name, value=shown, rule=rule)
        return text, words.pick(part.label, self.language) if part is not None else ""

    def _event(self, reason: Reason) -> tuple[str, str]:
        kind = self.playbook.event_kind.get(str(reason.details["kind"]))
        label = words.pick(kind.label, self.language) if kind is not None else str(reason.details["kind"])
        when = figures.moment(_whole(reason.details["at"]), self.lead.assessment.as_of, self.language)
        new = _whole(reason.details["when_new"])
        key = "event" if new != reason.points else "event_new"
        worth = figures.exact_points(new)
        return words.say(self.language, "leads", key, kind=label, date=when, when_new=worth), self._engagement()

    def _cap(self, reason: Reason) -> tuple[str, str]:
        key = reason.details["group"]
        group = next((one for one in self.playbook.event_groups if one.key == key), None)
        if group is None:
            return str(key), ""
        label = words.pick(group.label, self.language)
        text = words.say(self.language, "reasons", "cap", group=label, limit=figures.exact_points(group.cap))
        return text, self._engagement()

    def _limit(self, reason: Reason) -> tuple[str, str]:
        part = self.playbook.part[str(reason.details["part"])]
        label, limit = words.pick(part.label, self.language), figures.exact_points(part.limit)
        return words.say(self.language, "reasons", reason.code, part=label, limit=limit), label

    _floor = _limit

    def _question_limit(self, reason: Reason) -> tuple[str, str]:
        title = words.pick(self.playbook.question[str(reason.details["question"])].title, self.language)
        limit = figures.exact_points(_whole(reason.details["limit"]))
        return words.say(self.language, "reasons", "limit", part=title, limit=limit), ""

    def _other(self, reason: Reason) -> tuple[str, str]:
        return reason.code, ""

    def _engagement(self) -> str:
        part = next((one for one in self.playbook.parts if one.kind == "engagement"), None)
        return words.pick(part.label, self.language) if part is not None else ""


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


# ── the story ────────────────────────────────────────────────────────────────────────────────────────────────────────


def story_line(playbook: Playbook, entry: TimelineEntry, language: str) -> str:
    """One line of a lead's timeline, in the words it was asked and ended with."""
    told = _STORY.get(entry.kind)
    return told(entry.playbook or playbook, entry.details, language) if told is not None else entry.kind


def _told(language: str, key: str, **details: object) -> str:
    return words.say(language, "timeline", key, **details)


def _created(_playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    source = details.get("source")
    return _told(language, "created", source=source) if source else words.say(language, "leads", "created")


def _call(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    outcome = playbook.disposition.get(str(details.get("outcome") or ""))
    told = words.pick(outcome.label, language) if outcome is not None else str(details.get("outcome") or "")
    text = _told(language, "call", minutes=details.get("minutes") or 0, outcome=told)
    return _with_note(text, details)


def _note(_playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    return _told(language, "note", text=details.get("text", ""))


def _event(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    kind = playbook.event_kind.get(str(details.get("kind")))
    label = words.pick(kind.label, language) if kind is not None else str(details.get("kind"))
    return _with_note(_told(language, "event", kind=label), details)


def _stage(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    def name(key: object) -> str:
        stage = playbook.stage.get(str(key or ""))
        return words.pick(stage.label, language) if stage is not None else str(key or "")

    before, after = name(details.get("from")), name(details.get("to"))
    if not before:
        return words.say(language, "leads", "entered", stage=after)
    if details.get("override"):
        why = details["override"]
        return _told(language, "stage_override", from_stage=before, to_stage=after, override=why)
    if details.get("reason"):
        reason = _reason(playbook, str(details["reason"]), language)
        return _told(language, "stage_reason", from_stage=before, to_stage=after, reason=reason)
    return _told(language, "stage", from_stage=before, to_stage=after)


def _reason(playbook: Playbook, key: str, language: str) -> str:
    choices = (choice for listed in playbook.reasons.values() for choice in listed)
    return next((words.pick(choice.label, language) for choice in choices if choice.key == key), key)


def _lifecycle(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    key = str(details.get("to"))
    label = next((words.pick(rule.label, language) for rule in playbook.lifecycle if rule.key == key), key)
    return _told(language, "lifecycle", lifecycle=label)


def _task(_playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    if details.get("done"):
        return _told(language, "task_done", text=details.get("text", ""))
    due = str(details.get("due_on") or "")
    day = figures.calendar_day(date.fromisoformat(due), language) if due else ""
    return _told(language, "task", due=day, text=details.get("text", ""))


def _answered(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    question = playbook.question.get(str(details.get("question")))
    title = words.pick(question.title, language) if question is not None else str(details.get("question"))
    if details.get("withdrawn"):
        return _told(language, "withdrawn", question=title)
    said = details.get("said")
    text = said_words(question, said, language) if isinstance(said, Said) else ""
    told = _told(language, "answer", question=title, answer=text)
    if details.get("by"):
        told = words.say(language, "leads", "said_by", what=told, who=details["by"])
    return _with_note(told, details)


def _objected(playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    known = playbook.objection.get(str(details.get("key")))
    label = words.pick(known.label, language) if known is not None else str(details.get("key"))
    return _with_note(_told(language, "objection", objection=label), details)


def _owned(_playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    return _told(language, f"owner_{details.get('why')}", before=details.get("from"), owner=details.get("to"))


def _changed(_playbook: Playbook, details: Mapping[str, object], language: str) -> str:
    changes = details.get("changes")
    return change_words(changes, language) if isinstance(changes, tuple) else ""


def _with_note(text: str, details: Mapping[str, object]) -> str:
    note = " ".join(str(details.get("note") or "").split())
    return f"{text} · “{note}”" if note else text


_STORY = {
    "created": _created,
    "call": _call,
    "note": _note,
    "objection": _objected,
    "event": _event,
    "stage": _stage,
    "lifecycle": _lifecycle,
    "task": _task,
    "answer": _answered,
    "owner": _owned,
    "facts": _changed,
}


def typed(value: FactValue | None) -> str:
    """A fact as it is typed into a field: 30000 EUR, 2027-01-31, a, b."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return figures.typed_money(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
