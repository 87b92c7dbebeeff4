"""Whether a playbook hangs together: every key it speaks of exists, once, and no branch makes a better answer worse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaddesk.qualify.bands import answer_problems
from leaddesk.qualify.branches import circle_problems, less_for_better_problems
from leaddesk.qualify.fields import FIELD
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.reading_scripts import check_scripts, script_keys
from leaddesk.qualify.references import References
from leaddesk.qualify.terms import StageKind

_MOST_POINTS = 1000


def find_problems(playbook: Playbook, *, thorough: bool) -> list[Problem]:
    """Everything that is wrong although each value could be read.

    `thorough`: also whether branches pay less for better answers, which can only be told of a playbook that is sound.
    """
    references = References(playbook)
    references.check_whens()
    references.check_conditions()
    _check_script(references)
    _check_events(references)
    _check_pipeline(references)
    of_scripts = list(check_scripts(references))
    problems = [
        *references.problems,
        *of_scripts,
        *_duplicates(playbook),
        *_part_problems(playbook),
        *_stage_problems(playbook),
        *circle_problems(playbook),
    ]
    for place, question in enumerate(playbook.questions):
        problems += answer_problems(question, f"questions[{place}]")
    if thorough and not problems:
        problems += less_for_better_problems(playbook)
    return problems


def _check_script(references: References) -> None:
    playbook = references.playbook
    roles = [role.key for role in playbook.roles]
    for place, criterion in enumerate(playbook.criteria):
        references.exists(f"criteria[{place}].part", "no_part", criterion.part, playbook.part)
    for place, question in enumerate(playbook.questions):
        path = f"questions[{place}]"
        references.exists(f"{path}.criterion", "no_criterion", question.criterion, playbook.criterion)
        references.exists(f"{path}.sets", "no_fact", question.sets, FIELD)
        references.exists(f"{path}.asks", "no_role", question.asks, roles)
    for place, profile in enumerate(playbook.profiles):
        references.exists(f"profile[{place}].part", "no_part", profile.part, playbook.part)


def _check_events(references: References) -> None:
    playbook = references.playbook
    groups = [group.key for group in playbook.event_groups]
    for place, kind in enumerate(playbook.event_kinds):
        references.exists(f"event_kinds[{place}].group", "no_event_group", kind.group, groups)


def _check_pipeline(references: References) -> None:
    playbook = references.playbook
    lifecycle = [rule.key for rule in playbook.lifecycle]
    for place, stage in enumerate(playbook.stages):
        path = f"stages[{place}]"
        references.exists(f"{path}.lifecycle", "no_lifecycle", stage.lifecycle, lifecycle)
        lists = [name for name, choices in playbook.reasons.items() if choices]
        references.exists(f"{path}.needs_reason", "no_reasons", stage.needs_reason, lists)
        for number, requirement in enumerate(stage.gate):
            place_of = f"{path}.gate[{number}].question"
            references.exists(place_of, "no_question", requirement.question, playbook.question)
    for place, disposition in enumerate(playbook.dispositions):
        references.exists(f"dispositions[{place}].stage", "no_stage", disposition.stage, playbook.stage)


def _duplicates(playbook: Playbook) -> Iterator[Problem]:
    yield from _twice((part.key for part in playbook.parts), "parts[{}].key")
    yield from _twice((criterion.key for criterion in playbook.criteria), "criteria[{}].key")
    yield from _twice((question.key for question in playbook.questions), "questions[{}].key")
    for place, question in enumerate(playbook.questions):
        yield from _twice((answer.key for answer in question.answers), f"questions[{place}].answers[{{}}].key")
    yield from _twice((profile.fact for profile in playbook.profiles), "profile[{}].fact")
    for place, profile in enumerate(playbook.profiles):
        keys = [rule.key for rule in (*profile.rules, profile.otherwise)]
        yield from _twice(keys, f"profile[{place}].rules[{{}}].key")
    yield from _twice((group.key for group in playbook.event_groups), "event_groups[{}].key")
    yield from _twice((kind.key for kind in playbook.event_kinds), "event_kinds[{}].key")
    yield from _twice((rule.key for rule in playbook.lifecycle), "lifecycle[{}].key")
    yield from _twice((stage.key for stage in playbook.stages), "stages[{}].key")
    for place, stage in enumerate(playbook.stages):
        yield from _twice((requirement.code for requirement in stage.gate), f"stages[{place}].gate[{{}}].code")
    yield from _twice((disposition.key for disposition in playbook.dispositions), "dispositions[{}].key")
    yield from _twice((role.key for role in playbook.roles), "roles[{}].key")
    yield from _twice((objection.key for objection in playbook.objections), "objections[{}].key")
    for keys, path in script_keys(playbook):
        yield from _twice(keys, path)
    for name, choices in playbook.reasons.items():
        yield from _twice((choice.key for choice in choices), f"reasons.{name}[{{}}].key")


def _twice(keys: Iterable[str], path: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, key in enumerate(keys):
        # Keys that could not be read are empty and were reported there; letters' case does not tell two apart.
        if key and key.casefold() in seen:
            yield Problem(path.format(place), "twice", {"value": key})
        seen.add(key.casefold())


def _part_problems(playbook: Playbook) -> Iterator[Problem]:
    total = sum(part.limit for part in playbook.parts)
    if total > _MOST_POINTS:
        yield Problem("parts", "limits_over", {"total": total / 10, "most": _MOST_POINTS / 10})
    for kind in ("fit", "engagement"):
        places = [place for place, part in enumerate(playbook.parts) if part.kind == kind]
        for place in places[1:]:
            yield Problem(f"parts[{place}].kind", "one_part", {"kind": kind})
    if playbook.event_kinds and not any(part.kind == "engagement" for part in playbook.parts):
        yield Problem("event_kinds", "no_engagement_part")


def _stage_problems(playbook: Playbook) -> Iterator[Problem]:
    if playbook.stages and not any(stage.kind is StageKind.OPEN for stage in playbook.stages):
        yield Problem("stages", "no_open_stage")
