"""Whether everything a playbook speaks of exists: questions, answers, facts, parts, events, outcomes, sign-offs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leaddesk.qualify.custom import own_name
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    Not,
    Playbook,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.sections import note_unknown

_FACTS = (FactIs, FactHas, FactKnown, FactBetween, MoneyAtLeast)
_SHAPE = {
    CriterionStands: "criterion",
    ScoreAtLeast: "score",
    EventSeen: "event",
    CallMade: "call",
    SignedOff: "signoff",
}


def conditions_of(playbook: Playbook) -> Iterator[tuple[str, Condition | None]]:
    """Every condition outside the script and the profile, with its path."""
    yield "temperature.hot", playbook.hot
    yield "temperature.warm", playbook.warm
    for place, rule in enumerate(playbook.lifecycle):
        yield f"lifecycle[{place}].when", rule.when
    for place, stage in enumerate(playbook.stages):
        for number, requirement in enumerate(stage.gate):
            yield f"stages[{place}].gate[{number}].when", requirement.when
            yield f"stages[{place}].gate[{number}].only_if", requirement.only_if
    for place, script in enumerate(playbook.own_scripts):
        yield f"scripts[{place}].when", script.when


def atoms_with_paths(condition: Condition | None, path: str) -> Iterator[tuple[str, Condition]]:
    """The parts of a condition that are no all, any or not, with their paths."""
    match condition:
        case None:
            return
        case All() | AnyOf():
            word = "all" if isinstance(condition, All) else "any"
            for place, one in enumerate(condition.of):
                yield from atoms_with_paths(one, f"{path}.{word}[{place}]")
        case Not():
            yield from atoms_with_paths(condition.of, f"{path}.not")
        case _:
            yield path, condition


class References:
    """The names of a playbook, and the problems found with what speaks of them."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.problems: list[Problem] = []
        self.signoffs = {one.code for stage in playbook.stages for one in stage.gate if one.signoff}

    def exists(self, path: str, code: str, value: str | None, offered: Iterable[str]) -> None:
        """Notes a name that does not exist; an empty one was reported where it was read."""
        known = tuple(offered)
        if value and value not in known:
            note_unknown(self.problems, path, code, value, known)

    def check_whens(self) -> None:
        """Every `when` of the script: it may look at questions and facts alone."""
        for place, question in enumerate(self.playbook.questions):
            for path, atom in atoms_with_paths(question.when, f"questions[{place}].when"):
                if isinstance(atom, (AnswerIs, QuestionStands, *_FACTS)):
                    self.check_atom(path, atom)
                else:
                    self.problems.append(Problem(path, "when_uses", {"shape": _SHAPE.get(type(atom), "next_step")}))

    def check_conditions(self) -> None:
        """Every other condition, and the rules of the profile."""
        for where, condition in conditions_of(self.playbook):
            for path, atom in atoms_with_paths(condition, where):
                self.check_atom(path, atom)
        for place, profile in enumerate(self.playbook.profiles):
            if not own_name(profile.fact):
                self.exists(f"profile[{place}].fact", "no_fact", profile.fact, FIELD)
            for number, rule in enumerate(profile.rules):
                for path, atom in atoms_with_paths(rule.when, f"profile[{place}].rules[{number}].when"):
                    if profile.fact in FIELD or own_name(profile.fact):
                        self.check_atom(path, atom)

    def check_atom(self, path: str, atom: Condition) -> None:
        """One thing a condition asks."""
        match atom:
            case AnswerIs():
                self._answer_is(path, atom)
            case FactIs() | FactHas() | FactKnown() | FactBetween() | MoneyAtLeast():
                self._fact(path, atom)
            case _:
                for key, code, value, offered in self._named(atom):
                    self.exists(f"{path}.{key}", code, value, offered)

    def _named(self, atom: Condition) -> Iterator[tuple[str, str, str | None, Iterable[str]]]:
        """What an atom names: under which key, the code of its absence, the name, and what there is."""
        match atom:
            case QuestionStands():
                yield "question", "no_question", atom.question, self.playbook.question
            case CriterionStands():
                yield "criterion", "no_criterion", atom.criterion, self.playbook.criterion
            case ScoreAtLeast():
                yield "score", "no_part", atom.part, self.playbook.part
            case EventSeen():
                yield from (("event", "no_event_kind", kind, self.playbook.event_kind) for kind in atom.kinds)
            case CallMade():
                yield from (("call", "no_outcome", outcome, self.playbook.disposition) for outcome in atom.outcomes)
            case SignedOff():
                yield "signoff", "no_signoff", atom.key, sorted(self.signoffs)
            case _:
                return

    def _answer_is(self, path: str, atom: AnswerIs) -> None:
        question = self.playbook.question.get(atom.question)
        if question is None:
            self.exists(f"{path}.question", "no_question", atom.question, self.playbook.question)
            return
        keys = [answer.key for answer in question.answers]
        profile = self.playbook.profile.get(question.sets or "")
        if profile is not None:
            keys += [rule.key for rule in (*profile.rules, profile.otherwise)]
        for key in atom.keys:
            self.exists(f"{path}.is", "no_answer", key, keys)

    def _fact(self, path: str, atom: FactIs | FactHas | FactKnown | FactBetween | MoneyAtLeast) -> None:
        if own_name(atom.fact):  # which there are only a database can say
            return
        field = FIELD.get(atom.fact)
        if field is None:
            self.exists(f"{path}.fact", "no_fact", atom.fact, FIELD)
            return
        wanted = None
        if isinstance(atom, FactBetween):
            wanted = FieldKind.NUMBER
        elif isinstance(atom, MoneyAtLeast):
            wanted = FieldKind.MONEY
        if wanted is not None and field.kind is not wanted:
            self.problems.append(
                Problem(path, "fact_kind", {"fact": atom.fact, "kind": field.kind.value, "wanted": wanted.value})
            )
