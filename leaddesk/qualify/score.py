"""The score: leaves added up part by part, each part held between zero and its limit, every tenth with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leaddesk.qualify.engagement import Engagement, GroupWorth
from leaddesk.qualify.plan import Asked, Plan
from leaddesk.qualify.playbook import Answer, Part
from leaddesk.qualify.script import Known
from leaddesk.qualify.state import PartScore, QuestionState, Reason
from leaddesk.qualify.terms import QuestionKind, Tenths


@dataclass(frozen=True, slots=True)
class Score:
    """`sums`: what the leaves of each part add up to, before it is held between zero and its limit."""

    total: Tenths
    parts: Mapping[str, PartScore]
    sums: tuple[Tenths, ...]
    reasons: tuple[Reason, ...]


def score_of(plan: Plan, known: Known, questions: Mapping[str, QuestionState], engagement: Engagement) -> Score:
    """What is known so far, in tenths, with the reasons that add up to it exactly."""
    leaves = _leaves(plan, known, questions)
    if plan.engagement >= 0:
        leaves[plan.engagement] += _events(engagement)
    sums = sums_of(plan, known, engagement)
    parts: dict[str, PartScore] = {}
    reasons: list[Reason] = []
    for part, found, raw, points in zip(plan.playbook.parts, leaves, sums, held(plan, sums), strict=True):
        reasons += found
        reasons += _held(part, raw)
        parts[part.key] = PartScore(part.key, points, part.limit, open=not found)
    return Score(sum(part.points for part in parts.values()), parts, sums, tuple(reasons))


def sums_of(plan: Plan, known: Known, engagement: Engagement) -> tuple[Tenths, ...]:
    """What the leaves of each part add up to, in the order of the parts."""
    sums = [0] * len(plan.limits)
    worths = known.worth
    if worths:
        for profile, part in zip(plan.playbook.profiles, plan.profile_parts, strict=True):
            worth = worths.get(profile.fact)
            if worth is not None:
                sums[part] += worth.rule.points
    by_key = plan.by_key
    for key, heard in known.heard.items():
        asked = by_key[key]
        if asked.profile is None and heard.standing.is_knowledge:
            sums[asked.part] += heard.points
    if plan.engagement >= 0:
        sums[plan.engagement] += engagement.total
    return tuple(sums)


def held(plan: Plan, sums: Sequence[Tenths]) -> list[Tenths]:
    """The points of each part: its sum held between zero and its limit."""
    return [0 if raw < 0 else min(raw, limit) for raw, limit in zip(sums, plan.limits, strict=True)]


def _leaves(plan: Plan, known: Known, questions: Mapping[str, QuestionState]) -> list[list[Reason]]:
    leaves: list[list[Reason]] = [[] for _ in plan.limits]
    if known.worth:
        for profile, part in zip(plan.playbook.profiles, plan.profile_parts, strict=True):
            worth = known.worth.get(profile.fact)
            if worth is not None:
                details = {"fact": profile.fact, "rule": worth.rule.key, "value": worth.value}
                leaves[part].append(Reason(worth.rule.points, "fact", details))
    for key in known.heard:
        asked = plan.by_key[key]
        state = questions[key]
        if asked.profile is None and state.standing.is_knowledge:
            leaves[asked.part] += _answer(asked, state)
    for found in leaves:
        if len(found) > 1:
            found.sort(key=lambda reason: _place(plan, reason))
    return leaves


def _place(plan: Plan, reason: Reason) -> int:
    """Facts first as the profile lists them, then answers in script order; not in the order they were given."""
    question = reason.details.get("question")
    return -1 if question is None else plan.by_key[str(question)].place


def _answer(asked: Asked, state: QuestionState) -> Iterator[Reason]:
    question = asked.question
    given = state.given.id if state.given else ""
    chosen: Sequence[Answer] = [answer for answer in question.answers if answer.key in state.keys]
    full = state.points
    if question.kind is QuestionKind.SEVERAL:
        full = sum(answer.points for answer in chosen)
    yield Reason(full, "answer", {"question": question.key, "answers": state.keys, "given": given})
    if full != state.points:
        yield Reason(state.points - full, "question_limit", {"question": question.key, "limit": question.limit})


def _events(engagement: Engagement) -> Iterator[Reason]:
    for one in engagement.groups:
        yield from _group(one)


def _group(one: GroupWorth) -> Iterator[Reason]:
    for faded, tenths in one.events:
        details = {
            "kind": faded.kind.key,
            "when_new": faded.kind.points,
            "at": faded.event.at,
            "event": faded.event.id,
        }
        yield Reason(tenths, "event", details)
    if one.capped:
        yield Reason(one.capped, "cap", {"group": one.group.key, "limit": one.group.cap})


def _held(part: Part, raw: Tenths) -> Iterator[Reason]:
    if raw > part.limit:
        yield Reason(part.limit - raw, "limit", {"part": part.key, "limit": part.limit})
    elif raw < 0:
        yield Reason(-raw, "floor", {"part": part.key})
