"""Phone numbers as they are dialled from anywhere (E.164), quickly where a number is written as most are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata

# Digits with blanks, dots, dashes, slashes and brackets between them.
_PLAIN = re.compile(r"[+(]?[0-9][0-9 ().\-/]*[0-9]")
_SIGNS = str.maketrans("", "", "+ ().-/")
_FEWEST, _MOST = 5, 15


@lru_cache(maxsize=20_000)
def dialled(text: str, region: str | None) -> str | None:
    """A number as E.164, or its digits where it is none, or nothing. `region`: ISO country it is dialled from."""
    plain = _plainly(text, region)
    if plain is not None:
        return plain
    import phonenumbers

    spoken = re.sub(r"(转|分机|ext\.?)", "x", text)
    try:
        number = phonenumbers.parse(spoken, region)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", re.split(r"[xX#]", spoken)[0]) or None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _plainly(text: str, region: str | None) -> str | None:
    """What the library would say, where its rules leave no doubt; None where only it can tell."""
    if not _PLAIN.fullmatch(text):
        return None
    digits = text.translate(_SIGNS)
    if text[0] == "+":
        return _abroad(digits)
    rules = _rules_of_region(region) if region else None
    if rules is None or digits.startswith(rules.code) or rules.starts_abroad(digits):
        return None
    return _joined(rules, digits)


def _abroad(digits: str) -> str | None:
    for length in (1, 2, 3):
        rules = _rules_of_code(digits[:length])
        if rules is not None:
            return _joined(rules, digits[length:])
    return None


def _joined(rules: _Rules, digits: str) -> str | None:
    if not _FEWEST <= len(digits) <= _MOST or not digits.strip("0"):
        return None
    if rules.prefix is not None and (found := rules.prefix.match(digits)):
        # What is dialled before numbers within the country goes, where the rest is one beyond doubt.
        rest = digits[found.end() :]
        if found.lastindex or len(rest) not in rules.lengths or not rules.number.fullmatch(rest):
            return None
        digits = rest
    return f"+{rules.code}{digits}"


@dataclass(frozen=True, slots=True)
class _Rules:
    """How numbers of a country look. `prefix`: what is dialled before them at home; `abroad`: to get out of it."""

    code: str
    prefix: re.Pattern[str] | None
    abroad: re.Pattern[str] | None
    number: re.Pattern[str]
    lengths: frozenset[int]

    def starts_abroad(self, digits: str) -> bool:
        """Whether a number begins with what is dialled to get out of the country."""
        return self.abroad is not None and self.abroad.match(digits) is not None


@cache
def _rules_of_region(region: str) -> _Rules | None:
    from phonenumbers import PhoneMetadata

    return _rules(PhoneMetadata.metadata_for_region(region.upper(), None))


@cache
def _rules_of_code(code: str) -> _Rules | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, region_code_for_country_code

    if code.startswith("0") or int(code) not in COUNTRY_CODE_TO_REGION_CODE:
        return None
    region = region_code_for_country_code(int(code))
    return _rules(PhoneMetadata.metadata_for_region_or_calling_code(int(code), region))


def _rules(known: PhoneMetadata | None) -> _Rules | None:
    general = known.general_desc if known is not None else None
    if known is None or general is None or general.national_number_pattern is None:
        return None
    prefix, abroad = known.national_prefix_for_parsing, known.international_prefix
    return _Rules(
        code=str(known.country_code),
        prefix=re.compile(prefix) if prefix else None,
        abroad=re.compile(abroad) if abroad else None,
        number=re.compile(general.national_number_pattern),
        lengths=frozenset(general.possible_length) - frozenset(general.possible_length_local_only),
    )
