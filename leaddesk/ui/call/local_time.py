"""What time it is where the lead is, from its time zone, city, phone number or country; silent rather than wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant

# Decent hours to ring somebody up at work.
_FROM, _TO = 8, 19
_SATURDAY = 5

# Countries by the Chinese names a list of leads is likely to hold; English names come with the zone tables.
_CHINESE = {"中国": "CN", "香港": "HK", "台湾": "TW", "澳门": "MO", "日本": "JP", "韩国": "KR", "新加坡": "SG"}
_CHINESE |= {"德国": "DE", "法国": "FR", "英国": "GB", "意大利": "IT", "西班牙": "ES", "波兰": "PL", "荷兰": "NL"}
_CHINESE |= {"印度": "IN", "泰国": "TH", "越南": "VN", "马来西亚": "MY", "菲律宾": "PH", "瑞士": "CH", "瑞典": "SE"}
_ALIASES = {"uk": "GB", "england": "GB", "great britain": "GB", "czechia": "CZ", "deutschland": "DE", "polska": "PL"}
_ALIASES |= {"the netherlands": "NL", "south korea": "KR", "uae": "AE", "vietnam": "VN", "china": "CN"}
# One clock rules the country, whatever its far west keeps.
_ONE_CLOCK = {"CN": "Asia/Shanghai", "DE": "Europe/Berlin"}


def local_time(facts: Mapping[str, FactValue], phones: Sequence[str], now: Instant) -> datetime | None:
    """The lead's own clock at an instant; None where it cannot be told."""
    moment = datetime.fromtimestamp(now / 1000, UTC)
    zones = _zones(facts, phones)
    times = [moment.astimezone(ZoneInfo(zone)) for zone in zones]
    if not times or len({time.utcoffset() for time in times}) > 1:
        return None
    return times[0]


def is_decent(clock: datetime) -> bool:
    """Whether people are at work at this time of their day."""
    return clock.weekday() < _SATURDAY and _FROM <= clock.hour < _TO


def _zones(facts: Mapping[str, FactValue], phones: Sequence[str]) -> tuple[str, ...]:
    """The zones it may be in, by the first of the facts that tells any."""
    written = facts.get("time_zone")
    if isinstance(written, str) and written.strip() in _by_zone_name():
        return (written.strip(),)
    city = _folded(facts.get("city"))
    if city in _cities():
        return (_cities()[city],)
    for phone in phones:
        found = _zones_of_number(phone)
        if found:
            return found
    country = _folded(facts.get("country"))
    code = _countries().get(country) or _ALIASES.get(country) or _CHINESE.get(country)
    if code is None:
        return ()
    return (_ONE_CLOCK[code],) if code in _ONE_CLOCK else _zones_of_country().get(code, ())


def _folded(value: FactValue | None) -> str:
    """Lower-case without accents: Gdańsk → gdansk."""
    if not isinstance(value, str):
        return ""
    plain = unicodedata.normalize("NFKD", value.strip())
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold().replace("_", " ")


def _zones_of_number(phone: str) -> tuple[str, ...]:
    if not phone.strip().startswith(("+", "00")):
        return ()
    # Loading its tables takes longer than a frame: only when a lead with a number is on screen.
    import phonenumbers
    from phonenumbers import timezone

    try:
        number = phonenumbers.parse("+" + phone.strip().removeprefix("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return ()
    known = _by_zone_name()
    return tuple(zone for zone in timezone.time_zones_for_number(number) if zone in known)


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, ...], ...]:
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _by_zone_name() -> frozenset[str]:
    return frozenset(row[2] for row in _rows()) | {"UTC"}


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, str]:
    return {_folded(zone.rsplit("/", 1)[-1]): zone for zone in sorted(_by_zone_name()) if "/" in zone}


@lru_cache(maxsize=1)
def _zones_of_country() -> Mapping[str, tuple[str, ...]]:
    zones: dict[str, tuple[str, ...]] = {}
    for code, _, zone, *_ in _rows():
        zones[code] = (*zones.get(code, ()), zone)
    return zones


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Country codes by English name and by themselves, folded."""
    text = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    pairs = [line.split("\t")[:2] for line in text.splitlines() if line and not line.startswith("#")]
    return {_folded(name): code for code, name in pairs} | {code.casefold(): code for code, _ in pairs}
