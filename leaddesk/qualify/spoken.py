"""A call as it was spoken: who took part, what was said at which moment, what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Given
from leaddesk.qualify.terms import Instant


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part; `title` is the job, empty where it is not known."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The next step; `time` is HH:MM or None."""

    text: str
    day: date
    time: str | None = None


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """A call that has ended. It knows nothing of scores.

    `lead`: whose name may be empty. `language`: what the lead's field says, in whatever words. `answers`: those that
    stand, in order of time, the newest a question and person. `notes`: what was written at questions without an answer.
    `playbook`: in the words it was asked with.
    """

    id: str
    lead_id: str
    lead: Person
    company: str
    email: str
    language: str
    do_not_email: bool
    started_at: Instant
    ended_at: Instant
    answers: tuple[Given, ...]
    playbook: Playbook = field(repr=False)
    notes: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    agreed: Agreed | None = None


def language_meant(text: str, offered: tuple[str, ...]) -> str | None:
    """The offered language a person's words mean (Chinese, zh-CN, 中文, English, en_GB …); None where it is another."""
    words = text.casefold().strip().replace("-", "_")
    for language in offered:
        starts, within = _NAMES.get(language, ((language.casefold(),), ()))
        if any(words == start or words.startswith(f"{start}_") for start in starts):
            return language
        if any(name in words for name in within):
            return language
    return None


# What a language is called in lists of leads: codes it begins with, names it contains.
_NAMES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("en", "eng"), ("english", "englisch", "anglais", "inglés", "angielski", "英语", "英文", "英語")),
    "zh_CN": (
        ("zh", "chi", "zho", "cmn", "cn"),
        ("chinese", "mandarin", "chinesisch", "chinois", "chino", "chiński", "中文", "汉语", "漢語", "普通话", "国语"),
    ),
}
