"""What can go wrong at an intake, in words for people, and whether trying again may help."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from sekisho.core.errors import SekishoError

MAX_SAID = 300
"""Characters of a server's own words that are shown."""


class Trouble(StrEnum):
    """The kinds of trouble; pages translate these, `WORDS` says them in English."""

    NO_SUCH_HOST = "no_such_host"
    NOT_REACHED = "not_reached"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    TLS = "tls"
    SIGN_IN = "sign_in"
    NOT_ALLOWED = "not_allowed"
    NO_FOLDER = "no_folder"
    BUSY = "busy"
    PROTOCOL = "protocol"
    FILE = "file"
    PRIVATE = "private"


WORDS = {
    Trouble.NO_SUCH_HOST: "the name of the server is not known; check its spelling and the DNS",
    Trouble.NOT_REACHED: "no server answers there; check host and port, and firewalls between",
    Trouble.TIMED_OUT: "the server did not answer in time; it is tried again",
    Trouble.CUT_OFF: "the server ended the connection; it is tried again",
    Trouble.TLS: "no trusted encrypted connection; check the kind of encryption, the host name and the server's certificate",
    Trouble.SIGN_IN: "the server refused to sign in; check user name and password (or the app's key)",
    Trouble.NOT_ALLOWED: "this account may not do that; give it the right",
    Trouble.NO_FOLDER: "the folder does not exist (any more); check its name",
    Trouble.BUSY: "the server asks to come back later; it is tried again",
    Trouble.PROTOCOL: "the server answered something that cannot be understood",
    Trouble.PRIVATE: "the server is on a private network, where inboxes may not connect to here; ask whoever runs Sekisho",
    Trouble.FILE: "the file system refused; check the path and the rights of the server's account",
}

PERMANENT = frozenset({Trouble.SIGN_IN, Trouble.NOT_ALLOWED, Trouble.NO_FOLDER, Trouble.PRIVATE})
"""Only a person can mend these; trying again soon would be rude."""


class IngestError(SekishoError):
    """An intake could not be read or settled; `where` is host, folder or path, `said` the server's words."""

    def __init__(self, trouble: Trouble, where: str, said: str = "", *, retry_after_s: float = 0) -> None:
        self.trouble = trouble
        self.where = where
        self.said = plain(said)
        self.retry_after_s = retry_after_s
        super().__init__(f"{where}: {WORDS[trouble]}" + (f" ({self.said})" if self.said else ""))

    @property
    def permanent(self) -> bool:
        """Whether only a person can mend it."""
        return self.trouble in PERMANENT


def from_os(error: OSError, where: str) -> IngestError:
    """The trouble behind an error of a socket."""
    said = str(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return IngestError(Trouble.TLS, where, error.verify_message or said)
    if isinstance(error, ssl.SSLEOFError):
        return IngestError(Trouble.CUT_OFF, where, said)
    if isinstance(error, ssl.SSLError):
        return IngestError(Trouble.TLS, where, said)
    if isinstance(error, socket.gaierror):
        return IngestError(Trouble.NO_SUCH_HOST, where, said)
    if isinstance(error, TimeoutError):
        return IngestError(Trouble.TIMED_OUT, where, said)
    if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return IngestError(Trouble.CUT_OFF, where, said)
    return IngestError(Trouble.NOT_REACHED, where, said)


def from_file(error: OSError, where: str) -> IngestError:
    """The trouble behind an error of the file system."""
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return IngestError(Trouble.NO_FOLDER if missing else Trouble.FILE, where, error.strerror or str(error))


def check_rights(folders: Iterable[Path]) -> None:
    """Raises when files in these folders could not be moved or removed."""
    for folder in folders:
        if not os.access(folder, os.W_OK):
            raise IngestError(Trouble.FILE, str(folder), "not writable")


def plain(text: str) -> str:
    """A server's words, printable and short: they are shown on pages and in logs."""
    return "".join(c if c.isprintable() else " " for c in text[:MAX_SAID]).strip()
