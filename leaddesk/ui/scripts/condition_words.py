"""A condition as a sentence: asked only when “Who approves” is “A named person”."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk import words
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_questions import question, tables
from leaddesk.exchange.playbook_scripts import NOBODY
from leaddesk.ui.field_words import fact_name


def says(language: str, key: str, /, **details: object) -> str:
    """A sentence of this room."""
    return words.say(language, "scripts", key, **details)


def listed(value: object) -> list[str]:
    """One text or a list of texts, as a list."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def title_of(draft: Draft, key: str, language: str) -> str:
    """What a question is called in lists: its title, else its short form, else its wording, else its key."""
    one = question(draft, key) or {}
    for field in ("title", "short", "wording"):
        found = one.get(field)
        if isinstance(found, Mapping) and (said := words.pick({k: str(v) for k, v in found.items()}, language)).strip():
            return said
    return key


def answer_label(draft: Draft, key: str, answer: str, language: str) -> str:
    """The words of an answer."""
    for one in tables(question(draft, key) or {}):
        if one.get("key") == answer and isinstance(label := one.get("label"), Mapping):
            return words.pick({k: str(v) for k, v in label.items()}, language) or answer
    return answer


def condition_words(draft: Draft, condition: object, language: str) -> str:
    """A condition as a sentence."""
    if condition == NOBODY:
        return says(language, "by_hand_only")
    return _words(draft, condition, language, outer=True)


def _words(draft: Draft, condition: object, language: str, *, outer: bool = False) -> str:
    if not isinstance(condition, Mapping):
        return "…"
    if "not" in condition:
        return says(language, "cond_not", what=_words(draft, condition["not"], language))
    for shape in ("all", "any"):
        if isinstance(found := condition.get(shape), list):
            said = says(language, f"cond_join_{shape}").join(_words(draft, one, language) for one in found)
            return said if outer or len(found) < 2 else says(language, "cond_group", what=said)
    if "question" in condition:
        return _question(draft, condition, language)
    if "fact" in condition:
        return _fact(condition, language)
    if (told := _other(draft, condition, language)) is not None:
        return told
    return ", ".join(f"{key} {value}" for key, value in condition.items())


def _question(draft: Draft, condition: Mapping[str, object], language: str) -> str:
    key = str(condition["question"])
    what = says(language, "quoted", what=title_of(draft, key, language))
    if "is" not in condition:
        return says(language, "cond_stands", what=what, value=_standings(condition, language))
    join = says(language, "cond_or")
    labels = [
        says(language, "quoted", what=answer_label(draft, key, one, language)) for one in listed(condition.get("is"))
    ]
    return says(language, "cond_is", what=what, value=join.join(labels) or "…")


def _other(draft: Draft, condition: Mapping[str, object], language: str) -> str | None:
    """A shape that only scripts, gates and temperatures use."""
    join = says(language, "cond_or")
    if "criterion" in condition:
        criterion = join.join(_labels(draft, "criteria", condition["criterion"], language))
        return says(language, "cond_stands", what=criterion, value=_standings(condition, language))
    if "event" in condition:
        value = join.join(_labels(draft, "event_kinds", condition["event"], language))
        days = condition.get("within_days")
        key = "cond_event" if days is None else "cond_event_days"
        return says(language, key, value=value, n=condition.get("at_least", 1), days=days)
    if condition.get("call") is True:
        return says(language, "cond_called")
    if "call" in condition:
        return says(language, "cond_call", value=join.join(_labels(draft, "dispositions", condition["call"], language)))
    if "score" in condition:
        part = condition["score"]
        what = says(language, "cond_score") if part is True else join.join(_labels(draft, "parts", part, language))
        return says(language, "cond_at_least", what=what, value=condition.get("at_least"))
    if "next_step" in condition:
        return says(language, "cond_next_step")
    return None


def _labels(draft: Draft, name: str, keys: object, language: str) -> list[str]:
    labels = {str(one.get("key")): one.get("label") for one in draft.tables(name)}
    found = []
    for key in listed(keys):
        label = labels.get(key)
        words_ = words.pick({k: str(v) for k, v in label.items()}, language) if isinstance(label, Mapping) else key
        found.append(says(language, "quoted", what=words_))
    return found


def _standings(condition: Mapping[str, object], language: str) -> str:
    join = says(language, "cond_or")
    return join.join(words.say(language, "standings", one) for one in listed(condition.get("standing")))


def _fact(condition: Mapping[str, object], language: str) -> str:
    what = fact_name(str(condition["fact"]), language)
    join = says(language, "cond_or")
    if "known" in condition:
        return says(language, "cond_known" if condition["known"] is not False else "cond_unknown", what=what)
    if "has" in condition:
        return says(language, "cond_has", what=what, value=join.join(listed(condition["has"])))
    if isinstance(sums := condition.get("sums"), Mapping):
        return says(language, "cond_at_least", what=what, value=join.join(f"{sums[one]} {one}" for one in sums))
    least, below = condition.get("at_least"), condition.get("below")
    if least is not None and below is not None:
        return says(language, "cond_between", what=what, value=least, below=below)
    if least is not None:
        return says(language, "cond_at_least", what=what, value=least)
    if below is not None:
        return says(language, "cond_below", what=what, value=below)
    return says(language, "cond_is", what=what, value=join.join(listed(condition.get("is"))) or "…")
