"""Log lines without control characters: what a report says can never forge a line."""

import logging

_CONTROL = {c: f"\\x{c:02x}" for c in (*range(32), 127, *range(128, 160))}
_CONTROL.update({c: f"\\u{c:04x}" for c in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))})


class Plain(logging.Formatter):
    """Formats a record with every control character of its message written out; tracebacks keep their lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is the library's
        """The line, with the message made harmless."""
        record.message = record.message.translate(_CONTROL)
        return super().formatMessage(record)
