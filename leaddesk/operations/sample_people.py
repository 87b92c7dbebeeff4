"""Invents who a sample lead is: the person, the company, where they are and how to reach them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any, TypeVar

from leaddesk.operations.accounts import match_key
from leaddesk.resources import text_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A country with what is usual there."""

    country: str
    words: str
    language: str
    currency: str
    zone: str
    regions: Sequence[str]
    cities: Sequence[str]
    phones: Sequence[str]
    mobiles: Sequence[str]
    names: Sequence[str]
    forms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A channel leads come through."""

    name: str
    name_zh: str
    origin: str
    campaign: str | None


@dataclass(frozen=True, slots=True)
class Industry:
    """A line of business and the words its companies are named with. `suits`: 2 best."""

    name: str
    name_zh: str
    words: Sequence[str]
    words_zh: Sequence[str]
    suits: int


@dataclass(frozen=True, slots=True)
class Said:
    """Texts people write and say, in one language. `texts`: free text answers by question, and `other`."""

    tags: Sequence[str]
    tasks: Sequence[str]
    notes: Sequence[str]
    quotes: Sequence[str]
    texts: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Company:
    """An invented company; `key` is what it is found again by. Of some, not everything is known yet."""

    name: str
    key: str
    industry: str | None
    size: int | None
    website: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `stage`, `value` (major units) and `hot` are given only where the cast says so."""

    name: str
    given: str | None
    family: str | None
    mail: str
    job: str
    department: str
    place: Place
    city: int
    phone: str | None
    mobile: str | None
    source: Source
    owner: str
    said: Said
    stage: str | None = None
    value: int | None = None
    hot: bool = False


