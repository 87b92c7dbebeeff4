"""The board: columns with their counts, sums and first cards; as a picture where one is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from leaddesk import words
from leaddesk.commandline.output import Json, Report, in_columns, sums_json
from leaddesk.commandline.records import card_json, card_rows
from leaddesk.commandline.session import Session, database_of, language_of, now_of, opened
from leaddesk.db.records import Card, ColumnTotal

_CARDS = 10


def board(arguments: Namespace) -> Report:
    """Per stage: count, sums per currency, the first cards in the order of urgency."""
    from leaddesk.db.reads.board import first_cards, totals
    from leaddesk.db.reads.filters import Filters, Order

    target: Path | None = arguments.png or arguments.pdf
    if target is not None:
        return _picture(arguments, target)
    with opened(arguments) as session:
        heads = totals(session.reader, Filters())
        shown = {
            stage.key: first_cards(session.reader, stage.key, Order.URGENCY, Filters(), _CARDS, session.now)
            for stage in session.playbook.stages
        }
        data: dict[str, Json] = {
            key: {
                "count": heads[key].leads if key in heads else 0,
                "value": sums_json(heads[key].values) if key in heads else {},
                "cards": [card_json(card) for card in found],
            }
            for key, found in shown.items()
        }
        return Report(data, list(_lines(session, heads, shown)))


def _lines(session: Session, heads: Mapping[str, ColumnTotal], shown: Mapping[str, list[Card]]) -> Iterator[str]:
    from leaddesk.qualify.terms import Money
    from leaddesk.ui import figures

    for stage in session.playbook.stages:
        head = heads.get(stage.key)
        sums = [Money(minor, currency) for currency, minor in sorted(head.values.items())] if head else []
        value = " + ".join(figures.short_money(money, session.language) for money in sums if money.minor)
        yield f"{session.pick(stage.label)} [{stage.key}]  {head.leads if head else 0:,}  {value}".rstrip()
        rows = [row[:5] + row[6:] for row in card_rows(session, shown[stage.key])]
        yield from (f"  {line}" for line in in_columns(rows, right=(0, 1, 5)))


def _picture(arguments: Namespace, target: Path) -> Report:
    """Draws the board off screen; the only verb that needs Qt."""
    from leaddesk.ui.board.picture import save_picture

    language = language_of(arguments.lang)
    theme = arguments.theme or "light"
    as_pdf = arguments.pdf is not None
    save_picture(database_of(arguments), target, now_of(arguments), language, theme, as_pdf=as_pdf)
    return Report({"file": str(target)}, [words.say(language, "cli", "drawn", path=target)])
