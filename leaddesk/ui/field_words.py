"""Facts and values of a team's own fields in words: by their kind, and as they are where they do not fit it."""

from __future__ import annotations

from dataclasses import dataclass

from leaddesk import words
from leaddesk.qualify.custom import CustomField, own_name, read_custom
from leaddesk.qualify.fields import Field, FieldKind
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money
from leaddesk.ui import figures
from leaddesk.ui.answer_words import fact_words


@dataclass(frozen=True, slots=True)
class Told:
    """What a value says; `fits`: whether it is what its field asks for."""

    text: str
    fits: bool = True


def custom_words(field: CustomField, text: str, language: str, *, short: bool = False) -> Told:
    """A custom value in words; one that does not fit its kind as it is."""
    try:
        value = read_custom(field, text)
    except ValueError:
        return Told(text, fits=False)
    if short and isinstance(value, Money):
        return Told(figures.short_money(value, language))
    return Told(fact_words(value, language))


def value_words(field: Field, value: FactValue, language: str) -> str:
    """A fact in words: choices and languages by their names."""
    if field.kind is FieldKind.CHOICE:
        return words.say(language, "kinds", f"{field.key}.{value}")
    if field.key == "language":
        return language_name(str(value), language)
    return fact_words(value, language)


def field_name(field: Field | CustomField, language: str) -> str:
    """What a field is called."""
    return field.name if isinstance(field, CustomField) else words.say(language, "fields", field.key)


def fact_name(fact: str, language: str) -> str:
    """What the field of a fact is called; one of a team's own by its name."""
    return own_name(fact) or words.say(language, "fields", fact)


def language_name(code: str, language: str) -> str:
    """The name of a language by its code, `de-AT` as German; what is no known code as it is."""
    key = code.replace("_", "-").partition("-")[0].lower()
    named = words.section_of(language, "languages").get(key)
    return named or code


def language_code(text: str, language: str) -> str:
    """The code of a language by its name in either language of the program; what is no known name as it is."""
    wanted = text.strip().casefold()
    for spoken in (language, *words.LANGUAGES):
        for code, name in words.section_of(spoken, "languages").items():
            if name.casefold() == wanted:
                return code
    return text.strip()


def language_names(language: str) -> list[str]:
    """The names of the languages that are known, in order."""
    return sorted(words.section_of(language, "languages").values(), key=str.casefold)
