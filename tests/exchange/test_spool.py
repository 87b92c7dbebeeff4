"""What could not be saved lies whole in its folder, and is found again by the next run."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.exchange.spool import Kept, Spool
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing

sayings = st.one_of(
    st.builds(Said, keys=st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple)),
    st.builds(Said, money=st.builds(Money, st.integers(0, 10**15), st.sampled_from(("EUR", "CNY")))),
    st.builds(Said, number=st.floats(0, 1e12)),
    st.builds(Said, day=st.dates()),
    st.builds(Said, text=st.text()),
    st.builds(Said, heard=st.sampled_from((Standing.EVADED, Standing.UNKNOWN))),
)


@given(st.text(st.characters(codec="utf-8")), sayings, st.text(), st.integers(0, 2**45))
def test_the_next_run_reads_what_was_kept(tmp_path_factory: object, note: str, said: Said, by: str, at: int) -> None:
    folder = tmp_path_factory.mktemp("spool")  # type: ignore[attr-defined]
    kept = (Kept("1", "call", "q", at, note=note), Kept("2", "call", "q", at, said=said, by=by))
    spool = Spool(folder / "unsaved")
    assert all(spool.keep(one) for one in kept)
    assert Spool(folder / "unsaved").all() == kept


def test_a_newer_text_takes_the_place_of_the_older(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.keep(Kept("1", "call", "q", 1, note="half"))
    spool.keep(Kept("2", "call", "q", 2, note="half a word"))
    spool.keep(Kept("3", "other", "q", 2, note="elsewhere"))
    assert [one.note for one in Spool(tmp_path).all("call")] == ["half a word"]
    assert len(list(tmp_path.iterdir())) == 2


def test_what_the_database_has_is_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.keep(Kept("1", "call", "q", 1, note="half"))
    spool.drop("1")
    spool.drop("1")
    assert spool.all() == ()
    assert Spool(tmp_path).all() == ()


def test_of_two_left_by_a_power_cut_the_newer_counts(tmp_path: Path) -> None:
    for number, note in (("1", "old"), ("2", "new")):
        Spool(tmp_path / number).keep(Kept(number, "call", "q", 1, note=note))
        (tmp_path / number / f"{number}.json").rename(tmp_path / f"{number}.json")
    assert [one.note for one in Spool(tmp_path).all()] == ["new"]


def test_what_cannot_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    for number, text in enumerate(("", "{", "[]", '{"id": 1}', "null", "\0")):
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    (tmp_path / "x.new").write_text("half", encoding="utf-8")
    assert Spool(tmp_path).all() == ()
    assert len(list(tmp_path.iterdir())) == 7


def test_a_folder_that_cannot_be_made_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    spool = Spool(tmp_path / "file" / "unsaved")
    kept = Kept("1", "call", "q", 1, note="half")
    assert not spool.keep(kept)
    assert spool.all() == (kept,)
    spool.drop("1")
    assert spool.all() == ()
