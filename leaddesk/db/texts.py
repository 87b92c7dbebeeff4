"""Makes what the search index keeps of leads: words of titles, companies, contact points and the rest."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from leaddesk.db import search
from leaddesk.db.engine import fetch
from leaddesk.db.reading import Columns
from leaddesk.db.states import Known, Point, full_name, title_of

#: The columns that leads are found by. As a row comes or goes, all of them change.
SEARCHED: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"account_id", "name", "given_name", "family_name", "title", "city", "external_id"}),
    "account": frozenset({"company"}),
    "contact_point": frozenset({"lead_id", "kind", "value", "normal"}),
    "note": frozenset({"lead_id", "text"}),
    "lead_tag": frozenset({"lead_id", "tag"}),
}

_NOTES = "SELECT lead_id, text FROM note WHERE lead_id IN (SELECT value FROM json_each(?)) ORDER BY +no"


def texts_of(connection: Connection, found: Sequence[Known]) -> dict[int, tuple[str, str, str, str]]:
    """What the search index keeps of leads, by number: words of title, company, contact points and the rest."""
    notes: dict[str, list[str]] = defaultdict(list)
    for lead_id, text in fetch(connection, _NOTES, json.dumps([known.id for known in found])):
        notes[lead_id].append(text)
    return {known.no: text_of_lead(known, notes.get(known.id, ())) for known in found}


def text_of_lead(known: Known, notes: Sequence[str]) -> tuple[str, str, str, str]:
    """What the search index keeps of one lead."""
    return text_of(known.row, known.points, known.tags, notes)


def text_of(
    row: Columns, points: Sequence[Point], tags: Sequence[str], notes: Sequence[str]
) -> tuple[str, str, str, str]:
    """The same, of a lead that is not read yet. `row`: as `Known.row`."""
    names = [row["name"] or "", full_name(row["given_name"], row["family_name"])]
    title = [title_of(row, points), *(name for name in names if name)]
    other = [row["external_id"] or "", row["title"] or "", row["city"] or "", *tags, *notes]
    return (
        search.words_of(" ".join(dict.fromkeys(title))),
        _words_of_company(row["firm_company"] or ""),
        _contact_words(points),
        search.words_of("\n".join(other)),
    )


#: Many work at the same company.
_words_of_company = lru_cache(maxsize=5000)(search.words_of)


def _contact_words(points: Sequence[Point]) -> str:
    numbers: list[str] = []
    words: list[str] = []
    for point in points:
        if "phone" in point.kind or point.kind == "mobile":
            numbers += (point.normal or "", point.value)
        else:
            words.append(search.words_of(point.value))
    return " ".join([*words, search.phone_words(numbers)]).strip() if numbers else " ".join(words)
