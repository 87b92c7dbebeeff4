"""Whether a window can be opened here, asked before Qt is: it would end the program without a word a person can use."""

from __future__ import annotations

import ctypes
import os
import sys

from leaddesk.errors import LeadDeskError

#: What Qt opens to show a window under X11, and the Debian package of each; most desktops lack the first alone.
_NEEDED = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def why_no_window() -> LeadDeskError | None:
    """What keeps a window from opening: LeadDeskError `no_display` or `no_window_library` (packages); None: nothing."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY"):
        return LeadDeskError("no_display")
    missing = [package for library, package in _NEEDED.items() if not _loads(library)]
    return LeadDeskError("no_window_library", packages=" ".join(missing)) if missing else None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