class Vocabulary:
    """What sample leads are made of, read from `resources/demo/names.toml`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._reps: Mapping[str, Sequence[str]] = {"en": data["reps"], "zh": data["reps_zh"]}
        self._names: Mapping[str, Mapping[str, Sequence[str]]] = data["names"]
        self._unusual: Mapping[str, Sequence[str]] = data["unusual"]
        self._first: Mapping[str, Sequence[str]] = {
            "en": data["companies"]["first"],
            "zh": data["companies"]["first_zh"],
        }
        self._jobs: Mapping[str, Any] = data["jobs"]
        self._said = {key: Said(**value) for key, value in data["said"].items()}
        self._places: Sequence[Place] = _spread(data["places"], _place)
        self._sources: Sequence[Source] = _spread(data["sources"], _source)
        self._industries: Sequence[Industry] = _spread(data["industries"], _industry)
        self._near = tuple(industry for industry in self._industries if industry.suits)
        self._by_country = {place.country: place for place in self._places}
        self._cast: Sequence[Mapping[str, Any]] = data["cast"]

    def place(self, random: Random, index: int) -> Place:
        """Where lead number `index` is."""
        if index < len(self._cast):
            return self._by_country[self._cast[index]["place"]]
        return pick(random, self._places)

    def stage(self, index: int) -> str | None:
        """The stage the cast wants lead number `index` in."""
        return str(self._cast[index]["stage"]) if index < len(self._cast) else None

    def company(self, random: Random, index: int, place: Place, near: bool) -> Company:
        """The company of lead number `index`; a `near` one is close to the ideal customer."""
        size = _size(random, near)
        industry = pick(random, self._near if near else self._industries)
        if index < len(self._cast):
            cast = self._cast[index]
            name, branch, size = str(cast["company"]), str(cast["industry"]), int(cast["size"])
        elif index % 41 == 17:
            name, branch = pick(random, self._unusual["companies"]), industry.name
        elif place.words == "zh":
            front = pick(random, place.cities) if index >= _FEW and random.random() < 0.5 else ""
            name = front + pick(random, self._first["zh"]) + pick(random, industry.words_zh) + pick(random, place.forms)
            branch = industry.name_zh
        else:
            middle = f" {pick(random, place.cities)}" if index >= _FEW and random.random() < 0.5 else ""
            first, second = pick(random, self._first["en"]), pick(random, industry.words)
            name, branch = f"{first}{middle} {second} {pick(random, place.forms)}", industry.name
        known = near or index < len(self._cast)
        return Company(
            name=name,
            key=match_key(name),
            industry=branch if known or random.random() < 0.85 else None,
            size=size if known or random.random() < 0.6 else None,
            website=f"https://{slug(name) or f'company-{index}'}.example.com",
        )

    def person(self, random: Random, index: int, place: Place, near: bool) -> Person:
        """The person of lead number `index`."""
        zh = place.words == "zh"
        names = self._names[pick(random, place.names)]
        one, two = int(random.random() * len(names["given"])), int(random.random() * len(names["family"]))
        given: str | None = names["given"][one]
        family: str | None = names["family"][two]
        name = f"{family}{given}" if zh else f"{given} {family}"
        mail = f"{names.get('given_mail', names['given'])[one]}.{names.get('family_mail', names['family'])[two]}"
        jobs: Sequence[str] = self._jobs["zh" if zh else "en"]
        upper = self._jobs["decide"] + self._jobs["shape"] if near else len(jobs)
        job = jobs[int(random.random() * upper)]
        stage, value, hot = None, None, False
        if index < len(self._cast):
            cast = self._cast[index]
            name, mail, job, given, family = cast["name"], cast["mail"], cast["job"], None, None
            stage, value, hot = cast["stage"], cast.get("value"), bool(cast.get("hot"))
        elif index % 43 == 29:
            name, given, family = pick(random, self._unusual["names"]), None, None
        local = slug(mail, ".") or "lead"
        house = ("com", "org", "net")[index % 3]
        return Person(
            name=name,
            given=given,
            family=family,
            mail=f"{local}{'' if index < len(self._cast) else index}@example.{house}",
            job=job,
            department=pick(random, self._jobs["departments_zh" if zh else "departments"]),
            place=place,
            city=int(random.random() * len(place.cities)),
            phone=_digits(random, pick(random, place.phones)) if random.random() < 0.94 else None,
            mobile=_digits(random, pick(random, place.mobiles)) if place.mobiles and random.random() < 0.3 else None,
            source=pick(random, self._sources),
            owner=pick(random, self._reps["zh" if zh else "en"]),
            said=self._said["zh" if zh else "en"],
            stage=stage,
            value=value,
            hot=hot,
        )

    def other_name(self, random: Random, place: Place) -> str:
        """The name of somebody else at the company."""
        names = self._names[pick(random, place.names)]
        given, family = pick(random, names["given"]), pick(random, names["family"])
        return f"{family}{given}" if place.words == "zh" else f"{given} {family}"


# So many companies are told apart by their plain names; later ones carry a city as well.
_FEW = 400


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return Vocabulary(tomllib.loads(text_of("demo", "names.toml")))


def pick(random: Random, things: Sequence[T]) -> T:
    """One of the things, each as likely."""
    return things[int(random.random() * len(things))]


@lru_cache(maxsize=4096)
def slug(text: str, gap: str = "-") -> str:
    """A name as a web or mail address writes it; empty where nothing of it is Latin."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", gap, plain).strip(gap)[:40]


_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "'": None})


def _digits(random: Random, pattern: str) -> str:
    return "".join(str(int(random.random() * 10)) if letter == "#" else letter for letter in pattern)


def _size(random: Random, near: bool) -> int:
    if near:
        return 50 + int(random.random() ** 2 * 1200)
    return 2 + int(random.random() ** 3 * 4000)


def _spread(entries: Sequence[Mapping[str, Any]], make: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """Each entry as often as its weight says, so that picking one is a single step."""
    return tuple(thing for entry in entries for thing in (make(entry),) * entry["weight"])


def _place(entry: Mapping[str, Any]) -> Place:
    kept = {key: value for key, value in entry.items() if key != "weight"}
    return Place(**{"mobiles": (), **kept})


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(entry["name"], entry["name_zh"], entry["origin"], entry.get("campaign"))


def _industry(entry: Mapping[str, Any]) -> Industry:
    return Industry(entry["name"], entry["name_zh"], entry["words"], entry["words_zh"], entry["suits"])
