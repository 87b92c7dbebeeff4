"""Invents what sample leads said: plausible answers that meet the gates they have passed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from leaddesk.operations.sample_people import pick
from leaddesk.qualify.conditions import FACT_ATOMS, fact_meets, question_meets
from leaddesk.qualify.playbook import (
    All,
    Answer,
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactKnown,
    Not,
    Playbook,
    Question,
    QuestionStands,
    Requirement,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money, QuestionKind, Standing, Tenths, minor_digits


@dataclass(slots=True)
class Demand:
    """What a stage's gate wants, as things to invent: answers (allowed keys by question), events, a call, sign-offs."""

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    signoffs: list[str] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    call: bool = False
    score: Tenths = 0
    #: Requirements that hold only for some facts: looked at lead by lead.
    only_if: list[tuple[Condition, Demand]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said to a question, as the columns of an answer; `chosen` are the answers it amounts to."""

    question: Question
    chosen: tuple[Answer, ...] = ()
    keys: str | None = None
    money: Money | None = None
    number: str | None = None
    days: int | None = None
    text: str | None = None
    heard: Standing | None = None

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.heard is not None:
            return self.heard
        if len(self.chosen) == 1:
            return self.chosen[0].standing
        return max((answer.standing for answer in self.chosen), key=_RANK.__getitem__)

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The keys conditions compare with."""
        return tuple(answer.key for answer in self.chosen)


_RANK = {standing: rank for rank, standing in enumerate(Standing)}


class Script:
    """A playbook seen by an inventor: questions worth asking, what each gate demands, answers best first."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        # A known fact answers some; sample leads know their facts.
        usual = next(script for script in playbook.scripts if script.when is None)
        asked = [playbook.question[key] for key in usual.questions]
        self.questions = tuple(one for one in asked if one.sets not in playbook.profile)
        self.place = {question.key: place for place, question in enumerate(self.questions)}
        self.demands = {stage.key: self._demand(stage.gate) for stage in playbook.stages}
        self._best_first = {
            question.key: tuple(sorted(question.answers, key=lambda answer: -answer.points))
            for question in playbook.questions
        }

    def visible(self, question: Question, replies: Mapping[str, Reply], facts: Mapping[str, FactValue]) -> bool:
        """Whether the script asks a question after these replies."""
        return question.when is None or holds(question.when, replies, facts)

    def reply(
        self,
        random: Random,
        question: Question,
        *,
        allowed: Sequence[str] | None,
        warmth: float,
        currency: str,
        texts: Sequence[str],
        name: Callable[[], str],
    ) -> Reply:
        """Invents a reply. `allowed`: the keys a gate asks for; `warmth` 0–1 draws good answers nearer."""
        if allowed is None and random.random() < 0.1:
            return Reply(question, heard=Standing.EVADED if random.random() < 0.4 else Standing.UNKNOWN)
        offered = self._best_first[question.key]
        if allowed is not None:
            offered = tuple(answer for answer in offered if answer.key in allowed) or offered
        answer = offered[int(random.random() ** (0.7 + 1.8 * warmth) * len(offered))]
        kind = question.kind
        if kind is QuestionKind.MONEY:
            money = _sum(random, question, answer, currency)
            return Reply(question, (answer,), money=money) if money else Reply(question, (answer,), keys=answer.key)
        if kind is QuestionKind.NUMBER:
            return Reply(question, (answer,), number=str(_number(random, question, answer)))
        if kind is QuestionKind.DATE:
            return Reply(question, (answer,), days=_days(random, question, answer))
        if kind is QuestionKind.PERSON:
            return Reply(question, (answer,), text=name())
        if kind is QuestionKind.TEXT:
            return Reply(question, (answer,), text=pick(random, texts))
        if kind is QuestionKind.SEVERAL and answer.points > 0 and random.random() < 0.6:
            more = [other for other in offered if other.points > 0 and other is not answer]
            chosen = (answer, pick(random, more)) if more else (answer,)
            return Reply(question, chosen, keys=",".join(one.key for one in chosen))
        return Reply(question, (answer,), keys=answer.key)

    def _demand(self, gate: Sequence[Requirement]) -> Demand:
        demand = Demand()
        for requirement in gate:
            if requirement.only_if is None:
                self._add(demand, requirement.when)
            else:
                own = Demand()
                self._add(own, requirement.when)
                demand.only_if.append((requirement.only_if, own))
        return demand

    def _add(self, demand: Demand, condition: Condition) -> None:
        match condition:
            case All(of):
                for one in of:
                    self._add(demand, one)
            case AnyOf(of):
                self._add(demand, of[0])
            case AnswerIs() | QuestionStands() | CriterionStands() | FactKnown():
                self._add_knowledge(demand, condition)
            case ScoreAtLeast(part, tenths):
                demand.score = max(demand.score, tenths if part is None else 0)
            case EventSeen(kinds, at_least, _):
                demand.events.extend(kinds[:1] * at_least)
            case CallMade():
                demand.call = True
            case SignedOff(key):
                demand.signoffs.append(key)
            case _:
                pass

    def _add_knowledge(
        self, demand: Demand, condition: AnswerIs | QuestionStands | CriterionStands | FactKnown
    ) -> None:
        match condition:
            case AnswerIs(question, keys):
                _narrow(demand, question, keys)
            case QuestionStands(question, standings):
                self._add_standing(demand, self._playbook.question.get(question), standings)
            case CriterionStands(criterion, standings):
                asked = [one for one in self._playbook.questions if one.criterion == criterion]
                for one in [one for one in asked if one.required] or asked[:1]:
                    self._add_standing(demand, one, standings)
            case FactKnown(fact):
                demand.facts.add(fact)
                setting = next((one for one in self._playbook.questions if one.sets == fact), None)
                self._add_standing(demand, setting, (Standing.YES, Standing.PARTLY))

    def _add_standing(self, demand: Demand, question: Question | None, standings: Sequence[Standing]) -> None:
        if question is not None:
            _narrow(demand, question.key, [one.key for one in question.answers if one.standing in standings])


def _narrow(demand: Demand, question: str, keys: Sequence[str]) -> None:
    former = demand.answers.get(question)
    demand.answers[question] = tuple(key for key in keys if former is None or key in former) or tuple(keys)


def holds(condition: Condition, replies: Mapping[str, Reply], facts: Mapping[str, FactValue]) -> bool:
    """Whether a condition over questions and facts holds after these replies."""
    match condition:
        case All(of):
            return all(holds(one, replies, facts) for one in of)
        case AnyOf(of):
            return any(holds(one, replies, facts) for one in of)
        case Not(of):
            return not holds(of, replies, facts)
        case AnswerIs(question, _) | QuestionStands(question, _):
            reply = replies.get(question)
            if reply is None:
                return question_meets(condition, Standing.NOT_ASKED, ())
            return question_meets(condition, reply.standing, reply.chosen_keys)
        case _:
            return isinstance(condition, FACT_ATOMS) and fact_meets(condition, facts.get(condition.fact))


def _sum(random: Random, question: Question, answer: Answer, currency: str) -> Money | None:
    """A round sum inside a band; None where the band says nothing about the currency."""
    if answer.sums is None or currency not in answer.sums:
        return None
    least = answer.sums[currency]
    above = [one.sums[currency] for one in question.answers if one.sums and one.sums.get(currency, -1) > least]
    most = min(above, default=least * 5)
    unit = 10 ** minor_digits(currency)
    sum_ = (least + random.random() ** 2 * (most - least)) / unit
    step = 10 ** max(len(str(int(sum_))) - 2, 2)
    rounded = round(sum_ / step) * step * unit
    return Money(int(rounded if least <= rounded < most else least or most // 2), currency)


def _number(random: Random, question: Question, answer: Answer) -> int:
    least = answer.at_least or 0.0
    above = [one.at_least for one in question.answers if one.at_least is not None and one.at_least > least]
    most = min(above, default=least * 3 or 10)
    return int(least + random.random() * (most - least))


def _days(random: Random, question: Question, answer: Answer) -> int:
    below = [
        one.within_days
        for one in question.answers
        if one.within_days is not None and (answer.within_days is None or one.within_days < answer.within_days)
    ]
    least = max(below, default=13) + 1
    most = answer.within_days if answer.within_days is not None else least + 200
    return int(least + random.random() * max(most - least, 0))
