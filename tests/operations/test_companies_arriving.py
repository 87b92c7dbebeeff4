"""New leads land at the company their row names, as it stands by then: after other rows, and after other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from leaddesk.db.schema import account, lead
from leaddesk.db.store import Step, Store
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.operations.leads import delete_leads, set_facts
from tests.builders import NOW, assert_sound, store_in

_HEADER = "Name,Company,Industry,External ID"
#: Rows a hurried job writes between two looks at the clock; with no patience each such round is a transaction.
_ROUND = 50


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database whose jobs have no patience."""
    with store_in(tmp_path) as opened:
        opened.patience = 0.0
        yield opened


def bring(store: Store, folder: Path, rows: Sequence[str], between: Callable[[], object] | None = None) -> None:
    """Imports rows; `between`: what happens after the first of several transactions."""
    path = folder / "leads.csv"
    path.write_text("\n".join([_HEADER, *rows, ""]), encoding="utf-8")
    parted = 0
    for progress in store.job(import_leads, plan_import(store, path), now=NOW):
        parted += progress.between
        if between is not None and progress.between and parted == 1:
            between()
    assert between is None or parted > 1


def in_rounds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs take as many transactions as they can."""
    monkeypatch.setattr("leaddesk.db.store._SHORT", 0.0)
    store.hurry()


def places(store: Store) -> dict[str, tuple[str, str | None]]:
    """Company and industry, by the name of the lead."""
    asked = select(lead.c.name, account.c.company, account.c.industry).join(account)
    return {name: (company, industry) for name, company, industry in store.connection.execute(asked)}


def test_a_company_that_was_renamed_is_made_again_for_the_next(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, ["B,Beta,,X1", "B,Gamma,,X1", "B,Gamma,,X1", "C,Beta,,X2"])
    assert places(store) == {"B": ("Gamma", None), "C": ("Beta", None)}
    assert_sound(store)


def test_a_company_its_last_lead_left_is_made_again_for_the_next(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, ["A,Acme,,X0", "B,Beta,,X1", "B,Acme,,X1", "B,Acme,,X1", "C,Beta,,X2"])
    assert places(store) == {"A": ("Acme", None), "B": ("Acme", None), "C": ("Beta", None)}
    assert_sound(store)


def test_what_an_update_says_of_a_company_counts_for_the_next(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, ["B,Beta,,X1", "B,Beta,Logistics,X1", "B,Beta,,X1", "C,Beta,,X2"])
    assert places(store) == {"B": ("Beta", "Logistics"), "C": ("Beta", "Logistics")}
    assert_sound(store)


def test_what_an_update_says_of_a_company_counts_in_later_transactions(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_rounds(store, monkeypatch)
    first = ["B,Beta,,X1", *(f"F{number},,,F{number}" for number in range(_ROUND - 1))]
    second = ["B,Beta,Logistics,X1", *(f"G{number},,,G{number}" for number in range(_ROUND - 1))]
    bring(store, tmp_path, [*first, *second, "H,Beta,,H"], lambda: None)
    assert places(store)["H"] == ("Beta", "Logistics")
    assert_sound(store)


def _rename(step: Step) -> None:
    there = step.connection.execute(select(account.c.id)).scalar_one()
    step.update(account, there, company="Other GmbH", match_key="othergmbh", industry="Farming")


def _tell(step: Step) -> None:
    set_facts(step, _ids(step)[1], {"industry": "Farming", "website": "acme.example"})


def _delete(step: Step) -> None:
    delete_leads(step, _ids(step))


def _ids(step: Step) -> list[str]:
    return list(step.connection.execute(select(lead.c.id)).scalars())


@pytest.mark.parametrize(
    ("deed", "last"),
    [(_rename, ("Acme", "Logistics")), (_tell, ("Acme", "Farming")), (_delete, ("Acme", "Logistics"))],
)
def test_what_another_program_did_to_a_company_counts_in_later_transactions(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    deed: Callable[[Step], None],
    last: tuple[str, str],
) -> None:
    in_rounds(store, monkeypatch)
    with store_in(tmp_path) as other:
        rows = [f"P{number},Acme,{'Logistics' if number >= _ROUND else ''},X{number}" for number in range(4 * _ROUND)]
        bring(store, tmp_path, rows, lambda: other.run(deed, now=NOW))
        assert places(store)[f"P{4 * _ROUND - 1}"] == last
        assert_sound(store)
        assert_sound(other)
    assert store.undo(now=NOW) is not None
    assert_sound(store)
