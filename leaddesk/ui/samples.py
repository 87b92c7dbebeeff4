"""Removes the sample leads again, from the menu or the settings."""

from __future__ import annotations

from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk


class Samples:
    """Carries out `samples.remove`; possible while there are sample leads."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        self._desk = desk
        commands.handle("samples.remove", self.remove, when=self.there)

    def there(self) -> bool:
        """Whether there is a sample lead."""
        if not self._desk.is_open:
            return False
        from leaddesk.db.reads.overview import any_sample

        return self._desk.get(any_sample)

    def remove(self) -> None:
        """All of them, as one step."""
        if self.there():
            from leaddesk.operations.samples import remove_samples

            self._desk.start(remove_samples)
