"""What a step changed of a lead, in words: City: Bonn → Kiel, tagged vip, Bo added."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk import words
from leaddesk.db.reads.history import FactChange
from leaddesk.qualify.fields import FIELD
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money
from leaddesk.ui.answer_words import fact_words
from leaddesk.ui.field_words import value_words


def change_words(changes: Sequence[FactChange], language: str) -> str:
    """All changes of one step in one line."""
    return words.say(language, "changes", "between").join(_one(change, language) for change in changes)


def _one(change: FactChange, language: str) -> str:
    if change.of in ("tag", "person") and (change.old is None) is not (change.new is None):
        how = "added" if change.old is None else "removed"
        return words.say(language, "changes", f"{change.of}_{how}", name=change.key)
    old, new = (_value(change, value, language) for value in (change.old, change.new))
    how = "changed" if old and new else "set" if new else "emptied"
    return words.say(language, "changes", how, name=_name(change, language), old=old, new=new)


def _name(change: FactChange, language: str) -> str:
    if change.of == "fact":
        return words.say(language, "fields", change.key)
    return change.key or words.say(language, "changes", f"some_{change.of}")


def _value(change: FactChange, value: FactValue | None, language: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Money) and not value.currency:
        return f"{value.minor / 100:,.10g}"
    if change.of == "fact" and change.key in FIELD:
        return value_words(FIELD[change.key], value, language)
    return fact_words(value, language)
