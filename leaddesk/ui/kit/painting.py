"""Draws letters, score bars and chips with a painter: for delegates, canvases and the widgets of the kit alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPen

from leaddesk.qualify.terms import Standing, Tenths
from leaddesk.ui import figures, shield, theme

LETTER_WIDTH = 22.0
LETTER_HEIGHT = 18.0
LETTER_GAP = 6.0
WHOLE_SCORE: Tenths = 1000

Letter = tuple[str, Standing]


def draw_letter(painter: QPainter, place: QRectF, letter: str, standing: Standing) -> None:
    """One criterion: filled yes, half partly, struck no, outlined open (dashed where it was asked in vain)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = place.adjusted(0.75, 0.75, -0.75, -0.75)
    edge = theme.colour({Standing.YES: "met", Standing.PARTLY: "partly", Standing.NO: "not-met"}.get(standing, "open"))
    pen = QPen(edge, 1.5)
    if standing in (Standing.EVADED, Standing.UNKNOWN):
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(edge if standing is Standing.YES else Qt.BrushStyle.NoBrush)
    if standing is Standing.PARTLY:
        painter.setBrush(_half(box))
    painter.drawRoundedRect(box, 4.5, 4.5)
    ink = {Standing.YES: "on-met", Standing.PARTLY: "partly", Standing.NO: "not-met"}.get(standing, "faint")
    painter.setPen(theme.colour(ink))
    painter.setFont(_letter_font(letter))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)
    if standing is Standing.NO:
        painter.setPen(QPen(theme.colour("not-met"), 1.5))
        middle = place.center().y()
        painter.drawLine(QPointF(place.left() + 4.5, middle + 0.5), QPointF(place.right() - 4.5, middle + 0.5))
    painter.restore()


def _letter_font(letter: str) -> QFont:
    """Bold capitals; a Chinese letter has so many strokes that it is larger, and not bold."""
    return theme.font(13) if figures.is_square(letter) else theme.font(10.5, bold=True)


def _half(box: QRectF) -> QLinearGradient:
    half = QLinearGradient(box.topLeft(), box.topRight())
    soft, none = theme.colour("partly-soft"), QColor(Qt.GlobalColor.transparent)
    half.setStops([(0.0, soft), (0.5, soft), (0.501, none), (1.0, none)])
    return half


def strip_width(letters: int, gap: float = LETTER_GAP) -> float:
    """How wide a strip of so many letters is."""
    return letters * LETTER_WIDTH + max(0, letters - 1) * gap


def draw_strip(painter: QPainter, left: float, top: float, letters: Sequence[Letter], gap: float = LETTER_GAP) -> None:
    """All criteria, left to right."""
    for number, (letter, standing) in enumerate(letters):
        place = QRectF(left + number * (LETTER_WIDTH + gap), top, LETTER_WIDTH, LETTER_HEIGHT)
        draw_letter(painter, place, letter, standing)


_MARK, _MARK_GAP = QRectF(0, 0, 7, 10), 2.5


def marks_width(count: int) -> float:
    """How wide so many small marks are."""
    return count * _MARK.width() + max(0, count - 1) * _MARK_GAP


def draw_marks(painter: QPainter, left: float, middle: float, standings: Sequence[Standing]) -> None:
    """Criteria where there is no room for letters: the same shapes, small."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, standing in enumerate(standings):
        box = _MARK.translated(left + number * (_MARK.width() + _MARK_GAP), middle - _MARK.height() / 2)
        edge = theme.colour(_EDGES.get(standing, "open"))
        painter.setPen(QPen(edge, 1))
        painter.setBrush(edge if standing is Standing.YES else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if standing is Standing.PARTLY:
            painter.fillRect(box.adjusted(1, 1, -box.width() / 2, -1), edge)
        elif standing is Standing.NO:
            painter.drawLine(box.bottomLeft() + QPointF(1, -1), box.topRight() + QPointF(-1, 1))
    painter.restore()


_EDGES = {Standing.YES: "met", Standing.PARTLY: "partly", Standing.NO: "not-met"}


def draw_score(painter: QPainter, place: QRectF, score: Tenths, up_to: Tenths, whole: Tenths = WHOLE_SCORE) -> None:
    """A bar: solid up to what is known so far, light up to what answers could still bring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    round_by = place.height() / 2
    shown = (("chip", whole),) if shield.is_up() else (("chip", whole), ("accent-light", up_to), ("accent", score))
    for role, tenths in shown:
        width = place.width() * max(0, min(tenths, whole)) / whole if whole else 0.0
        if width > 0:
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(QRectF(place.left(), place.top(), width, place.height()), round_by, round_by)
    painter.restore()


def draw_badge(painter: QPainter, place: QRectF, letters: str) -> None:
    """A round badge with the letters of a person."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("chip"))
    painter.drawEllipse(place)
    painter.setPen(theme.colour("mute"))
    square = figures.is_square(letters)
    painter.setFont(theme.font(place.height() * 0.62) if square else theme.font(9, bold=True))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


#: How a requirement or answer stands, as the name of an icon and its role: shape and colour together.
STANDING_ICON: dict[Standing, tuple[str, str]] = {
    Standing.YES: ("check", "met"),
    Standing.PARTLY: ("half", "partly"),
    Standing.NO: ("cross", "not-met"),
    Standing.UNKNOWN: ("circle-dashed", "faint"),
    Standing.EVADED: ("circle-dashed", "faint"),
    Standing.NOT_ASKED: ("circle", "faint"),
}
