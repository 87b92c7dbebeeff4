"""Which leads are meant by --where, --view and their neighbours, and the verb of views."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.commandline.arguments import WrongUse
from leaddesk.commandline.output import Json, Report, shortened
from leaddesk.commandline.session import Session, language_of, opened
from leaddesk.errors import BadValue, NotFound

if TYPE_CHECKING:
    from leaddesk.db.reads.filters import Filters, Order
    from leaddesk.db.reads.views import SavedView
    from leaddesk.qualify.filtering.packed import FilterProblem
    from leaddesk.qualify.filtering.tree import Where
    from leaddesk.ui.filtering.wording import FilterWords

# What --owner takes for: nobody's.
_NOBODY = "none"


def filters_of(session: Session, arguments: Namespace) -> Filters:
    """What the options ask of leads, all of it. NotFound `stage`, `view`; BadValue where a filter makes no sense."""
    from leaddesk.db.reads.filters import Filters
    from leaddesk.qualify.filtering.tree import All

    stage: str | None = getattr(arguments, "stage", None)  # a board shows all of them
    if stage is not None and stage not in session.playbook.stage:
        raise NotFound("stage", name=stage, choices=", ".join(session.playbook.stage))
    parts = _wheres(session, arguments)
    owner = "" if arguments.owner == _NOBODY else arguments.owner
    where = All(tuple(parts)) if parts else None
    return Filters(arguments.search, source=arguments.source, owner=owner, stage=stage, where=where)


def _wheres(session: Session, arguments: Namespace) -> list[Where]:
    parts: list[Where] = []
    if arguments.view is not None:
        parts.append(_where_of_view(session, arguments.view))
    if arguments.where is not None:
        parts.append(_typed(session, arguments.where))
    return parts


def order_of(session: Session, arguments: Namespace) -> Order:
    """The order of a board: the one typed, else that of the view, else by urgency."""
    from leaddesk.db.reads.filters import Order
    from leaddesk.db.reads.views import find_view

    typed: str | None = arguments.sort
    kept = find_view(session.reader, arguments.view).look.get("order") if arguments.view is not None else None
    order = typed or kept
    return Order(order) if isinstance(order, str) and order in set(Order) else Order.URGENCY


def told_of(session: Session, arguments: Namespace) -> str:
    """In words which leads are meant; empty where all are."""
    owner = session.say("owner_nobody") if arguments.owner == _NOBODY else arguments.owner
    said = _words(session)
    parts = [f"“{arguments.search.strip()}”" if arguments.search.strip() else "", arguments.source, owner]
    return " · ".join([part for part in parts if part] + [said.where(one) for one in _wheres(session, arguments)])


def views(arguments: Namespace) -> Report:
    """All views; or one more, or one less."""
    if arguments.save is not None and arguments.delete is not None:
        raise WrongUse(words.say(language_of(arguments.lang), "cli", "save_or_delete"))
    with opened(arguments) as session:
        if arguments.save is not None:
            return _save(session, arguments)
        if arguments.delete is not None:
            return _delete(session, arguments.delete)
        return _listed(session)


def _save(session: Session, arguments: Namespace) -> Report:
    from leaddesk.operations.views import save_view

    where = _typed(session, arguments.where) if arguments.where is not None else None
    view_id = session.do(save_view, arguments.save, where, None, arguments.pin)
    return Report({"id": view_id}, [session.say("view_saved", name=arguments.save)])


def _delete(session: Session, name: str) -> Report:
    from leaddesk.db.reads.views import find_view
    from leaddesk.operations.views import delete_view

    view = find_view(session.reader, name)
    session.do(delete_view, view.id)
    return Report({"id": view.id}, [session.say("view_deleted", name=view.name)])


def _listed(session: Session) -> Report:
    from leaddesk.db.reads.views import saved_views
    from leaddesk.qualify.filtering.packed import packed

    filters_say = _words(session)
    told: list[Json] = []
    lines: list[str] = []
    for view in saved_views(session.reader):
        troubles = list(dict.fromkeys(filters_say.problem(problem) for problem in _problems(session, view)))
        said = filters_say.where(view.where) if view.where is not None else ""
        filters = packed(view.where) if view.where is not None else None
        told.append(
            {"id": view.id, "name": view.name, "pinned": view.pinned, "where": filters, "problems": [*troubles]}
        )
        what = "; ".join(troubles) or said or session.say("view_everybody")
        mark = session.say("view_pinned") if view.pinned else ""
        lines.append(session.say("view_line", name=view.name, mark=mark, what=shortened(what, 200)))
    return Report({"views": told}, lines or [session.say("views_none")])


def _where_of_view(session: Session, name: str) -> Where:
    """The filter of a view. BadValue `view_broken` where what it asks for is gone."""
    from leaddesk.db.reads.views import find_view

    view = find_view(session.reader, name)
    problems = _problems(session, view)
    if problems or view.where is None:
        said = dict.fromkeys(map(_words(session).problem, problems))
        raise BadValue("view_broken", name=view.name, what=" ".join(said))
    return view.where


def _problems(session: Session, view: SavedView) -> list[FilterProblem]:
    from leaddesk.db.reads.views import problems_in

    return [*view.problems, *(problems_in(session.reader, view.where) if view.where is not None else ())]


def _typed(session: Session, text: str) -> Where:
    from leaddesk.db.reads.filter_sql import subjects_of
    from leaddesk.qualify.filtering.expression import read_expression

    return read_expression(text, subjects_of(session.reader))


def _words(session: Session) -> FilterWords:
    from leaddesk.ui.filtering.wording import FilterWords

    return FilterWords(session.playbook, session.language, session.today)
