"""The board on a picture or on paper, without a window: heads of all stages and the first cards of the open ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from leaddesk import words
from leaddesk.db.days import local_day
from leaddesk.db.reads.columns import ShownColumn, columns
from leaddesk.db.reads.filters import Filters, Order
from leaddesk.db.records import ColumnTotal
from leaddesk.db.store import Store
from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import check_target, write_whole
from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.qualify.terms import Instant, StageKind
from leaddesk.ui import figures, theme
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.head_words import entry_words, total_words
from leaddesk.ui.theme import colour

#: The sheet in logical pixels: A4 across.
_WIDE, _HIGH = 1440.0, 1018.0
_MARGIN, _SPACE, _TOP = 24.0, 12.0, 56.0
_HEAD = 44.0
_BELOW = 96.0
_SHARP = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which leads are drawn, in which order; `told`: the same in words, empty where all are."""

    filters: Filters = field(default_factory=Filters)
    order: Order = Order.URGENCY
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Board:
    """Everything that is drawn, read at once."""

    name: str
    told: str
    moment: Moment
    columns: Mapping[str, ShownColumn]

    def total(self, stage: str) -> ColumnTotal | None:
        """The head of a column."""
        column = self.columns.get(stage)
        return column.total if column is not None else None


def save_picture(
    database: Path,
    target: Path,
    as_of: Instant,
    language: str,
    theme_name: str = "light",
    *,
    as_pdf: bool | None = None,
    drawn: Drawn | None = None,
) -> None:
    """Draw the board as of an instant into a PNG or a PDF: as `as_pdf` says, else as the name of `target` ends.

    `drawn`: which leads, all by urgency unless given.

    Raises DatabaseTrouble for the database, FileTrouble `cannot_write` where the target cannot be written, `exists`
    where it is the database itself. A picture is there whole or not at all.
    """
    check_target(target, *(database.with_name(database.name + tail) for tail in ("", "-wal", "-shm", "-journal")))
    application = QApplication.instance()
    if application is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QApplication(["leaddesk"])
    if isinstance(application, QApplication):
        application.setFont(theme.base_font())
        theme.apply(application, theme_name)
    read = _read(database, as_of, language, drawn or Drawn())
    if as_pdf if as_pdf is not None else target.suffix.lower() == ".pdf":
        _save_pdf(read, target)
    else:
        _save_png(read, target)


