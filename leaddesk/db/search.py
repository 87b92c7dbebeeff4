"""Finds leads by what is typed: an index of words, Chinese in pairs of characters, phone digits and parts of mail.

User text never becomes query syntax: it is cut into words here, and every word is quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isqrt
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, Integer, TextualSelect, column, text

from leaddesk.db.engine import driver, write_many
from leaddesk.db.reading import Reading

# Pages of the index written in one go while it is merged.
_MERGED = 2000

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_PIECES = re.compile(rf"([{_CJK}]+)|[^\W_{_CJK}]+")
_ASCII = re.compile(r"[a-z0-9]+")
_OTHERS = re.compile(r"\D+")
_PHONE = re.compile(r"[+(]?[\d\s().\-/]*\d[\d\s().\-/]*")
# Letters that unicode normalisation leaves as they are though people type them plain.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

_COLUMNS = ("title", "company", "contact", "other")

# Of private use: a letter for the index, though none that a text is left with.
_MARK = "\ue000"
_GROUP = 4
_LONGEST = 20


# ── text to words ────────────────────────────────────────────────────────────────────────────────────────────────────


def words_of(text: str) -> str:
    """A text as the index keeps it: folded words; Chinese as overlapping pairs and the last character alone."""
    plain = folded(text)
    if plain.isascii():
        return " ".join(_ASCII.findall(plain))
    found: list[str] = []
    for piece in _PIECES.finditer(plain):
        run = piece[1]
        if run is None:
            found.append(piece[0])
        else:
            found.extend(run[place : place + 2] for place in range(len(run)))
    return " ".join(found)


def folded(text: str) -> str:
    """One form for cases, widths and accents."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return unicodedata.normalize("NFC", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def phone_words(numbers: Iterable[str]) -> str:
    """Phone numbers as the index keeps them: overlapping groups of four digits, and the last three.

    So any run of three or more digits is found, and of shorter ones all but those among the last two. Each group ends
    with a mark nobody can type, so that several make no other words; a mark alone parts two numbers.
    """
    written = dict.fromkeys(_digits_of(number)[:_LONGEST] for number in numbers)
    if len(written) > 1:  # what is part of another has no groups of its own
        written = {one: None for one in written if one and not _is_part(one, written)}
    return f" {_MARK} ".join(map(_ended, written))


def _is_part(digits: str, others: Iterable[str]) -> bool:
    return len(digits) >= _GROUP and any(digits in other for other in others if other != digits)


def _groups(digits: str) -> str:
    if not digits:
        return ""
    return " ".join([digits[place : place + _GROUP] + _MARK for place in range(max(1, len(digits) - _GROUP + 1))])


def _ended(digits: str) -> str:
    """The groups of a whole number: the last three digits begin none of four."""
    return f"{_groups(digits)} {digits[1 - _GROUP :]}{_MARK}" if len(digits) >= _GROUP else _groups(digits)


def _digits_of(number: str) -> str:
    """The digits of a phone number, whatever their width."""
    return _OTHERS.sub("", number if number.isascii() else unicodedata.normalize("NFKC", number))


class Term(NamedTuple):
    """Words that stand side by side; `whole`: the last of them is all there, else only its start."""

    words: str
    whole: bool


#: A part of what is typed: one of these terms is to be there.
Wanted: TypeAlias = Sequence[Term]


def query_of(text: str) -> str | None:
    """What is typed as a query of the index, words from their start; None when nothing in it can be looked for."""
    return query_for(wanted_of(text)) or None


def query_for(wanted: Sequence[Wanted]) -> str:
    """All that is wanted as a query of the index."""
    terms = [" OR ".join([f'"{term.words}"' if term.whole else f'"{term.words}"*' for term in one]) for one in wanted]
    if len(terms) > 1:
        terms = [f"({one})" if " OR " in one else one for one in terms]
    return " AND ".join(terms)


def needles_for(wanted: Sequence[Wanted]) -> list[list[bytes]]:
    """The same as pieces of text with a blank between words: one of each list is there."""
    return [[f" {term.words}{' ' * term.whole}".encode() for term in one] for one in wanted]


