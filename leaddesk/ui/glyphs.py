"""Paints the two signs of qualification: the strip of letters and the bar from *known so far* to *up to*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from leaddesk.qualify.terms import Standing, Tenths

#: The colour of a role of the theme: text, mute, accent, met, part, no, unk …
Colours: TypeAlias = Callable[[str], QColor]

#: Size of one letter of the strip and the space to the next, in logical pixels.
LETTER = (22.0, 18.0)
GAP = 6.0
_FULL: Tenths = 1000


def strip_width(letters: int, gap: float = GAP) -> float:
    """How wide a strip of so many letters is."""
    return letters * LETTER[0] + max(0, letters - 1) * gap


def paint_strip(
    painter: QPainter,
    at: QPointF,
    letters: Sequence[tuple[str, Standing]],
    colours: Colours,
    font: QFont,
    gap: float = GAP,
) -> None:
    """Letters from the left: filled yes, half partly, struck through no, outlined open; broken outline when asked
    without knowledge. Shape says it as well as colour."""
    for index, (letter, standing) in enumerate(letters):
        box = QRectF(at.x() + index * (LETTER[0] + gap), at.y(), *LETTER)
        _paint_letter(painter, box, letter, standing, colours, font)


def _paint_letter(
    painter: QPainter, box: QRectF, letter: str, standing: Standing, colours: Colours, font: QFont
) -> None:
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    edge, ink = colours("open"), colours("faint")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if standing is Standing.YES:
        edge, ink = colours("met"), colours("on-met")
        painter.setBrush(edge)
    elif standing is Standing.PARTLY:
        edge = ink = colours("partly")
        _fill_left_half(painter, inner, colours("partly-soft"))
    elif standing is Standing.NO:
        edge = ink = colours("not-met")
    pen = QPen(edge, 1.5)
    if standing in {Standing.EVADED, Standing.UNKNOWN}:
        pen.setDashPattern([1.2, 1.6] if standing is Standing.UNKNOWN else [2.4, 1.6])
    painter.setPen(pen)
    painter.drawRoundedRect(inner, 4.5, 4.5)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    if standing is Standing.NO:
        middle = box.center()
        painter.setPen(QPen(ink, 1.4))
        painter.drawLine(QLineF(middle.x() - 5.5, middle.y() + 0.5, middle.x() + 5.5, middle.y() + 0.5))


def _fill_left_half(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.save()
    painter.setClipRect(QRectF(box.left(), box.top(), box.width() / 2, box.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 4.5, 4.5)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_bar(painter: QPainter, box: QRectF, score: Tenths, up_to: Tenths, colours: Colours) -> None:
    """Solid to the score, light to *up to*, out of 100 points."""
    painter.setPen(Qt.PenStyle.NoPen)
    round_by = box.height() / 2
    painter.setBrush(colours("chip"))
    painter.drawRoundedRect(box, round_by, round_by)
    for tenths, brush in ((up_to, colours("accent-light")), (score, colours("accent"))):
        width = box.width() * max(0, min(tenths, _FULL)) / _FULL
        if width > 0:
            painter.setBrush(brush)
            painter.drawRoundedRect(
                QRectF(box.left(), box.top(), max(width, box.height()), box.height()), round_by, round_by
            )