def _read(database: Path, as_of: Instant, language: str, drawn: Drawn) -> _Board:
    store = Store.open(database, create=False)
    try:
        reader = store.reader()
        try:
            playbook = store.playbook
            art = CardArt()
            fit = int((_HIGH - _TOP - _HEAD - _BELOW - _MARGIN) // (art.height + 8))
            limits = {stage.key: fit for stage in _open(playbook)}
            moment = Moment(playbook, as_of, local_day(as_of), language)
            return _Board(database.stem, drawn.told, moment, columns(reader, drawn.filters, drawn.order, as_of, limits))
        finally:
            reader.close()
    finally:
        store.close()


def _open(playbook: Playbook) -> list[Stage]:
    return [stage for stage in playbook.stages if stage.kind is StageKind.OPEN]


def _save_png(read: _Board, target: Path) -> None:
    image = QImage(QSize(round(_WIDE) * _SHARP, round(_HIGH) * _SHARP), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SHARP)
    image.fill(colour("ground"))
    painter = QPainter(image)
    _draw(painter, read)
    painter.end()
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(drawn, QByteArray(b"PNG")).write(image):
        raise FileTrouble("cannot_write", path=str(target))
    write_whole(target, bytes(drawn.data().data()))


def _save_pdf(read: _Board, target: Path) -> None:
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(drawn)
    writer.setTitle(f"LeadDesk · {read.name}")
    writer.setCreator("LeadDesk")
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter()
    if not painter.begin(writer):
        raise FileTrouble("cannot_write", path=str(target))
    page = QSizeF(writer.width(), writer.height())
    scale = min(page.width() / _WIDE, page.height() / _HIGH)
    painter.scale(scale, scale)
    painter.fillRect(QRectF(0, 0, page.width() / scale, page.height() / scale), colour("ground"))
    _draw(painter, read)
    painter.end()
    write_whole(target, bytes(drawn.data().data()))


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _draw(painter: QPainter, read: _Board) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    language = read.moment.language
    day = figures.calendar_day(read.moment.today, language)
    _text(painter, QRectF(_MARGIN, 16, _WIDE - 2 * _MARGIN, 26), read.name, 18, "text", bold=True)
    taken = _MARGIN + QFontMetricsF(theme.font(18, bold=True)).horizontalAdvance(read.name) + 14
    if taken < _WIDE / 2:
        _text(painter, QRectF(taken, 19, _WIDE * 3 / 4 - taken, 22), read.told, 12, "mute")
    as_of = words.say(language, "board", "as_of", date=day)
    _text(painter, QRectF(_MARGIN, 16, _WIDE - 2 * _MARGIN, 26), as_of, 12, "mute", right=True)
    stages = _open(read.moment.playbook)
    width = (_WIDE - 2 * _MARGIN - (len(stages) - 1) * _SPACE) / max(1, len(stages))
    art = CardArt()
    for place, stage in enumerate(stages):
        left = _MARGIN + place * (width + _SPACE)
        _draw_column(painter, QRectF(left, _TOP, width, _HIGH - _TOP - _BELOW), stage, read, art)
    _draw_closed(painter, read)


def _draw_column(painter: QPainter, box: QRectF, stage: Stage, read: _Board, art: CardArt) -> None:
    language, total = read.moment.language, read.total(stage.key)
    _draw_head(painter, QRectF(box.left(), box.top(), box.width(), _HEAD), stage, total, language)
    top = box.top() + _HEAD
    column = read.columns.get(stage.key)
    shown = column.cards if column is not None else ()
    for card in shown:
        art.draw(painter, QRectF(box.left(), top, box.width(), art.height), card, read.moment)
        top += art.height + 8
    rest = (total.leads if total is not None else 0) - len(shown)
    if rest > 0:
        more = words.say(language, "board", "and_more", n=figures.count(rest))
        _text(painter, QRectF(box.left(), top, box.width(), 18), more, 12, "mute")


def _draw_head(painter: QPainter, box: QRectF, stage: Stage, total: ColumnTotal | None, language: str) -> None:
    name = words.pick(stage.label, language)
    line = QRectF(box.left() + 4, box.top(), box.width() - 8, 18)
    _text(painter, line, name, 13, "text", bold=True)
    taken = QFontMetricsF(theme.font(13, bold=True)).horizontalAdvance(name) + 6
    leads = figures.count(total.leads if total is not None else 0)
    _text(painter, line.adjusted(taken, 0, 0, 0), leads, 12, "mute")
    taken += QFontMetricsF(theme.font(12)).horizontalAdvance(leads) + 8
    _text(painter, line.adjusted(taken, 0, 0, 0), total_words(total, language), 12, "mute", right=True)
    _text(painter, line.translated(0, 19), entry_words(stage, total, language), 11, "faint")


def _draw_closed(painter: QPainter, read: _Board) -> None:
    """The stages beside the way, one box each along the lower edge."""
    stages = [stage for stage in read.moment.playbook.stages if stage.kind is not StageKind.OPEN]
    width = (_WIDE - 2 * _MARGIN - (len(stages) - 1) * _SPACE) / max(1, len(stages))
    for place, stage in enumerate(stages):
        box = QRectF(_MARGIN + place * (width + _SPACE), _HIGH - _MARGIN - 52, width, 52)
        painter.setPen(colour("line"))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(box, 10, 10)
        inside = box.adjusted(10, 8, -10, 0)
        _draw_head(painter, inside, stage, read.total(stage.key), read.moment.language)


def _text(
    painter: QPainter, box: QRectF, text: str, size: float, role: str, *, bold: bool = False, right: bool = False
) -> None:
    font = theme.font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
