"""What is plain to see in a cell is what a closer look finds; a column reads each cell as if it were the first."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaddesk.exchange.incoming import Incoming, incoming
from leaddesk.exchange.mapping import CUSTOM
from leaddesk.exchange.plain import plain_reader, text_as_it_is
from leaddesk.exchange.tables import find_layout
from leaddesk.exchange.values import Style, clean, is_nothing, read_values
from leaddesk.qualify.fields import FIELDS

PIECES = (
    *"abcXYZ019 -+().,/'\"=@_:;~#*&%\t\u3000\ufeff\u200b，；、转王晓明é",
    *("::: ", " ::: ", "..", "  ", "n/a", "-1", "null", "--", "Select", "mailto:", "ext", "@example.com", "+49 30 "),
)
CELLS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join) | st.text(min_size=1, max_size=20)
ALIKE = ("Kowalska", "+48 600 100 200", "anna@example.com", "(030) 123-456", "'a@b.cd", ".a@b.cd", "a..b@c.de")


@pytest.mark.parametrize("key", [field.key for field in FIELDS])
def test_plain_to_see_is_what_a_closer_look_finds(key: str) -> None:
    plain = plain_reader(key)

    @given(CELLS)
    def test(text: str) -> None:
        value = plain(text)
        if value is not None:
            assert [value] == read_values(key, text, Style())

    for text in ALIKE:
        example(text)(test)
    test()


@given(CELLS)
def test_a_cell_of_no_field_is_kept_as_it_is(text: str) -> None:
    kept = text_as_it_is(text)
    if kept is None:
        edges = text.strip()[:1] + text.strip()[-1:]
        assert is_nothing(clean(text)) or set(edges) & set("=\ufeff\u200b")
    else:
        assert kept == clean(text)
        assert not is_nothing(kept)


@pytest.mark.parametrize(
    ("key", "text"), [("title", "Head of Sales"), ("email", "a@b.cd"), ("phone", "+49 30 1234567")]
)
def test_most_cells_are_plain_to_see(key: str, text: str) -> None:
    assert plain_reader(key)(text) == text


def read(path: Path, header: list[str], fields: list[str], lines: list[list[str]]) -> list[Incoming]:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    layout = find_layout(path, encoding="utf-8", delimiter=",", header_line=1)
    found = list(incoming(layout, fields, [Style() for _ in fields]))
    return [row for row in found if isinstance(row, Incoming)]


def said(row: Incoming) -> tuple[object, ...]:
    return row.facts, row.points, row.tags, row.notes, row.custom, row.unread, row.of_company


def test_a_cell_says_the_same_however_many_came_before(tmp_path: Path) -> None:
    header = ["Id", "Name", "Company", "Industry", "Size", "Mail", "Phone", "Tags", "Source", "Other"]
    fields = ["external_id", "name", "company", "industry", "size", "email", "phone", "tags", "source", CUSTOM]
    rows = [
        ["1", "Anna  K", "Acme", "Retail", "51-200", "a@b.cd, c@d.ef", "+49 30 1234", "vip, new", "web", "N/A"],
        ["2", "n/a", "Acme", "Retail", "50", "a@b.cd", "not a number", "vip", "web", " x "],
        ["3", "-", "-", "-", "-1", "nobody", "030 1234", "-", "-1", '="7"'],
        ["4", "Tom", "Beta", "", "many", "t@b.cd", "030 1234; 040 12345", "", "fair", "-1"],
    ]
    alone = [said(read(tmp_path / "one.csv", header, fields, [row])[0]) for row in rows]
    # So many that each column forgets once, those whose cells all differ for good.
    many = [[f"L{turn}", f"N{turn}", *rows[turn % 4][2:]] for turn in range(9000)]
    together = read(tmp_path / "many.csv", header, fields, [*rows, *many, *rows])
    assert [said(row) for row in together[:4]] == alone
    assert [said(row) for row in together[-4:]] == alone
