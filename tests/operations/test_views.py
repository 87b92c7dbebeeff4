"""Saved views: kept, renamed, changed, pinned, reordered, deleted; each refused where it must be, each undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db import schema
from leaddesk.db.reads.views import find_view, problems_in, saved_views
from leaddesk.db.store import Store
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.fields import add_field, change_field
from leaddesk.operations.views import change_view, delete_view, pin_view, place_view, rename_view, save_view
from leaddesk.qualify.filtering.tree import All, AnyOf, Between, Has, Is, Not
from tests.builders import NOW, do, entered, store_in

MINE = All((Is("owner", ("Anna",)), Between("score", 40, None)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    with store_in(tmp_path) as opened:
        yield opened


def _save(store: Store, name: str, **more: object) -> str:
    return store.run(save_view, name, MINE, now=NOW, **more)[0]


def _names(store: Store) -> list[str]:
    return [view.name for view in saved_views(store)]


def test_a_view_comes_back_as_it_was_kept(store: Store) -> None:
    view_id = _save(store, "  Worth a   call ", look={"order": "score"}, pinned=True)
    (view,) = saved_views(store)
    assert (view.id, view.name, view.where, view.look, view.pinned) == (
        view_id,
        "Worth a call",
        MINE,
        {"order": "score"},
        True,
    )
    assert find_view(store, "worth a CALL").id == view_id


def test_names_are_wanted_short_and_free(store: Store) -> None:
    first = _save(store, "Überfällig")
    for name, code in (("  ", "view_name_wanted"), ("x" * 61, "view_name_long")):
        with pytest.raises(BadValue, match=code):
            _save(store, name)
    with pytest.raises(Refused, match="view_name_taken"):
        _save(store, "ÜBERFÄLLIG")
    store.run(rename_view, first, "überfällig", now=NOW)
    assert _names(store) == ["überfällig"]


def test_order_pins_and_other_filters(store: Store) -> None:
    ids = [_save(store, name) for name in "abc"]
    store.run(place_view, ids[2], 0, now=NOW)
    assert _names(store) == ["c", "a", "b"]
    store.run(place_view, ids[2], 99, now=NOW)
    assert _names(store) == ["a", "b", "c"]
    store.run(pin_view, ids[0], now=NOW)
    store.run(change_view, ids[1], None, now=NOW)
    views = saved_views(store)
    assert [view.pinned for view in views] == [True, False, False]
    assert views[1].where == All(())
    with pytest.raises(NotFound):
        store.run(delete_view, "nobody", now=NOW)


def test_each_step_is_undone_and_redone(store: Store) -> None:
    first, second = _save(store, "first"), _save(store, "second", look={"order": "score"})
    for operation, args in (
        (save_view, ("third", MINE)),
        (rename_view, (first, "other")),
        (change_view, (first, Is("stage", ("new",)), {"order": "value"})),
        (pin_view, (first,)),
        (place_view, (second, 0)),
        (delete_view, (first,)),
    ):
        before = entered(store)
        store.run(operation, *args, now=NOW)
        after = entered(store)
        assert after != before
        last = store.last_undoable()
        assert last is not None
        assert last.name == operation.name
        store.undo(now=NOW)
        assert entered(store) == before
        store.redo(now=NOW)
        assert entered(store) == after
        store.undo(now=NOW)


def test_a_view_that_cannot_be_read_says_so(store: Store) -> None:
    view_id = _save(store, "spoiled")
    do(store, lambda step: step.update(schema.saved_view, view_id, filters='{"is": 3}', look="[]"))
    (view,) = saved_views(store)
    assert view.where is None
    assert view.problems
    assert view.look == {}


def test_a_field_of_a_teams_own_keeps_its_views_under_another_name(store: Store) -> None:
    field_id = store.run(add_field, "Hue", "text", now=NOW)[0]
    asked = AnyOf((Is("custom.Hue", ("red",)), Not(Has("custom.Hue", "x"))))
    store.run(save_view, "coloured", asked, now=NOW)
    store.run(change_field, field_id, "Colour", now=NOW)
    (view,) = saved_views(store)
    assert view.where == AnyOf((Is("custom.Colour", ("red",)), Not(Has("custom.Colour", "x"))))
    assert problems_in(store, asked)[0].code == "field_gone"
    assert problems_in(store, view.where) == []
    store.undo(now=NOW)
    assert saved_views(store)[0].where == asked
