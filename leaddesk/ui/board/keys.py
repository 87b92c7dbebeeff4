"""What keys ask for on the board: walking, selecting, and verbs for the cards meant."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier

#: What a key asks for; all but the last few are about the selected cards, or the current one where none is selected.
VERBS: Mapping[tuple[int, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Return, _NONE): "open",
    (Qt.Key.Key_Enter, _NONE): "open",
    (Qt.Key.Key_M, _NONE): "move_to",
    (Qt.Key.Key_Period, _NONE): "move_forward",
    (Qt.Key.Key_Comma, _NONE): "move_back",
    (Qt.Key.Key_Right, _CONTROL): "move_forward",
    (Qt.Key.Key_Left, _CONTROL): "move_back",
    (Qt.Key.Key_Right, _ALT): "move_forward",
    (Qt.Key.Key_Left, _ALT): "move_back",
    (Qt.Key.Key_Up, _ALT): "place_up",
    (Qt.Key.Key_Down, _ALT): "place_down",
    (Qt.Key.Key_C, _NONE): "call",
    (Qt.Key.Key_E, _NONE): "edit",
    (Qt.Key.Key_Delete, _NONE): "delete",
    (Qt.Key.Key_Delete, _CONTROL): "delete",
    (Qt.Key.Key_Space, _NONE): "peek",
    (Qt.Key.Key_Space, _CONTROL): "select",
    (Qt.Key.Key_A, _CONTROL): "select_all",
    (Qt.Key.Key_Escape, _NONE): "let_go",
    (Qt.Key.Key_N, _NONE): "next_lead",
    (Qt.Key.Key_W, _NONE): "fold",
    (Qt.Key.Key_G, _CONTROL): "fold_lane",
    (Qt.Key.Key_D, _NONE): "density",
    (Qt.Key.Key_G, _NONE): "group",
    (Qt.Key.Key_Slash, _NONE): "search",
}

#: Steps of the current card: how many cards down, or how many columns aside.
DOWN: Mapping[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
PAGES: Mapping[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
ASIDE: Mapping[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
ENDS: Mapping[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: 2**31}

#: With Shift these select what they pass over.
SELECTING = frozenset({*DOWN, *PAGES, *ENDS})


def begins_search(text: str, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether what was typed begins to look for a card: a letter or digit that is no verb; a capital always is."""
    return modifiers in (_NONE, _SHIFT) and len(text) == 1 and text.isalnum()


def is_ours(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a key is the board's, though the window may have a shortcut on it."""
    if (key, modifiers) in VERBS:
        return key != Qt.Key.Key_Escape
    return modifiers == _SHIFT and key in SELECTING
