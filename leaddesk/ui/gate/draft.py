"""A move that is not made yet: answers, facts and sign-offs given on the way, and what the gate would say with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leaddesk.qualify.answers import fact_of_said
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.playbook import Playbook, Question, Requirement
from leaddesk.qualify.state import (
    Assessment,
    FactValue,
    GateCheck,
    Given,
    LeadState,
    RequirementState,
    Said,
    Signoff,
)
from leaddesk.qualify.terms import Instant, Standing


class Draft:
    """What a person filled in so far. Nothing is written; `check` is asked anew after each answer."""

    def __init__(self, playbook: Playbook, state: LeadState, target: str, now: Instant, today: date) -> None:
        self.playbook, self.target = playbook, target
        self.answers: dict[str, Said] = {}
        self.signoffs: dict[str, str] = {}
        self.facts: dict[str, FactValue] = {}
        self._state, self._now, self._today = state, now, today
        self.assessment: Assessment
        self.check: GateCheck
        self.state: LeadState
        self._reckon()
        self._wanted = tuple(need for need in self.check.requirements)

    def answer(self, question: str, said: Said) -> None:
        """Give an answer, or another one."""
        self.answers[question] = said
        self._reckon()

    def take_back(self, question: str) -> None:
        """Leave the question as it stood before."""
        self.answers.pop(question, None)
        self._reckon()

    def tell(self, fact: str, value: FactValue | None) -> None:
        """Tell a fact, one of the team's own as its text; None leaves it as it was before."""
        if value is None:
            self.facts.pop(fact, None)
        else:
            self.facts[fact] = value
        self._reckon()

    def known(self, fact: str) -> FactValue | None:
        """What was known of a fact before."""
        return self._state.facts.get(fact)

    def facts_for(self, need: RequirementState) -> tuple[str, ...]:
        """The facts to be typed for a requirement: those it misses, and those told here for it."""
        before = next((one.facts for one in self._wanted if (one.stage, one.code) == (need.stage, need.code)), ())
        told = [fact for fact in before if fact in self.facts]
        return tuple(dict.fromkeys((*told, *need.facts)))

    def sign(self, code: str, by: str) -> None:
        """Sign a requirement off in a person's name; an empty name takes it back."""
        if by.strip():
            self.signoffs[code] = by.strip()
        else:
            self.signoffs.pop(code, None)
        self._reckon()

    @property
    def wanted(self) -> tuple[RequirementState, ...]:
        """All requirements as they stand now, in the gate's order."""
        return self.check.requirements

    @property
    def kept_answers(self) -> dict[str, Said]:
        """The answers to questions the script still asks, now that the others are given."""
        return {key: said for key, said in self.answers.items() if self.assessment.questions[key].visible}

    def requirement(self, need: RequirementState) -> Requirement | None:
        """The playbook's words for a requirement."""
        stage = self.playbook.stage.get(need.stage)
        return next((one for one in stage.gate if one.code == need.code), None) if stage is not None else None

    def questions_for(self, need: RequirementState) -> tuple[Question, ...]:
        """What to ask for an unmet requirement: what was answered here for it, then the next question that may help.

        A hidden question's place is taken by the one that hides it. Without any question of its own, the requirement
        gets the most worthwhile open one (a score is wanted).
        """
        named = self._chain(need)
        if named:
            return tuple(self.playbook.question[key] for key in named)
        if need.signoff or need.met:
            return ()
        advice = self.assessment.advice
        keys = [key for key in self.answers if self._is_extra(key)]
        if need.missing_points and advice is not None and advice.question not in keys:
            keys.append(advice.question)
        return tuple(self.playbook.question[key] for key in keys)

    def _chain(self, need: RequirementState) -> list[str]:
        first = need.hidden_by or need.question
        if first is None or first not in self.playbook.question:
            return []
        keys = [key for key in (self._hiding(need), need.question) if key is not None]
        criterion = self.playbook.question[keys[-1]].criterion
        others = [question.key for question in self.playbook.questions if question.criterion == criterion]
        chain = [key for key in keys if self._visible(key)]
        chain += [key for key in others if key in self.answers and key not in chain]
        if not need.met and all(self._known(key) for key in chain):
            more = (key for key in others if key not in chain and self._visible(key) and self._may_help(key))
            chain += [key for key in (next(more, None),) if key is not None]
        return chain

    def _hiding(self, need: RequirementState) -> str | None:
        """The question that hides, also after it was answered here and hides no longer."""
        if need.hidden_by is not None:
            return need.hidden_by
        before = next((one for one in self._wanted if (one.stage, one.code) == (need.stage, need.code)), None)
        return before.hidden_by if before is not None else None

    def _is_extra(self, key: str) -> bool:
        named = {need.question for need in self.wanted} | {need.hidden_by for need in self.wanted}
        return key not in named

    def _visible(self, key: str) -> bool:
        return self.assessment.questions[key].visible

    def _known(self, key: str) -> bool:
        return self.assessment.questions[key].standing.is_knowledge

    def _may_help(self, key: str) -> bool:
        return self.assessment.questions[key].standing is not Standing.YES and self.playbook.question[key].required

    def _reckon(self) -> None:
        facts = {**self._state.facts, **self.facts}
        given = list(self._state.answers)
        for number, (key, said) in enumerate(self.answers.items()):
            question = self.playbook.question[key]
            given.append(Given(f"draft-{number}", key, self._now, said))
            value = fact_of_said(question, said)
            if question.sets is not None and value is not None:
                facts[question.sets] = value
        signed = [Signoff(code, by, self._now) for code, by in self.signoffs.items()]
        state = self.state = replace(
            self._state, facts=facts, answers=tuple(given), signoffs=(*self._state.signoffs, *signed)
        )
        self.assessment = assess(self.playbook, state, self._now, self._today)
        self.check = check_gate(self.playbook, state, self.assessment, self.target)
