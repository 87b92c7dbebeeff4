"""Reads the questions of a playbook and the profile of who suits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leaddesk.qualify.answers import fact_of_said
from leaddesk.qualify.conditions import is_known
from leaddesk.qualify.fit import rule_for
from leaddesk.qualify.playbook import Answer, FactRule, Objection, Profile, Question, Texts
from leaddesk.qualify.reading_conditions import UNREAD, read_condition, read_rule
from leaddesk.qualify.sections import Section
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind, Standing

_KNOWLEDGE = (Standing.YES, Standing.PARTLY, Standing.NO)
_MOST_DAYS = 36_500


def read_profiles(root: Section) -> tuple[Profile, ...]:
    """What each fact is worth."""
    return tuple(_profile(table) for table in root.sections("profile"))


def read_questions(root: Section, profiles: tuple[Profile, ...]) -> tuple[Question, ...]:
    """The script. Questions that set a profiled fact take standings and points from the rules of that fact."""
    by_fact = {profile.fact: profile for profile in profiles}
    return tuple(_question(table, by_fact) for table in root.sections("questions", required=True))


def read_objections(root: Section) -> tuple[Objection, ...]:
    """What buyers hold against it, with the answers to give."""
    return tuple(_objection(table) for table in root.sections("objections"))


def _objection(table: Section) -> Objection:
    objection = Objection(table.key(), table.texts("label"), table.lists("words"), table.texts("answer"))
    table.done()
    return objection


def _profile(table: Section) -> Profile:
    fact = table.text("fact", required=True)
    part = table.text("part", required=True)
    rules = tuple(_rule(one, fact) for one in table.sections("rules", required=True))
    last = table.section("otherwise", required=True)
    otherwise = FactRule(
        last.key() if last.values else "",
        last.texts("label") if last.values else {},
        UNREAD,
        last.tenths("points") or 0,
        _standing(last, Standing.NO),
    )
    last.done()
    table.done()
    return Profile(fact, part, rules, otherwise)


def _rule(table: Section, fact: str) -> FactRule:
    rule = FactRule(
        table.key(),
        table.texts("label"),
        read_rule(table, "when", fact),
        table.tenths("points", required=True) or 0,
        _standing(table, Standing.YES),
    )
    table.done()
    return rule


def _standing(table: Section, default: Standing, *, required: bool = False) -> Standing:
    return Standing(table.one_of("standing", [one.value for one in _KNOWLEDGE], default.value, required=required))


def _question(table: Section, profiles: Mapping[str, Profile]) -> Question:
    sets = table.text("sets") or None
    profile = profiles.get(sets) if sets else None
    kind = QuestionKind(
        table.one_of("kind", [kind.value for kind in QuestionKind], QuestionKind.SINGLE.value, required=True)
    )
    wording = table.texts("wording")
    short = table.texts("short", required=False) or wording
    question = Question(
        key=table.key(),
        criterion=table.text("criterion", required=True),
        kind=kind,
        wording=wording,
        short=short,
        hint=table.texts("hint", required=False),
        answers=tuple(_answer(one, kind, profile) for one in table.sections("answers", required=True)),
        title=table.texts("title", required=False) or short,
        limit=table.tenths("limit"),
        sets=sets,
        asks=table.text("asks") or None,
        expires_days=table.whole("expires_days", least=1, most=_MOST_DAYS),
        when=read_condition(table, "when"),
        required=table.flag("required"),
        knock_out=table.flag("knock_out"),
        hears=table.hears(),
        recap=table.texts("recap", required=False),
        internal=table.flag("internal"),
    )
    if question.limit is not None and kind is not QuestionKind.SEVERAL:
        table.wrong("limit", "limit_not_several", kind=kind.value)
    table.done()
    return _as_profiled(question, profile) if profile else question


def _answer(table: Section, kind: QuestionKind, profile: Profile | None) -> Answer:
    label = table.texts("label")
    short: Texts = table.texts("short", required=False) or label
    if profile is not None and table.has("points"):
        table.wrong("points", "points_of_fact", fact=profile.fact)
    answer = Answer(
        key=table.key(),
        label=label,
        short=short,
        standing=_standing(table, Standing.YES, required=profile is None),
        points=table.tenths("points", required=profile is None) or 0,
        at_least=table.number("at_least"),
        sums=table.sums("sums"),
        within_days=table.whole("within_days", least=0, most=_MOST_DAYS),
        unlisted=table.flag("unlisted"),
        hears=table.hears(),
        recap=table.texts("recap", required=False),
    )
    for key, fits in (
        ("at_least", QuestionKind.NUMBER),
        ("sums", QuestionKind.MONEY),
        ("unlisted", QuestionKind.MONEY),
        ("within_days", QuestionKind.DATE),
    ):
        if table.has(key) and kind is not fits:
            table.wrong(key, "wrong_band", kind=kind.value, wanted=fits.value)
    table.done()
    return answer


def _as_profiled(question: Question, profile: Profile) -> Question:
    """Shows on each answer the standing and points that the fact it sets would have."""
    answers = []
    for answer in question.answers:
        value = fact_of_said(question, Said(keys=(answer.key,)))
        if is_known(value) and value is not None and question.kind not in (QuestionKind.PERSON, QuestionKind.TEXT):
            rule = rule_for(profile, value)
            answers.append(replace(answer, standing=rule.standing, points=rule.points))
        else:
            answers.append(replace(answer, points=0))
    return replace(question, answers=tuple(answers))
