"""Spares imports a look into their source."""

from __future__ import annotations

import sys


def spare_reading() -> None:
    """Modules imported from now on are not searched for Qt's other ways of writing Python, which nobody here uses.

    Qt for Python reads the source of each module for that, which takes a tenth of what all imports take together.
    Where it does so in another way, nothing happens.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", _no)  # noqa: B010 - a module whose contents no type tells


def _no(_module: object) -> bool:
    return False
