"""Reads a playbook from the tables of its file and reports everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaddesk.qualify.consistency import find_problems
from leaddesk.qualify.playbook import (
    All,
    Choice,
    Criterion,
    Disposition,
    EntryTask,
    EventGroup,
    EventKind,
    Grades,
    LifecycleRule,
    Part,
    Playbook,
    Requirement,
    SignedOff,
    Stage,
)
from leaddesk.qualify.problems import BrokenPlaybook, Problem
from leaddesk.qualify.reading_conditions import UNREAD, read_condition
from leaddesk.qualify.reading_days import read_calendar, read_pool
from leaddesk.qualify.reading_script import read_objections, read_profiles, read_questions
from leaddesk.qualify.reading_scripts import read_scripts
from leaddesk.qualify.sections import Section
from leaddesk.qualify.terms import StageKind

FORMAT = 1

_PART_KINDS = ("fit", "engagement", "criterion")
_MOST_DAYS = 36_500
# Lists of reasons that operations ask for by name; a team may add its own.
_REASON_LISTS = ("lost", "parked", "nurture", "returned")


def read_playbook(data: Mapping[str, object]) -> Playbook:
    """The playbook that the tables of a TOML file describe. Raises `BrokenPlaybook` with all that is wrong."""
    problems: list[Problem] = []
    name = data.get("name")
    languages = frozenset(str(one) for one in name) if isinstance(name, Mapping) else frozenset[str]()
    playbook = _playbook(Section(data, "", problems, languages))
    # Deeper checks run on what could be read, so that one slip does not keep the others from being told.
    problems += find_problems(playbook, thorough=not problems)
    if problems:
        raise BrokenPlaybook(_once(problems))
    return playbook


def read_former_playbook(data: Mapping[str, object]) -> Playbook:
    """A playbook that was adopted once, for its words; whatever is asked of playbooks since is not asked of it."""
    return _playbook(Section(data, "", [], frozenset()))


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """Each problem once: the same path and code may be found by two checks."""
    told: set[tuple[str, str, str]] = set()
    for problem in problems:
        what = (problem.path, problem.code, repr(sorted(problem.details.items(), key=str)))
        if what not in told:
            told.add(what)
            yield problem


def _playbook(root: Section) -> Playbook:
    if root.whole("format", least=1, most=1_000_000, required=True) not in (None, FORMAT):
        root.wrong("format", "newer_format", value=root.values["format"], known=FORMAT)
    profiles = read_profiles(root)
    criteria = tuple(_criterion(one) for one in root.sections("criteria", required=True))
    call_minutes = root.whole("call_minutes", least=1, most=24 * 60) or 20
    temperature = root.section("temperature", required=True)
    playbook = Playbook(
        key=root.key(),
        name=root.texts("name"),
        parts=tuple(_part(one) for one in root.sections("parts", required=True)),
        criteria=criteria,
        questions=read_questions(root, profiles),
        profiles=profiles,
        event_groups=tuple(_event_group(one) for one in root.sections("event_groups")),
        event_kinds=tuple(_event_kind(one) for one in root.sections("event_kinds")),
        grades=_grades(root.section("grades", required=True)),
        hot=read_condition(temperature, "hot") or _missing(temperature, "hot"),
        warm=read_condition(temperature, "warm") or _missing(temperature, "warm"),
        lifecycle=tuple(_lifecycle(one) for one in root.sections("lifecycle")),
        stages=tuple(_stage(one) for one in root.sections("stages", required=True)),
        dispositions=tuple(_disposition(one) for one in root.sections("dispositions")),
        reasons=_reasons(root.section("reasons")),
        roles=tuple(_choice(one) for one in root.sections("roles")),
        call_minutes=call_minutes,
        objections=read_objections(root),
        own_scripts=read_scripts(root, criteria, call_minutes),
        calendar=read_calendar(root),
        pool=read_pool(root),
    )
    temperature.done()
    root.done()
    return playbook


def _missing(table: Section, key: str) -> All:
    table.wrong(key, "missing")
    return UNREAD


def _grades(table: Section) -> Grades:
    def grade(key: str) -> int:
        return table.tenths(key, least=0, required=bool(table.values)) or 0

    grades = Grades(
        grade("fit_a"), grade("fit_b"), grade("engagement_1"), grade("engagement_2"), grade("hot"), grade("warm")
    )
    for higher, lower in (("fit_a", "fit_b"), ("engagement_1", "engagement_2"), ("hot", "warm")):
        if table.has(higher) and table.has(lower) and getattr(grades, higher) < getattr(grades, lower):
            table.wrong(higher, "not_above", other=lower)
    table.done()
    return grades


def _part(table: Section) -> Part:
    part = Part(
        table.key(),
        table.texts("label"),
        table.tenths("limit", least=0, required=True) or 0,
        table.one_of("kind", _PART_KINDS, "criterion", required=True),
    )
    table.done()
    return part


def _criterion(table: Section) -> Criterion:
    label = table.texts("label")
    letter, part = table.texts("letter"), table.text("part", required=True)
    criterion = Criterion(table.key(), label, letter, part, table.texts("recap", required=False))
    table.done()
    return criterion


def _event_group(table: Section) -> EventGroup:
    group = EventGroup(table.key(), table.texts("label"), table.tenths("cap", least=0, required=True) or 0)
    table.done()
    return group


def _event_kind(table: Section) -> EventKind:
    half_life = table.number("half_life_days", required=True)
    if half_life is not None and not 0 < half_life <= _MOST_DAYS:
        table.wrong("half_life_days", "out_of_range", value=half_life, least=1, most=_MOST_DAYS)
        half_life = None
    kind = EventKind(
        table.key(),
        table.texts("label"),
        table.text("group", required=True),
        table.tenths("points", required=True) or 0,
        1.0 if half_life is None else float(half_life),
        table.flag("hot"),
    )
    table.done()
    return kind


def _lifecycle(table: Section) -> LifecycleRule:
    rule = LifecycleRule(table.key(), table.texts("label"), read_condition(table, "when"), table.flag("by_person"))
    table.done()
    return rule


def _stage(table: Section) -> Stage:
    kind = table.one_of("kind", [kind.value for kind in StageKind], StageKind.OPEN.value, required=True)
    stage = Stage(
        key=table.key(),
        label=table.texts("label"),
        kind=StageKind(kind),
        gate=tuple(_requirement(one) for one in table.sections("gate")),
        rot_days=table.whole("rot_days", least=1, most=_MOST_DAYS),
        limit=table.whole("limit", least=1, most=1_000_000),
        probability=table.whole("probability", least=0, most=100) or 0,
        tasks=tuple(_entry_task(one) for one in table.sections("tasks")),
        needs_reason=table.text("needs_reason") or None,
        needs_date=table.flag("needs_date"),
        lifecycle=table.text("lifecycle") or None,
        pool_days=table.whole("pool_days", least=1, most=_MOST_DAYS),
    )
    table.done()
    return stage


def _requirement(table: Section) -> Requirement:
    code, signoff = table.key("code"), table.flag("signoff")
    when = read_condition(table, "when") or (SignedOff(code) if signoff else None)
    requirement = Requirement(
        code=code,
        label=table.texts("label"),
        when=when or _missing(table, "when"),
        only_if=read_condition(table, "only_if"),
        question=table.text("question") or None,
        signoff=signoff,
    )
    table.done()
    return requirement


def _entry_task(table: Section) -> EntryTask:
    task = EntryTask(table.texts("text"), table.whole("in_days", least=0, most=_MOST_DAYS) or 0)
    table.done()
    return task


def _disposition(table: Section) -> Disposition:
    disposition = Disposition(
        key=table.key(),
        label=table.texts("label"),
        reached=table.flag("reached"),
        next_days=table.whole("next_days", least=0, most=_MOST_DAYS),
        next_text=table.texts("next_text", required=False) or None,
        stage=table.text("stage") or None,
        do_not_call=table.flag("do_not_call"),
    )
    table.done()
    return disposition


def _reasons(table: Section) -> Mapping[str, tuple[Choice, ...]]:
    lists = dict.fromkeys((*_REASON_LISTS, *table.values))
    return {name: tuple(_choice(one) for one in table.sections(name)) for name in lists}


def _choice(table: Section) -> Choice:
    choice = Choice(table.key(), table.texts("label"))
    table.done()
    return choice
