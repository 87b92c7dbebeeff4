"""Edits of the questions of a playbook being edited: wordings, kinds, branches, and the pool itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from leaddesk import words
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.qualify.terms import QuestionKind

#: The texts of a question that a person writes, per language.
TEXTS = ("wording", "short", "hint", "title", "recap")

# Which kind of question an answer's key belongs to; another kind drops it.
_BANDS = {"at_least": "number", "sums": "money", "unlisted": "money", "within_days": "date"}
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def languages(draft: Draft) -> tuple[str, ...]:
    """The languages a playbook is written in: those of its name."""
    name = draft.data.get("name")
    found = tuple(str(one) for one in name) if isinstance(name, Mapping) else ()
    return found or words.LANGUAGES


def question(draft: Draft, key: str) -> Data | None:
    """A question as the file has it."""
    return next((one for one in draft.tables("questions") if one.get("key") == key), None)


def with_question(draft: Draft, key: str, change: Callable[[Data], Data]) -> Draft:
    """The draft with one question changed; as it is where there is no such question."""
    found = draft.tables("questions")
    place = next((place for place, one in enumerate(found) if one.get("key") == key), None)
    if place is None:
        return draft
    return draft.with_tables("questions", [*found[:place], change(found[place]), *found[place + 1 :]])


# ── a question's own fields ──────────────────────────────────────────────────────────────────────────────────────────


def set_text(draft: Draft, key: str, field: str, language: str, text: str) -> Draft:
    """Words a text of a question in one language. A text that is not wanted goes once no language has words."""
    return with_question(draft, key, lambda one: with_text(one, field, language, text, wanted=field == "wording"))


def set_field(draft: Draft, key: str, field: str, value: object) -> Draft:
    """Sets what is no text: criterion, required, expires_days, when … None and False take it out."""
    return with_question(draft, key, lambda one: with_field(one, field, value))


def set_phrases(draft: Draft, key: str, language: str, phrases: Sequence[str]) -> Draft:
    """What is heard as meant for a question, in one language."""
    return with_question(draft, key, lambda one: with_phrases(one, language, phrases))


def set_kind(draft: Draft, key: str, kind: str) -> Draft:
    """Another kind: bands that belong to the former go, person and text keep one answer."""

    def changed(one: Data) -> Data:
        answers = [
            {name: value for name, value in answer.items() if _BANDS.get(name, kind) == kind} for answer in tables(one)
        ]
        if kind in (QuestionKind.PERSON, QuestionKind.TEXT):
            del answers[1:]
        fresh = with_field(one, "kind", kind)
        if kind != QuestionKind.SEVERAL:
            fresh = with_field(fresh, "limit", None)
        return {**fresh, "answers": answers} if answers else fresh

    return with_question(draft, key, changed)


def rename_question(draft: Draft, key: str, new: str) -> Draft:
    """Another key, also where scripts and branches speak of the question."""
    fresh = with_question(draft, key, lambda one: {**one, "key": new})
    questions = [_branch_renamed(one, key, new) for one in fresh.tables("questions")]
    return on_scripts(fresh.with_tables("questions", questions), lambda one: new if one == key else one)


def free_key(draft: Draft, stem: str) -> str:
    """A key no question has yet, made from a stem."""
    return unused(stem, {str(one.get("key")) for one in draft.tables("questions")})


def key_trouble(key: str, others: Sequence[str]) -> str:
    """Why a key cannot be: the code of a problem, `bad_key` or `twice`; empty where it can."""
    if not _KEY.fullmatch(key):
        return "bad_key"
    return "twice" if key.casefold() in {one.casefold() for one in others} else ""


# ── the pool ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def add_question(draft: Draft, criterion: str, after: str | None = None) -> tuple[Draft, str]:
    """A new question with a yes and a no, behind another of the pool, else at its end; and its key."""
    key = free_key(draft, f"{criterion or 'question'}_question")
    spoken = languages(draft)
    fresh: Data = {
        "key": key,
        "criterion": criterion,
        "kind": str(QuestionKind.SINGLE),
        "wording": dict.fromkeys(spoken, ""),
        "answers": [_answer_of(spoken, one, points) for one, points in (("yes", 1), ("no", 0))],
    }
    return _put_in(draft, fresh, after), key


def copy_question(draft: Draft, key: str) -> tuple[Draft, str]:
    """A copy right behind the original; and its key. It sets no field: two questions would do so."""
    original = question(draft, key)
    if original is None:
        return draft, key
    fresh = free_key(draft, key)
    return _put_in(draft, {**original, "key": fresh}, key), fresh


def remove_question(draft: Draft, key: str) -> Draft:
    """Takes a question out of the pool and out of every script."""
    draft = draft.with_tables("questions", [one for one in draft.tables("questions") if one.get("key") != key])
    return on_scripts(draft, lambda one: None if one == key else one)


def _put_in(draft: Draft, fresh: Data, after: str | None) -> Draft:
    found = list(draft.tables("questions"))
    place = next((place for place, one in enumerate(found) if one.get("key") == after), len(found) - 1)
    return draft.with_tables("questions", [*found[: place + 1], fresh, *found[place + 1 :]])


def _answer_of(spoken: Sequence[str], key: str, points: int) -> Data:
    labels = {language: words.say(language, "standings", key) for language in spoken}
    return {"key": key, "label": labels, "standing": key, "points": points}


# ── small things ─────────────────────────────────────────────────────────────────────────────────────────────────────


def tables(one: Data, name: str = "answers") -> list[Data]:
    """A list of tables within a table; what is no table is left out."""
    found = one.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def with_text(one: Data, field: str, language: str, text: str, *, wanted: bool = False) -> Data:
    """A table with the text of a field in one language; an empty text stays only where it is wanted."""
    found = one.get(field)
    known = dict(found) if isinstance(found, Mapping) else {}
    if text or wanted:
        known[language] = text
    else:
        known.pop(language, None)
    return with_field(one, field, known or None)


def with_phrases(one: Data, language: str, phrases: Sequence[str]) -> Data:
    """A table with what is heard in one language; the phrases of a language that has none are left out."""
    found = one.get("hears")
    known = dict(found) if isinstance(found, Mapping) else {}
    if phrases:
        known[language] = list(phrases)
    else:
        known.pop(language, None)
    return with_field(one, "hears", known or None)


def with_field(one: Data, field: str, value: object) -> Data:
    """A table with a field set; None and False take it out."""
    if value is None or value is False:
        return {name: each for name, each in one.items() if name != field}
    return {**one, field: value}


def unused(stem: str, taken: set[str]) -> str:
    """The stem, else the first of stem_2, stem_3 … that is not taken."""
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found


def on_scripts(draft: Draft, change: Callable[[str], str | None]) -> Draft:
    """The draft with every question key in its scripts changed; None takes it out."""
    scripts = []
    for script in draft.tables("scripts"):
        groups = [
            {**group, "questions": [new for one in keys_of(group) if (new := change(one)) is not None]}
            for group in tables(script, "groups")
        ]
        scripts.append({**script, "groups": groups} if groups else script)
    return draft.with_tables("scripts", scripts) if scripts else draft


def keys_of(group: Data) -> list[str]:
    """The question keys of a group."""
    found = group.get("questions")
    if isinstance(found, str):
        return [found]
    return [str(one) for one in found] if isinstance(found, list) else []


def _branch_renamed(one: Data, key: str, new: str) -> Data:
    return {**one, "when": _renamed(one["when"], key, new)} if "when" in one else one


def _renamed(condition: object, key: str, new: str) -> object:
    if isinstance(condition, list):
        return [_renamed(one, key, new) for one in condition]
    if not isinstance(condition, dict):
        return condition
    return {
        name: new if name == "question" and value == key else _renamed(value, key, new)
        for name, value in cast("Data", condition).items()
    }
