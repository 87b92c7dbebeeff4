"""The board: columns with their counts, sums and first cards; as a picture where one is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.commandline.output import Json, Report, in_columns, sums_json
from leaddesk.commandline.records import card_json, card_rows
from leaddesk.commandline.session import Session, database_of, language_of, now_of, opened

if TYPE_CHECKING:
    from leaddesk.db.reads.columns import ShownColumn

_CARDS = 10


def board(arguments: Namespace) -> Report:
    """Per stage: count, sums per currency, the first cards in order; of all leads, or of those that are asked for."""
    from leaddesk.commandline.views import filters_of, order_of
    from leaddesk.db.reads.columns import columns

    target: Path | None = arguments.png or arguments.pdf
    if target is not None:
        return _picture(arguments, target)
    with opened(arguments) as session:
        limits = dict.fromkeys(session.playbook.stage, _CARDS)
        order = order_of(session, arguments)
        shown = columns(session.reader, filters_of(session, arguments), order, session.now, limits)
        data: dict[str, Json] = {
            key: {
                "count": column.total.leads,
                "value": sums_json(column.total.values),
                "cards": [card_json(card) for card in column.cards],
            }
            for key, column in shown.items()
        }
        return Report(data, list(_lines(session, shown)))


def _lines(session: Session, shown: Mapping[str, ShownColumn]) -> Iterator[str]:
    from leaddesk.qualify.terms import Money
    from leaddesk.ui import figures

    for stage in session.playbook.stages:
        column = shown[stage.key]
        sums = [Money(minor, currency) for currency, minor in sorted(column.total.values.items())]
        value = " + ".join(figures.short_money(money, session.language) for money in sums if money.minor)
        yield f"{session.pick(stage.label)} [{stage.key}]  {column.total.leads:,}  {value}".rstrip()
        rows = [row[:5] + row[6:] for row in card_rows(session, list(column.cards))]
        yield from (f"  {line}" for line in in_columns(rows, right=(0, 1, 5)))


def _picture(arguments: Namespace, target: Path) -> Report:
    """Draws the board off screen; the only verb that needs Qt."""
    from leaddesk.commandline.views import filters_of, order_of, told_of
    from leaddesk.ui.board.picture import Drawn, save_picture

    with opened(arguments) as session:
        drawn = Drawn(filters_of(session, arguments), order_of(session, arguments), told_of(session, arguments))
    language = language_of(arguments.lang)
    theme = arguments.theme or "light"
    as_pdf = arguments.pdf is not None
    save_picture(database_of(arguments), target, now_of(arguments), language, theme, as_pdf=as_pdf, drawn=drawn)
    return Report({"file": str(target)}, [words.say(language, "cli", "drawn", path=target)])