def wanted_of(text: str) -> list[Wanted]:
    """What is typed, all of which is to be there; what is typed twice is wanted once."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _PHONE.fullmatch(text):
        digits = "".join(re.findall(r"\d", text))
        return [[term for way in dict.fromkeys((digits, digits.lstrip("0"))) if way for term in _run_of(way)]]
    wanted: list[Wanted] = []
    for piece in _PIECES.finditer(folded(text)):
        run = piece[1]
        if run is not None and len(run) > 1:
            pairs = " ".join(run[place : place + 2] for place in range(len(run) - 1))
            wanted.append([Term(pairs, True)])
        elif piece[0].isascii() and piece[0].isdecimal():
            wanted.append(_run_of(piece[0]))
        else:
            wanted.append([Term(piece[0], False)])
    return [one for place, one in enumerate(wanted) if one not in wanted[:place]]


def _run_of(digits: str) -> Wanted:
    """A word that begins so, or a group of a phone number; or groups of one that follow each other.

    An index made by an earlier version holds the ends of numbers as words, until it is made anew.
    """
    terms = [Term(digits, False)]
    if _GROUP < len(digits) <= _LONGEST:
        terms.append(Term(_groups(digits), True))
    return terms


# ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_index(connection: Connection) -> None:
    """Makes the index, within the caller's transaction."""
    # Without its own copy of the text where SQLite can delete from such an index. Without indexes of prefixes, which
    # would be two thirds of it: what many leads have is found in memory, and of the rest there are few.
    slim = "content='', contentless_delete=1, " if driver.sqlite_version_info >= (3, 43) else ""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE search USING fts5({', '.join(_COLUMNS)}, {slim}tokenize='unicode61 remove_diacritics 2')"
    )


def index(connection: Connection, texts: Mapping[int, tuple[str, str, str, str]]) -> None:
    """Writes leads' texts (title, company, contact, other; made of words already) by lead number, over older ones."""
    if not texts:
        return
    forget(connection, texts)
    add(connection, texts)


def add(connection: Connection, texts: Mapping[int, tuple[str, str, str, str]]) -> None:
    """As `index`, of leads the index does not know yet."""
    write_many(connection, _INSERT, [(number, *words) for number, words in texts.items()])


_INSERT = f"INSERT INTO search (rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608


def forget(connection: Connection, numbers: Iterable[int]) -> None:
    """Takes leads out of the index."""
    write_many(connection, "DELETE FROM search WHERE rowid = ?", [(number,) for number in numbers])


def optimizing(connection: Connection) -> Iterator[None]:
    """Merges the index into one piece, after many writes, some pages at a time."""
    pages = -_MERGED  # below zero it takes up all pieces, else it goes on
    before = -2
    while (written := _changes(connection)) - before >= 2:
        yield
        before = written
        connection.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
        pages = _MERGED


def _changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def search(reading: Reading, text: str, limit: int = 50) -> Sequence[int]:
    """Numbers of the leads that match, best first: those whose title matches, then by score. Nothing typed: nothing."""
    if (held := reading.orders) is not None and held.window is not None:
        return held.window.search(reading.connection, text, limit)
    query = query_of(text)
    if query is None:
        return []
    titled = _ranked(reading.connection, f"title : ({query})", limit)
    if len(titled) >= limit:
        return titled
    known = set(titled)
    others = _ranked(reading.connection, query, limit + len(titled))
    return [*titled, *(number for number in others if number not in known)][:limit]


def _ranked(connection: Connection, query: str, limit: int) -> list[int]:
    """Few matches are sorted by score; where there are many, going down the scores soon meets enough of them."""
    leads = connection.exec_driver_sql("SELECT max(lead_no) FROM standing").scalar() or 0
    # Where both cost the same: sorting one match takes as long as passing a dozen leads on the way down.
    many = isqrt(leads * limit // 12) + 1
    found = connection.exec_driver_sql(_COUNT, (query, many)).scalar_one()
    if not found:
        return []
    return list(connection.exec_driver_sql(_WALK if found >= many else _SORT, (query, limit)).scalars())


_MATCHES = "(SELECT rowid FROM search WHERE search MATCH ?)"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
_SORT = f"SELECT lead_no FROM standing WHERE lead_no IN {_MATCHES} ORDER BY score DESC, lead_no LIMIT ?"  # noqa: S608
_WALK = _SORT.replace("FROM standing", "FROM standing INDEXED BY standing_best")


def index_rows(query: str) -> TextualSelect:
    """The numbers of the leads that meet a query, as a part of another statement."""
    return (
        text("SELECT rowid FROM search WHERE search MATCH :query")
        .bindparams(query=query)
        .columns(column("rowid", Integer))
    )


def catch_up(connection: Connection) -> None:
    """Lets a connection see the index as others left it.

    Asked for its integrity first, SQLite holds what it remembers of the index against what lies in the file by now.
    """
    connection.exec_driver_sql("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (_MARK,)).all()


def knows(connection: Connection, number: int, word: str) -> bool:
    """Whether a lead is found by a word as the index keeps it."""
    query = 'title : "' + word.replace('"', "") + '"'
    sql = "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?"
    return connection.exec_driver_sql(sql, (query, number)).first() is not None
