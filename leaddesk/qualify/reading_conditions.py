"""Reads a condition of the playbook: a table with exactly one shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
    NextStepPlanned,
    Not,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.sections import Section
from leaddesk.qualify.terms import Standing

#: Stands in for a condition that could not be read; the problem is noted already.
UNREAD = All(())

_MOST_DAYS = 36_500


def read_condition(parent: Section, key: str) -> Condition | None:
    """The condition under a key; None where there is none."""
    if not parent.has(key):
        return None
    return _condition(parent.section(key), None)


def read_rule(parent: Section, key: str, fact: str) -> Condition:
    """A condition on one fact, which it does not name itself."""
    if not parent.has(key):
        parent.wrong(key, "missing")
        return UNREAD
    return _condition(parent.section(key), fact)


def _condition(table: Section, implied: str | None) -> Condition:
    if not table.values:
        table.wrong("", "no_shape", offered=", ".join(_SHAPES))
        return UNREAD
    shapes = [shape for shape in _SHAPES if table.has(shape)]
    if implied is not None and not shapes:
        return _finished(table, _fact(table, implied))
    if len(shapes) != 1:
        _shape_unclear(table, shapes)
        return UNREAD
    if implied is not None and shapes[0] not in ("all", "any", "not"):
        table.wrong(shapes[0], "only_this_fact", fact=implied)
        return UNREAD
    if shapes[0] in ("all", "any", "not"):
        return _finished(table, _compound(table, shapes[0], implied))
    return _finished(table, _SHAPES[shapes[0]](table))


def _shape_unclear(table: Section, shapes: list[str]) -> None:
    if shapes:
        table.wrong("", "two_shapes", shapes=", ".join(shapes))
        return
    first = next(iter(table.values))
    table.not_offered(first, "no_shape", first, _SHAPES)


def _finished(table: Section, condition: Condition) -> Condition:
    table.done()
    return condition


def _compound(table: Section, shape: str, implied: str | None) -> Condition:
    if shape == "not":
        return Not(_condition(table.section("not"), implied))
    of = tuple(_condition(one, implied) for one in table.sections(shape, required=True))
    return All(of) if shape == "all" else AnyOf(of)


def _question(table: Section) -> Condition:
    question = table.text("question", required=True)
    if table.has("is") == table.has("standing"):
        table.wrong("", "question_how")
        table.pass_over("is", "standing")
        return UNREAD
    if table.has("is"):
        return AnswerIs(question, table.words("is"))
    return QuestionStands(question, _standings(table))


def _criterion(table: Section) -> Condition:
    return CriterionStands(table.text("criterion", required=True), _standings(table))


def _standings(table: Section) -> tuple[Standing, ...]:
    known = [standing.value for standing in Standing]
    found: list[Standing] = []
    for word in table.words("standing", required=True):
        if word in known:
            found.append(Standing(word))
        else:
            table.not_offered("standing", "not_offered", word, known)
    return tuple(found)


def _named_fact(table: Section) -> Condition:
    return _fact(table, table.text("fact", required=True))


def _fact(table: Section, fact: str) -> Condition:
    """is · has · known · sums · at_least with or without below."""
    hows = [how for how in ("is", "has", "known", "sums") if table.has(how)]
    if table.has("at_least") or table.has("below"):
        hows.append("at_least")
    if len(hows) != 1:
        table.wrong("", "fact_how" if not hows else "two_shapes", shapes=", ".join(hows))
        table.pass_over("is", "has", "known", "sums", "at_least", "below")
        return UNREAD
    return _FACTS[hows[0]](table, fact)


def _known(table: Section, fact: str) -> Condition:
    return FactKnown(fact) if table.flag("known", default=True) else Not(FactKnown(fact))


def _between(table: Section, fact: str) -> Condition:
    least, below = table.number("at_least"), table.number("below")
    if least is not None and below is not None and below <= least:
        table.wrong("below", "empty_range", least=least, below=below)
    return FactBetween(fact, least, below)


def _score(table: Section) -> Condition:
    part: str | None = None
    if table.values.get("score") is not True:
        part = table.text("score", required=True)
    else:
        table.flag("score")
    return ScoreAtLeast(part, table.tenths("at_least", least=0, required=True) or 0)


def _event(table: Section) -> Condition:
    return EventSeen(
        table.words("event", required=True),
        table.whole("at_least", least=1, most=1000) or 1,
        table.whole("within_days", least=1, most=_MOST_DAYS),
    )


def _call(table: Section) -> Condition:
    if table.values.get("call") is True:
        table.flag("call")
        return CallMade()
    return CallMade(table.words("call", required=True))


def _next_step(table: Section) -> Condition:
    return NextStepPlanned() if table.flag("next_step", default=True) else Not(NextStepPlanned())


def _signoff(table: Section) -> Condition:
    return SignedOff(table.text("signoff", required=True))


def _unreached(table: Section) -> Condition:  # noqa: ARG001
    return UNREAD


_FACTS: Mapping[str, Callable[[Section, str], Condition]] = {
    "is": lambda table, fact: FactIs(fact, table.words("is", required=True)),
    "has": lambda table, fact: FactHas(fact, table.words("has", required=True)),
    "known": _known,
    "sums": lambda table, fact: MoneyAtLeast(fact, table.sums("sums") or {}),
    "at_least": _between,
}

_SHAPES: Mapping[str, Callable[[Section], Condition]] = {
    "question": _question,
    "criterion": _criterion,
    "fact": _named_fact,
    "score": _score,
    "event": _event,
    "call": _call,
    "next_step": _next_step,
    "signoff": _signoff,
    # These hold conditions and are read where they stand.
    "all": _unreached,
    "any": _unreached,
    "not": _unreached,
}
