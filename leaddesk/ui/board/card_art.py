"""Draws one card: crisp at any scale, onto the screen as a cached pixmap or straight onto paper."""

from __future__ import annotations

import enum
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from leaddesk import words
from leaddesk.db.records import Card
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.ui import card_words, figures, shield, theme
from leaddesk.ui.card_words import Line, Urgency
from leaddesk.ui.kit import painting
from leaddesk.ui.theme import colour

_AVATAR = 18.0
_BAR = 4.0
_KEPT = 900
_MINUTE = 60_000
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COLOUR = {Urgency.CALM: "mute", Urgency.SOON: "partly", Urgency.LATE: "not-met"}


class Density(enum.StrEnum):
    """How much a card shows: everything; three lines; one line, forty cards and more on a screen."""

    ROOMY = "roomy"
    THREE_LINES = "three_lines"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class _Measure:
    """Paddings aside and above, between rows, and from card to card."""

    aside: float
    above: float
    between: float
    gap: int


_MEASURES = {
    Density.ROOMY: _Measure(12, 10, 6.5, 8),
    Density.THREE_LINES: _Measure(11, 7, 4, 6),
    Density.DENSE: _Measure(9, 4, 0, 4),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything beside the card that decides how it looks: playbook, time, language."""

    playbook: Playbook
    now: Instant
    today: date
    language: str


class CardArt:
    """Draws cards in the colours of the theme, and keeps what it drew: a card that says the same is not drawn again."""

    def __init__(self, density: Density = Density.ROOMY) -> None:
        self._kept: OrderedDict[tuple[int, int, float, bool, bool], tuple[Card, QPixmap]] = OrderedDict()
        self._moment: Moment | None = None
        self._look: tuple[object, ...] = ()
        self._plain = theme.font()
        self._name = theme.font(medium=True)
        self._score = theme.font(14, bold=True)
        self._small = theme.font(12)
        self._small_bold = theme.font(12, medium=True)
        self._row = max(18.0, QFontMetricsF(self._plain).height())
        self.density = density

    @property
    def density(self) -> Density:
        """How much a card shows."""
        return self._density

    @density.setter
    def density(self, density: Density) -> None:
        self._density = density
        self._measure = _MEASURES[density]
        self._kept.clear()

    @property
    def height(self) -> float:
        """The height of every card, in logical pixels."""
        between, row = self._measure.between, self._row
        rows = {
            Density.ROOMY: 3 * row + painting.LETTER_HEIGHT + _BAR + 4 * between,
            Density.THREE_LINES: 2 * row + painting.LETTER_HEIGHT + _BAR + 3 * between,
            Density.DENSE: row,
        }
        return 2 * self._measure.above + rows[self._density]

    @property
    def gap(self) -> int:
        """The space between two cards."""
        return self._measure.gap

    @property
    def box(self) -> int:
        """The height of a card in whole pixels."""
        return round(self.height)

    @property
    def pitch(self) -> int:
        """From the top of one card to the top of the next."""
        return self.box + self.gap

    def pixmap(self, card: Card, width: int, ratio: float, moment: Moment, moving_to: str = "") -> QPixmap:
        """The card as wide as told, for a screen of that device pixel ratio."""
        self._heed(moment)
        key = (card.no, width, ratio, shield.is_up(), shield.hides(card.id))
        known = None if moving_to else self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            before, picture = known
            if before == card or self._rescore(picture, before, card, width):
                self._kept[key] = card, picture
                return picture
        picture = QPixmap(round(width * ratio), round(self.height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.draw(painter, QRectF(0, 0, width, self.height), card, moment, moving_to)
        painter.end()
        if not moving_to:
            self._kept[key] = card, picture
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return picture

    def forget(self) -> None:
        """Drop what was drawn: colours are others now."""
        self._kept.clear()

    def _heed(self, moment: Moment) -> None:
        """Drop what was drawn where the same cards look different now; weights alone change only scores."""
        if moment is self._moment:
            return
        self._moment, playbook = moment, moment.playbook
        shown = playbook.criteria, playbook.stages, playbook.calendar
        look = moment.language, moment.today, moment.now // _MINUTE, *shown
        if look != self._look:
            self._look = look
            self._kept.clear()

    def _rescore(self, picture: QPixmap, before: Card, card: Card, width: int) -> bool:
        """Draw another score into what was drawn, which costs a fifth; False where more than that is another."""
        if replace(before, score=card.score, up_to=card.up_to) != card:
            return False
        inside = self._inside(QRectF(0, 0, width, self.height))
        font = self._small_bold if self._density is Density.DENSE else self._score
        metrics = QFontMetricsF(font)
        taken, was = (metrics.horizontalAdvance(figures.whole_points(one.score)) for one in (card, before))
        if taken != was:
            return False
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = colour("surface")
        row = QRectF(inside.left(), inside.top(), inside.width(), self._row)
        # A hair more than it takes: letters stand out of their boxes.
        painter.fillRect(QRectF(row.right() - taken - 2, row.top(), taken + 4, row.height()), surface)
        self._text(painter, row, figures.whole_points(card.score), font, "text", _RIGHT)
        if self._density is not Density.DENSE:
            bar = self._bar(inside)
            painter.fillRect(bar.adjusted(-1, -1, 1, 1), surface)
            painting.draw_score(painter, bar, card.score, card.up_to)
        painter.end()
        return True

    def _inside(self, box: QRectF) -> QRectF:
        """What the paddings leave of a card."""
        aside, above = self._measure.aside, self._measure.above
        return box.adjusted(aside, above, -aside, -above)

    def _bar(self, inside: QRectF) -> QRectF:
        """Where the bar of the score lies."""
        between, rows = self._measure.between, 2 if self._density is Density.ROOMY else 1
        return QRectF(inside.left(), inside.top() + rows * (self._row + between), inside.width(), _BAR)

    def draw(self, painter: QPainter, box: QRectF, card: Card, moment: Moment, moving_to: str = "") -> None:
        """Draw the card into a box of `height`; works on paper too."""
        card = shield.card(card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("surface"))
        around = 6 if self._density is Density.DENSE else 10
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), around, around)
        inside = self._inside(box)
        if self._density is Density.DENSE:
            self._draw_one_line(painter, inside, card, moment, moving_to)
        else:
            self._draw_lines(painter, inside, card, moment, moving_to)

    def _draw_lines(self, painter: QPainter, inside: QRectF, card: Card, moment: Moment, moving_to: str) -> None:
        if moving_to:
            painter.setOpacity(0.55)
        between, whole = self._measure.between, self._density is Density.ROOMY
        line = QRectF(inside.left(), inside.top(), inside.width(), self._row)
        self._draw_head(painter, line, card, moment, alone=not whole)
        if whole:
            line.translate(0, self._row + between)
            self._text(painter, line, _second(card), self._plain, "mute")
        bar = self._bar(inside)
        painting.draw_score(painter, bar, card.score, card.up_to)
        top = bar.bottom() + between
        self._draw_middle(painter, QRectF(inside.left(), top, inside.width(), painting.LETTER_HEIGHT), card, moment)
        top += painting.LETTER_HEIGHT + between
        foot = QRectF(inside.left(), top, inside.width(), self._row)
        painter.setOpacity(1)
        if moving_to:
            said = words.say(moment.language, "cards", "moving", stage=moving_to)
            self._text(painter, foot, said, self._small, "accent")
        else:
            self._draw_foot(painter, foot, card, moment)

    def _draw_head(self, painter: QPainter, row: QRectF, card: Card, moment: Moment, *, alone: bool) -> None:
        """Name and score; where there is no second line, the company after the name."""
        del moment
        score = figures.whole_points(card.score)
        taken = QFontMetricsF(self._score).horizontalAdvance(score) + 8
        self._text(painter, row, score, self._score, "text", _RIGHT)
        rest = row.adjusted(0, 0, -taken, 0)
        self._text(painter, rest, card.title, self._name, "text")
        if alone and _second(card):
            left = QFontMetricsF(self._name).horizontalAdvance(" ".join(card.title.split())) + 7
            if left < rest.width() - 24:
                self._text(painter, rest.adjusted(left, 0, 0, 0), _second(card), self._small, "mute")

    def _draw_one_line(self, painter: QPainter, row: QRectF, card: Card, moment: Moment, moving_to: str) -> None:
        """What wants attention, name, criteria as small marks, score."""
        if moving_to:
            said = words.say(moment.language, "cards", "moving", stage=moving_to)
            self._text(painter, row, said, self._small, "accent")
            return
        score = figures.whole_points(card.score)
        self._text(painter, row, score, self._small_bold, "text", _RIGHT)
        right = row.right() - QFontMetricsF(self._small_bold).horizontalAdvance("100") - 7
        marks = [standing for _, standing in card_words.letters(moment.playbook, card.strip, moment.language)]
        right -= painting.marks_width(len(marks))
        painting.draw_marks(painter, right, row.center().y(), marks)
        left = row.left()
        sign, urgency = card_words.attention(card, moment.playbook, moment.now, moment.today)
        if sign:
            self._text(painter, QRectF(left, row.top(), 14, row.height()), sign, self._small_bold, _COLOUR[urgency])
            left += 16
        self._text(painter, QRectF(left, row.top(), right - left - 8, row.height()), card.title, self._name, "text")

    def _draw_middle(self, painter: QPainter, box: QRectF, card: Card, moment: Moment) -> None:
        letters = card_words.letters(moment.playbook, card.strip, moment.language)
        value, metrics = card_words.value(card, moment.language), QFontMetricsF(self._small)
        fits = (
            gap
            for gap in (painting.LETTER_GAP, 4.0, 1.0)
            if painting.strip_width(len(letters), gap) + 6 + metrics.horizontalAdvance(value) <= box.width()
        )
        gap = next(fits, None)
        if gap is None:  # rather fewer digits than a sum that is cut short
            gap, value = 0.0, card_words.value(card, moment.language, digits=2)
        painting.draw_strip(painter, box.left(), box.top(), letters, gap)
        rest = box.adjusted(painting.strip_width(len(letters), gap) + 4, 0, 0, 0)
        self._text(painter, rest, value, self._small, "mute", _RIGHT)

    def _draw_foot(self, painter: QPainter, box: QRectF, card: Card, moment: Moment) -> None:
        stage = moment.playbook.stage.get(card.stage)
        right = box.right()
        initials = card_words.initials(card.owner)
        if initials:
            painting.draw_badge(
                painter, QRectF(right - _AVATAR, box.center().y() - _AVATAR / 2, _AVATAR, _AVATAR), initials
            )
            right -= _AVATAR + 6
        calendar = moment.playbook.calendar
        age = card_words.time_in_stage(card, stage, moment.now, moment.today, moment.language, calendar)
        font = self._small_bold if age.urgency is Urgency.LATE else self._small
        here = QRectF(box.left(), box.top(), right - box.left(), box.height())
        self._text(painter, here, age.tail, font, _COLOUR[age.urgency], _RIGHT)
        right -= QFontMetricsF(font).horizontalAdvance(age.tail) + 8
        line = card_words.next_step(card, stage, moment.now, moment.today, moment.language)
        room = QRectF(box.left(), box.top(), right - box.left(), box.height())
        taken = self._draw_line(painter, room, line)
        if age.urgency is not Urgency.CALM:
            self._draw_touch(painter, room.adjusted(taken + 8, 0, 0, 0), card, moment)

    def _draw_touch(self, painter: QPainter, box: QRectF, card: Card, moment: Moment) -> None:
        """What set the clock of a stuck lead back last, where there is room for it."""
        said = card_words.short_touch(card, moment.today, moment.language)
        if QFontMetricsF(self._small).horizontalAdvance(said) <= box.width():
            self._text(painter, box, said, self._small, "faint", _RIGHT)

    def _draw_line(self, painter: QPainter, box: QRectF, line: Line) -> float:
        """The line; returns how wide it became."""
        font = self._small_bold if line.urgency is Urgency.LATE else self._small
        metrics = QFontMetricsF(font)
        text = line.text
        if text:
            room = box.width() - metrics.horizontalAdvance(line.tail) - 6
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
        shown = f"{text} {line.tail}".strip()
        self._text(painter, box, shown, font, _COLOUR[line.urgency])
        return metrics.horizontalAdvance(shown)

    def _text(
        self, painter: QPainter, box: QRectF, text: str, font: QFont, role: str, where: Qt.AlignmentFlag = _LEFT
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour(role))
        one_line = " ".join(text.split())
        shown = QFontMetricsF(font).elidedText(one_line, Qt.TextElideMode.ElideRight, max(0.0, box.width()))
        painter.drawText(box, int(where | Qt.TextFlag.TextSingleLine), shown)


def _second(card: Card) -> str:
    """What stands under the name: the company, else the job, else where the lead came from."""
    return card.company if card.company and card.company != card.title else card.job or card.source
