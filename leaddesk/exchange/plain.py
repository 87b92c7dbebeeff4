"""Reads cells whose value is plain to see: the same as `values.read_values` gives, in a tenth of the time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from leaddesk.exchange.values import ADDRESS, NOTHING, NOTHING_LENGTH
from leaddesk.qualify.fields import FIELD, FieldKind

#: Gives the one value of a cell; None where that takes a closer look.
Plain: TypeAlias = Callable[[str], str | None]

# Edges that are cut off, or begin the ="…" of spreadsheets.
_EDGES = frozenset("=\ufeff\u200b")
_NUMBER = re.compile(r"\+?[0-9][0-9()-]*(?: [0-9()-]+)*")
_NO_DIGITS = str.maketrans("", "", "+()- ")


def plain_reader(key: str) -> Plain:
    """What reads the cells of a field that are plain to see; of a kind without such cells it sees none."""
    return _READERS.get(FIELD[key].kind, none)


def none(text: str) -> None:
    """Of fields whose every cell wants a closer look."""


def text_as_it_is(text: str) -> str | None:
    """A text without a value of its own to read: what `clean` makes of it, where that is something."""
    plain = text.strip()
    if not plain or plain[0] in _EDGES or plain[-1] in _EDGES:
        return None
    return None if len(plain) < NOTHING_LENGTH and plain.casefold() in NOTHING else plain


def _text(text: str) -> str | None:
    """Words with single blanks between them."""
    if text[0] in _EDGES or text[-1] in _EDGES or " ".join(text.split()) != text or " ::: " in text or text == "-1":
        return None
    return None if len(text) < NOTHING_LENGTH and text.casefold() in NOTHING else text


def _long_text(text: str) -> str | None:
    return None if " ::: " in text else text_as_it_is(text)


def _mail(text: str) -> str | None:
    return text if ADDRESS.fullmatch(text) and text[0] not in ".'" and ".." not in text else None


def _phone(text: str) -> str | None:
    return text if _NUMBER.fullmatch(text) and 4 <= len(text.translate(_NO_DIGITS)) <= 24 else None


_READERS: dict[FieldKind, Plain] = {
    FieldKind.TEXT: _text,
    FieldKind.HANDLE: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.EMAIL: _mail,
    FieldKind.PHONE: _phone,
}
