"""Edits of the scripts of a playbook: which questions each asks, in which groups and order, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.exchange.playbook_questions import (
    keys_of,
    languages,
    tables,
    unused,
    with_field,
    with_text,
)

#: A condition that no lead meets, since no tag is called so: a script that is only chosen by hand.
NOBODY: Data = {"fact": "tags", "is": "-"}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a script as it is shown: its key, its own words (or its criterion's), its questions by key."""

    key: str
    label: object
    letter: object
    questions: tuple[str, ...]


def script_keys(draft: Draft) -> tuple[str, ...]:
    """The scripts to choose from; a playbook that has none asks everything by criterion, under its own key."""
    return tuple(str(one.get("key")) for one in draft.tables("scripts")) or (str(draft.data.get("key")),)


def is_implicit(draft: Draft) -> bool:
    """Whether nobody wrote a script: the order is that of the criteria and the pool."""
    return not draft.tables("scripts")


def script(draft: Draft, key: str) -> Data:
    """A script as the file has it; the implicit one as if it were written, but for the words of its groups."""
    found = next((one for one in draft.tables("scripts") if one.get("key") == key), None)
    if found is not None:
        return found
    return {"key": draft.data.get("key"), "name": draft.data.get("name"), "groups": _by_criterion(draft)}


def groups(draft: Draft, key: str) -> tuple[Group, ...]:
    """The groups of a script."""
    criteria = {str(one.get("key")): one for one in draft.tables("criteria")}
    found = []
    for group in tables(script(draft, key), "groups"):
        name = str(group.get("key", ""))
        usual = criteria.get(name, {})
        label, letter = (group.get(field) or usual.get(field) or {} for field in ("label", "letter"))
        found.append(Group(name, label, letter, tuple(keys_of(group))))
    return tuple(found)


def left_out(draft: Draft, key: str) -> tuple[str, ...]:
    """The questions of the pool that a script does not ask."""
    asked = {one for group in groups(draft, key) for one in group.questions}
    return tuple(name for one in draft.tables("questions") if (name := str(one.get("key"))) not in asked)


# ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def written_out(draft: Draft) -> Draft:
    """The draft with its implicit script written down, so that it can be changed by itself."""
    if not is_implicit(draft):
        return draft
    groups_ = [one for one in _by_criterion(draft) if keys_of(one)]
    return draft.with_tables("scripts", [{**script(draft, ""), "groups": groups_}])


def add_script(draft: Draft) -> tuple[Draft, str]:
    """A new script that asks nothing yet but the first question, for no lead of its own until somebody says when."""
    draft = written_out(draft)
    key = unused("script", set(script_keys(draft)))
    first = draft.tables("scripts")[0]
    group = next(iter(tables(first, "groups")), {})
    fresh: Data = {
        "key": key,
        "name": dict.fromkeys(languages(draft), ""),
        "when": NOBODY,
        "groups": [{**group, "questions": keys_of(group)[:1]}],
    }
    return draft.with_tables("scripts", [*draft.tables("scripts"), fresh]), key


def copy_script(draft: Draft, key: str) -> tuple[Draft, str]:
    """A copy behind the original; and its key. Two cannot be the usual one: the copy is offered to nobody at first."""
    draft = written_out(draft)
    original = script(draft, key)
    fresh = unused(str(original.get("key")), set(script_keys(draft)))
    copy = {**original, "key": fresh, "when": original.get("when", NOBODY)}
    found = list(draft.tables("scripts"))
    place = next((place for place, one in enumerate(found) if one.get("key") == key), len(found) - 1)
    return draft.with_tables("scripts", [*found[: place + 1], copy, *found[place + 1 :]]), fresh


def remove_script(draft: Draft, key: str) -> Draft:
    """Takes a script out; its questions stay in the pool."""
    return draft.with_tables("scripts", [one for one in draft.tables("scripts") if one.get("key") != key])


def move_script(draft: Draft, key: str, by: int) -> Draft:
    """Another place among the scripts: the first that suits a lead is offered."""
    found = list(draft.tables("scripts"))
    place = next((place for place, one in enumerate(found) if one.get("key") == key), None)
    if place is None or not 0 <= place + by < len(found):
        return draft
    found.insert(place + by, found.pop(place))
    return draft.with_tables("scripts", found)


def set_script_text(draft: Draft, key: str, field: str, language: str, text: str) -> Draft:
    """Words the name, or what it is about, in one language. The implicit script has the playbook's name."""
    if is_implicit(draft) and field == "name":
        return draft.with_data(with_text(draft.data, "name", language, text, wanted=True))
    return with_script(draft, key, lambda one: with_text(one, field, language, text, wanted=field == "name"))


def set_script_field(draft: Draft, key: str, field: str, value: object) -> Draft:
    """Sets key, minutes or when; None takes it out."""
    if is_implicit(draft) and field == "minutes":
        return draft.with_data(with_field(draft.data, "call_minutes", value))
    return with_script(draft, key, lambda one: with_field(one, field, value))


def make_usual(draft: Draft, key: str) -> Draft:
    """Offers a script wherever no other is; the one that was so far is offered to nobody until somebody says when."""
    scripts: list[Data] = []
    for one in draft.tables("scripts"):
        if one.get("key") == key:
            scripts.append(with_field(one, "when", None))
        else:
            scripts.append(one if "when" in one else {**one, "when": NOBODY})
    return draft.with_tables("scripts", scripts) if scripts else draft


