"""What the head of a column says: true count, value per currency, what entering asks; whole sums or none."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from leaddesk import words
from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import Money
from leaddesk.ui import figures

_BETWEEN = " · "


def total_words(total: ColumnTotal | None, language: str, share: int = 100) -> str:
    """The value of a column per currency, largest count of digits first, never added up across currencies."""
    if total is None:
        return ""
    sums = sorted(total.values.items(), key=lambda item: -item[1])
    return _BETWEEN.join(
        figures.short_money(Money(minor * share // 100, currency), language, digits=2)
        for currency, minor in sums
        if currency and minor
    )


def entry_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """One line under the name: what entering asks; else the value weighted by the stage's chance."""
    return gate_words(stage, language) or weighted_words(stage, total, language)


def gate_words(stage: Stage, language: str) -> str:
    """What entering a stage asks for; empty where nothing."""
    labels = [words.pick(requirement.label, language) for requirement in stage.gate]
    if not labels:
        return ""
    return words.say(language, "board", "to_enter", what=words.say(language, "board", "comma").join(labels))


def weighted_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """The value of an open stage's leads weighted by its chance, per currency; empty where there is none."""
    weighted = total_words(total, language, stage.probability) if 0 < stage.probability < 100 else ""
    return words.say(language, "board", "weighted", sums=weighted) if weighted else ""


def whole_sums(sums: str, metrics: QFontMetrics, room: int) -> str:
    """As many sums as fit, none of them cut: half a number is another number. Dots where some are left out."""
    parts = sums.split(_BETWEEN)
    for count in range(len(parts), 0, -1):
        shown = _BETWEEN.join(parts[:count] if count == len(parts) else [*parts[:count], "…"])
        if metrics.horizontalAdvance(shown) <= room:
            return shown
    return ""


def is_over(stage: Stage, total: ColumnTotal | None) -> bool:
    """Whether more leads stand in a stage than it is meant to hold."""
    return bool(stage.limit and total is not None and total.leads > stage.limit)


def spoken_head(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """A head in one sentence: name, count, whether that is too many, sums."""
    leads = total.leads if total is not None else 0
    sums = total_words(total, language)
    name = words.pick(stage.label, language)
    said = words.say(language, "board", "column_spoken", name=name, n=leads, sums=sums).rstrip(", ，")
    if not is_over(stage, total):
        return said
    return f"{said}{words.say(language, 'board', 'comma')}{words.say(language, 'board', 'over_limit', n=stage.limit)}"


def head_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """What a resting pointer is told of a head: count and limit, each sum, each thing the gate asks for."""
    leads = total.leads if total is not None else 0
    lines = [words.say(language, "board", "column_told", name=words.pick(stage.label, language), n=leads)]
    if stage.limit:
        lines.append(words.say(language, "board", "over_limit" if is_over(stage, total) else "limit", n=stage.limit))
    lines += [total_words(total, language), weighted_words(stage, total, language)]
    labels = [words.pick(requirement.label, language) for requirement in stage.gate]
    if labels:
        lines.append(words.say(language, "board", "to_enter", what=""))
        lines += [f"• {label}" for label in labels]
    return "\n".join(line.rstrip() for line in lines if line.strip())
