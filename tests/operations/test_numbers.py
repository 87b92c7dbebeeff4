"""Numbers found quickly are the ones the library of phone numbers finds."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.operations.numbers import dialled

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
KINDS = [
    getattr(phonenumbers.PhoneNumberType, name)
    for name in ("FIXED_LINE", "MOBILE", "TOLL_FREE", "VOIP", "PREMIUM_RATE")
]
FORMATS = [getattr(phonenumbers.PhoneNumberFormat, name) for name in ("E164", "INTERNATIONAL", "NATIONAL", "RFC3966")]


def by_the_library(text: str, region: str | None) -> str | None:
    """As it was found before there was a quick way."""
    spoken = re.sub(r"(转|分机|ext\.?)", "x", text)
    try:
        number = phonenumbers.parse(spoken, region)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", re.split(r"[xX#]", spoken)[0]) or None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize("region", REGIONS)
def test_numbers_of_every_country_written_in_every_way(region: str) -> None:
    for kind in KINDS:
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        texts = [phonenumbers.format_number(number, form) for form in FORMATS]
        digits = phonenumbers.national_significant_number(number)
        code = str(number.country_code)
        texts += [digits, f"0{digits}", f"8{digits}", f"1{digits}", f"{code}{digits}", f"00{code}{digits}"]
        texts += [f"+{code} 0{digits}", f"+{code} (0) {digits}", digits[1:], digits[:-2], f"{digits}99", f"011{digits}"]
        for text in texts:
            for dialled_from in (region, "DE"):
                assert dialled(text, dialled_from) == by_the_library(text, dialled_from), (text, dialled_from)


LIKE_NUMBERS = st.builds(
    lambda head, groups: head + "".join(groups),
    st.sampled_from(
        ["", "+", "00", "0", "(0", "+1", "+44 ", "+49 ", "+86", "+39 0", "+7 8", "+54 9 ", "+55 0", "+52 1"]
    ),
    st.lists(
        st.builds(
            str.__add__, st.sampled_from(["", " ", "-", " (", ") ", "/", ".", "  "]), st.from_regex(r"\A[0-9]{1,5}\Z")
        )
    ),
)


@settings(max_examples=500)
@given(LIKE_NUMBERS, st.sampled_from([None, *REGIONS]))
def test_whatever_digits_there_are(text: str, region: str | None) -> None:
    assert dialled(text, region) == by_the_library(text, region)


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("+48 600 100 200", None, "+48600100200"),
        ("030 1234567", "DE", "+49301234567"),
        ("06 12345678", "IT", "+390612345678"),
        ("021-62811234转8001", "CN", "+862162811234"),
        ("no number", None, None),
    ],
)
def test_the_forms_people_write(text: str, region: str | None, found: str | None) -> None:
    assert dialled(text, region) == found
