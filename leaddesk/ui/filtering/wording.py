"""Filters in plain words: what a chip shows, what the command line says; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leaddesk import words
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FIELD
from leaddesk.qualify.filtering.packed import FilterProblem
from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.subjects import CRITERION, PART, QUESTION
from leaddesk.qualify.filtering.tree import (
    All,
    AnyOf,
    Between,
    DayBetween,
    DayIn,
    DayWithin,
    Has,
    Is,
    IsKnown,
    Leaf,
    Not,
    Stands,
    SumBetween,
    Where,
)
from leaddesk.qualify.playbook import Playbook, Texts
from leaddesk.qualify.terms import Money, Standing
from leaddesk.ui import figures

#: What nobody told anything about yet.
OPEN = frozenset({Standing.NOT_ASKED, Standing.EVADED, Standing.UNKNOWN})


class FilterWords:
    """Says filters in one language, of one playbook, on one day."""

    def __init__(self, playbook: Playbook, language: str, today: date) -> None:
        self._playbook = playbook
        self._language = language
        self._today = today

    def say(self, key: str, **details: object) -> str:
        """A sentence about filters."""
        return words.say(self._language, "filter_words", key, **details)

    # ── what is asked about ──────────────────────────────────────────────────────────────────────────────────────

    def subject(self, key: str) -> str:
        """The words of a subject; its key where nobody knows it any more."""
        if key.startswith(CUSTOM):
            return key.removeprefix(CUSTOM)
        if key.startswith(CRITERION):
            return self._of(self._playbook.criterion.get(key.removeprefix(CRITERION)), key)
        if key.startswith(PART):
            label = self._of(self._playbook.part.get(key.removeprefix(PART)), key)
            return words.say(self._language, "filter_subjects", "part", part=label)
        if key.startswith(QUESTION):
            return self._question(key.removeprefix(QUESTION))
        if key in FIELD:
            short = words.say(self._language, "fields", f"{key}.short")
            return short if short != f"{key}.short" else words.say(self._language, "fields", key)
        return words.say(self._language, "filter_subjects", key)

    def _question(self, key: str) -> str:
        question = self._playbook.question.get(key)
        if question is None:
            return key
        criterion = self._of(self._playbook.criterion.get(question.criterion), question.criterion)
        title = words.pick(question.title, self._language)
        return words.say(self._language, "filter_subjects", "question", criterion=criterion, question=title)

    def _of(self, labelled: object, key: str) -> str:
        label: Texts | None = getattr(labelled, "label", None)
        return words.pick(label, self._language) if label is not None else key.partition(".")[2] or key

    def value(self, subject: str, value: str) -> str:
        """The words of a value: a stage's label, an interest, yes or no; else as it stands."""
        playbook = self._playbook
        if not value:
            return self.say("blank")
        if subject == "stage":
            return self._of(playbook.stage.get(value), value)
        if subject == "lifecycle":
            return self._of({rule.key: rule for rule in playbook.lifecycle}.get(value), value)
        if subject in ("band", "temperature"):
            return words.say(self._language, "temperatures", value)
        if value in ("yes", "no"):
            return self.say(value)
        field = FIELD.get(subject)
        if field is not None and value in field.choices:
            return words.say(self._language, "kinds", f"{subject}.{value}")
        return value

    # ── what is asked of it ──────────────────────────────────────────────────────────────────────────────────────

    def where(self, where: Where) -> str:
        """A filter, or a part of one, in one line."""
        match where:
            case All() | AnyOf():
                return self._joined([self._within(one) for one in where.of], "and" if isinstance(where, All) else "or")
            case Not():
                return self._not(where.of)
            case _:
                return self.leaf(where)

    def _within(self, where: Where) -> str:
        """A part of several, in brackets where it has parts itself."""
        said = self.where(where)
        return self.say("group", what=said) if isinstance(where, All | AnyOf) and len(where.of) > 1 else said

    def _joined(self, parts: Sequence[str], by: str) -> str:
        said = parts[0] if parts else ""
        for part in parts[1:]:
            said = self.say(by, first=said, second=part)
        return said

    def _not(self, where: Where) -> str:
        match where:
            case Is(subject, values) if values != ("",):
                value = self._joined([self.value(subject, value) for value in values], "or")
                return self.say("is_not", subject=self.subject(subject), value=value)
            case Has(subject, text):
                return self.say("has_not", subject=self.subject(subject), text=text)
            case DayIn(subject, period):
                late = subject == "next_step" and period is Period.PAST
                value = self.say("not_overdue" if late else f"period_{period}")
                return self.say("is" if late else "is_not", subject=self.subject(subject), value=value)
            case IsKnown(subject):
                special = {"next_step": "nothing_planned", "last_call": "never_called", "owner": "pool"}.get(subject)
                return self.say(special or "not_known", subject=self.subject(subject))
            case DayWithin(subject, first, last) if first is not None and last == 0 and first < 0:
                return self.say("last_days_not", subject=self.subject(subject), n=-first)
            case _:
                return self.say("not", what=self.where(where))

    def leaf(self, leaf: Leaf) -> str:
        """One condition."""
        subject = self.subject(leaf.subject)
        match leaf:
            case Is(key, (("yes" | "no") as said,)) if key in ("stuck", "waiting"):
                return self.say(f"{key}_{said}")
            case Is():
                if leaf.subject == "owner" and leaf.values == ("",):
                    return self.say("pool")
                value = self._joined([self.value(leaf.subject, value) for value in leaf.values], "or")
                return self.say("is", subject=subject, value=value)
            case Has():
                return self.say("has", subject=subject, text=leaf.text)
            case IsKnown():
                special = {"next_step": "something_planned", "last_call": "called"}.get(leaf.subject)
                return self.say(special or "known", subject=subject)
            case Between():
                return self._range(subject, _plain(leaf.least), _plain(leaf.most))
            case SumBetween():
                ends = (leaf.least, leaf.most)
                least, most = (self._sum(end, leaf.currency) if end is not None else "" for end in ends)
                return self._range(subject, least, most)
            case Stands():
                return self.say("is", subject=subject, value=self.standings(leaf.standings))
            case _:
                return self._days(leaf, subject)

    def standings(self, standings: Sequence[Standing]) -> str:
        """One or several standings."""
        if frozenset(standings) == OPEN:
            return self.say("open")
        return self._joined([words.say(self._language, "standings", one) for one in standings], "or")

    def _range(self, subject: str, least: str, most: str) -> str:
        key = "exactly" if least == most else "between" if least and most else "at_least" if least else "at_most"
        return self.say(key, subject=subject, least=least, most=most)

    def _sum(self, minor: int, currency: str) -> str:
        return figures.short_money(Money(minor, currency), self._language)

    def _days(self, leaf: DayIn | DayWithin | DayBetween, subject: str) -> str:
        if isinstance(leaf, DayIn):
            if leaf.subject == "next_step" and leaf.period is Period.PAST:
                return self.say("overdue", subject=subject)
            return self.say("is", subject=subject, value=self.say(f"period_{leaf.period}"))
        if isinstance(leaf, DayWithin):
            return self._days_off(leaf, subject)
        first, last = (
            figures.calendar_day(day, self._language, self._today) if day is not None else ""
            for day in (leaf.first, leaf.last)
        )
        key = "on" if leaf.first == leaf.last else "from_to" if first and last else "since" if first else "until"
        return self.say(key, subject=subject, first=first, last=last)

    def _days_off(self, leaf: DayWithin, subject: str) -> str:
        first, last = leaf.first, leaf.last
        if last == 0 and first is not None and first < 0:
            return self.say("last_days", subject=subject, n=-first)
        if first == 0 and last is not None and last > 0:
            return self.say("next_days", subject=subject, n=last)
        if first is None and last is not None and last < 0:
            return self.say("longer_ago", subject=subject, n=-last - 1)
        if last is None and first is not None and first > 0:
            return self.say("later_than", subject=subject, n=first - 1)
        return self._range(subject, "" if first is None else f"{first:+}", "" if last is None else f"{last:+}")

    # ── what is wrong with it ────────────────────────────────────────────────────────────────────────────────────

    def problem(self, problem: FilterProblem) -> str:
        """What keeps a condition from ever being met."""
        details = dict(problem.details)
        subject = details.get("subject")
        if isinstance(subject, str):
            details["subject"] = self.subject(subject)
        return words.say(self._language, "filter_problems", problem.code, path=problem.path or "…", **details)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
