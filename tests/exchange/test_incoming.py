"""What a row says of a lead."""

from __future__ import annotations

from pathlib import Path

from leaddesk.exchange.incoming import Incoming, incoming
from leaddesk.exchange.tables import find_layout
from leaddesk.exchange.values import Style


def _only(folder: Path, text: str, *fields: str) -> Incoming:
    path = folder / "leads.csv"
    path.write_text(text, encoding="utf-8")
    (row,) = incoming(find_layout(path), fields, [Style()] * len(fields))
    assert isinstance(row, Incoming)
    return row


def test_a_cell_may_hold_thousands_of_addresses_and_tags(tmp_path: Path) -> None:
    mails, tags = [f"a{n}@b.de" for n in range(20_000)], [f"t{n}" for n in range(20_000)]
    again = f"{';'.join(mails)};{mails[0]}"
    row = _only(tmp_path, f'Email,Tags\n{again},"{",".join(tags)},t0"\n', "email", "tags")
    assert row.points == [("email", mails[0]), *(("other_email", mail) for mail in mails[1:])]
    assert row.tags == tags


def test_the_same_number_in_two_columns_is_one(tmp_path: Path) -> None:
    row = _only(tmp_path, "Phone,Mobile,Office\n0301234,0301234,0305678\n", "phone", "mobile", "phone")
    assert row.points == [("phone", "0301234"), ("other_phone", "0305678")]
