"""The errors LeadDesk raises on purpose: each carries a code and parameters, and the words are found elsewhere."""

from __future__ import annotations


class LeadDeskError(Exception):
    """Something went wrong that a person can understand.

    `code` names a sentence in `resources/words/*.toml` under `[errors]`; `details` fills its placeholders.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code


class Refused(LeadDeskError):
    """A rule says no (a gate, a missing reason, do-not-call); nothing was changed. Sentence under `[refusals]`."""


class NotFound(LeadDeskError):
    """The lead, question, stage or file that was named does not exist."""


class BadValue(LeadDeskError):
    """A value cannot be read as what its field or question asks for."""


class DatabaseTrouble(LeadDeskError):
    """The database cannot be opened, read or written (not ours, newer, locked, full disk, read-only …)."""


class FileTrouble(LeadDeskError):
    """A file cannot be read or written, or does not hold what it should."""


class Cancelled(LeadDeskError):
    """A job was stopped by the person who started it; everything it did was rolled back."""

    def __init__(self) -> None:
        super().__init__("cancelled")