def with_script(draft: Draft, key: str, change: Callable[[Data], Data]) -> Draft:
    """The draft with one script changed; the implicit one is written down first."""
    draft = written_out(draft)
    return draft.with_tables(
        "scripts", [change(one) if one.get("key") == key else one for one in draft.tables("scripts")]
    )


# ── groups and their questions ───────────────────────────────────────────────────────────────────────────────────────


def add_group(draft: Draft, key: str) -> tuple[Draft, str]:
    """A new group at the end of a script, with a question that no group has yet where there is one; and its key."""
    draft = written_out(draft)
    known = {group.key for group in groups(draft, key)}  # keys are texts here, whatever the file has
    free = next((str(c.get("key")) for c in draft.tables("criteria") if str(c.get("key")) not in known), "")
    name = free or unused("group", known)
    fresh: Data = {"key": name, "questions": list(left_out(draft, key)[:1])}
    if not free:
        fresh |= {"label": dict.fromkeys(languages(draft), ""), "letter": dict.fromkeys(languages(draft), "")}
    return with_script(draft, key, lambda one: {**one, "groups": [*tables(one, "groups"), fresh]}), name


def set_group_text(draft: Draft, key: str, group: str, field: str, language: str, text: str) -> Draft:
    """Words a group's label or letter in one language."""
    return _with_groups(
        draft,
        key,
        lambda found: [with_text(one, field, language, text) if one.get("key") == group else one for one in found],
    )


def remove_group(draft: Draft, key: str, group: str) -> Draft:
    """Takes a group out of a script; its questions stay in the pool."""
    return _with_groups(draft, key, lambda found: [one for one in found if one.get("key") != group])


def move_group(draft: Draft, key: str, group: str, by: int) -> Draft:
    """Another place among the groups."""

    def moved(found: list[Data]) -> list[Data]:
        place = next((place for place, one in enumerate(found) if one.get("key") == group), None)
        if place is not None and 0 <= place + by < len(found):
            found.insert(place + by, found.pop(place))
        return found

    return _with_groups(draft, key, moved)


def take_in(draft: Draft, key: str, group: str, question: str, after: str | None = None) -> Draft:
    """Asks a question of the pool in a group of a script, behind another, else at the end."""

    def changed(found: list[Data]) -> list[Data]:
        return [_with_key(one, question, after) if one.get("key") == group else one for one in found]

    return _with_groups(take_out(draft, key, question), key, changed)


def take_out(draft: Draft, key: str, question: str) -> Draft:
    """Asks a question no longer in a script; it stays in the pool."""

    def changed(found: list[Data]) -> list[Data]:
        return [{**one, "questions": [each for each in keys_of(one) if each != question]} for one in found]

    return _with_groups(draft, key, changed)


def move_question(draft: Draft, key: str, question: str, by: int) -> Draft:
    """One place up (-1) or down (1) in a script; over the end of its group it goes into the next one."""
    found = groups(draft, key)
    number = next((number for number, group in enumerate(found) if question in group.questions), None)
    if number is None:
        return draft
    place = found[number].questions.index(question)
    keys = list(found[number].questions)
    if 0 <= place + by < len(keys):
        other = keys[place + by]
        keys.insert(place + by, keys.pop(place))
        if is_implicit(draft):
            return _swapped(draft, question, other)
        return _with_groups(draft, key, lambda all_: _replaced(all_, number, keys))
    if not 0 <= number + by < len(found):
        return draft
    beyond = list(found[number + by].questions)
    beyond.insert(0 if by > 0 else len(beyond), question)
    keys.pop(place)
    return _with_groups(draft, key, lambda all_: _replaced(_replaced(all_, number, keys), number + by, beyond))


def place_question(draft: Draft, key: str, question: str, group: str, before: str | None) -> Draft:
    """Puts a question of a script before another of a group, else at the group's end: what dropping it does."""
    rest = take_out(written_out(draft), key, question)

    def changed(found: list[Data]) -> list[Data]:
        return [_with_key_before(one, question, before) if one.get("key") == group else one for one in found]

    return _with_groups(rest, key, changed)


def _with_groups(draft: Draft, key: str, change: Callable[[list[Data]], Sequence[Data]]) -> Draft:
    return with_script(draft, key, lambda one: {**one, "groups": list(change(tables(one, "groups")))})


def _replaced(found: list[Data], number: int, keys: Sequence[str]) -> list[Data]:
    return [{**one, "questions": list(keys)} if place == number else one for place, one in enumerate(found)]


def _with_key(group: Data, question: str, after: str | None) -> Data:
    keys = keys_of(group)
    place = keys.index(after) + 1 if after in keys else len(keys)
    return {**group, "questions": [*keys[:place], question, *keys[place:]]}


def _with_key_before(group: Data, question: str, before: str | None) -> Data:
    keys = keys_of(group)
    keys.insert(keys.index(before) if before in keys else len(keys), question)
    return {**group, "questions": keys}


def _swapped(draft: Draft, one: str, other: str) -> Draft:
    """The pool with two questions in each other's place: in the implicit script its order is what is asked."""
    found = list(draft.tables("questions"))
    places = [place for place, each in enumerate(found) if each.get("key") in (one, other)]
    if len(places) == 2:
        found[places[0]], found[places[1]] = found[places[1]], found[places[0]]
    return draft.with_tables("questions", found)


def _by_criterion(draft: Draft) -> list[Data]:
    return [
        {
            "key": criterion.get("key"),
            "questions": [
                str(one.get("key")) for one in draft.tables("questions") if one.get("criterion") == criterion.get("key")
            ],
        }
        for criterion in draft.tables("criteria")
    ]
