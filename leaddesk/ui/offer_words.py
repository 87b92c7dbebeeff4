"""Why a script is offered, in one short line; no Qt."""

from __future__ import annotations

from collections.abc import Iterable

from leaddesk import words
from leaddesk.qualify.playbook import (
    AnswerIs,
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
    Playbook,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
    Texts,
)
from leaddesk.qualify.state import Offered
from leaddesk.qualify.terms import Money
from leaddesk.ui import figures
from leaddesk.ui.field_words import fact_name

# More would be no short line.
_TOLD = 2


def offer_words(playbook: Playbook, offered: Offered, language: str) -> str:
    """Why a script is offered: Size 1,000 or more; the usual one where none other is."""
    # What did happen says more than what did not.
    telling = tuple(one for one in offered.because if not isinstance(one, Not)) or offered.because
    told = [condition_words(playbook, one, language) for one in telling[:_TOLD]]
    return _listed(language, told) or words.say(language, "conditions", "usual")


def condition_words(playbook: Playbook, condition: Condition, language: str) -> str:
    """What one condition asks for, in a few words; a compound one has none."""
    match condition:
        case AnswerIs() | QuestionStands() | CriterionStands() | ScoreAtLeast():
            return _standing(playbook, condition, language)
        case EventSeen(kinds=kinds):
            seen = [playbook.event_kind[kind].label for kind in kinds if kind in playbook.event_kind]
            return _picked(language, seen)
        case CallMade(outcomes=outcomes):
            ended = [playbook.disposition[key].label for key in outcomes if key in playbook.disposition]
            return _picked(language, ended) or words.say(language, "conditions", "reached")
        case NextStepPlanned():
            return words.say(language, "conditions", "planned")
        case SignedOff(key=key):
            return words.say(language, "conditions", "signed", what=key)
        case Not(of=denied):
            return words.say(language, "conditions", "not", what=condition_words(playbook, denied, language))
        case _:
            return _fact(condition, language)


def _standing(playbook: Playbook, condition: Condition, language: str) -> str:
    """What asks how a question, a criterion or the score stands."""
    what: Texts | str = ""
    match condition:
        case AnswerIs(question=key, keys=keys):
            asked = playbook.question.get(key)
            what = asked.title if asked else key
            how = _picked(language, [one.short for one in asked.answers if one.key in keys] if asked else [])
        case QuestionStands(question=key, standings=standings):
            what = playbook.question[key].title if key in playbook.question else key
            how = _standings(language, standings)
        case CriterionStands(criterion=key, standings=standings):
            what = playbook.criterion[key].label if key in playbook.criterion else key
            how = _standings(language, standings)
        case ScoreAtLeast(part=key_of_part, tenths=tenths):
            part = playbook.part.get(key_of_part or "")
            what = part.label if part else words.say(language, "conditions", "score")
            return words.say(language, "conditions", "points", what=what, n=figures.exact_points(tenths))
        case _:
            return ""
    return words.say(language, "conditions", "stands", what=what, how=how)


def _fact(condition: Condition, language: str) -> str:
    def say(key: str, fact: str, **details: object) -> str:
        return words.say(language, "conditions", key, what=fact_name(fact, language), **details)

    match condition:
        case FactIs(fact=fact, values=values):
            return say("stands", fact, how=_listed(language, (_chosen(language, fact, one) for one in values)))
        case FactHas(fact=fact, words=sought):
            return say("has", fact, how=_listed(language, sought[:_TOLD]))
        case FactKnown(fact=fact):
            return say("known", fact)
        case FactBetween(fact=fact, at_least=lowest, below=below):
            how = "below" if lowest is None else "at_least" if below is None else "between"
            least, most = (f"{one:,.10g}" if one is not None else "" for one in (lowest, below))
            return say(how, fact, least=least, most=most)
        case MoneyAtLeast(fact=fact, sums=sums):
            ours = [one for one in ("CNY" if language.startswith("zh") else "EUR", *sums) if one in sums]
            sum_wanted = figures.short_money(Money(sums[ours[0]], ours[0]), language) if ours else ""
            return say("at_least", fact, least=sum_wanted)
        case _:
            return ""


def _chosen(language: str, fact: str, value: str) -> str:
    """A value as its list says it, where it is from one."""
    said = words.say(language, "kinds", f"{fact}.{value}")
    return value if said == f"{fact}.{value}" else said


def _standings(language: str, standings: Iterable[str]) -> str:
    return _listed(language, (words.say(language, "standings", one) for one in standings))


def _picked(language: str, labels: Iterable[Texts]) -> str:
    return _listed(language, (words.pick(one, language) for one in labels))


def _listed(language: str, texts: Iterable[str]) -> str:
    return words.say(language, "conditions", "comma").join(text for text in texts if text)
