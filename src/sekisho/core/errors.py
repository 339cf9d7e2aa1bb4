"""The tree of our own errors.

SekishoError
├── ReadError             a delivery or report could not be read; `reason` is for people
│   ├── NotAReport        there is no report in it
│   ├── Broken            there is a report in it, or was meant to be, that cannot be read
│   └── TooLarge          a limit was passed (bytes, depth, rows, members …)
├── StoreError            the facts could not be kept or asked
│   ├── StoreBusy         another process owns the facts file
│   └── KeyCollision      two different reports have the same key
├── SettingsError         a setting is wrong; says which and how to mend it
├── HeldBack              a legal hold forbids erasing
├── UsageError            a command was used wrongly (exit status 2)
└── LookupFailed          an outside service did not answer; `permanent` tells whether to ask again
"""


class SekishoError(Exception):
    """The base of all errors that Sekisho raises on purpose.

    `words` may have `{name}` for each of the values; whoever shows the error can say them in another language.
    """

    def __init__(self, words: str = "", /, **values: object) -> None:
        super().__init__(words.format(**values) if values else words)
        self.words = words
        self.values = values


class ReadError(SekishoError):
    """A delivery or report could not be read."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where


class NotAReport(ReadError):
    """There is no report in it."""


class Broken(ReadError):
    """A report was meant, but it cannot be read."""


class TooLarge(Broken):
    """A limit was passed."""


class StoreError(SekishoError):
    """The facts could not be kept or asked."""


class StoreBusy(StoreError):
    """Another process owns the facts file."""


class KeyCollision(StoreError):
    """Two different reports have the same key."""


class SettingsError(SekishoError):
    """A setting is wrong."""


class HeldBack(SekishoError):
    """A legal hold forbids erasing."""


class UsageError(SekishoError):
    """A command was used wrongly."""


class LookupFailed(SekishoError):
    """An outside service did not answer."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
